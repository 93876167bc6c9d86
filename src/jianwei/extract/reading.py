"""Read one document: what all kinds share, then what its kind has of its own."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jianwei.extract import publisher
from jianwei.extract import text as layout
from jianwei.extract.judgment import Judgment
from jianwei.extract.parts import bench, head, litigation, parties, ruling, statutes
from jianwei.extract.text import Doc

Fill = Callable[[Judgment, Doc], None]
_KINDS = {
    "民事": "civil",
    "刑事": "criminal",
    "行政": "administrative",
    "执行": "enforcement",
    "赔偿": "administrative",
}


def read(text: str, meta: Mapping[str, Any] | None = None) -> Judgment:
    """What ``text`` says. Never raises on any text: what is not there is left empty.

    ``meta`` is what the publisher says of the document (``case_no``, ``court``, ``decided_on`` as ISO text, ``parties``:
    names, one a line; ``title``; ``cause``), used only where the text itself is silent: the official site prints many
    documents without their party block. A value taken from it that the text does not print has an empty span. Of a
    court's name, which a text prints with or without its province, the publisher's form is taken.
    """
    judgment, _ = read_doc(text, meta)
    return judgment


def read_doc(text: str, meta: Mapping[str, Any] | None = None) -> tuple[Judgment, Doc]:
    doc = layout.parse(text)
    judgment = Judgment()
    judgment.case_no, judgment.court, judgment.doc_type, judgment.title = head.head(doc)
    judgment.case_type = head.case_type(judgment.case_no, judgment.title)
    kind = judgment.case_type.value if judgment.case_type else None
    judgment.procedure = head.procedure(judgment.case_no, kind, doc)
    judgment.bench, judgment.assistants, judgment.clerk, judgment.decided_on = bench.bench(doc)
    judgment.statutes = statutes.statutes(doc)
    told = publisher.lines
    judgment.parties = parties.parties(doc, told(meta, "parties"), "".join(told(meta, "title")))
    fill = _filler(_KINDS.get(kind or "", "civil"))
    if kind == "刑事":
        litigation.dates(judgment, doc)
    fill(judgment, doc)
    if kind == "刑事":
        _criminal_summary(judgment, doc)
    if meta:
        publisher.settle(judgment, doc, meta)
    return judgment, doc


def _criminal_summary(judgment: Judgment, doc: Doc) -> None:
    """案由 is the first charge; the outcome a category of the ruling."""
    if judgment.cause is None:
        charges = next(filter(None, (getattr(part, "charges", None) for part in judgment.defendants)), None)
        judgment.cause = charges[0] if charges else None
    if judgment.outcome is None:
        judgment.outcome = ruling.criminal_outcome(doc)


@cache
def _filler(kind: str) -> Fill:
    fill: Fill = importlib.import_module(f"jianwei.extract.{kind}").fill
    return fill
