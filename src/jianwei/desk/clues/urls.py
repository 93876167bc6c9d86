from __future__ import annotations

from django.urls import re_path

from jianwei.desk.clues.views import clue, listing, parts, shelf
from jianwei.desk.site.lists import routes

CLUE = r"^clues/(?P<clue_id>[0-9a-f]{20})/"

urlpatterns = [
    *routes(r"^clues/", listing.index, "clues"),
    re_path(r"^clues/many/$", listing.many, name="many"),
    re_path(CLUE + r"$", clue.page, name="clue"),
    re_path(CLUE + r"acts/(?P<verb>[a-z]{1,12})/$", clue.act, name="act"),
    re_path(CLUE + r"notes/$", clue.note, name="note"),
    re_path(CLUE + r"answers/$", clue.answer, name="answer"),
    re_path(CLUE + r"documents/(?P<place>\d{1,6})/$", parts.text, name="document"),
    re_path(CLUE + r"rows/(?P<table>[a-z_]{1,40})/$", parts.rows, name="rows"),
    re_path(CLUE + r"graph/$", parts.ties, name="graph"),
    re_path(CLUE + r"timeline/$", parts.history, name="timeline"),
    re_path(r"^models/$", shelf.models, name="models"),
    re_path(r"^models/(?P<key>[a-z_]{1,20}\.[a-z0-9_]{1,40})/$", shelf.model, name="model"),
    *routes(r"^runs/", shelf.runs, "runs"),
    re_path(r"^runs/(?P<number>\d{1,9})/$", shelf.run, name="run"),
]
