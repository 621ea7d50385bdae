"""Every address of the site. Pages stand under their language; what machines read stands at the root."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy

from cooperation.files import agreement_file
from record import tokens
from record import views as record_views
from record.embeds import list_embed
from record.pictures import picture_file
from relations_site import citations, confirmations, data, entries, previews, reports, selections, sitemaps, styleguide, views
from relations_site.atlas import pages as atlas
from relations_site.bundle import releases
from relations_site.cards.views import card
from relations_site.oembed import oembed
from relations_site.operations import health, metrics
from relations_site.timeline import TimelineListing

LANGS = "|".join(code for code, _name in settings.LANGUAGES)

urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("admin/", include("relations_site.accounts.urls")),
    path("admin/", admin.site.urls),
    re_path(r"^r/(?P<number>[A-Za-z][0-9]{1,9})$", record_views.permanent_address, name="permanent"),
    re_path(r"^r/(?P<number>[A-Za-z][0-9]{1,9})\.json$", entries.entry, name="permanent-json"),
    re_path(r"^r/(?P<number>[A-Za-z][0-9]{1,9})\.(?P<ending>bib|ris|csl\.json)$", citations.citation, name="permanent-citation"),
    re_path(r"^pictures/(?P<name>[0-9a-f]{32})\.(?P<form>webp|jpg)$", picture_file, name="picture"),
    re_path(r"^pictures/(?P<name>[0-9a-f]{32})-(?P<width>[1-9][0-9]{0,3})\.(?P<form>webp|avif)$", picture_file, name="picture-rendition"),
    re_path(r"^documents/(?P<name>[0-9a-f]{32})\.pdf$", agreement_file, name="agreement-file"),
    re_path(rf"^preview/(?P<token>{tokens.PATTERN})/$", previews.door, name="preview-door"),
    re_path(rf"^preview/(?P<token>{tokens.PATTERN})/(?P<lang>{LANGS})/$", previews.preview, name="preview"),
    re_path(rf"^confirm/(?P<token>{tokens.PATTERN})/$", confirmations.confirm, name="confirm"),
    re_path(rf"^confirm/thanks/(?P<lang>{LANGS})/$", confirmations.thanks, name="confirm-thanks"),
    path("data/", data.front_door, name="data-door"),
    re_path(rf"^data/latest/(?P<name>{releases.NAME})$", data.newest_file, name="data-latest"),
    re_path(rf"^data/(?P<version>{releases.VERSION})/(?P<name>{releases.NAME})$", data.file, name="data-file"),
    path("api/v1/", include("relations_site.api.urls")),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(r"^sitemap-(?P<section>[a-z]+)-(?P<lang>[a-z]{2})-(?P<number>[1-9][0-9]{0,4})\.xml$", sitemaps.section, name="sitemap-section"),
    path("robots.txt", views.robots, name="robots"),
    path("oembed", oembed, name="oembed"),
    path(".well-known/security.txt", reports.security_txt, name="security-txt"),
    path("csp-report/", reports.csp_report, name="csp-report"),
    path("healthz/", health.healthz, name="healthz"),
    path("readyz/", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("styleguide/", styleguide.page, name="styleguide"),
    path("i18n/", include("django.conf.urls.i18n")),
]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("selections/", selections.freeze, name="freeze"),
    re_path(r"^selections/(?P<code>S[A-Z2-7]{16})/$", selections.page, name="selection"),
    re_path(r"^selections/(?P<code>S[A-Z2-7]{16})\.json$", selections.as_json, name="selection-json"),
    re_path(r"^selections/(?P<code>S[A-Z2-7]{16})\.csv$", selections.as_csv, name="selection-csv"),
    path("data/", data.page, name="data"),
    path("data/codebook/", data.codebook_page, name="codebook"),
    path("data/api/", views.api_docs, name="api-docs"),
    re_path(r"^cards/(?P<name>[A-Z][1-9][0-9]{0,8}|[a-z-]{1,40})-(?P<stamp>[0-9a-f]{12})\.png$", card, name="card"),
    path("timeline/", views.Timeline.as_view(), name="timeline"),
    path("timeline/embed/", list_embed(TimelineListing, "timeline", gettext_lazy("Timeline")), name="timeline-embed"),
    path("map/embed/", atlas.map_embed, name="map-embed"),
    path("map/", atlas.Map.as_view(), name="map"),
    path("map.json", atlas.map_json, name="map-json"),
    path("", include("events.urls")),
    path("", include("cooperation.urls")),
    path("", include("record.urls")),
)

handler400 = "relations_site.views.bad_request"
handler403 = "relations_site.views.forbidden"
handler404 = "relations_site.views.not_found"
handler500 = "relations_site.views.server_error"
