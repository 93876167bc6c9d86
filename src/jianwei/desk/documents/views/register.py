"""文号登记簿: every number that was given, in order, those that were cancelled included."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from jianwei.desk.documents import own, queries
from jianwei.desk.people.acting import on_cases
from jianwei.desk.site.lists import answer


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    short, confirmed = queries.short(who.user.office)
    return answer(
        request,
        queries.register(who),
        "documents/register.html",
        asked,
        short=short,
        confirmed=confirmed,
        may_set=who.role in own.KEEPERS,
    )
