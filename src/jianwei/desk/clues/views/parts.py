"""The parts of a clue's page that are fetched after it: document, rows, graph, timeline."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from jianwei.desk.clues import actions, document, evidence, graph, queries, source, timeline
from jianwei.desk.people.acting import Acting, on_cases


def content_of(who: Acting, clue_id: str) -> dict[str, Any]:
    found = queries.content(who, clue_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, clue_id: str, place: str) -> HttpResponse:
    """The document of a clue at ``place``, from 1. A POST with a reason shows it with its numbers unmasked."""
    who = on_cases(request)
    content = content_of(who, clue_id)
    ids = evidence.documents(content)
    number = int(place)
    if not 1 <= number <= len(ids):
        raise Http404
    unmasked, refused = _revealed(request, who, clue_id, f"文书 {number}")
    if request.method == "GET":
        actions.looked(who, "查看文书", clue_id, document=ids[number - 1])
    found = source.document(ids[number - 1])
    shown: dict[str, Any] = {
        "clue_id": clue_id,
        "number": number,
        "count": len(ids),
        "found": found,
        "refused": refused,
    }
    if found:
        words = found["text"] if unmasked else document.masked(found["text"])
        lines = list(document.paragraphs(words, document.marks(content, ids[number - 1])))
        shown |= {
            "lines": lines,
            "sections": {line.section for line in lines},
            "masked": words != found["text"],
            "cut": len(words) > document.LONGEST,
            "title": found.get("case_no") or found.get("title") or "文书",
            "origin": evidence.origin(found),
        }
    return render(request, "clues/_document.html", shown, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, clue_id: str, table: str) -> HttpResponse:
    """One page of the rows of one table. ``who`` keeps those that name a person or a case, ``row`` opens its page."""
    who = on_cases(request)
    content = content_of(who, clue_id)
    head = next((h for h in evidence.heads(content) if h.table == table), None)
    if head is None:
        raise Http404
    unmasked, refused = _revealed(request, who, clue_id, f"数据行 {head.title}")
    if request.method == "GET":
        actions.looked(who, "查看数据行", clue_id, table=table)
    asked = request.POST if request.method == "POST" else request.GET
    kept, ids = asked.get("who", "")[:200], list(head.row_ids)
    if kept:
        _, every = evidence.lines(content, head, ids[:2000])
        ids = [line.row_id for line in every if kept in line.keys]
    pages = Paginator(ids, evidence.ROWS_A_PAGE)
    wanted = asked.get("row", "")
    page = pages.get_page(ids.index(wanted) // evidence.ROWS_A_PAGE + 1 if wanted in ids else asked.get("page"))
    titles, lines = evidence.lines(content, head, page.object_list, reveal=unmasked)
    shown = {
        "clue_id": clue_id, "head": head, "titles": titles, "lines": lines, "page": page, "who": kept, "refused": refused,
        "personal": not unmasked and any(c.personal and c.text for line in lines for c in line.cells),
        "documents": {d: n for n, d in enumerate(evidence.documents(content), 1)},
    }  # fmt: skip
    return render(request, "clues/_rows.html", shown, status=422 if refused else 200)


def _revealed(request: HttpRequest, who: Acting, clue_id: str, what: str) -> tuple[bool, str]:
    """Whether numbers may be shown in the clear now, or why not."""
    if request.method != "POST":
        return False, ""
    try:
        actions.reveal(who, clue_id, what, request.POST.get("purpose", ""))
    except actions.NotFound as error:
        raise Http404 from error
    except actions.Refused as error:
        return False, str(error)
    return True, ""


@require_GET
def ties(request: HttpRequest, clue_id: str) -> HttpResponse:
    """The graph: as a page part with its table, or as JSON for the drawing."""
    who = on_cases(request)
    content = content_of(who, clue_id)
    actions.looked(who, "查看关系", clue_id)
    drawn = graph.build(content)
    lines = drawn.lines()
    shown = {
        "clue_id": clue_id,
        "graph": drawn,
        "data": drawn.as_json(),
        "lines": lines[:500],
        "more": max(len(lines) - 500, 0),
    }
    if request.GET.get("format") == "json":
        return JsonResponse(drawn.as_json())
    return render(request, "clues/_graph.html", shown)


@require_GET
def history(request: HttpRequest, clue_id: str) -> HttpResponse:
    who = on_cases(request)
    content = content_of(who, clue_id)
    actions.looked(who, "查看时间线", clue_id)
    return render(request, "clues/_timeline.html", {"clue_id": clue_id, "line": timeline.build(content)})
