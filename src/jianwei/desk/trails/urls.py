from __future__ import annotations

from django.urls import re_path

from jianwei.desk.site.lists import routes
from jianwei.desk.trails import views

urlpatterns = [
    *routes(r"^trails/", views.index, "seals"),
    re_path(r"^trails/check/$", views.check, name="seals_check"),
    *routes(r"^trails/segments/", views.segments, "segments"),
]
