from __future__ import annotations

from django.urls import re_path

from jianwei.desk.site.lists import routes
from jianwei.desk.workbench.views import board, calendar, notices

urlpatterns = [
    re_path(r"^workbench/$", board.board, name="workbench"),
    re_path(r"^calendar/$", calendar.month, name="calendar"),
    re_path(r"^calendar/(?P<year>\d{4})/(?P<number>\d{1,2})/$", calendar.dated, name="calendar_month"),
    *routes(r"^clocks/", calendar.index, "clocks"),
    *routes(r"^notices/", notices.index, "notices"),
    re_path(r"^notices/bell/$", notices.bell, name="bell"),
    re_path(r"^notices/read/$", notices.read, name="notices_read"),
]
