from __future__ import annotations

from django.urls import re_path

from jianwei.desk.search import views

urlpatterns = [
    re_path(r"^search/$", views.index, name="search"),
    re_path(r"^search/export\.(?P<ending>csv|xlsx)$", views.download, name="search_export"),
    re_path(r"^search/filters/(?P<key>[a-z]{1,20})/$", views.facet, name="search_filter"),
    re_path(r"^search/conditions/$", views.structured, name="search_conditions"),
]
