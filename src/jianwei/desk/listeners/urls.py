from __future__ import annotations

from django.urls import re_path

from jianwei.desk.listeners.views import pages
from jianwei.desk.site.lists import routes

urlpatterns = [
    *routes(r"^listeners/", pages.index, "listeners"),
    *routes(r"^listeners/draws/", pages.draws, "listener_draws"),
    re_path(r"^listeners/enrol/$", pages.enrol, name="listener_enrol"),
    re_path(r"^listeners/(?P<listener_id>\d{1,12})/strike/$", pages.strike, name="listener_strike"),
    re_path(r"^listeners/draw/(?P<matter_id>\d{1,12})/$", pages.draw, name="listener_draw"),
    re_path(r"^listeners/draws/(?P<draw_id>\d{1,12})/$", pages.made, name="listener_draw_made"),
]
