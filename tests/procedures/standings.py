"""What every matter of the data files is like after each of its acts, as text: ``standings.txt``, never typed.

``python tests/procedures/standings.py`` writes it anew. A clock or an act that changes anywhere shows in its diff, and is
to be judged there by the law before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from jianwei.procedures import COMMON, Act, ClockStanding, ClockState, Procedure, Standing, casefile, check, standing
from jianwei.procedures.shelf import procedures

HERE = Path(__file__).parent
PAGE = HERE / "standings.txt"


def page() -> str:
    return "".join(f"{line}\n" for key, found in procedures().items() for line in of_procedure(key, found))


def of_procedure(key: str, found: type[Procedure]) -> Iterator[str]:
    yield f"# {found.title} {key}"
    for case in yaml.safe_load((HERE / f"{key}.yaml").read_text("utf-8"))["cases"]:
        yield f"## {case['name']}"
        yield from of_case(key, found, case)


def of_case(key: str, found: type[Procedure], case: Mapping[str, Any]) -> Iterator[str]:
    """A line an act that stands: the stage, the clocks that changed, the acts that became open (+) or closed (-)."""
    acts: list[Act] = []
    before: set[str] = set()
    shown: dict[str, str] = {}
    for place, entry in enumerate(case["acts"], 1):
        written = {name if name is not True else "on": value for name, value in entry.items()}
        asked = {name: value for name, value in written.items() if name not in ("then", "refused")}
        read = casefile.read({"procedure": key, "acts": [asked | {"id": str(place)}]})
        if read.unreadable or check(found, acts, read.acts[0]):
            continue
        acts.append(read.acts[0])
        stands = standing(found, acts, acts[-1].on)
        clocks = dict(map(clock, (*stands.past, *stands.clocks)))
        fresh = [f"{name} {says}" for name, says in clocks.items() if shown.get(name) != says]
        now = open_acts(stands)
        turned = [f"+{one}" for one in sorted(now - before)] + [f"-{one}" for one in sorted(before - now)]
        yield f"{acts[-1].on} {acts[-1].kind} → {stands.stage}"
        yield from (f"    {line}" for line in fresh)
        if turned:
            yield f"    {' '.join(turned)}"
        before, shown = now, clocks


def clock(one: ClockStanding) -> tuple[str, str]:
    due = one.due
    last = "—" if due is None else str(due.at or due.on) + (f"／{due.other.on}" if due.other else "")
    ended = f" {one.says}" if one.state is ClockState.STOPPED else ""
    ran = f"{one.clock}{f'（{one.person}）' if one.person else ''} {one.start or '?'}"
    return ran, f"{last} {one.state.value}{ended}"


def open_acts(stands: Standing) -> set[str]:
    return {kind.key for kind in stands.allowed if kind.key not in COMMON}


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
