"""How well and how fast: the reader against official metadata and published labels (``jianwei bench extract``).

The sets are real and are never part of the project; their folder is given. What each set's gold says is compared as
follows: 案号 in canonical form; court by name, the province before it ignored (the official field gives it for some
courts and not for others); parties as a set of names; articles as sets of numbers, counted over all documents (F1).
"""

from __future__ import annotations

import html
import importlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from jianwei.extract.parts.head import canonical
from jianwei.extract.reading import read

SEGMENTS = ("s22", "s23", "s25", "s26", "s27", "s28")
_TYPES = {"01": "判决书", "02": "裁定书", "03": "调解书", "04": "决定书", "05": "通知书"}
_SIGNED = re.compile(r"(?:代理|助理)?审判[长员]|人民陪审员|执行员")
_ASKED: dict[str, float | None] = {
    "案号": 0.99,
    "法院": 0.99,
    "文书类型": 0.99,
    "裁判日期": 0.99,
    "审判人员": 0.99,
    "审判程序": None,
    "当事人（有当事人段）": 0.95,
    "当事人（无当事人段，姓名见于正文）": None,
    "当事人（无当事人段，连同网站标题）": None,
    "当事人（无当事人段，全部）": None,
}
_CRIMINAL_LAW = "中华人民共和国刑法"


@dataclass(frozen=True)
class Line:
    """One measured figure. ``share`` is right / total, or F1 where ``note`` says so."""

    field: str
    source: str
    share: float
    total: int
    asked: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Speed:
    """Documents read in so many seconds by ``processes`` processes, every field written out as JSON values."""

    documents: int
    seconds: float
    processes: int

    @property
    def each_second(self) -> float:
        return self.documents / self.seconds if self.seconds else 0.0


def accuracy(folder: Path) -> list[Line]:
    """Every figure that the sets under ``folder`` allow; a set that is absent gives none."""
    lines: list[Line] = []
    wenshu, judge = folder / "wenshu" / "records.json", folder / "judge" / "criminal_judgments.json"
    if wenshu.exists():
        lines.extend(_official(json.loads(wenshu.read_text(encoding="utf-8"))))
    if judge.exists():
        lines.append(_articles(json.loads(judge.read_text(encoding="utf-8"))))
    try:
        crime = importlib.import_module("jianwei.extract.crime.measure")
    except ModuleNotFoundError:
        return lines
    lines.extend(crime.lines(folder))
    return lines


def segments(record: dict[str, Any]) -> str:
    """The text of an official record, from its segments."""
    return "\n".join(record[key] for key in SEGMENTS if record.get(key))


def plain(content: str) -> str:
    """The text of ``qwContent``."""
    text = re.sub(r"</(?:div|p|tr)>|<br */?>", "\n", content)
    return re.sub(r"\n\s*", "\n", html.unescape(re.sub(r"<[^>]*>", "", text))).strip()


def _official(records: list[dict[str, Any]]) -> Iterator[Line]:
    right: dict[str, list[bool]] = {}
    for record in records:
        texts = [segments(record)] + ([plain(record["qwContent"])] if record.get("qwContent") else [])
        for text in texts:
            if len(text) > 40:
                for field, ok in _checked(record, text):
                    right.setdefault(field, []).append(ok)
    for field, asked in _ASKED.items():
        marks = right.get(field)
        if marks:
            yield Line(field, "裁判文书网元数据", sum(marks) / len(marks), len(marks), asked)


