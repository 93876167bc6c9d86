"""How long screening takes, in how much memory, how it grows; and three models against plain pandas.

Every figure comes from a process of its own, so that one run's memory is not another's; the peak is that of the whole
process tree, a Spark machine included.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import jianwei
from jianwei.errors import JianweiError
from jianwei.lake import Lake
from jianwei.screening.runner import Engine, screen
from jianwei.screening.shelf import choose

_ROOT = str(Path(jianwei.__file__).parents[1])

Provide = Callable[[int], Path]
"""Where the lake of a province of so many judgments is; made if need be."""

HEAD = "判决数　引擎　　秒　每模型秒（最慢）　峰值MB　线索　较上一规模"
PANDAS_HEAD = "判决数　模型　　DuckDB秒　pandas秒　倍数　线索　线索一致"


class Unmeasured(JianweiError):
    """A run that was to be measured failed."""

    def __init__(self, what: str, engine: str, why: str) -> None:
        self.what, self.engine, self.why = what, engine, why
        super().__init__(f"测量未完成（{what}，{engine}）：{why[:300]}")


def report(lake_of: Provide, *, judgments: Sequence[int], engines: Sequence[str], as_of: dt.date) -> str:
    """The two tables, for lakes of these sizes on these engines. The lakes are of synthetic provinces."""
    lines, before = [HEAD], dict[str, tuple[int, float]]()
    lakes = {count: lake_of(count) for count in sorted(judgments)}
    for count, lake in lakes.items():
        for engine in engines:
            found = _measured("whole", lake, as_of, engine)
            growth = _growth(before.get(engine), count, found["seconds"])
            before[engine] = (count, found["seconds"])
            slowest = max(found["models"].items(), key=lambda m: m[1])
            lines.append(
                f"{count}　{engine}　{found['seconds']:.1f}　{slowest[1]:.1f}（{slowest[0]}）　{found['peak_mb']:.0f}　"
                f"{found['clues']}　{growth}"
            )
    lines += ["", PANDAS_HEAD]
    for count, lake in lakes.items():
        for row in _measured("pandas", lake, as_of, "duckdb")["rows"]:
            ratio = row["pandas"] / row["duckdb"]
            same = "是" if row["same"] else "否"
            lines.append(
                f"{count}　{row['model']}　{row['duckdb']:.2f}　{row['pandas']:.2f}　{ratio:.1f}　{row['clues']}　{same}"
            )
    return "\n".join([*lines, "", "两种写法各含读盘与建立连接；以上均为合成数据。"])


def _growth(before: tuple[int, float] | None, count: int, seconds: float) -> str:
    if before is None:
        return "—"
    return f"数据{count / before[0]:.1f}倍，耗时{seconds / before[1]:.1f}倍"


def whole(lake: Path, as_of: dt.date, engine: Engine) -> dict[str, Any]:
    """One screening by every model."""
    marks: list[tuple[float, str]] = []
    held = Lake(lake)
    held.refresh()
    began = time.perf_counter()
    found = screen(
        held, as_of=as_of, engine=engine, progress=lambda _, __, title: marks.append((time.perf_counter(), title))
    )
    ended = time.perf_counter()
    ends = [at for at, _ in marks[1:]] + [ended]
    models = {title: end - at for (at, title), end in zip(marks, ends, strict=True)}
    return {"seconds": ended - began, "models": models, "clues": len(found.clues)}


def against_pandas(lake: Path, as_of: dt.date) -> dict[str, Any]:
    """Three models on DuckDB and in pandas: subjects and signs compared, time taken of each."""
    from jianwei.screening.bench_pandas import TWINS

    rows = []
    held = Lake(lake)
    held.refresh()
    for key, twin in TWINS.items():
        began = time.perf_counter()
        ours = _signs(held, key, as_of)
        between = time.perf_counter()
        theirs = twin(lake, as_of)
        ended = time.perf_counter()
        rows.append(
            {
                "model": key,
                "duckdb": between - began,
                "pandas": ended - between,
                "clues": len(ours),
                "same": ours == theirs,
                "differ": sorted(set(ours.items()) ^ set(theirs.items()), key=str)[:3] if ours != theirs else [],
            }
        )
    return {"rows": rows}


def _signs(lake: Lake, key: str, as_of: dt.date) -> dict[str, frozenset[str]]:
    """What the model's expression finds, on a connection of its own: subjects with their signs, nothing explained."""
    (model,) = choose([key])
    with lake.connect("duckdb") as session:
        rows = session.to_pyarrow(model().find(session, as_of)).to_pylist()
    return {row["subject_key"]: frozenset(s.key for s in model.signs if row[s.key]) for row in rows}


def _measured(what: str, lake: Path, as_of: dt.date, engine: str) -> dict[str, Any]:
    """``what`` in a child process, with the peak of memory of its tree."""
    start = f"import sys; sys.path.insert(0, {_ROOT!r}); from jianwei.screening.bench import main; main(*sys.argv[1:])"
    command = [sys.executable, "-c", start, what, str(lake), as_of.isoformat(), engine]
    with (
        tempfile.TemporaryFile("w+") as noise,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=noise, text=True) as child,
    ):
        peak = 0
        while child.poll() is None:
            peak = max(peak, sum(map(_resident_kb, _tree(child.pid))))
            time.sleep(0.1)
        out = child.stdout.read() if child.stdout else ""
        noise.seek(0)
        said = noise.read().strip().splitlines()
    if child.returncode:
        raise Unmeasured(what, engine, said[-1] if said else "")
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found | {"peak_mb": peak / 1024}


def _tree(pid: int) -> Iterable[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # the process has just ended
            continue
        for child in children:
            yield from _tree(int(child))


def _resident_kb(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)


def main(what: str, lake: str, as_of: str, engine: Engine) -> None:
    day = dt.date.fromisoformat(as_of)
    found = whole(Path(lake), day, engine) if what == "whole" else against_pandas(Path(lake), day)
    print(json.dumps(found, ensure_ascii=False, default=sorted))
