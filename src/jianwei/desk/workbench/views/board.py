"""The first page of everybody who works on cases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.matters import actions
from jianwei.desk.people.acting import on_cases
from jianwei.desk.workbench import queries


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    columns = queries.columns(who)
    actions.looked(who, "查看工作台", lines=sum(len(column.lines) for column in columns))
    return render(request, "workbench/board.html", {"columns": columns, "leads": who.role in queries.LEADERS})
