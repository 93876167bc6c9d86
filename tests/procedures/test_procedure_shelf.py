"""Every procedure walks the matters of its data file, act by act, to the standing the file expects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jianwei.procedures import COMMON, Act, Procedure, Standing, casefile, check, standing
from jianwei.procedures.describe import edges
from jianwei.procedures.shelf import procedures

HERE = Path(__file__).parent
SHELF = procedures()


def cases() -> list[Any]:
    found = []
    for key in SHELF:
        file = HERE / f"{key}.yaml"
        loaded = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {"cases": []}
        found += [pytest.param(key, case, id=f"{key}: {case['name']}") for case in loaded["cases"]]
    return found


@pytest.mark.parametrize("key", SHELF)
def test_a_procedure_brings_a_whole_matter_a_refusal_and_an_odd_turn(key: str) -> None:
    loaded = yaml.safe_load((HERE / f"{key}.yaml").read_text("utf-8"))
    assert {case["kind"] for case in loaded["cases"]} >= {"whole", "refusal", "odd"}


@pytest.mark.parametrize("key", SHELF)
def test_a_procedure_is_well_formed(key: str) -> None:
    found = SHELF[key]
    assert found.opening(), "an act must begin the matter"
    assert found.basis
    assert found.ends
    assert set(found.ends) <= set(found.stages)
    reached = {to for _, to, _ in edges(found)}
    assert reached >= set(found.stages), "every stage is led to"
    for kind in found.acts.values():
        assert set(kind.at) <= set(found.stages), kind.title
        assert set(kind.after) <= set(found.acts), kind.title
        assert all(key in SHELF for key in kind.leads_to), kind.title
        assert kind.basis or kind.key in COMMON, kind.title
        assert not kind.moves or kind.fact(kind.moves), kind.title
        assert len({fact.name for fact in kind.facts}) == len(kind.facts), kind.title
    for clock in found.clocks.values():
        assert clock.limit.title
        assert clock.limit.binds
    titles = [kind.title for kind in found.acts.values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(("key", "case"), cases())
def test_matter(key: str, case: dict[str, Any]) -> None:
    found, acts = SHELF[key], list[Act]()
    last = None
    for entry in case["acts"]:
        entry = {("on" if name is True else name): value for name, value in entry.items()}
        wanted, refused = entry.pop("then", None), entry.pop("refused", None)
        read = casefile.read({"procedure": key, "acts": [entry | {"id": str(len(acts) + 1)}]})
        if read.unreadable:
            assert refused, read.unreadable
            assert refused in read.unreadable[0].says
            continue
        (new,) = read.acts
        says = check(found, acts, new)
        if refused:
            assert says is not None, f"{new.day} {new.kind} 应当不予接受"
            assert refused in f"{says.says} {says.cite or ''}"
            continue
        assert says is None, f"{new.day} {new.kind}: {says}"
        acts.append(new)
        last = new
        if wanted:
            as_of = casefile.moment_or_day(wanted.get("as_of", new.on))
            expect(found, standing(found, acts, as_of), wanted)
    if "expect" in case:
        as_of = casefile.moment_or_day(case["expect"].get("as_of", last.on if last else None))
        expect(found, standing(found, acts, as_of), case["expect"])


def expect(found: type[Procedure], stands: Standing, wanted: dict[str, Any]) -> None:
    """``stage``, ``closed``, ``due`` and ``state`` by clock (or clock/person), ``allowed``, ``not_allowed``, ``missing``, ``no_missing``, ``notices``."""
    clocks = {c.clock: c for c in stands.clocks} | {f"{c.clock}/{c.person}": c for c in stands.clocks}
    if "stage" in wanted:
        assert stands.stage == wanted["stage"]
    if "closed" in wanted:
        assert stands.closed == wanted["closed"]
    for name, on in wanted.get("due", {}).items():
        due = clocks[name].due
        shown = None if due is None else due.at if due.at else due.on
        assert shown == (None if on is None else casefile.moment_or_day(on)), name
    for name, state in wanted.get("state", {}).items():
        assert clocks[name].state.value == state, name
    allowed = {kind.key for kind in stands.allowed} | {kind.title for kind in stands.allowed}
    assert set(wanted.get("allowed", ())) <= allowed
    assert not set(wanted.get("not_allowed", ())) & allowed
    assert set(wanted.get("missing", ())) <= {m.fact for m in stands.missing}
    assert not set(wanted.get("no_missing", ())) & {m.fact for m in stands.missing}
    for words in wanted.get("notices", ()):
        assert any(words in notice for notice in stands.notices), words
