"""The picture of every procedure fits a page 1280 wide, and its labels keep out of each other's way."""

from __future__ import annotations

import pytest

from jianwei.desk.matters.picture import WIDEST, draw
from jianwei.procedures.shelf import procedures


@pytest.mark.parametrize("key", list(procedures()))
def test_a_picture_fits_the_page(key: str) -> None:
    procedure = procedures()[key]
    picture = draw(procedure, here=procedure.stages[-1])
    assert picture.width <= WIDEST + 12
    assert [stage.name for stage in picture.stages if stage.here] == [procedure.stages[-1]]
    for one, after in zip(picture.stages, picture.stages[1:], strict=False):
        between = [move.label for move in picture.moves if (move.start, move.to) == (one.name, after.name)]
        room = after.x - one.x - one.width
        assert all(sum(11 if ord(c) > 0x7F else 6 for c in label) < room for label in between)


def test_what_is_shortened_is_whole_in_the_table() -> None:
    picture = draw(procedures()["management/suggestion"])
    shortened = [move for move in picture.moves if "…" in move.label]
    assert shortened
    assert all(title and "…" not in title for move in shortened for title in move.titles)
