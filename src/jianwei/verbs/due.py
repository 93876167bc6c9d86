"""`jianwei due`: the standing of a matter written as a file."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path

from jianwei.errors import JianweiError

ORDER = 52
HELP = "期限：读入写明程序和行为的文件，列出阶段、各期限的届满日及理由、可为与不可为"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="文件", help="YAML 或 JSON：procedure、acts")
    parser.add_argument("--as-of", metavar="日期", help="截至哪一天（或时间），默认文件所写，再默认今天")
    parser.add_argument("--json", action="store_true", help="一件一行 JSON")


def run(args: argparse.Namespace) -> int:
    """0: every act stands; 1: some act was not admitted; 2: a file could not be read."""
    from jianwei.procedures import answer, casefile, standing

    as_of = casefile.moment_or_day(args.as_of) if args.as_of else None
    result = 0
    for path in args.files:
        try:
            case = casefile.load(path)
        except JianweiError as error:
            print(
                json.dumps({"file": path.name, "error": str(error)}, ensure_ascii=False)
                if args.json
                else f"错误：{error}"
            )
            result = 2
            continue
        found = standing(case.procedure, case.acts, as_of or case.as_of or dt.date.today())  # noqa: DTZ011
        if args.json:
            print(json.dumps(answer.as_json(found, case.unreadable), ensure_ascii=False))
        else:
            print("\n".join(answer.lines(found, case.unreadable)))
        if found.refused or case.unreadable:
            result = max(result, 1)
    return result
