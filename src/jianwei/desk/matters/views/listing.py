"""The list of matters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from jianwei.desk.matters import queries
from jianwei.desk.matters.listed import Matters
from jianwei.desk.matters.listing import PLAN
from jianwei.desk.matters.roles import OPENERS
from jianwei.desk.people.acting import on_cases
from jianwei.desk.site.lists import answer


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    rows, listing = Matters(who), PLAN.read(request.GET)

    def clocks() -> list[tuple[str, str, int, bool, str]]:
        chosen = listing.chosen["clock"]
        return [(k, title, n, k in chosen, listing.toggled("clock", k)) for k, title, n in rows.clocks(listing)]

    return answer(
        request, rows, "matters/list.html", asked, clocks=clocks, today=rows.today, may_open=who.role in OPENERS,
        incoming=lambda: queries.waiting(who).count(),
    )  # fmt: skip
