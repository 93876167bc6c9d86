"""The ruling: for each defendant the charges, each sentence, and the one to be executed.

What a court of appeal quotes only to set it aside is passed over; what it upholds counts when nothing replaces it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jianwei.extract.crime import penalties
from jianwei.extract.crime.charges import NAMES, split
from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.facts import Sentence
from jianwei.extract.crime.measures import money
from jianwei.extract.crime.names import Names

_ITEM = re.compile(
    r"[一二三四五六七八九十（0-9](?:(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2}、|(?<=（)[一二三四五六七八九十]{1,3}）|(?<=[0-9])[0-9]?[、.](?=[^0-9]))"
)
_TOKEN = re.compile(
    r"(?=[犯以有无死拘管刑缓罚没剥免不决合并总前原未余残剩尚之])(?:"
    rf"(?:犯有?(?!罪)|以(?=[^，。；]{{2,40}}?罪，?(?:分别|均|各)?(?:对[^，。；]{{1,20}})?判处))(?P<charge>{NAMES})"
    rf"|(?P<main>{penalties.MAIN}|刑罚(?=[一二三四五六七八九十半0-9]))"
    rf"|(?P<probation>缓刑(?:考验)?期?限?)|(?P<fine>罚金)|(?P<confiscation>没收(?:其|个人|全部|部分)*财产)"
    rf"|(?P<deprivation>剥夺政治权利)|(?P<exempt>{penalties.EXEMPT})|(?P<innocent>无罪|不负刑事责任)"
    r"|(?P<total>决定(?:合并)?执行|合并(?:决定)?执行|并罚[，、]?(?:应)?(?:合并)?执行|决定对其执行)"
    r"|(?P<sum>总和刑期|刑期总和|合计刑期|总刑期)"
    r"|(?P<earlier>前罪|原判|前判|前案|未执行|没有执行|未服|余刑|残刑|剩余|尚余|原犯|前犯|之前犯|原审判处))"
)
_SET_ASIDE = re.compile(r"(?:、|，)?(?:依法)?撤销|驳回|变更")
_UPHELD = re.compile(r"(?:、|，)?(?:依法)?(?:维持|核准)")
_EARLIER = re.compile(
    r"(?:与|连同|和|同)[^；。]{0,80}?(?:判决|前罪|原判|前案|之前|原)[^；。]{0,40}$|(?:原|前|之前|此前|另)(?:因)?$"
)
_CLAUSE_END = re.compile(r"[，；。]")
_RENEWED = re.compile(r"[；。](?=[^；。]{0,40}犯)")


@dataclass(slots=True)
class Verdict:
    """The items of one defendant. ``upheld``: they stand in an item that upholds an earlier ruling."""

    items: list[Sentence] = field(default_factory=list)
    upheld: bool = False
    innocent: bool = False
    at: int = 0


def read(ruling: Compact, names: Names) -> dict[str, Verdict]:
    """The verdicts of a ruling by the defendant's name, in the order of the text."""
    text = mask(ruling.text) if "（" in ruling.text else ruling.text
    found: dict[str, Verdict] = {}
    upheld: dict[str, Verdict] = {}
    for start, end in items(text):
        aside = _SET_ASIDE.match(text, start, end)
        if aside:
            renewed = _RENEWED.search(text, start, end) if "即" not in text[start:end] else None
            if renewed is None:
                continue
            start = renewed.end()
        keeps = _UPHELD.match(text, start, end) is not None
        _item(ruling, text, start, end, names, upheld if keeps else found)
    for name, verdict in upheld.items():
        verdict.upheld = True
        mine = found.setdefault(name, verdict)
        if mine is not verdict:
            mine.items[:0] = _standing(verdict, mine)
    return found


def mask(text: str) -> str:
    """``text`` with what stands in （） blanked: notes on terms and payment say nothing of the sentence."""
    pieces: list[str] = []
    depth = at = opened = 0
    for match in _BRACKET.finditer(text):
        if match.group() == "（":
            if depth == 0:
                opened = match.start()
            depth += 1
        elif match.group() == "）":
            if depth:
                depth -= 1
            if depth == 0 and opened >= at and match.start() > opened:
                pieces += text[at:opened], "\0" * (match.end() - opened)
                at = match.end()
        elif depth and text[match.start() - 1] in "。；":
            # A new item inside brackets: the bracket was never closed.
            pieces += text[at:opened], "\0" * (match.start() - opened)
            at, depth = match.start(), 0
    if depth and opened >= at:
        pieces += text[at:opened], "\0" * (len(text) - opened)
        at = len(text)
    pieces.append(text[at:])
    return "".join(pieces)


def _standing(upheld: Verdict, mine: Verdict) -> list[Sentence]:
    """What of an upheld ruling stands beside the new one: penalties for other charges; convictions where nothing is new."""
    own = {charge.value for item in mine.items for charge in item.charges}
    if not own:
        return [item for item in upheld.items if item.charges]
    return [item for item in upheld.items if item.penalty and own.isdisjoint(charge.value for charge in item.charges)]


