"""The measures told in a defendant's header, and the past sentences told among them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from jianwei.extract.crime.charges import NAMES
from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.days import TOLD, Clock, Told
from jianwei.extract.crime.facts import Custody, Prior
from jianwei.extract.crime.matters import PETTY, settle, under_review
from jianwei.extract.crime.measures import length
from jianwei.extract.crime.priors import prior, released
from jianwei.extract.judgment import Count, Text
from jianwei.extract.leaf import Leaf
from jianwei.extract.text import first

_TOKEN = re.compile(
    # The characters with which a word below can begin: most positions are passed over by this alone.
    r"(?=[0-9一二三四五六七八九十元同当次翌即第现均羁关押服已共先实未不拒无暂没违目解撤社刑假执期减变予释判由指监取批决逮行治司拘留继管强隔戒劳收抓捉查缉拿扭传归到投临因])(?:"
    rf"(?P<told>{TOLD})"
    r"|(?P<held>(?:现(?:已)?被?|现均被?|均)?(?:羁押|关押|押|服刑)(?:于|在)(?P<place>[^，。；（]{2,30}))"
    r"|(?P<days>(?:已|共|先行|实际)?羁押(?P<count>[0-9]{1,4}|[一二三四五六七八九十百]{1,6})[日天])"
    r"|(?P<refused>(?:未予?|不予|拒绝|无法|暂不|没有)(?:收押|收监|关押))"
    r"|(?P<skip>违反[^，。；]{0,8}(?:取保候审|监视居住)[^，。；]{0,6}规定|(?:现|目前)[^，。；于日]{0,4}(?:取保候审|监视居住)|未能?(?:归案|到案)|先行羁押|羁押期间"
    r"|社区戒毒|社区康复|(?:解除|撤销)(?:取保候审|监视居住))"
    r"|(?P<ended>解除[^，。；]{0,4}(?:留置|拘留|羁押|逮捕|戒毒|强制措施)(?:措施)?)"
    r"|(?P<free>刑满(?:后)?(?:被)?释放|刑满|假释|(?:刑罚?|刑期|执行)(?:已)?(?:期满|执行完毕|届满)|执行期满|服刑期满|期满释放|减刑释放|变更为释放|予以释放|释放)"
    r"|(?P<judged>判处|判刑|判决)"
    r"|(?P<done>由[^，。；]{2,40}?执行(?!逮捕|刑事|取保|监视|拘留)|(?<=日)执行(?=[，。；]))"
    r"|(?P<measure>指定居所(?:的)?监视居住|监视居住|取保候审|(?:批准|决定)(?:对[^，。；]{1,6})?(?:予以|依法|执行)?逮捕|逮捕"
    r"|行政拘留|治安拘留|司法拘留|刑事拘留|刑拘|拘留|留置盘问|继续盘问|留置|管护"
    r"|强制隔离戒毒|强制戒毒|隔离戒毒|戒毒|劳动教养|收容教[养育]|抓获|捉获|查获|抓捕|缉获|拿获|扭送|拘传|传唤|归案|到案|投案|收监|临时寄押|羁押)"
    rf"|(?P<cause>因(?P<why>[^，。；因]{{1,60}}?)(?=[，。；0-9]|于(?![^，。；]{{0,3}}罪)|被|由[^罪]|经(?![营济])|同[年月日]|当日|次日|二[〇○零0O]|(?:未予?|不予|拒绝|无法|暂不)收)))"
)
_KIND = {
    "刑拘": "刑事拘留", "治安拘留": "行政拘留", "强制戒毒": "强制隔离戒毒", "隔离戒毒": "强制隔离戒毒", "戒毒": "强制隔离戒毒",
    "留置盘问": "羁押", "继续盘问": "羁押", "临时寄押": "羁押", "收容教养": "劳动教养", "收容教育": "劳动教养", "指定居所的监视居住": "指定居所监视居住",
    **dict.fromkeys(("捉获", "查获", "抓捕", "缉获", "拿获", "扭送", "拘传", "传唤", "归案", "到案", "投案"), "抓获"),
}  # fmt: skip
_CRIME = re.compile(rf"本案|涉嫌|嫌疑|犯|{NAMES}")
_CLAUSE = re.compile(r"[，；。]")


@dataclass(slots=True)
class History:
    """What one defendant's header tells, in the order of the text."""

    events: list[Custody] = field(default_factory=list)
    priors: list[Prior] = field(default_factory=list)
    held_at: Text | None = None
    held_days: Count | None = None


