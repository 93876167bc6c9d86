"""The shelf of models, and the runs with what they could not evaluate."""

from __future__ import annotations

import inspect
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.clues import queries, shelf, source
from jianwei.desk.clues.evidence import title
from jianwei.desk.clues.triage import Status
from jianwei.desk.people.acting import on_cases
from jianwei.desk.site.lists import answer
from jianwei.sources import kinds


@require_GET
def models(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    counted = queries.model_counts(who)
    run = queries.latest_run(who)
    skipped = {s["model"]: s["reason"] for s in run.skipped} if run else {}
    ran = set(run.manifest.get("models", ())) if run else set()
    rows = [
        {"key": key, "model": model, "found": sum(counted.get(key, {}).values()), "skipped": skipped.get(key, ""), "ran": key in ran,
         "proposed": counted.get(key, {}).get(Status.PROPOSED, 0), "rejected": counted.get(key, {}).get(Status.REJECTED, 0)}
        for key, model in sorted(shelf.models().items(), key=lambda item: (item[1].line.value, item[1].ref))
    ]  # fmt: skip
    return render(request, "clues/models.html", {"rows": rows, "run": run, "broken": shelf.broken()})


@require_GET
def model(request: HttpRequest, key: str) -> HttpResponse:
    who = on_cases(request)
    found = shelf.models().get(key)
    if found is None:
        raise Http404
    shown = {
        "key": key,
        "model": found,
        # The first paragraph is the domain's, in Chinese; what follows speaks to builders.
        "about": inspect.cleandoc(inspect.getmodule(found).__doc__ or "").split("\n\n")[0],
        "reads": [title(record.table) for record in (*found.reads, *found.one_of)],
        "any_of": bool(found.one_of),
        "helps": [title(record.table) for record in found.helps],
        "thresholds": [(name, t) for name, t in found.thresholds().items()],
        "signs": [
            (s.kind.value, re.sub(r"\{[^}]*\}", " N ", s.text), s.weight, s.source or "建议值")
            for s in sorted(found.signs, key=lambda s: (s.kind.value, -s.weight))
        ],
        "counts": [(Status(s).label, n, s) for s, n in queries.model_counts(who).get(key, {}).items()],
    }
    return render(request, "clues/model.html", shown)


@require_GET
def runs(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    lake = source.lake()
    covered: list[Any] = [c for c in lake.coverage() if c.region is None or c.declared] if lake else []
    coverage = [(title(c.feed), c) for c in covered]
    shown: dict[str, Any] = {"coverage": coverage, "has_lake": lake is not None, "broken": kinds.shelf().broken}
    return answer(request, queries.runs(who), "clues/runs.html", asked, **shown)


@require_GET
def run(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.run(on_cases(request), int(number))
    if found is None:
        raise Http404
    return render(request, "clues/run.html", {"run": found})
