"""What was sent: the list, one package, its file, its receipt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import watching
from jianwei.desk.evidence.views.answers import status_of, streamed
from jianwei.desk.exchange import codes, making, queries, receipts, sending
from jianwei.desk.exchange.errors import NotFound, Refused
from jianwei.desk.exchange.models import Package, State
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import answer


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    return answer(request, queries.sent_rows(who), "exchange/sent.html", asked, today=matters.today(who))


@require_GET
def page(request: HttpRequest, package_id: str) -> HttpResponse:
    who = on_cases(request)
    package = _found(who, package_id)
    audit.record(who, "查看移送包", kind="移送包", object_id=package.pk, purpose="办案")
    return render(request, "exchange/one.html", _shown(who, package))


def _shown(who: Acting, package: Package, **more: Any) -> dict[str, Any]:
    watching.bring_up_to_date(queries.records(package), who.at)
    package.refresh_from_db(fields=["state", "record"])
    sending.deliver(package, who.at)
    items = list(package.items.select_related("material").defer("content"))
    return {
        "package": package, "items": items, "sends": queries.sends(who, package), "waits": making.waits(package),
        "unsigned": making.not_signed(package), "log": watching.state(package.record, who.at) if package.record else None,
        "answer": package.answer, "code_title": codes.title(package.answer_code) if package.answer_code else "",
        "late": package.state in (State.MADE, State.SENT) and package.reply_by < matters.today(who), "today": matters.today(who),
        "total": sum(item.size for item in items),
    } | more  # fmt: skip


@require_POST
def file(request: HttpRequest, package_id: str) -> HttpResponse:
    """The package itself, for a disc."""
    who = on_cases(request)
    try:
        taken = sending.take_out(who, package_id)
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        return _again(request, who, package_id, error)
    return streamed(request, taken.pieces, taken.name, taken.media_type, taken.size)


@require_POST
def receipt(request: HttpRequest, package_id: str) -> HttpResponse:
    """A receipt that came back on a disc."""

    def done(who: Acting) -> Package:
        given = request.FILES.get("file")
        if not isinstance(given, UploadedFile) or not given.size:
            raise Refused("请选择回执（.jwr）。", {"file": "请选择回执（.jwr）"})
        return receipts.take_in(who, package_id, cast(BinaryIO, given.file))

    return _done(request, package_id, done, "receipt")


@require_POST
def signed(request: HttpRequest, package_id: str) -> HttpResponse:
    """What was answered on paper."""
    said = {name: request.POST.get(name, "") for name in ("answer", "by", "on", "paper", "why")}
    return _done(request, package_id, lambda who: receipts.by_hand(who, package_id, **said), "signed")


def _done(request: HttpRequest, package_id: str, act: Callable[[Acting], Package], opened: str) -> HttpResponse:
    who = on_cases(request)
    try:
        package = act(who)
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        return _again(request, who, package_id, error, opened=opened, typed=request.POST)
    messages.info(request, f"{package}：{package.get_state_display()}。")
    return redirect("exchange_one", package_id)


def _again(request: HttpRequest, who: Acting, package_id: str, error: DeskError, **more: Any) -> HttpResponse:
    package = _found(who, package_id)
    audit.record(who, "办理移送包", kind="移送包", object_id=package_id, result="拒绝", why=str(error)[:200])
    shown = _shown(who, package, refused=str(error), wrong=getattr(error, "fields", {}), **more)
    return render(request, "exchange/one.html", shown, status=status_of(error))


def _found(who: Acting, package_id: str) -> Package:
    found = queries.sent(who, package_id)
    if found is None:
        raise Http404
    return found
