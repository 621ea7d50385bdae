from django.urls import path

from cooperation.feeds import AGREEMENTS, COMMITMENTS, INITIATIVES
from cooperation.filters import DocumentChain, InitiativeChain, MeetingChain
from cooperation.views import commitments, entries, lives, trade

urlpatterns = [
    *AGREEMENTS.urls(),
    *INITIATIVES.urls(),
    *COMMITMENTS.urls(),
    path("agreements/", entries.AgreementList.as_view(), name="agreements"),
    path("agreements/<slug:slug>/", entries.AgreementPage.as_view(), name="agreement"),
    path("initiatives/", entries.InitiativeList.as_view(), name="initiatives"),
    path("initiatives/<slug:slug>/", entries.InitiativePage.as_view(), name="initiative"),
    path("waiting/", lives.WaitingList.as_view(), name="waiting"),
    path("chain/", lives.ChainPage.as_view(listing=MeetingChain), name="chain"),
    path("chain/documents/", lives.ChainPage.as_view(listing=DocumentChain, tab="chain-documents"), name="chain-documents"),
    path("chain/initiatives/", lives.ChainPage.as_view(listing=InitiativeChain, tab="chain-initiatives"), name="chain-initiatives"),
    path("counts/", lives.CountPage.as_view(), name="counts"),
    path("calendar/", lives.calendar, name="calendar"),
    path("calendar.ics", lives.calendar_feed, name="calendar-feed"),
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    path("commitments/<int:number>/", commitments.commitment, name="commitment"),
    path("trade/", trade.trade, name="trade"),
]