_BRACKET = re.compile(
    r"[（）一二三四五六七八九十](?:(?<=[（）])|(?<![（）])[一二三四五六七八九十]?、(?=被告|上诉|原审|责令|追缴|扣押|没收|对))"
)


def items(text: str) -> list[tuple[int, int]]:
    """Where the numbered items of a ruling stand; the whole when none is numbered."""
    marks = [mark for mark in _ITEM.finditer(text) if mark.start() == 0 or text[mark.start() - 1] in "。；：）\0”，"]
    if not marks:
        return [(0, len(text))]
    found = [(0, marks[0].start())] if marks[0].start() > 4 else []
    for index, mark in enumerate(marks):
        found.append((mark.end(), marks[index + 1].start() if index + 1 < len(marks) else len(text)))
    return found


class _State:
    """The item being filled, for whom, and what the words just before the next penalty said of it."""

    __slots__ = ("current", "mode", "whom")

    def __init__(self) -> None:
        self.whom: list[str] = []
        self.current: Sentence | None = None
        self.mode = ""


def _item(ruling: Compact, text: str, start: int, end: int, names: Names, found: dict[str, Verdict]) -> None:
    state = _State()
    last = start
    for token in _TOKEN.finditer(text, start, end):
        kind = token.lastgroup or ""
        if kind == "charge":
            _charge(ruling, text, last, token, names, found, state, end)
        elif kind in ("total", "earlier", "sum"):
            if kind == "total" and not state.whom:
                state.whom = names.before(text, last, token.start())
            state.mode = kind
            continue
        elif kind == "innocent":
            for name in names.before(text, last, token.start()) or state.whom:
                verdict = found.setdefault(name, Verdict(at=token.start()))
                verdict.innocent = True
                verdict.items.append(Sentence(penalty=ruling.leaf("无罪", *token.span())))
        else:
            if not state.whom:
                state.whom = names.before(text, last, token.start())
            _penalty(ruling, text, token, found, state)
        last = token.end()


def _open(found: dict[str, Verdict], state: _State, at: int, **marks: bool) -> Sentence:
    sentence = Sentence(**marks)  # type: ignore[arg-type]
    for name in state.whom:
        found.setdefault(name, Verdict(at=at)).items.append(sentence)
    state.current = sentence
    state.mode = ""
    return sentence


def _charge(
    ruling: Compact,
    text: str,
    last: int,
    token: re.Match[str],
    names: Names,
    found: dict[str, Verdict],
    state: _State,
    end: int,
) -> None:
    before = text[last : token.start()]
    whom = names.before(text, last, token.start())
    if not whom and token.group().startswith("以"):
        stop = _CLAUSE_END.search(text, token.end(), end)
        whom = names.subject(text, token.end(), min(stop.start() if stop else end, token.end() + 40))
    earlier = state.mode == "earlier" or bool(state.current and _EARLIER.search(before))
    if whom and not (earlier and state.whom):
        state.whom = whom
    elif not state.whom:
        state.whom = names.unnamed(text, last, token.start())
    sentence = _open(found, state, token.start(), earlier=earlier)
    sentence.charges = split(ruling, *token.span("charge"))


def _penalty(ruling: Compact, text: str, token: re.Match[str], found: dict[str, Verdict], state: _State) -> None:
    kind = token.lastgroup or ""
    start, end = token.span()
    if kind == "main":
        read = penalties.main(ruling, token["main"], start, end)
        if read is None or state.mode == "sum" or not state.whom:
            return
        current = state.current
        if state.mode or current is None or current.penalty is not None:
            current = _open(found, state, start, total=state.mode == "total", earlier=state.mode == "earlier")
        if token["main"] != "刑罚":
            current.penalty = read.penalty
        current.months, current.extra_days, current.life_or_death = read[1:4]
        return
    if state.mode in ("total", "earlier") and state.whom and kind in ("fine", "confiscation"):
        amount = money(text, end)
        if amount is None and kind == "fine":
            return
        _open(found, state, start, total=state.mode == "total", earlier=state.mode == "earlier")
    current = state.current
    if current is None:
        return
    if kind == "probation":
        months = penalties.months_at(ruling, end)
        if months and current.probation_months is None:
            current.probation_months = months[0]
    elif kind == "fine":
        amount = money(text, end)
        if amount and current.fine_fen is None:
            current.fine_fen = ruling.leaf(amount.fen, amount.start, amount.end)
    elif kind == "confiscation":
        amount = money(text, end)
        close = amount.end if amount else end
        current.confiscation = current.confiscation or ruling.leaf(text[start:close], start, close)
    elif kind == "deprivation":
        lifelong = text.startswith("终身", end)
        term = penalties.months_at(ruling, end)
        close = end + 2 if lifelong else term[1] if term else end
        current.deprivation = current.deprivation or ruling.leaf(text[start:close], start, close)
    elif kind == "exempt" and current.penalty is None:
        current.penalty = ruling.leaf("免予刑事处罚", start, end)
