from __future__ import annotations

from django.urls import re_path

from jianwei.desk.search import views
from jianwei.desk.site.lists import routes

urlpatterns = [
    *routes(r"^search/", views.index, "search"),
    re_path(r"^search/conditions/$", views.structured, name="search_conditions"),
]
