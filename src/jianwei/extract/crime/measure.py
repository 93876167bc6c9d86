"""Figures on real criminal judgments without published labels: the reader against a second, naive reading.

The naive reading looks only at rulings of the plainest form, 被告人某犯某罪，判处… with one charge a defendant, and shares
no pattern with the reader. What it can read it reads literally, so a difference is an error of one of the two. The rest of
the rulings (several charges, earlier sentences, appeals) it leaves out; how many it covers stands beside the figure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from jianwei.extract.crime.facts import Defendant
from jianwei.extract.reading import read

if TYPE_CHECKING:
    from jianwei.extract.measure import Line

_PLAIN = re.compile(
    r"被告人([^，。、；犯]{2,12})犯([^，。；（]{2,40}罪)，(?:判处|)(有期徒刑|拘役|罚金|免予)([一二三四五六七八九十零又年个月]*)(?:，?(?:宣告)?缓刑([一二三四五六七八九十零年个月]+))?"
)
_ODD_DAYS = re.compile(r"判处[^，。]{1,14}[日天]")
_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


def lines(folder: Path) -> Iterator[Line]:
    """Charge with sentence, and the completeness of what a ruling must give."""
    from jianwei.extract.measure import Line

    path = folder / "judge" / "criminal_judgments.json"
    if not path.exists():
        return
    same: list[bool] = []
    whole: list[bool] = []
    documents = covered = 0
    for record in json.loads(path.read_text(encoding="utf-8")):
        found = {d.name.value: d for d in read(record["fd"]).defendants if isinstance(d, Defendant)}
        documents += 1
        whole.extend(bool(d.charges and d.penalty) for d in found.values())
        naive = _naive(record["fd"])
        covered += bool(naive)
        same.extend(name in found and _sentence(found[name]) == expected for name, expected in naive.items())
    if same:
        note = f"与逐字简读比对，{covered}/{documents} 件"
        yield Line("罪名与刑期", "JuDGE", sum(same) / len(same), len(same), 0.98, note)
        yield Line("有罪名且有刑罚的被告人", "JuDGE", sum(whole) / len(whole), len(whole), None, "完整性")


Sentence = tuple[str, int | None, int | None]


def _naive(text: str) -> dict[str, Sentence]:
    """Defendants of a plain ruling with charge, months and months of probation; empty when the ruling is not plain."""
    at = text.find("判决如下")
    ruling = text[at : text.find("如不服", at)].replace(" ", "") if at >= 0 else ""
    if any(word in ruling for word in ("决定执行", "合并", "撤销", "维持", "并罚")) or _ODD_DAYS.search(ruling):
        return {}
    return {m[1]: (m[2], _months(m[4]), _months(m[5] or "")) for m in _PLAIN.finditer(ruling)}


def _months(words: str) -> int | None:
    years, _, rest = words.rpartition("年")
    return _number(years) * 12 + _number(rest.replace("个月", "").lstrip("零又")) or None


def _number(words: str) -> int:
    words = words.lstrip("零又")
    if "十" not in words:
        return _NUMBERS.get(words, 0)
    tens, _, ones = words.partition("十")
    return (_NUMBERS[tens] if tens else 1) * 10 + (_NUMBERS[ones] if ones else 0)


def _sentence(who: Defendant) -> Sentence:
    return (
        "、".join(charge.value for charge in who.charges),
        who.months.value if who.months else None,
        who.probation_months.value if who.probation_months else None,
    )
