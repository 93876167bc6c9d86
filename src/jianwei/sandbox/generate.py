"""Writes the province to disc, shard by shard, on as many processes as there are cores."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from jianwei.errors import JianweiError
from jianwei.records import Feed, Record, columns, tables
from jianwei.sandbox import background, sheet
from jianwei.sandbox.files import write_docx, write_pdf, write_zip
from jianwei.sandbox.plants import plant_all
from jianwei.sandbox.scenarios import write_scenarios
from jianwei.sandbox.world import World

SHARD = 2500
"""Documents of one shard. Part of what determines the bytes: chosen so that a shard stays below 100 MB in memory."""
_SHARDS_A_FILE = 40
LAST_DAY = dt.date(2026, 10, 31)
MARK = "sandbox.json"
"""Says that the province beside it is whole, and what it was made from."""

Progress = Callable[[int, int], None]
"""(documents written, documents wanted)"""


class NotASandbox(JianweiError):
    """``out`` holds data that no sandbox wrote."""

    def __init__(self, out: Path) -> None:
        self.out = out
        super().__init__(f"{out} 下已有 data 目录，但不是沙盘生成的，不予覆盖；请另选目录")


@dataclass
class Summary:
    """What was written."""

    folder: Path
    documents: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    truths: dict[str, dict[str, int]] = field(default_factory=dict)
    files: int = 0


def generate(
    out: Path,
    *,
    judgments: int = 20_000,
    seed: int = 1,
    progress: Progress | None = None,
    until: dt.date = LAST_DAY,
    workers: int | None = None,
) -> Summary:
    """Writes ``<out>/data``, ``<out>/truth.jsonl`` and, last of all, ``<out>/sandbox.json``.

    The same ``judgments``, ``seed`` and ``until`` give the same bytes however many processes work. ``until`` is the
    last day on which anything happened and to which every feed is complete. An earlier province at ``out`` is replaced
    once the new one is whole; killed in between, nothing at ``out`` has changed. Raises ``NotASandbox`` where ``data``
    is somebody else's.
    """
    if judgments < 1:
        raise ValueError("judgments must be positive")
    if (out / "data").exists() and not (out / MARK).exists():
        raise NotASandbox(out)
    draft = out / ".draft"
    if draft.exists():
        shutil.rmtree(draft)
    data, parts = draft / "data", draft / "parts"
    for folder in (data / "裁判文书", data / "数据表", parts):
        folder.mkdir(parents=True)
    sizes = _sizes(judgments)
    jobs = [(draft, seed, i, len(sizes), n, judgments, until) for i, n in enumerate(sizes)]
    summary = Summary(out)
    results: list[tuple[int, dict[str, int]]] = []
    count = workers or min(len(jobs), os.cpu_count() or 1)
    if count == 1:
        for job in jobs:
            _collect(_shard(job), results, summary, judgments, progress)
    else:
        with ProcessPoolExecutor(count) as pool:
            for done in pool.map(_shard, jobs):
                _collect(done, results, summary, judgments, progress)
    _join(parts, data / "数据表", draft, seed, summary)
    _ledger(data / "数据覆盖台账.csv", until)
    summary.files = sum(1 for f in data.rglob("*") if f.is_file())
    about = {
        "judgments": judgments,
        "seed": seed,
        "until": until.isoformat(),
        "documents": summary.documents,
        "rows": summary.rows,
        "truths": summary.truths,
    }
    (draft / MARK).write_bytes(orjson.dumps(about, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    _settle(draft, out)
    return summary


def _settle(draft: Path, out: Path) -> None:
    """The draft takes the place of what was there; the mark goes first and comes last."""
    if (out / "data").exists():
        shutil.rmtree(out / "data")
    for name in ("data", "truth.jsonl", MARK):
        (draft / name).replace(out / name)
    shutil.rmtree(draft)


def _sizes(judgments: int) -> list[int]:
    full, rest = divmod(judgments, SHARD)
    if rest and full and rest < SHARD // 4:
        return [SHARD] * (full - 1) + [SHARD + rest]
    return [SHARD] * full + ([rest] if rest else [])


def _collect(
    done: tuple[int, dict[str, int]],
    results: list[tuple[int, dict[str, int]]],
    summary: Summary,
    wanted: int,
    progress: Progress | None,
) -> None:
    results.append(done)
    summary.documents += done[0]
    if progress is not None:
        progress(summary.documents, wanted)


def _shard(job: tuple[Path, int, int, int, int, int, dt.date]) -> tuple[int, dict[str, int]]:
    out, seed, shard, shards, size, judgments, until = job
    w = World(seed=seed, shard=shard, shards=shards, until=until, judgments=judgments)
    scale = size / SHARD
    if shard == 0:
        write_scenarios(w)
    plant_all(w, scale)
    background.tables(w, scale)
    background.documents(w, max(0, size - w.documents))
    _save(w, out)
    return w.documents, {record.table: len(rows) for record, rows in w.rows.items()}


def _save(w: World, out: Path) -> None:
    folder = out / "data" / "裁判文书"
    stem = f"裁判文书_{w.shard + 1:04d}"
    w.rng.shuffle(w.jsonl)
    (folder / f"{stem}.jsonl").write_bytes(b"\n".join(w.jsonl) + b"\n")
    write_zip(folder / f"{stem}.zip", w.texts)
    for number, (name, lines) in enumerate(w.loose):
        if number % 2:
            write_pdf(folder / f"{name}.pdf", lines)
        else:
            write_docx(folder / f"{name}.docx", lines)
    parts = out / "parts"
    for record, rows in w.rows.items():
        w.rng.shuffle(rows)
        (parts / f"{record.table}.{w.shard:06d}").write_bytes(sheet.to_csv(rows))
    (parts / f"truth.{w.shard:06d}").write_bytes(b"".join(orjson.dumps(t) + b"\n" for t in w.truths))


def _join(parts: Path, folder: Path, out: Path, seed: int, summary: Summary) -> None:
    known: dict[str, type[Record]] = tables()
    for table in sorted({p.name.rsplit(".", 1)[0] for p in parts.iterdir()} - {"truth"}):
        files = sorted(parts.glob(f"{table}.*"))
        groups = [files[i : i + _SHARDS_A_FILE] for i in range(0, len(files), _SHARDS_A_FILE)]
        for number, group in enumerate(groups, 1):
            _, count = sheet.write_table(known[table], seed, group, folder, number, len(groups))
            summary.rows[table] = summary.rows.get(table, 0) + count
    counts: dict[str, Counter[str]] = {}
    with (out / "truth.jsonl").open("wb") as truth:
        for part in sorted(parts.glob("truth.*")):
            content = part.read_bytes()
            truth.write(content)
            for line in content.splitlines():
                told: dict[str, Any] = orjson.loads(line)
                counts.setdefault(told["model"], Counter())[told["kind"]] += 1
    summary.truths = {model: dict(sorted(kinds.items())) for model, kinds in sorted(counts.items())}


def _ledger(path: Path, until: dt.date) -> None:
    """The coverage ledger: every feed of the province, from when, complete until when."""
    names = {column.name: next(h for h in column.headers if not h.isascii()) for column in columns(Feed)}
    fields = ("feed", "region", "supplier", "from_on", "to_on", "lag_days", "gaps", "declared")
    rows = [[names[f] for f in fields]]
    since = {
        "pension_pay": dt.date(until.year - 1, until.month % 12 + 1, 1)
        if until.month < 12
        else dt.date(until.year, 1, 1)
    }
    for record in [*sheet.SHEETS, *(tables()[t] for t in ("civ_case", "crim_judg"))]:
        first = since.get(record.table, dt.date(2003, 1, 1))
        rows.append(
            [record.table, "330000", "浙江省大数据平台（沙盘）", first.isoformat(), until.isoformat(), "0", "", "是"]
        )
    path.write_bytes(b"\xef\xbb\xbf" + sheet.to_csv(rows))