class _Reader:
    """Walks over the words of a header and keeps what dates and causes are pending."""

    def __init__(self, header: Compact) -> None:
        self.header = header
        self.found = History()
        self.clock = Clock()
        self.pending: list[Told] = []
        self.told: Told | None = None
        self.cause: str | None = None
        self.since = 0
        self.clause = 0
        self.mark = -1
        """The first mark at or after ``clause``, once it was looked for."""
        self.whys: list[str | None] = []
        self.vague: set[int] = set()
        self.judged_at = 0
        """How many measures were told when the last past sentence was."""

    def read(self, start: int, end: int) -> None:
        start = self._turn(start, end)
        self.since = self.clause = start
        self.mark = -1
        self.cause = None
        for token in _TOKEN.finditer(self.header.text, start, end):
            kind = token.lastgroup
            if kind == "told":
                self._told(token)
            elif kind == "cause":
                self.cause = token["why"]
            elif kind == "measure":
                self._measure(token)
            elif kind == "judged":
                self._judged(token, end)
            elif kind == "free":
                self._free(token)
            elif kind == "held":
                self.found.held_at = self.header.leaf(token["place"], *token.span("place"))
            elif kind == "done":
                self._done(token)
            elif kind == "ended":
                self._ended(token)
            elif kind == "refused":
                self._refused()
            elif kind == "days":
                self._days(token)
            else:
                self.pending.clear()

    def _told(self, token: re.Match[str]) -> None:
        self.told = self.clock.read(token)
        if self.told is None:
            self.pending.clear()
            return
        self.pending.append(self.told)
        if not self.told.exact:
            self.vague.add(self.told.start)

    def _turn(self, start: int, end: int) -> int:
        """Where the words turn from the person to the measures: the sentence with the first 因 or 被."""
        text = self.header.text
        turn = first(text, ("因", "被"), start, end)
        turn = turn if turn < end else start
        return max(text.rfind("。", start, turn), text.rfind("；", start, turn), start - 1) + 1

    def exact(self, on: Leaf[dt.date] | None) -> Leaf[dt.date] | None:
        """A day told by month alone is no day."""
        if on is None or (self.vague and any(self.header.at(at) == on.start for at in self.vague)):
            return None
        return on

    def _day(self, near: int | None = None) -> Leaf[dt.date] | None:
        """The date of what is told at ``near``: the one pending, else that of the measure in the same clause (抓获并羁押)."""
        told = self.pending.pop(0) if len(self.pending) > 1 and self._several() else None
        if told is None and self.pending:
            told = self.pending[-1]
            self.pending.clear()
        elif told is None and near is not None and self._in_clause(near):
            told = self.told
        return self.header.leaf(told.on, told.start, told.end) if told else None

    def _in_clause(self, near: int) -> bool:
        """Whether no mark stands between the last measure and ``near``."""
        if self.mark < self.clause:
            mark = _CLAUSE.search(self.header.text, self.clause)
            self.mark = mark.start() if mark else len(self.header.text)
        return self.mark >= near

    def _until(self) -> Leaf[dt.date] | None:
        """``2018年6月29日至7月13日被羁押``: the second date is the last day; it leaves the first pending."""
        if len(self.pending) < 2:
            return None
        first, last = self.pending[-2:]
        between = self.header.text[first.end : last.start]
        if between not in ("至", "起至", "到") or last.on < first.on:
            return None
        self.pending.pop()
        return self.header.leaf(last.on, last.start, last.end)

    def _several(self) -> bool:
        """``分别于3月16日、3月30日被刑事拘留和逮捕``: the dates go to the measures in turn."""
        first, last = self.pending[0], self.pending[-1]
        return (
            self.header.text[first.end : last.start] in ("、", "和", "及")
            and "分别" in self.header.text[self.clause : first.start]
        )

    def _judged(self, token: re.Match[str], end: int) -> None:
        found = prior(
            self.header, self.since, token.start(), token.end(), end, self.pending[-1] if self.pending else self.told
        )
        self.pending.clear()
        if found is None:
            return
        self.found.priors.append(found)
        self.judged_at = len(self.found.events)
        self.since = self.clause = token.end()
        self.cause = None

    def _measure(self, token: re.Match[str]) -> None:
        words = token["measure"]
        text = self.header.text
        if words.endswith("逮捕"):
            kind = "批准逮捕" if words[0] in "批决" and "执行" not in words else "逮捕"
        elif words == "拘留":
            kind = "行政拘留" if self.cause and not _CRIME.search(self.cause) else "刑事拘留"
        else:
            kind = _KIND.get(words, words)
        before = text[max(0, token.start() - 3) : token.start()]
        events = self.found.events
        if events and ("转" in before or "变更" in before) and events[-1].kind.value in PETTY:
            events[-1].same_act = True
        until = self._until()
        on = self._day(token.start())
        if (
            events
            and kind == "抓获"
            and events[-1].kind.value == kind
            and events[-1].on
            and on
            and events[-1].on.value == on.value
        ):
            return
        if kind in ("行政拘留", "司法拘留") and self.exact(on) and on:
            term = length(text, token.end() + (text[token.end() : token.end() + 1] == "（"))
            if term and term.days and not term.months and term.days <= 30:
                until = self.header.leaf(on.value + dt.timedelta(days=term.days - 1), token.end(), term.end)
        if kind == "逮捕":
            self._executed()
        events.append(Custody(self.header.leaf(kind, *token.span("measure")), on, until))
        self.whys.append(self.cause)
        self.clause = token.end()

    def _executed(self) -> None:
        """An arrest carried out: the approval before it is only an approval."""
        events = self.found.events
        if events and events[-1].kind.value == "逮捕" and events[-1].on is None:
            del events[-1], self.whys[-1]

    def _done(self, token: re.Match[str]) -> None:
        events = self.found.events
        if events and events[-1].kind.value == "批准逮捕" and (self.pending or "执行" in token.group()):
            events.append(Custody(events[-1].kind.as_value("逮捕"), self._day()))
            self.whys.append(self.cause)

    def _ended(self, token: re.Match[str]) -> None:
        on = self._day()
        self.found.events.append(Custody(self.header.leaf("释放", *token.span()), on))
        self.whys.append(self.cause)
        if on and "留置" in token.group():
            for event in reversed(self.found.events):
                if event.kind.value == "留置":
                    event.until = on
                    break

    def _free(self, token: re.Match[str]) -> None:
        on = self._day()
        mine = token.group() in ("释放", "予以释放", "变更为释放") and len(self.found.events) > self.judged_at
        if (
            self.found.priors
            and not mine
            and released(self.found.priors[-1], token.group(), on, self.header, token.span())
        ):
            self.since = self.clause = token.end()
            return
        if "释放" in token.group() and "刑满" not in token.group():
            self.found.events.append(Custody(self.header.leaf("释放", *token.span()), on))
            self.whys.append(self.cause)

    def _refused(self) -> None:
        """Arrested but not taken in: no custody came of it."""
        for event in reversed(self.found.events):
            if event.kind.value == "逮捕":
                event.kind = event.kind.as_value("未执行逮捕")
                break

    def _days(self, token: re.Match[str]) -> None:
        term = length(token["count"] + "日", 0)
        if term and term.days:
            self.found.held_days = self.header.leaf(term.days, *token.span("count"))


def read(header: Compact, parts: list[tuple[int, int]], *, reviewed: bool = False) -> History:
    """Measures and past sentences told in the parts of ``header`` that speak of one defendant.

    ``reviewed``: an appeal or retrial, whose header may tell the judgment under review as if it were a past one.
    """
    reader = _Reader(header)
    for start, end in parts:
        reader.read(start, end)
    if reviewed:
        reader.found.priors = [p for p in reader.found.priors if not under_review(p, reader.found.events)]
    settle(reader.found.events, reader.found.priors, reader.whys)
    for event in reader.found.events:
        event.on = reader.exact(event.on)
    return reader.found
