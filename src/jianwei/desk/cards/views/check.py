"""The checks, the upload, one check's list of contradictions, and what is taken away from it."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jianwei.cards.annotation import NotWritable
from jianwei.desk.cards import actions, checking, copies, queries
from jianwei.desk.cards.forms import UploadForm
from jianwei.desk.cards.listing import COLUMNS, FILTERS, OPEN, PAGE_SIZE, Listing, parse
from jianwei.desk.cards.models import Check
from jianwei.desk.people.acting import Acting, on_cases

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"csv": ("text/csv; charset=utf-8", copies.as_csv), "xlsx": (XLSX, copies.as_xlsx)}


def check_of(who: Acting, number: str) -> Check:
    check = queries.check(who, int(number))
    if check is None:
        raise Http404
    return check


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    actions.looked(who, "查看案卡核查列表")
    return _index(request, who, UploadForm())


def _index(request: HttpRequest, who: Acting, form: UploadForm, refused: str = "") -> HttpResponse:
    shown = {"checks": queries.checks(who), "form": form, "refused": refused, "today": checking.today()}
    return render(request, "cards/index.html", shown, status=422 if refused or form.errors else 200)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Check the uploaded exports; afterwards their contradictions are shown."""
    who = on_cases(request)
    form = UploadForm(request.POST)
    if not form.is_valid():
        return _index(request, who, form)
    try:
        check = actions.upload(who, request.FILES.getlist("files"), form.cleaned_data["as_of"])
    except checking.BadUpload as error:
        return _index(request, who, form, refused=str(error))
    messages.info(request, f"已核查 {sum(check.rows.values())} 行，查到 {check.found} 项冲突。")
    return redirect(f"{reverse('cards_check', args=[check.pk])}?state={OPEN}")


@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    who = on_cases(request)
    check = check_of(who, number)
    listing = parse(request.GET)
    total, numbers = queries.counts(who, check.pk, listing)
    pages = Paginator(queries.listed(who, check.pk, listing), PAGE_SIZE)
    pages.count = total
    actions.looked(who, "查看案卡冲突", check.pk, q=listing.query(page=listing.page))
    return render(request, "cards/check.html", _shown(check, listing, pages.get_page(listing.page), numbers))


def _shown(check: Check, listing: Listing, page: Any, numbers: dict[str, list[tuple[str, str, int]]]) -> dict[str, Any]:
    facets = [_facet(listing, key, numbers[key]) for key in FILTERS]
    titles = {(f["key"], v["value"]): v["title"] for f in facets for v in f["values"]}
    chips = [(f"包含“{listing.text}”", listing.query(text=""))] if listing.text else []
    for key, values in listing.chosen.items():
        chips += [(f"{FILTERS[key]}：{titles.get((key, v), v)}", listing.toggled(key, v)) for v in values]
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "check": check,
        "listing": listing,
        "page": page,
        "facets": facets,
        "chips": chips,
        "columns": [(column, listing.sorted_by(column), listing.direction(column)) for column in COLUMNS],
        "query": listing.query(),
        "pages": [(str(n), listing.query(page=n) if isinstance(n, int) else "", n == page.number) for n in elided],
    }


def _facet(listing: Listing, key: str, numbers: list[tuple[str, str, int]]) -> dict[str, Any]:
    """One filter with its values, their numbers and the address each leads to."""
    chosen = listing.chosen.get(key, ())
    values = [
        {"value": v, "title": title, "count": n, "on": v in chosen, "url": listing.toggled(key, v)}
        for v, title, n in numbers
    ]
    return {"key": key, "title": FILTERS[key], "values": values, "on": bool(chosen)}


@require_GET
def download(request: HttpRequest, number: str, ending: str) -> HttpResponse:
    """The list as a file: the same filters and order."""
    who = on_cases(request)
    check = check_of(who, number)
    listing = parse(request.GET)
    kind, made = FILES[ending]
    found = list(queries.listed(who, check.pk, listing).defer(None)[: copies.MOST_ROWS])
    actions.looked(who, "导出案卡冲突", check.pk, format=ending, q=listing.query(), rows=len(found))
    response = HttpResponse(made(found), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="cards-{check.pk}.{ending}"'
    return response


@require_GET
def commented(request: HttpRequest, number: str, file: str) -> HttpResponseBase:
    """The copy of an uploaded export with a comment on every cell concerned."""
    who = on_cases(request)
    check = check_of(who, number)
    if int(file) >= len(check.files):
        raise Http404
    chosen = check.files[int(file)]
    out = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    try:
        copies.commented(check, chosen, out)
    except (NotWritable, FileNotFoundError) as error:
        out.close()
        messages.info(
            request, str(error) if isinstance(error, NotWritable) else "上传的文件已不在服务器上，请重新上传。"
        )
        return redirect("cards_check", check.pk)
    actions.looked(who, "下载带批注的案卡", check.pk, file=chosen["name"])
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"cards-{check.pk}-{chosen['code'] or file}.xlsx", content_type=XLSX
    )


@require_POST
def many(request: HttpRequest, number: str) -> HttpResponse:
    """Accept the selected findings with one reason."""
    who = on_cases(request)
    places = [int(n) for n in request.POST.getlist("chosen")[:PAGE_SIZE] if n.isdecimal() and len(n) < 8]
    query = parse(QueryDict(request.POST.get("query", "")[:2000])).query()
    try:
        done = actions.accept(who, int(number), places, request.POST.get("reason", ""))
    except actions.NotFound as error:
        raise Http404 from error
    except actions.Refused as error:
        messages.info(request, str(error))
    else:
        messages.info(request, f"已接受 {done} 项。" if done else "没有选中未处理的冲突。")
    return redirect(f"{reverse('cards_check', args=[number])}?{query}")


@require_POST
def delete(request: HttpRequest, number: str) -> HttpResponse:
    try:
        actions.delete(on_cases(request), int(number))
    except actions.NotFound as error:
        raise Http404 from error
    messages.info(request, "已删除这次核查和上传的文件；已接受的例外仍然记得。")
    return redirect("cards")
