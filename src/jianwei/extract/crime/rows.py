"""The lake's records that a criminal judgment yields: sentences, their items, custody, past sentences."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from jianwei.extract.crime.facts import Custody, Defendant, Prior, Sentence
from jianwei.extract.forum import named, place
from jianwei.extract.judgment import Judgment
from jianwei.extract.leaf import Leaf
from jianwei.law import charges
from jianwei.records import CaseNo, CriminalJudgment, CustodyEvent, PriorSentence, Record, SentenceItem

Spans = dict[str, tuple[int, int]]
Row = tuple[Record, Spans]
Values = dict[str, Any]

_MERGING = re.compile("第(?:七十|七十一|七十七|八十六)条")
_LEVELS = {"刑事一审": "一审", "刑事二审": "二审", "刑事审判监督": "再审"}
_NOT_HELD = frozenset(("批准逮捕", "未执行逮捕", "劳动教养"))
_PETTY = frozenset(("行政拘留", "司法拘留", "强制隔离戒毒"))
_HELD = frozenset(("抓获", "羁押", "刑事拘留", "逮捕", "留置"))


def rows(judgment: Judgment, document_id: str) -> Iterator[Row]:
    """Every row of a criminal judgment; a document without 案号 yields nothing. Spans point into ``document_id``."""
    if judgment.case_no is None:
        return
    for defendant in judgment.defendants:
        if isinstance(defendant, Defendant):
            yield from _of(judgment, defendant)


def _of(judgment: Judgment, defendant: Defendant) -> Iterator[Row]:
    if defendant.penalty is None and not defendant.charges and not defendant.custody and not defendant.priors:
        return
    yield _sentence(judgment, defendant)
    for item in defendant.sentences:
        yield _item(judgment, defendant, item)
    for event in defendant.custody:
        past = event.same_act is False and event.kind.value not in _PETTY
        if event.kind.value not in _NOT_HELD and not past:
            yield _event(judgment, defendant, event)
    for prior in defendant.priors:
        yield _prior(judgment, defendant, prior)


class _Row:
    """Collects the columns of one row: leaves with their spans, and values that follow from others."""

    __slots__ = ("spans", "values")

    def __init__(self, judgment: Judgment, defendant: Defendant) -> None:
        self.values: Values = {}
        self.spans: Spans = {}
        self.put(court_no=judgment.case_no, name=defendant.name)
        self.values["court_no"] = CaseNo(self.values["court_no"])

    def put(self, **leaves: Leaf[Any] | None) -> _Row:
        for name, leaf in leaves.items():
            if leaf is not None:
                self.values[name] = leaf.value
                self.spans[name] = leaf.start, leaf.end
        return self

    def several(self, name: str, leaves: list[Leaf[str]]) -> _Row:
        """A column of several words, under the span from the first to the last."""
        if leaves:
            self.values[name] = tuple(leaf.value for leaf in leaves)
            self.spans[name] = min(leaf.start for leaf in leaves), max(leaf.end for leaf in leaves)
        return self

    def follow(self, name: str, value: Any, leaf: Leaf[Any] | None = None) -> _Row:
        """A value that follows from others, with the words it follows from if there are any."""
        if value is not None:
            self.values[name] = value
            if leaf is not None:
                self.spans[name] = leaf.start, leaf.end
        return self

    def row(self, record: type[Record]) -> Row:
        return record(**self.values), self.spans


def _sentence(judgment: Judgment, defendant: Defendant) -> Row:
    region, _ = place(judgment)
    held = next((e.on for e in defendant.custody if e.on and e.same_act and e.kind.value in _HELD), None)
    again = next((c for c in defendant.circumstances if c.value == "累犯"), None)
    minor = next((c for c in defendant.circumstances if c.value == "未成年"), None)
    ban = defendant.ban if defendant.ban and defendant.ban.value == "从业禁止" else None
    mine = defendant.source is not None and defendant.source.value == "本判"
    row = _Row(judgment, defendant).put(
        court=named(judgment.court),
        idno=defendant.idno,
        born_on=defendant.born_on,
        addr=defendant.domicile or defendant.address,
        occupation=defendant.occupation,
        charge=defendant.charges[0] if defendant.charges else None,
        crime_on=defendant.crime_on,
        crime_last_on=defendant.crime_last_on,
        held_from=held,
        custody_days=defendant.custody_days,
        main_penalty=defendant.penalty,
        months=defendant.months,
        extra_days=defendant.extra_days,
        life_or_death=defendant.life_or_death,
        probation_months=defendant.probation_months,
        fine_fen=defendant.fine_fen,
        confiscate=defendant.confiscation,
        restitution=defendant.restitution,
        term_start_on=defendant.term_start_on,
        term_end_on=defendant.term_end_on,
        decided_on=judgment.decided_on,
    )
    row.several("charges", defendant.charges).several("circumstances", defendant.circumstances)
    row.follow("region", region, judgment.court)
    row.follow("intentional", _intentional(defendant))
    row.follow("recidivist", True if again else False if mine else None, again)
    row.follow("banned", True if ban else False if mine else None, ban)
    row.follow("minor_at_crime", True if minor else _minor(defendant), minor or defendant.born_on)
    row.follow("merged", _merged(judgment, defendant))
    row.follow("trial_level", _LEVELS.get(judgment.procedure.value) if judgment.procedure else None, judgment.procedure)
    row.follow("source_kind", _outcome(defendant), defendant.penalty)
    return row.row(CriminalJudgment)


def _merged(judgment: Judgment, defendant: Defendant) -> bool:
    """Whether an earlier sentence goes into this one: told in the ruling, or cited (刑法第七十条、第七十一条、第七十七条、第八十六条).

    A citation is the document's; of several defendants it is taken for those with a past sentence.
    """
    if any(item.earlier for item in defendant.sentences):
        return True
    if len(judgment.defendants) > 1 and not defendant.priors:
        return False
    cited = (s for s in judgment.statutes if s.basis and s.law.value.endswith("刑法"))
    return any(_MERGING.match(s.article.value) for s in cited if s.article)


def _intentional(defendant: Defendant) -> bool | None:
    """True when one of the charges is, false when none is, ``None`` when the law does not settle it."""
    known = [charge.intentional if (charge := charges.find(leaf.value)) else None for leaf in defendant.charges]
    if True in known:
        return True
    return False if known and None not in known else None


def _minor(defendant: Defendant) -> bool | None:
    """Whether under eighteen on the first day of the deeds (刑法第十七条: eighteen on the day after the birthday)."""
    if defendant.born_on is None or defendant.crime_on is None:
        return None
    born = defendant.born_on.value
    try:
        of_age = born.replace(year=born.year + 18)
    except ValueError:
        of_age = dt.date(born.year + 18, 2, 28)
    return defendant.crime_on.value <= of_age


def _outcome(defendant: Defendant) -> str | None:
    if defendant.penalty is None:
        return None
    return defendant.penalty.value if defendant.penalty.value in ("无罪", "免予刑事处罚") else "有罪判决"


def _item(judgment: Judgment, defendant: Defendant, item: Sentence) -> Row:
    row = _Row(judgment, defendant).put(
        main_penalty=item.penalty,
        months=item.months,
        extra_days=item.extra_days,
        life_or_death=item.life_or_death,
        fine_fen=item.fine_fen,
    )
    if item.charges:
        row.follow("charge", "、".join(charge.value for charge in item.charges))
        row.spans["charge"] = item.charges[0].start, item.charges[-1].end
    return row.follow("total", item.total).follow("earlier", item.earlier).row(SentenceItem)


def _event(judgment: Judgment, defendant: Defendant, event: Custody) -> Row:
    row = _Row(judgment, defendant).put(kind=event.kind, on=event.on, until=event.until)
    return row.follow("same_act", event.same_act).row(CustodyEvent)


def _prior(judgment: Judgment, defendant: Defendant, prior: Prior) -> Row:
    return (
        _Row(judgment, defendant)
        .put(
            idno=defendant.idno,
            born_on=defendant.born_on,
            addr=defendant.domicile or defendant.address,
            charge=prior.charge,
            main_penalty=prior.penalty,
            months=prior.months,
            life_or_death=prior.life_or_death,
            probation_months=prior.probation_months,
            decided_on=prior.decided_on,
            released_on=prior.released_on,
            paroled_on=prior.paroled_on,
            parole_end_on=prior.parole_end_on,
            prior_court=prior.court,
            prior_no=prior.case_no,
        )
        .row(PriorSentence)
    )
