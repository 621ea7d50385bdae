from django.urls import path, re_path

from cooperation.feeds import AGREEMENTS, COMMITMENTS, INITIATIVES
from cooperation.filters import AgreementListing, DocumentChain, InitiativeChain, InitiativeListing, MeetingChain
from cooperation.models import Agreement, Initiative
from cooperation.trade import pages
from cooperation.trade.feeds import QUOTATIONS, STATISTICS
from cooperation.views import commitments, entries, lives
from record.embeds import entry_card, list_embed

urlpatterns = [
    *AGREEMENTS.urls(),
    *INITIATIVES.urls(),
    *COMMITMENTS.urls(),
    *STATISTICS.urls(),
    *QUOTATIONS.urls(),
    path("agreements/", entries.AgreementList.as_view(), name="agreements"),
    path("agreements/embed/", list_embed(AgreementListing, "agreements"), name="agreements-embed"),
    path("agreements/<slug:slug>/embed/", entry_card(Agreement), name="agreement-embed"),
    path("agreements/<slug:slug>/", entries.AgreementPage.as_view(), name="agreement"),
    path("initiatives/", entries.InitiativeList.as_view(), name="initiatives"),
    path("initiatives/embed/", list_embed(InitiativeListing, "initiatives"), name="initiatives-embed"),
    path("initiatives/<slug:slug>/embed/", entry_card(Initiative), name="initiative-embed"),
    path("initiatives/<slug:slug>/", entries.InitiativePage.as_view(), name="initiative"),
    path("waiting/", lives.WaitingList.as_view(), name="waiting"),
    path("chain/", lives.ChainPage.as_view(listing=MeetingChain), name="chain"),
    path("chain/documents/", lives.ChainPage.as_view(listing=DocumentChain, tab="chain-documents"), name="chain-documents"),
    path("chain/initiatives/", lives.ChainPage.as_view(listing=InitiativeChain, tab="chain-initiatives"), name="chain-initiatives"),
    path("counts/", lives.CountPage.as_view(), name="counts"),
    path("calendar/", lives.calendar, name="calendar"),
    path("calendar.ics", lives.calendar_feed, name="calendar-feed"),
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    path("commitments/<int:number>/", commitments.CommitmentPage.as_view(), name="commitment"),
    path("trade/", pages.by_year, name="trade"),
    path("trade/mirror/", pages.two_books, name="trade-mirror"),
    path("trade/parts/", pages.parts, name="trade-parts"),
    path("trade/goods/", pages.goods_page, name="trade-goods"),
    path("trade/claims/", pages.claims, name="trade-claims"),
    path("trade/contradictions/", pages.against, name="trade-contradictions"),
    path("trade/quotations/", pages.QuotationList.as_view(), name="trade-quotations"),
    re_path(r"^trade/quotations/(?P<code>Q[1-9][0-9]{0,8})/$", pages.quotation, name="trade-quotation"),
    path("trade/statistics/", pages.StatisticsList.as_view(), name="trade-statistics"),
    re_path(r"^trade/statistics/(?P<code>T[1-9][0-9]{0,8})/$", pages.statistic, name="trade-statistic"),
    path("trade/charts/<slug:name>/", pages.chart, name="trade-chart"),
    path("trade/charts/<slug:name>/embed/", pages.chart_embed, name="trade-chart-embed"),
    path("trade/charts/<slug:name>.csv", pages.chart_csv, name="trade-chart-csv"),
    path("trade/charts/<slug:name>.svg", pages.chart_svg, name="trade-chart-svg"),
    path("trade/charts/<slug:name>.png", pages.chart_png, name="trade-chart-png"),
]
