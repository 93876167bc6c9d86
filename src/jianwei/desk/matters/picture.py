"""A procedure as a picture, drawn from its declaration: stages in order, moves between them, and where a matter stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jianwei.procedures import Act, By, Procedure
from jianwei.procedures.describe import edges

BOX_HEIGHT, LANE, GAP, CHARACTER, PAD = 30, 20, 46, 13, 14
"""Sizes in pixels at a type of 13 (chosen)."""
WIDEST = 1140
"""What a page 1280 wide leaves for the picture: beyond it the words between stages are shortened, and whole on hover."""
LABELS = (9, 6, 4, 2)
"""Characters of a label between two stages, the longest that fits being used."""


@dataclass(frozen=True)
class Stage:
    name: str
    x: float
    width: float
    here: bool
    been: bool
    end: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Move:
    """All acts that lead from one stage to another: one line with the names of its acts."""

    start: str
    to: str
    titles: tuple[str, ...]
    path: str
    label: str
    label_x: float
    label_y: float
    taken: bool
    open: bool
    """It starts where the matter stands."""


@dataclass(frozen=True)
class Picture:
    title: str
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    width: float
    height: float
    top: float


def draw(procedure: type[Procedure], here: str = "", been: Iterable[str] = ()) -> Picture:
    """The picture of a procedure; ``here`` and ``been`` mark where a matter stands and stood."""
    passed = set(been)
    joined = _joined(procedure)
    for most in LABELS:
        stages = _in_a_row(procedure, joined, most, here, passed)
        if stages[-1].x + stages[-1].width <= WIDEST:
            break
    index = {stage.name: n for n, stage in enumerate(stages)}
    far = [(a, b) for a, b in joined if a and abs(index[b] - index[a]) > 1 or a and index[b] < index[a]]
    above = _lanes([(a, b) for a, b in far if index[b] > index[a]], index)
    below = _lanes([(a, b) for a, b in far if index[b] < index[a]], index)
    top = float(14 + LANE * max(above.values(), default=0))
    moves: list[Move] = []
    for (a, b), titles in joined.items():
        lane, up = (above[a, b], True) if (a, b) in above else (below[a, b], False) if (a, b) in below else (0, True)
        moves.append(_move(a, b, titles, stages, index, top, lane, up, here, passed, most))
    height = float(top + BOX_HEIGHT + LANE * max(below.values(), default=0) + (18 if below else 8))
    right = stages[-1].x + stages[-1].width + 12
    return Picture(procedure.title, tuple(stages), tuple(moves), right, height, top)


def been(procedure: type[Procedure], acts: Iterable[Act]) -> tuple[str, ...]:
    """The stages that these acts, in force and in order, led through."""
    found: dict[str, None] = {}
    for act in acts:
        kind = procedure.acts.get(act.kind)
        to = kind.to if kind else None
        stage = to.stages.get(act.facts.get(to.fact)) if isinstance(to, By) else to
        if stage:
            found[stage] = None
    return tuple(found)


def _in_a_row(
    procedure: type[Procedure], joined: dict[tuple[str, str], list[str]], most: int, here: str, passed: set[str]
) -> list[Stage]:
    """The stages from left to right, between two of them room for a label of ``most`` characters."""
    stages: list[Stage] = []
    x = float(GAP // 2)
    for name, after in zip(procedure.stages, (*procedure.stages[1:], ""), strict=True):
        width = len(name) * CHARACTER + 2 * PAD
        stages.append(Stage(name, x, width, name == here, name in passed, name in procedure.ends))
        between = _label(joined.get((name, after)), most)
        x += width + max(GAP, sum(11 if ord(c) > 0x7F else 6 for c in between) + 22)
    return stages


def _joined(procedure: type[Procedure]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for start, to, kind in edges(procedure):
        titles = found.setdefault((start, to), [])
        if kind.title not in titles:
            titles.append(kind.title)
    return found


def _label(titles: Sequence[str] | None, most: int) -> str:
    if not titles:
        return ""
    first = titles[0] if len(titles[0]) <= most else titles[0][: most - 1] + "…"
    return first if len(titles) == 1 else f"{first} 等{len(titles)}"


def _lanes(pairs: list[tuple[str, str]], index: dict[str, int]) -> dict[tuple[str, str], int]:
    """A lane for each far move so that those over the same stages do not run into each other; the short ones nearest."""
    lanes: dict[tuple[str, str], int] = {}
    for a, b in sorted(pairs, key=lambda p: abs(index[p[1]] - index[p[0]])):
        low, high = sorted((index[a], index[b]))
        lane = 1
        while any(
            n == lane and low < max(index[c], index[d]) and min(index[c], index[d]) < high
            for (c, d), n in lanes.items()
        ):
            lane += 1
        lanes[a, b] = lane
    return lanes


def _move(
    a: str,
    b: str,
    titles: list[str],
    stages: list[Stage],
    index: dict[str, int],
    top: float,
    lane: int,
    up: bool,
    here: str,
    passed: set[str],
    most: int,
) -> Move:
    to = stages[index[b]]
    middle = top + BOX_HEIGHT / 2
    taken = b in passed and (a in passed or not a)
    if not a:
        path, x, y = f"M{to.x - 22:.0f} {middle:.0f}H{to.x - 3:.0f}", 0.0, 0.0
        if index[b]:
            path = ""
        return Move(a, b, tuple(titles), path, "", x, y, taken, False)
    start = stages[index[a]]
    if not lane:
        left, right = start.x + start.width, to.x
        return Move(
            a,
            b,
            tuple(titles),
            f"M{left:.0f} {middle:.0f}H{right - 3:.0f}",
            _label(titles, most),
            (left + right) / 2,
            middle - 5,
            taken,
            a == here,
        )
    shift = min(6 + 5 * lane, start.width / 2 - 6, to.width / 2 - 6)
    out, into = (start.middle + shift, to.middle - shift) if up else (start.middle - shift, to.middle + shift)
    edge = top if up else top + BOX_HEIGHT
    y = top - LANE * lane if up else top + BOX_HEIGHT + LANE * lane
    arrow = edge - 3 if up else edge + 3
    path = f"M{out:.0f} {edge:.0f}V{y:.0f}H{into:.0f}V{arrow:.0f}"
    return Move(
        a, b, tuple(titles), path, _label(titles, LABELS[0]), (out + into) / 2, y + (-3 if up else 12), taken, a == here
    )
