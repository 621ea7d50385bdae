from django.urls import path, re_path

from relations_site.api import views
from relations_site.api.resources import RESOURCES

urlpatterns = [
    path("", views.Root.as_view(), name="api"),
    path("openapi.json", views.Description.as_view(), name="api-description"),
]
for _resource in RESOURCES:
    urlpatterns += [
        path(_resource.path, views.ListView.as_view(resource=_resource), name=f"api-{_resource.name}"),
        re_path(
            rf"^{_resource.path}(?P<key>{_resource.key})/$",
            views.RowView.as_view(resource=_resource),
            name=f"api-{_resource.name}-one",
        ),
    ]
urlpatterns += [path("<path:rest>", views.Nowhere.as_view(), name="api-nowhere")]
