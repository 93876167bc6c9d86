"""Civil judgments, rulings, mediations and payment orders."""

from __future__ import annotations

from jianwei.extract.judgment import Amount, Judgment
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts import assets, lending, litigation, pleadings, proofs, ruling
from jianwei.extract.text import Doc


def fill(judgment: Judgment, doc: Doc) -> None:
    """Everything a civil document has of its own."""
    litigation.litigation(judgment, doc)
    at = pleadings.pleadings(doc)
    judgment.claims = pleadings.claims(doc, at)
    judgment.defence = pleadings.defence(doc, at)
    kind = judgment.doc_type.value if judgment.doc_type else None
    judgment.outcome = ruling.outcome(doc, kind)
    judgment.close_mode = close_mode(judgment)
    judgment.amounts = [*claimed(doc, at), *ruling.decided(doc), *ruling.fees(doc)]
    lending.fill(judgment, doc, at)
    proofs.fill(judgment, doc, at)
    assets.fill(judgment, doc)


def close_mode(judgment: Judgment) -> Leaf[str] | None:
    """判决, 调解, 撤诉, 驳回起诉 … as a court's own ledger would have it."""
    kind, outcome = judgment.doc_type, judgment.outcome
    if kind is None:
        return None
    if kind.value == "判决书":
        return Leaf("判决", kind.start, kind.end)
    if kind.value == "调解书":
        return Leaf("调解", kind.start, kind.end)
    if outcome is None:
        return None
    value = {"准许撤诉": "撤诉", "按撤诉处理": "撤诉"}.get(outcome.value, outcome.value)
    return Leaf(value, outcome.start, outcome.end)


def claimed(doc: Doc, at: pleadings.Pleadings) -> list[Amount]:
    """What is asked for: the amounts of the request, not of the story that goes with it."""
    norm = doc.norm
    start = _request(norm, at.claims, at.claims_end)
    if start is None:
        return []
    low = norm.find("事实与理由", start, at.claims_end)
    if low < 0:
        low = norm.find("事实和理由", start, at.claims_end)
    end = low if low >= 0 else at.claims_end
    found = []
    for first, last in ruling.items(doc, start, end):
        sum_ = ruling.headline(norm, first, last)
        if sum_ and norm.find("诉讼费", first, sum_.start) < 0 and norm.find("受理费", first, sum_.start) < 0:
            found.append(Amount(Leaf("claimed", sum_.start, sum_.end), sum_))
    return found


def _request(norm: str, start: int, end: int) -> int | None:
    for word in ("诉讼请求", "判令", "请求判决", "诉请", "请求法院", "要求被告", "要求判", "请求"):
        at = norm.find(word, start, end)
        if at >= 0:
            return at + len(word)
    return None
