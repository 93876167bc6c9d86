"""No clock and no open act of any matter of the data files changes unseen."""

from __future__ import annotations

from itertools import zip_longest

from tests.procedures.standings import PAGE, page


def test_every_matter_stands_as_it_was_reviewed() -> None:
    kept, found = PAGE.read_text("utf-8").splitlines(), page().splitlines()
    differs = [
        f"第{place}行：原为“{old}”，现为“{new}”"
        for place, (old, new) in enumerate(zip_longest(kept, found), 1)
        if old != new
    ]
    assert not differs, f"{differs[:5]} judge each change by the law, then: python tests/procedures/standings.py"
