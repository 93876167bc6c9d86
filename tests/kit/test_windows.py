"""最密集的一段日子：与逐日数一遍的笨办法结果一致。"""

import datetime as dt

import ibis
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.kit.windows import busiest

START = dt.date(2020, 1, 1)


def by_hand(days: list[int], span: int) -> list[int]:
    """The days inside the first of the fullest stretches, counted one start after another."""
    if not days:
        return []
    stretches = {d: sorted(x for x in days if d <= x < d + span) for d in sorted(set(days), reverse=True)}
    return max(reversed(list(stretches.items())), key=lambda kv: (len(kv[1]), -kv[0]))[1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 60), max_size=12), st.lists(st.integers(0, 60), min_size=1, max_size=6), st.integers(1, 20)
)
def test_the_busiest_stretch_is_what_counting_by_hand_finds(one, other, span):
    rows = [("甲", d) for d in one] + [("乙", d) for d in other]
    frame = pd.DataFrame({"who": [k for k, _ in rows], "on": [START + dt.timedelta(d) for _, d in rows]})
    table = ibis.memtable(frame, schema={"who": "string", "on": "date"})
    found = ibis.duckdb.connect().execute(busiest(table, key="who", on="on", days=span))
    for who, days in (("甲", one), ("乙", other)):
        mine = found[found.who == who]
        assert sorted((pd.Timestamp(d).date() - START).days for d in mine["on"]) == by_hand(days, span)
        assert set(mine.window_n) <= {len(by_hand(days, span))}
