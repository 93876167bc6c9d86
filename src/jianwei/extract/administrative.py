"""Administrative judgments and rulings, 行政非诉审查 among them, and state compensation."""

from __future__ import annotations

from jianwei.extract.civil import close_mode
from jianwei.extract.judgment import Judgment
from jianwei.extract.parts import litigation, pleadings, ruling
from jianwei.extract.text import Doc


def fill(judgment: Judgment, doc: Doc) -> None:
    """Everything an administrative document has of its own."""
    litigation.litigation(judgment, doc)
    at = pleadings.pleadings(doc)
    judgment.claims = pleadings.claims(doc, at)
    judgment.defence = pleadings.defence(doc, at)
    kind = judgment.doc_type.value if judgment.doc_type else None
    judgment.outcome = ruling.outcome(doc, kind)
    judgment.close_mode = close_mode(judgment)
    judgment.amounts = [*ruling.decided(doc), *ruling.fees(doc)]
