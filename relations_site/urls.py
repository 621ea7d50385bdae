"""Every address of the site. Pages stand under their language; what machines read stands at the root."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from record import views as record_views
from record.pictures import picture_file
from relations_site import citations, entries, sitemaps, views
from relations_site.cards.views import card

urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("admin/", admin.site.urls),
    re_path(r"^r/(?P<number>[A-Za-z][0-9]{1,9})$", record_views.permanent_address, name="permanent"),
    re_path(r"^r/(?P<number>[A-Za-z][0-9]{1,9})\.json$", entries.entry, name="permanent-json"),
    re_path(r"^r/(?P<number>[A-Za-z][0-9]{1,9})\.(?P<ending>bib|ris|csl\.json)$", citations.citation, name="permanent-citation"),
    re_path(r"^pictures/(?P<name>[0-9a-f]{32})\.webp$", picture_file, name="picture"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(r"^sitemap-(?P<section>[a-z]+)-(?P<lang>[a-z]{2})-(?P<number>[1-9][0-9]{0,4})\.xml$", sitemaps.section, name="sitemap-section"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz/", views.healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    re_path(r"^cards/(?P<name>[A-Z][1-9][0-9]{0,8}|[a-z-]{1,40})-(?P<stamp>[0-9a-f]{12})\.png$", card, name="card"),
    path("timeline/", views.Timeline.as_view(), name="timeline"),
    path("", include("events.urls")),
    path("", include("cooperation.urls")),
    path("", include("record.urls")),
)

handler400 = "relations_site.views.bad_request"
handler403 = "relations_site.views.forbidden"
handler404 = "relations_site.views.not_found"
handler500 = "relations_site.views.server_error"
