"""Where every person has clocks of their own, no act is done to a stranger: a slip in a name would start a clock."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.procedures import Act, ActKind, Procedure
from jianwei.procedures.kernel.act import Guard
from jianwei.procedures.kernel.fold import fold
from jianwei.procedures.shelf import procedures

DAY = dt.date(2026, 3, 2)
REVIEWS = ("criminal/arrest_review", "criminal/prosecution_review")
OPENED = Act("accept", DAY, {"suspects": ("甲某",), "detained": True, "in_custody": True, "source": "commission"})


def acts_on_persons() -> list[object]:
    found = []
    for key in REVIEWS:
        procedure = procedures()[key]
        found += [
            pytest.param(procedure, kind, id=f"{key} {kind.title}")
            for kind in procedure.acts.values()
            if "suspects" in kind.asks and not kind.opens and kind.key != "arrest_missed"
        ]
    return found


# 直接作出逮捕决定 is done to those whom the police did not name, and guarded by having asked the police first.


def of_names(kind: ActKind) -> list[Guard]:
    return [guard for guard in kind.guards if guard.says.startswith("所列人员不是本案人员")]


@pytest.mark.parametrize(("procedure", "kind"), acts_on_persons())
def test_a_stranger_is_refused(procedure: type[Procedure], kind: ActKind) -> None:
    state = fold(procedure, [OPENED])
    (guard,) = of_names(kind)
    assert guard.forbids(state, {"suspects": ("乙某",)}, DAY)
    assert not guard.forbids(state, {"suspects": ("甲某",)}, DAY)
