"""`jianwei due`: the standing of a matter written as a file."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jianwei.errors import JianweiError

if TYPE_CHECKING:
    from jianwei.procedures.casefile import CaseFile

ORDER = 52
HELP = "期限：读入写明程序和行为的文件，列出阶段、各期限的届满日及理由、可为与不可为"

EXAMPLE = """文件的写法：

  procedure: 审查逮捕                  # 名称或代号，见 jianwei procedures
  as_of: 2026-03-05                    # 可不写
  acts:                                # 依日期先后；行为和事实用名称或代号都可以
    - {act: 受理, on: 2026-03-02, suspects: [张某, 李某], charge: 诈骗罪, detained: true}
    - {act: 批准逮捕, on: 2026-03-06, suspects: 张某}

某一行为要填哪些事实：jianwei procedures 审查逮捕"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog, parser.formatter_class = EXAMPLE, argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="文件",
        help="YAML 或 JSON：procedure、acts；一个文件写几件的，以 --- 分开",
    )
    parser.add_argument("--as-of", metavar="日期", help="截至哪一天（或时间），默认文件所写，再默认今天")
    parser.add_argument("--json", action="store_true", help="一件一行 JSON")


def run(args: argparse.Namespace) -> int:
    """0: every act stands; 1: some act was not admitted; 2: a file or a matter could not be read."""
    from jianwei.procedures import casefile, casetext

    as_of = casefile.moment_or_day(args.as_of) if args.as_of else None
    result = 0
    for path in args.files:
        try:
            matters = casetext.documents(path)
        except JianweiError as error:
            result = _unread(path.name, error, args.json)
            continue
        for place, loaded in enumerate(matters, 1):
            name = path.name if len(matters) == 1 else f"{path.name}第{place}件"
            try:
                result = max(result, _stand(casefile.read(loaded, name), as_of, name, args.json))
            except JianweiError as error:
                result = _unread(name, error, args.json)
    return result


def _unread(name: str, error: JianweiError, as_json: bool) -> int:
    print(json.dumps({"file": name, "error": str(error)}, ensure_ascii=False) if as_json else f"错误：{error}")
    return 2


def _stand(case: CaseFile, as_of: dt.date | None, name: str, as_json: bool) -> int:
    from jianwei.procedures import answer, standing

    day = as_of or case.as_of or dt.date.today()  # noqa: DTZ011
    found = standing(case.procedure, case.acts, day)
    found = replace(found, notices=(*case.notices, *case.left_out(day), *found.notices))
    if as_json:
        print(json.dumps({"file": name, **answer.as_json(found, case.unreadable)}, ensure_ascii=False))
    else:
        print("\n".join(answer.lines(found, case.unreadable)))
    return 1 if found.refused or case.unreadable else 0
