"""Criminal judgments and rulings: fill what they alone have."""

from __future__ import annotations

import datetime as dt
import re

from jianwei.extract.crime import (
    circumstances,
    custody,
    deeds,
    executed,
    header,
    orders,
    parties,
    persons,
    pleas,
    prosecution,
    sentences,
    term,
)
from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.facts import Defendant, Listed
from jianwei.extract.crime.names import Names
from jianwei.extract.judgment import Judgment
from jianwei.extract.leaf import Leaf
from jianwei.extract.text import Doc

_CLOSING = re.compile(
    r"如 ?不 ?服|本 ?(?:判决|裁定|决定) ?(?:为|系|是) ?终审|本 ?(?:判决|裁定|决定)(?:自|送达|立即|即为)"
    r"|代(?<=[。；） \n]代)理 ?审 ?判 ?[长员](?!委)|助(?<=[。；） \n]助)理 ?审 ?判 ?[长员](?!委)|审(?<=[。；） \n]审) ?判 ?[长员](?!委)"
)
_QUOTED = re.compile(
    r"(?:判决|判处|裁定)(?:如下)?：|(?:作出|作出了)[^。]{4,60}?刑事(?:附带民事)?判决(?:书)?[，：](?=[^。]{0,30}(?:以|认定|判处|被告人))|原审?判决?(?:依照|根据)[^。]{10,300}?，(?=判处|以)"
)
_QUOTED_END = re.compile(r"宣判后|上诉(?:人|称|提出|理由)|提出上诉|不服|抗诉机关|经审理查明|经二审")
_TAKEN = frozenset(("抓获", "羁押", "刑事拘留", "留置"))


def fill(judgment: Judgment, doc: Doc) -> None:
    """Read defendants, custody, sentences and the rest into ``judgment``."""
    head = header.section(doc)
    blocks, joint = header.blocks(head)
    people: dict[str, Defendant] = {}
    reviewed = judgment.procedure is not None and judgment.procedure.value in ("刑事二审", "刑事审判监督")
    for block in blocks:
        defendant = Defendant(head.leaf(block.name, *block.name_at), head.leaf(block.role, *block.role_at))
        people.setdefault(block.name, defendant)
        start, end = block.parts[0]
        persons.read(head, start, end, defendant)
        told = custody.read(head, block.parts + joint, reviewed=reviewed)
        defendant.custody, defendant.priors = told.events, told.priors
        defendant.held_at, defendant.custody_days = told.held_at, told.held_days
    if not blocks:
        for name, begin, close in header.accused(doc):
            people[name] = Defendant(Leaf(name, begin, close))
    if people:
        parties.settle(judgment, head, blocks, people)
    judgment.prosecutor = prosecution.office(doc)
    judgment.indictment_no = prosecution.indictment(doc)
    judgment.claims, judgment.defence = pleas.claims(doc), pleas.defence(doc)
    judgment.track = judgment.track or prosecution.track(doc)
    _sentenced(doc, people)
    _found(judgment, doc, people)
    judgment.defendants = list(people.values())
    judgment.custody = [Listed(d.name, d.custody) for d in people.values() if d.custody]
    judgment.sentences = [Listed(d.name, d.sentences) for d in people.values() if d.sentences]


def _sentenced(doc: Doc, people: dict[str, Defendant]) -> None:
    """Charges, sentences and terms from the ruling; what it upholds without repeating, from where it is quoted."""
    names = Names(list(people))
    ruling = _ruling(doc)
    _apply(ruling, names, people, "本判")
    orders.read(ruling, names, people)
    missing = [d for d in people.values() if not any(s.penalty or s.fine_fen for s in d.sentences)]
    if missing and ("维持" in ruling.text or "原判" in ruling.text or "准许" in ruling.text):
        quoted = _quoted(doc)
        if quoted is not None:
            _apply(quoted, names, {d.name.value: d for d in missing}, "原判")


def _found(judgment: Judgment, doc: Doc, people: dict[str, Defendant]) -> None:
    """Circumstances, the time of the deeds, and whether a civil claim was heard with the case."""
    if not people:
        return
    names = Names(list(people))
    reasons = Compact(doc.norm, doc.reasons, doc.ruling)
    found = circumstances.found(reasons, names, lambda: _indicted(doc, reasons))
    days = deeds.period(doc)
    civil = doc.norm.find("附带民事", doc.parties, max(doc.reasons, doc.parties))
    for name, defendant in people.items():
        defendant.circumstances = found.get(name, [])
        defendant.crime_on, defendant.crime_last_on = deeds.bounds(days, _taken(defendant, judgment))
        if civil >= 0:
            defendant.attached_civil = Leaf(True, civil, civil + 4)


def _taken(defendant: Defendant, judgment: Judgment) -> dt.date | None:
    """The last day the defendant was taken in for this case; failing that, the day of the judgment."""
    days = [e.on.value for e in defendant.custody if e.on and e.same_act and e.kind.value in _TAKEN]
    return max(days) if days else judgment.decided_on.value if judgment.decided_on else None


def _indicted(doc: Doc, reasons: Compact) -> Compact | None:
    """What the indictment says of the sentence, where the court adopts its proposal whole (速裁)."""
    if "量刑建议适当" not in reasons.text and "指控" not in reasons.text[:120]:
        return None
    at = doc.norm.rfind("公诉机关", doc.record, doc.reasons)
    at = doc.norm.rfind("认为", doc.record, doc.reasons) if at < 0 else at
    return Compact(doc.norm, at, doc.reasons) if at >= 0 else None


def _apply(ruling: Compact, names: Names, people: dict[str, Defendant], source: str) -> None:
    verdicts = sentences.read(ruling, names)
    for name, verdict in verdicts.items():
        defendant = people.get(name)
        if defendant is None:
            if name not in names.extra or source != "本判":
                continue
            at = names.extra[name]
            defendant = people[name] = Defendant(ruling.leaf(name, at, at + len(name)))
        executed.settle(defendant, verdict.items)
        defendant.source = ruling.leaf("原判" if verdict.upheld else source, verdict.at, verdict.at + 1)
    order = sorted(((verdict.at, name) for name, verdict in verdicts.items()))
    for found in term.read(ruling, names):
        whom = found.whom or [name for at, name in order if at < found.at][-1:]
        if not found.whom and whom:
            # Defendants sentenced together share the note that follows.
            at = verdicts[whom[0]].at
            whom = [name for other, name in order if other == at]
        for name in whom:
            defendant = people.get(name)
            if defendant is not None and defendant.months and (defendant.term_end_on is None or not found.whom):
                defendant.term_start_on = found.start_on or defendant.term_start_on
                defendant.term_end_on = found.end_on
                defendant.custody_days = found.deducted or defendant.custody_days


def _ruling(doc: Doc) -> Compact:
    close = _CLOSING.search(doc.norm, doc.ruling, max(doc.tail, doc.ruling))
    return Compact(doc.norm, doc.ruling, close.start() if close else max(doc.tail, doc.ruling))


def _quoted(doc: Doc) -> Compact | None:
    """The earlier ruling as the document quotes it."""
    for opening in _QUOTED.finditer(doc.norm, doc.record, max(doc.ruling - 8, doc.record)):
        end = _QUOTED_END.search(doc.norm, opening.end(), doc.ruling)
        found = Compact(doc.norm, opening.end(), end.start() if end else min(doc.ruling, opening.end() + 2000))
        if "罪" in found.text:
            return found
    return None