def _checked(record: dict[str, Any], text: str) -> Iterator[tuple[str, bool]]:
    judgment = read(text)
    value = {
        key: (leaf["value"] if leaf else None) for key, leaf in judgment.as_json().items() if isinstance(leaf, dict)
    }
    yield "案号", value["case_no"] == canonical(record["s7"]) if "case_no" in value else False
    court, official = value.get("court") or "", record["s2"]
    yield "法院", bool(court) and (court.endswith(official) or official.endswith(court))
    yield "文书类型", value.get("doc_type") == _TYPES.get(record["s6"])
    yield "裁判日期", value.get("decided_on") == record["s31"]
    if record.get("s9"):
        yield "审判程序", value.get("procedure") == record["s9"]
    signed = [_SIGNED.sub("", line, count=1) for line in (record.get("s28") or "").split("\n") if _SIGNED.match(line)]
    if signed:
        yield "审判人员", [name.value for name in judgment.judges] == signed
    names = set(record.get("s17") or ())
    if names:
        same = {party.name.value for party in judgment.parties} == names
        if any(party.address or party.representative or party.born_on for party in judgment.parties):
            yield "当事人（有当事人段）", same
        else:
            yield "当事人（无当事人段，全部）", same
            titled = read(text, {"title": record.get("s1") or ""}).parties
            yield "当事人（无当事人段，连同网站标题）", {party.name.value for party in titled} == names
            if all(name in text for name in names):
                yield "当事人（无当事人段，姓名见于正文）", same


def _articles(records: list[dict[str, Any]]) -> Line:
    hit = extra = missed = 0
    for record in records:
        found = {s.number.value for s in read(record["fd"]).statutes if s.law.value == _CRIMINAL_LAW}
        gold = set(record["la"])
        hit, extra, missed = hit + len(found & gold), extra + len(found - gold), missed + len(gold - found)
    f1 = 2 * hit / max(1, 2 * hit + extra + missed)
    return Line("引用刑法条文", "JuDGE", f1, len(records), 0.99, "F1")


def texts(folder: Path) -> list[str]:
    """Every whole document under ``folder``, for timing."""
    found: list[str] = []
    wenshu, judge = folder / "wenshu" / "records.json", folder / "judge" / "criminal_judgments.json"
    if judge.exists():
        found.extend(record["fd"] for record in json.loads(judge.read_text(encoding="utf-8")))
    if wenshu.exists():
        for record in json.loads(wenshu.read_text(encoding="utf-8")):
            found.append(plain(record["qwContent"]) if record.get("qwContent") else segments(record))
    samples = folder / "civil_samples"
    if samples.is_dir():
        found.extend(path.read_text(encoding="utf-8") for path in sorted(samples.glob("*.txt")))
    return found


def speed(
    documents: Sequence[str],
    clock: Callable[[], float],
    *,
    processes: int = 2,
    sizes: Iterable[int] = (2_000, 4_000, 8_000, 16_000),
) -> list[Speed]:
    """Time to read growing numbers of documents, the given ones over and over; ``clock`` in seconds."""
    found = []
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_hold, initargs=(tuple(documents),)
    ) as pool:
        list(pool.map(_count, [range(50)] * processes * 2))
        for size in sizes:
            chunks = [range(i, min(i + 250, size)) for i in range(0, size, 250)]
            began = clock()
            done = sum(pool.map(_count, chunks))
            found.append(Speed(done, clock() - began, processes))
    return found


_HELD: list[str] = []
"""The documents that a process of :func:`speed` was given when it began, so that reading alone is timed."""


def _hold(documents: Sequence[str]) -> None:
    _HELD[:] = documents


def _count(places: range) -> int:
    for place in places:
        read(_HELD[place % len(_HELD)]).as_json()
    return len(places)


def table(lines: Sequence[Line], speeds: Sequence[Speed]) -> str:
    """Both as one Markdown table each, for the terminal and the documentation."""
    out = ["| 项目 | 对照 | 准确率 | 文书数 | 要求 |", "|---|---|---:|---:|---:|"]
    for line in lines:
        asked = f"≥ {line.asked:g}" if line.asked is not None else "—"
        share = f"{line.share:.4f}{' ' + line.note if line.note else ''}"
        out.append(f"| {line.field} | {line.source} | {share} | {line.total} | {asked} |")
    if speeds:
        out += ["", "| 文书数 | 用时（秒） | 每秒 | 进程 |", "|---:|---:|---:|---:|"]
        out += [f"| {s.documents:,} | {s.seconds:.2f} | {s.each_second:,.0f} | {s.processes} |" for s in speeds]
    return "\n".join(out)
