from django.urls import path

from cooperation import views

urlpatterns = [
    path("agreements/", views.AgreementList.as_view(), name="agreements"),
    path("agreements/<slug:slug>/", views.AgreementPage.as_view(), name="agreement"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiatives"),
    path("initiatives/<slug:slug>/", views.InitiativePage.as_view(), name="initiative"),
    path("trade/", views.trade, name="trade"),
]
