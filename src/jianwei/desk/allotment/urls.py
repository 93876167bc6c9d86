from __future__ import annotations

from django.urls import re_path

from jianwei.desk.allotment.views import drawing, intake, people
from jianwei.desk.site.lists import routes

PERSON = r"^allotment/people/(?P<username>[a-z0-9_.@+-]{1,40})/"
BATCH = r"^allotment/intake/(?P<batch_id>\d{1,12})/"

urlpatterns = [
    *routes(r"^allotment/", drawing.index, "allotment"),
    re_path(r"^allotment/preview/$", drawing.preview, name="allotment_preview"),
    re_path(r"^allotment/give/$", drawing.give, name="allotment_give"),
    *routes(r"^allotment/draws/", drawing.draws, "allotment_draws"),
    re_path(r"^allotment/draws/(?P<draw_id>\d{1,12})/$", drawing.one, name="allotment_draw"),
    *routes(r"^allotment/people/", people.index, "allotment_people"),
    re_path(PERSON + r"$", people.person, name="allotment_person"),
    re_path(PERSON + r"(?P<verb>take|recuse|go)/$", people.add, name="allotment_add"),
    re_path(PERSON + r"(?P<verb>leave_off|lift|come_back)/(?P<row_id>\d{1,12})/$", people.end, name="allotment_end"),
    *routes(r"^allotment/intake/", intake.index, "allotment_intake"),
    re_path(r"^allotment/intake/template\.csv$", intake.template, name="allotment_template"),
    re_path(BATCH + r"$", intake.batch, name="allotment_batch"),
    re_path(BATCH + r"open/$", intake.open_rows, name="allotment_open"),
]
