"""What was received: the list, one package, its answer, the matter it becomes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.clues.gist import Gist, Person
from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import watching
from jianwei.desk.evidence.packing import packed
from jianwei.desk.evidence.views.answers import status_of, streamed
from jianwei.desk.exchange import answering, codes, container, queries, receipts, receiving, sending, summary
from jianwei.desk.exchange.codes import Finding
from jianwei.desk.exchange.errors import NotFound
from jianwei.desk.exchange.manifest import MOST_BYTES
from jianwei.desk.exchange.models import Received, Stand, Taken
from jianwei.desk.exchange.views.arriving import told
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.matters.roles import OPENERS
from jianwei.desk.matters.views.opening import Brought, Origin, opened_from
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import answer as answer_list
from jianwei.procedures import Line, Procedure
from jianwei.procedures.kernel.procedure import PARTY_ROLES
from jianwei.procedures.shelf import procedures
from jianwei.seal.vault.hashing import PIECE


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    return answer_list(
        request, queries.received_rows(who), "exchange/received.html", asked, today=matters.today(who), may_receive=queries.may_receive(who)
    )  # fmt: skip


@require_GET
def page(request: HttpRequest, package_id: str) -> HttpResponse:
    who = on_cases(request)
    one = _found(who, package_id)
    audit.record(who, "查看收到的移送包", kind="移送包", object_id=one.pk, purpose="办案")
    typed = {"number": request.GET.get("number", "")[:80]}
    return render(request, "exchange/arrived.html", _shown(who, one, typed=typed))


def _shown(who: Acting, one: Received, **more: Any) -> dict[str, Any]:
    findings = [Finding.of(stored) for stored in one.findings]
    faults = {finding.code: finding.title for finding in findings if finding.bars}
    taken = {item.place: item for item in one.items.select_related("material__office").defer("proof")}
    about = one.manifest.get("about") or {}
    records = (one.record, one.receipt, *(item.material for item in taken.values()))
    watching.bring_up_to_date([record for record in records if record], who.at)
    opens = who.role in OPENERS and queries.answers(who, one)
    return {
        "one": one, "findings": findings, "about": about, "answers": queries.answers(who, one), "opens": opens,
        "items": [(place, item, taken.get(place)) for place, item in enumerate(one.manifest.get("items", []), 1)],
        "by_item": {finding.item: finding for finding in findings if finding.item}, "reasons": [*faults.items(), *codes.BY_A_PERSON.items()],
        "code_title": codes.title(one.answer_code) if one.answer_code else "", "here": receiving.stored(one.pk).is_file(),
        "shelves": _shelves() if opens else [], "procedure": procedures().get(str(about.get("procedure", ""))), "log": watching.state(one.receipt, who.at) if one.receipt else None,
        "late": one.state in (Stand.WAITING, Stand.CHECKED) and one.reply_by is not None and one.reply_by < matters.today(who),
        "seen_matter": bool(one.matter and matters.matter(who, one.matter.pk)), "refused": "",
    } | more  # fmt: skip


def _shelves() -> list[tuple[str, list[type[Procedure]]]]:
    """The procedures that a matter may be begun under, by line."""
    groups = {line.value: [one for one in procedures().values() if one.line is line] for line in Line}
    return [(line, shelf) for line, shelf in groups.items() if shelf]


@require_POST
def open_one(request: HttpRequest, package_id: str) -> HttpResponse:
    """Take it out of the inbox and check it."""

    def done(who: Acting) -> str:
        return told(receiving.open_waiting(who, package_id))

    return _done(request, package_id, done)


@require_POST
def answer(request: HttpRequest, package_id: str) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("number", "code", "why")}

    def done(who: Acting) -> str:
        if request.POST.get("answer") == "accept":
            return f"{answering.accept(who, package_id, number=said['number'], why=said['why'])}：已签收，各件已成为本院的存证材料。"
        return f"{answering.send_back(who, package_id, code=said['code'], why=said['why'])}：已退回。"

    return _done(request, package_id, done)


@require_POST
def attach(request: HttpRequest, package_id: str) -> HttpResponse:
    """Into a matter, after it was accepted; or on to the form of a new one."""
    if key := request.POST.get("procedure", ""):
        if key not in procedures():
            raise Http404
        _found(on_cases(request), package_id)
        return redirect("exchange_begin", package_id, key)

    def done(who: Acting) -> str:
        answering.attach(who, package_id, request.POST.get("number", ""))
        return "已归入事项。"

    return _done(request, package_id, done)


def _done(request: HttpRequest, package_id: str, act: Callable[[Acting], str]) -> HttpResponse:
    who = on_cases(request)
    try:
        says = act(who)
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        one = _found(who, package_id)
        audit.record(who, "办理收到的移送包", kind="移送包", object_id=package_id, result="拒绝", why=str(error)[:200])
        shown = _shown(who, one, refused=str(error), wrong=getattr(error, "fields", {}), typed=request.POST)
        return render(request, "exchange/arrived.html", shown, status=status_of(error))
    messages.info(request, says)
    return redirect("exchange_arrived", package_id)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, package_id: str, key: str) -> HttpResponse:
    """A new matter of this office, prefilled with what the package tells; once it is opened the package is accepted into it."""
    who = on_cases(request)
    one = _found(who, package_id)
    fits = one.state == Stand.CHECKED and not one.barred or one.state == Stand.ACCEPTED and one.matter_id is None
    if not queries.answers(who, one) or not fits:
        raise Http404

    def then(request: HttpRequest, who: Acting, matter: Matter) -> HttpResponse:
        messages.info(request, f"已受理，受案号 {matter.number}。")
        if one.state == Stand.ACCEPTED:
            answering.attach(who, one.pk, matter.number)
        elif not one.findings:
            answering.accept(who, one.pk, number=matter.number)
            messages.info(request, f"{one}已签收，各件归入本事项。")
        else:
            messages.info(request, "移送包有须由人判断的发现，请写明理由后签收。")
            return redirect(f"{one.get_absolute_url()}?number={matter.number}")
        return redirect(matter.get_absolute_url())

    return opened_from(request, who, key, lambda: _origin(one, key), then)


def _origin(one: Received, key: str) -> Origin:
    """What the package tells of its matter; the acts of it only where the same procedure is begun."""
    opening = summary.opening_of(_acts(one))
    same = opening.get("procedure") == key
    about = one.manifest.get("about") or {}
    source = f"{one.sender_name}移送，第 {one.number} 号移送包（{one.pk}），移送事由：{one.purpose}。对方受案号：{one.case_number}，对方阶段：{about.get('stage', '')}。"
    roles = [
        Person(p["name"], p["role"] if p["role"] in PARTY_ROLES else "其他", p["kind"])
        for p in opening.get("parties", [])
    ]
    brought = Brought(
        notice=f"由{one.sender_name}第 {one.number} 号移送包受理（对方受案号 {one.case_number}）。", title=one.case_title, source=source[:4000],
        case_type=opening.get("case_type", "") if same else "", kind=opening.get("kind", "") if same else "",
        facts=opening.get("facts", {}) if same else {},
    )  # fmt: skip
    return Origin(brought=brought, gist=Gist(parties=tuple(roles)))


def _acts(one: Received) -> bytes:
    """The acts that came along as JSON, from the file that waits or from the material it became; b"" without."""
    for place, item in enumerate(one.manifest.get("items", []), 1):
        if item["sort"] == "acts":
            with ExitStack() as kept:
                _, pieces = _content(one, place, kept)
                return b"".join(pieces)[:MOST_BYTES]
    return b""


@require_POST
def item(request: HttpRequest, package_id: str, place: str) -> HttpResponse:
    """One item, to be looked at before or after the answer: as it lies in the package, of a material its whole bundle."""
    who = on_cases(request)
    one = _found(who, package_id)
    listed = one.manifest.get("items", [])
    if not 1 <= int(place) <= len(listed):
        raise Http404
    entry = listed[int(place) - 1]
    kept = ExitStack()
    try:
        size, pieces = _content(one, int(place), kept)
    except (NotFound, container.Broken) as error:
        kept.close()
        raise Http404 from error
    audit.record(who, "取出移送包内一件", kind="移送包", object_id=one.pk, purpose=one.purpose, item=entry["path"])
    name = f"{entry['title']}.evb" if entry["sort"] == "evidence" else entry["title"]
    return streamed(request, _closing(pieces, kept), name, "application/octet-stream", size)


def _content(one: Received, place: int, kept: ExitStack) -> tuple[int, Iterator[bytes]]:
    path = one.manifest["items"][place - 1]["path"]
    file = receiving.stored(one.pk)
    if file.is_file():
        whole = kept.enter_context(file.open("rb"))
        held = container.members(whole).get(path)
        if held is None:
            raise NotFound
        return held.size, container.pieces(whole, held)
    taken = one.items.filter(place=place).exclude(material=None).select_related("material__office").first()
    if taken is None or not path:
        raise NotFound
    out = tempfile.TemporaryFile(prefix="jianwei-item-", dir=sending.place())  # noqa: SIM115 (closed by who sends it)
    kept.enter_context(out)
    _written(taken, out)
    size = out.seek(0, 2)
    out.seek(0)
    return size, iter(lambda: out.read(PIECE), b"")


def _written(taken: Taken, out: BinaryIO) -> None:
    if taken.proof is not None:
        answering.their_bundle(taken, out)
    else:
        answering.their_file(taken, out)


def _closing(pieces: Iterator[bytes], kept: ExitStack) -> Iterator[bytes]:
    with kept:
        yield from pieces


@require_POST
def receipt(request: HttpRequest, package_id: str) -> HttpResponse:
    """The receipt as a file to give back, once outside parties have signed it."""
    who = on_cases(request)
    one = _found(who, package_id)
    if one.receipt is None:
        raise Http404
    kept = ExitStack()
    try:
        file = kept.enter_context(packed(one.receipt, allow_fixed=False))
    except DeskError as error:
        shown = _shown(who, one, refused=f"回执还不能取出：{error}")
        return render(request, "exchange/arrived.html", shown, status=409)
    size = file.seek(0, 2)
    file.seek(0)
    audit.record(who, "取出回执", kind="移送包", object_id=one.pk, recipient=one.sender_name)
    name = f"{one.office.code}对{one.sender_code}第{one.number}号移送包的回执.jwr"
    return streamed(request, _closing(iter(lambda: file.read(PIECE), b""), kept), name, receipts.MEDIA_TYPE, size)


def _found(who: Acting, package_id: str) -> Received:
    found = queries.received(who, package_id)
    if found is None:
        raise Http404
    return found
