"""几乎一样的借条：同一出借人（群）手中，除姓名、日期、金额外措辞雷同的借条，每份一行。

Names and figures are taken out first, so that what is compared is the wording. Wordings are compared by shingles of
three characters (Jaccard); equal wordings are one before anything is compared, and at most ``COMPARED`` different ones
of a lender are compared with each other.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import Any

import ibis
import pyarrow as pa

from jianwei.lake.derived.controllers import components
from jianwei.records import CivilParty, LoanElement

NAME = "note_groups"
SCHEMA = pa.schema(
    [
        ("case_no", pa.string()),
        ("lender", pa.string()),
        ("note_group", pa.string()),
        ("size", pa.int64()),
        ("row_id", pa.string()),
    ]
)

ALIKE = 0.9  # domain card M01 (c): similarity of the note clause, 建议值
SHORTEST = 20  # chosen: "今借到某某人民币若干元" alone is what everybody writes
COMPARED = 400

_FIGURES = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿零〇壹贰叁肆伍陆柒捌玖拾佰仟萬两.,，%％‰¥￥]+")
_SILENT = re.compile(r"[\s、。；：:;（）()“”\"'《》_—-]+")


def build(tables: Any) -> pa.Table:
    by_lender: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in _notes(tables):
        wording = plain_wording(row["template"] or row["text"] or "", row["names"] or [])
        if len(wording) >= SHORTEST or row["template"]:
            by_lender[row["lender"]].append((row["case_no"], row["row_id"], wording))
    found = [one for lender, notes in by_lender.items() for one in _alike(lender, notes)]
    return pa.Table.from_pylist(sorted(found, key=lambda r: (r["lender"], r["row_id"])), schema=SCHEMA)


def _notes(tables: Any) -> list[dict[str, Any]]:
    notes, parties = tables[LoanElement], tables[CivilParty]
    notes = notes.filter((notes.note_text.length() > 0) | (notes.note_template.length() > 0))
    # Where judgments give a lender's name and nothing else, notes are compared among those of the one name: the model
    # that counts them decides whether the name may be taken for one person.
    lender = ibis.ifelse(parties.party.startswith("row:"), ibis.literal("同名:") + parties["name"], parties.party)
    names = parties.group_by("case_no").agg(
        names=parties["name"].collect(), lender_key=lender.min(where=parties.role.re_search("^原告|原审原告"))
    )
    groups = tables.derived("controllers").select("member", "group_id")
    joined = notes.inner_join(names, "case_no").filter(lambda t: t.lender_key.notnull())
    joined = joined.left_join(groups, joined.lender_key == groups.member)
    chosen = joined.select(
        "case_no",
        "row_id",
        "names",
        lender=joined.group_id.fill_null(joined.lender_key),
        text=joined.note_text,
        template=joined.note_template,
    )
    rows: list[dict[str, Any]] = tables.to_pyarrow(chosen).to_pylist()
    return rows


def plain_wording(text: str, names: list[str]) -> str:
    """``text`` without names, figures and punctuation: what one form and another have in common."""
    for name in sorted(set(names), key=len, reverse=True):
        if name:
            text = text.replace(name, "")
    return _SILENT.sub("", _FIGURES.sub("#", text))


def similarity(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def shingles(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 3] for i in range(max(1, len(text) - 2)))


def _alike(lender: str, notes: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    wordings = sorted({wording for *_, wording in notes})
    sets = {w: shingles(w) for w in wordings[:COMPARED]}
    close = [
        (a, b, "", "")
        for (a, of_a), (b, of_b) in itertools.combinations(sets.items(), 2)
        if min(len(of_a), len(of_b)) >= ALIKE * max(len(of_a), len(of_b)) and similarity(of_a, of_b) >= ALIKE
    ]
    leader = {w: w for w in wordings} | {w: group[0] for group in components(close) for w in group}
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for case_no, row_id, wording in notes:
        groups[leader[wording]].append((case_no, row_id))
    return [
        {
            "case_no": case,
            "lender": lender,
            "note_group": f"{lender}/{min(r for _, r in same)}",
            "size": len(same),
            "row_id": row,
        }
        for same in groups.values()
        if len(same) >= 2
        for case, row in same
    ]
