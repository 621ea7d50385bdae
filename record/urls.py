from django.urls import path, re_path

from record import views
from record.feeds import SEARCH, SOURCES
from record.history import pages as history
from record.history.listing import CHANGES
from record.search import pages

urlpatterns = [
    *SOURCES.urls(),
    *SEARCH.urls(),
    *CHANGES.urls(),
    path("changes/", history.ChangeList.as_view(), name="changes"),
    re_path(r"^changes/(?P<code>[A-Z][1-9][0-9]{0,8})/$", history.entry_history, name="entry-history"),
    path("search/", pages.SearchPage.as_view(), name="search"),
    path("search/suggestions/", pages.suggestions, name="search-suggestions"),
    path("disagreements/", views.DisagreementList.as_view(), name="disagreements"),
    path("sources/", views.SourceList.as_view(), name="sources"),
    path("sources/<int:number>/", views.source, name="source"),
]
for _path, _model in views.REFERENCES.items():
    _name = _model._meta.model_name
    urlpatterns += [
        path(f"{_path}/", views.reference_index, {"path": _path}, name=views.ADDRESSES[_path]),
        path(f"{_path}/<slug:slug>/", views.ReferencePage.as_view(model=_model), name=_name),
    ]
