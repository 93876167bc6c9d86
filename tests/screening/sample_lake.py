"""A small lake with something for several models to find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

AS_OF = dt.date(2026, 10, 31)


def idno(first_17: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first_17 + "10X98765432"[sum(int(c) * w for c, w in zip(first_17, weights, strict=True)) % 11]


def rows() -> Mapping[str, list[dict[str, Any]]]:
    dead, other = idno("11010119500101551"), idno("11010119520303451")
    return {
        "death": [{"name": "郝春和", "idno": dead, "died_on": dt.date(2025, 2, 10)}],
        "pension_pay": [
            {
                "name": name,
                "person_idno": number,
                "month": dt.date(2025, m, 1),
                "amount_fen": 300_000,
                "region": "330203",
            }
            for name, number in (("郝春和", dead), ("蒋德厚", other))
            for m in range(3, 11)
        ],
        "enf_case": [
            {
                "enf_no": f"（2026）浙0203执{n}号",
                "court": "宁波市海曙区人民法院",
                "region": "330203",
                "filed_on": dt.date(2026, 3, 2),
                "inquired_on": dt.date(2026, 3, 5),
                "measured_on": dt.date(2026, 3, 20),
                "received_on": dt.date(2026, 6, 20) if n % 2 else None,
                "paid_out_on": None if n % 4 == 1 else dt.date(2026, 7, 10),
                "debtor": "丁长河",
            }
            for n in range(1, 9)
        ],
    }
