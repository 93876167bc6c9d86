"""Read one document: what all kinds share, then what its kind has of its own."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache

from jianwei.extract import text as layout
from jianwei.extract.judgment import Judgment
from jianwei.extract.parts import bench, head, parties, statutes
from jianwei.extract.text import Doc

Fill = Callable[[Judgment, Doc], None]
_KINDS = {
    "民事": "civil",
    "刑事": "criminal",
    "行政": "administrative",
    "执行": "enforcement",
    "赔偿": "administrative",
}


def read(text: str) -> Judgment:
    """What ``text`` says. Never raises on any text: what is not there is left empty."""
    judgment, _ = read_doc(text)
    return judgment


def read_doc(text: str) -> tuple[Judgment, Doc]:
    doc = layout.parse(text)
    judgment = Judgment()
    judgment.case_no, judgment.court, judgment.doc_type, judgment.title = head.head(doc)
    judgment.case_type = head.case_type(judgment.case_no, judgment.title)
    kind = judgment.case_type.value if judgment.case_type else None
    judgment.procedure = head.procedure(judgment.case_no, kind, doc)
    judgment.bench, judgment.assistants, judgment.clerk, judgment.decided_on = bench.bench(doc)
    judgment.statutes = statutes.statutes(doc)
    judgment.parties = parties.parties(doc)
    fill = _filler(_KINDS.get(kind or "", "civil"))
    if fill:
        fill(judgment, doc)
    return judgment, doc


@cache
def _filler(kind: str) -> Fill | None:
    try:
        module = importlib.import_module(f"jianwei.extract.{kind}")
    except ModuleNotFoundError:
        return None
    fill: Fill = module.fill
    return fill
