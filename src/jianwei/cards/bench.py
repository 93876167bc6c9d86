"""How long two exports of case cards take: to read, to check by every rule, to write the comments back."""

from __future__ import annotations

import datetime as dt
import resource
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from jianwei.cards.annotation import annotate
from jianwei.cards.checking import check
from jianwei.cards.sheet import read
from jianwei.cards.shelf import rules


def report(files: Mapping[Path, str], as_of: dt.date, out: Path, say: Callable[[str], None]) -> None:
    """``files``: the exports and what messages call them. A copy with comments is written to ``out`` and removed."""
    began = time.perf_counter()
    reading = read(list(files), list(files.values()))
    read_seconds = time.perf_counter() - began
    began = time.perf_counter()
    found = check(reading, as_of)
    check_seconds = time.perf_counter() - began
    say(f"{len(rules())} 条规则；" + "、".join(f"{title} {count} 行" for title, count in found.rows.items()))
    say(f"读取 {read_seconds:.1f} 秒；核查 {check_seconds:.1f} 秒，冲突 {len(found.findings)} 项")
    for file, name in files.items():
        began = time.perf_counter()
        with out.open("wb") as stream:
            count = annotate(file, name, found, stream)
        say(f"写回 {name}：{count} 个单元格有批注，{time.perf_counter() - began:.1f} 秒")
        out.unlink()
    say(f"峰值内存 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
