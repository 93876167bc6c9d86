"""The shelf as a whole: every row is there, every edition follows the one before it, every citation names a known law."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml

from jianwei.law import citations, limits
from jianwei.law.dated import NotInForce
from jianwei.law.limits import Custody, Nature, Unit
from jianwei.law.source import source

ROWS = range(1, 126)
DAY = dt.timedelta(days=1)
KEYS = tuple(limits.keys())
WITHOUT_LAW = {"public_interest/rectification_reply"}
"""Where no text set a period for a while: between the trial's rules (to 2017-06-30) and the interpretation of 2018."""


def loaded(key: str) -> Any:
    return yaml.safe_load((files("jianwei.law") / "limits" / f"{key}.yaml").read_text("utf-8"))


LOADED = {key: loaded(key) for key in KEYS}


def cites(node: Any) -> Iterator[tuple[str, str]]:
    """Every citation at or below ``node``."""
    if isinstance(node, dict):
        if "law" in node:
            yield node["law"], node["article"]
        for child in node.values():
            yield from cites(child)
    elif isinstance(node, list):
        for child in node:
            yield from cites(child)


def test_every_row_of_the_table_is_on_the_shelf() -> None:
    found = {row for key in KEYS for row in (limits.limit(key).row, *limits.limit(key).also_rows)}
    assert found >= set(ROWS), f"missing: {sorted(set(ROWS) - found)}"
    assert found <= {0, *ROWS}


def test_the_shelf_names_its_sources() -> None:
    assert source("limits").source
    assert source("limits").checked_on >= dt.date(2026, 11, 22)


def test_no_two_limits_of_one_line_share_a_title() -> None:
    titles = defaultdict(list)
    for key in KEYS:
        titles[key.partition("/")[0], limits.limit(key).title].append(key)
    assert not [same for same in titles.values() if len(same) > 1]


@pytest.mark.parametrize("key", KEYS)
def test_from_the_first_version_on_every_day_has_exactly_one(key: str) -> None:
    versions = LOADED[key]["versions"]
    for version, following in zip(versions, versions[1:], strict=False):
        assert version["from_on"] < following["from_on"], "in order, none twice"
        until = version.get("to_on", following["from_on"] - DAY)
        assert until == following["from_on"] - DAY or (until < following["from_on"] and key in WITHOUT_LAW), "no gap"
    assert "to_on" not in versions[-1], "the last one is in force"
    limit = limits.limit(key)
    for version in versions:
        assert limit.edition(version["from_on"]).verified == version["verified"]
    with pytest.raises(NotInForce):
        limit.edition(versions[0]["from_on"] - DAY)


@pytest.mark.parametrize("key", KEYS)
def test_every_citation_names_a_law_in_force(key: str) -> None:
    for version in LOADED[key]["versions"]:
        for law, article in cites(version):
            edition = citations.edition(law, version["from_on"])
            assert edition, f"{law} is unknown or was not in force on {version['from_on']}"
            assert article
            bracket = "" if law in citations.all_laws() else law.partition("（")[2].rstrip("）")
            assert bracket in edition.name, f"{law}: on {version['from_on']} the edition was {edition.name}"


@pytest.mark.parametrize("key", KEYS)
def test_a_limit_is_whole(key: str) -> None:
    limit = limits.limit(key)
    assert limit.confidence in {"H", "M", "L"}
    assert len(limit.worked) >= 3
    for version in limit.editions.versions:
        edition, seen = version.value, set[str]()
        for extension in edition.extensions.values():
            assert not extension.after or extension.after in seen, "an extension follows one named before it"
            assert extension.open_ended or extension.period.number > 0
            seen.add(extension.key)
        for alternative in edition.alternatives.values():
            assert (alternative.period.unit is Unit.HOURS) == (edition.period.unit is Unit.HOURS)
        assert not limit.next_full_hour or edition.period.unit is Unit.HOURS
        assert not edition.extensions or limit.nature not in {Nature.BEFORE, Nature.WINDOW}


def test_a_holiday_never_brings_a_date_forward() -> None:
    for key in KEYS:
        limit = limits.limit(key)
        if limit.editions.versions[-1].value.period.unit is Unit.HOURS:
            continue
        for start in (dt.date(2026, 1, 20), dt.date(2026, 2, 28), dt.date(2025, 9, 29)):
            if not limit.editions.version(start):
                continue
            held, free, unknown = (limit.due(start, custody=custody) for custody in (True, False, None))
            assert held.on <= free.on
            assert unknown.on == held.on
            if limit.custody is Custody.ARGUED and held.on != free.on and limit.nature is Nature.DEADLINE:
                assert held.other
                assert held.other.on == free.on


@pytest.mark.parametrize("key", KEYS)
def test_each_extension_of_a_chain_ends_later(key: str) -> None:
    limit, start = limits.limit(key), dt.datetime.fromisoformat("2026-01-20T09:30")
    if not limit.editions.version(start.date()):
        return
    chain = [e for e in limit.edition(start.date()).extensions.values() if not e.open_ended]
    ends = [limit.due(start, custody=True)]
    for place, extension in enumerate(chain):
        before = [e.key for e in chain[:place]] if extension.after else []
        ends.append(limit.due(start, extended=(*before, extension.key), custody=True))
        assert ends[-1].on > ends[len(before)].on
        assert extension.cite in ends[-1].reasoning
