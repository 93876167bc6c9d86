"""Saved views: a list as somebody narrowed, sorted and laid it out, under a name of theirs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from jianwei.desk.people import actions, queries
from jianwei.desk.people.acting import acting


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    who = acting(request)
    at, name = request.POST.get("at", "")[:60], request.POST.get("name", "").replace("\x00", "").strip()[:40]
    query = QueryDict(request.POST.get("query", "")[:1000]).urlencode()[:1000]
    try:
        resolve(at)
    except Resolver404 as error:
        raise Http404 from error
    if name:
        actions.save_view(who, at, name, query)
        messages.info(request, f"已存为视图“{name}”。")
    else:
        messages.info(request, "请给视图起一个名字。")
    return redirect(f"{at}?{query}")


@require_POST
def forget(request: HttpRequest, view_id: str) -> HttpResponse:
    who = acting(request)
    view = get_object_or_404(queries.saved_views(who), pk=int(view_id))
    actions.forget_view(who, view)
    return redirect(view.at)
