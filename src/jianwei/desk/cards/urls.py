from __future__ import annotations

from django.urls import re_path

from jianwei.desk.cards.views import check, finding
from jianwei.desk.site.lists import routes

CHECK = r"^cards/(?P<number>\d{1,9})/"
FINDING = CHECK + r"(?P<place>\d{1,7})/"

urlpatterns = [
    *routes(r"^cards/", check.index, "cards"),
    re_path(r"^cards/upload/$", check.upload, name="cards_upload"),
    *routes(CHECK, check.page, "cards_check"),
    re_path(CHECK + r"files/(?P<file>[01])/$", check.commented, name="cards_commented"),
    re_path(CHECK + r"many/$", check.many, name="cards_many"),
    re_path(CHECK + r"delete/$", check.delete, name="cards_delete"),
    re_path(FINDING + r"$", finding.page, name="cards_finding"),
    re_path(FINDING + r"accept/$", finding.accept, name="cards_accept"),
    re_path(FINDING + r"reopen/$", finding.reopen, name="cards_reopen"),
]
