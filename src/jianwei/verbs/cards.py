"""`jianwei cards`: contradictions in the exports of case cards."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import Counter
from pathlib import Path
from typing import TextIO

import orjson

from jianwei.cards import Acceptance, Finding, Group, Report, Severity, as_json, check, read
from jianwei.cards.accepted import load, mark, reason_of, save
from jianwei.cards.annotation import annotate
from jianwei.errors import JianweiError
from jianwei.progress import step

ORDER = 37
HELP = "案卡冲突排查：核对 010101（审查逮捕）、020101（一审公诉）两张导出表，列出矛盾及依法例外，可写回为批注"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="导出的 Excel（.xlsx）或 CSV，一张或两张")
    parser.add_argument(
        "--as-of", type=dt.date.fromisoformat, metavar="日期", help="核查之日，如 2026-10-31（默认今天）"
    )
    parser.add_argument("--accepted", type=Path, metavar="文件", help="已接受例外的文件（JSON）；单元格改变后自动失效")
    parser.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="规则/案号/姓名",
        help="把该项记为已接受，如 T01/某检捕受〔2025〕1号/某某",
    )
    parser.add_argument("--reason", default="", metavar="理由", help="接受的理由（与 --accept 同用）")
    parser.add_argument("--by", default="", metavar="姓名", help="接受的人（与 --accept 同用）")
    parser.add_argument(
        "--write", type=Path, metavar="输出.xlsx", help="写出带批注和冲突清单的副本；两个文件时各加表号"
    )
    parser.add_argument(
        "--group", choices=[g.value for g in Group], metavar="分组", help="只列该组：期限、逻辑、漏填、单位、来源、罪名"
    )
    parser.add_argument("--all", action="store_true", help="已接受的也列出")
    parser.add_argument("--json", action="store_true", help="每项输出一个 JSON 对象（一行）")


def run(args: argparse.Namespace) -> int:
    if args.accept and not (args.accepted and args.reason.strip() and args.by.strip()):
        raise JianweiError("--accept 须同时给出 --accepted、--reason 和 --by")
    as_of = args.as_of or dt.date.today()  # noqa: DTZ011  the reader's own day
    accepted = load(args.accepted) if args.accepted else {}
    with step("核查案卡") as advance:
        report = check(read(args.files, _names(args.files)), as_of, progress=advance)
    if args.accept:
        for finding in (found for words in args.accept for found in _meant(report, words)):
            reason = reason_of(args.reason, listed=finding.excusable)
            accepted[finding.key] = Acceptance(reason, args.by.strip(), as_of, finding.excusable)
        save(args.accepted, accepted)
    lapsed = mark(report, accepted)
    for finding in report.findings if args.all else report.open:
        if args.group in (None, finding.group):
            _print(finding, as_json_line=args.json)
    if args.write:
        _write(args.files, report, args.write)
    _sum_up(report, lapsed, sys.stderr if args.json else sys.stdout)
    return 1 if any(skipped.broken for skipped in report.skipped) else 0


def _meant(report: Report, words: str) -> list[Finding]:
    parts = words.split("/")
    if len(parts) != 3:
        raise JianweiError(f"--accept 应写作 规则/案号/姓名，收到的是“{words}”")
    found = [f for f in report.findings if (f.ref, f.case_no, f.person) == tuple(parts)]
    if not found:
        raise JianweiError(f"没有这一项冲突：{words}")
    return found


def _print(finding: Finding, *, as_json_line: bool) -> None:
    if as_json_line:
        sys.stdout.buffer.write(orjson.dumps(as_json(finding), option=orjson.OPT_APPEND_NEWLINE))
        return
    where = f"{finding.file}{f'〔{finding.sheet}〕' if finding.sheet else ''}第 {finding.row} 行"
    print(
        f"{finding.ref}　{finding.severity}·{finding.verdict}　{finding.title}　{finding.case_no}　{finding.person}（{where}）"
    )
    print(f"　　{finding.sentence}")
    for exception in finding.exceptions:
        print(f"　　例外：{exception.name}（{exception.cite}）——{exception.standing}")
    if finding.accepted:
        print(f"　　已接受：{finding.accepted}")


def _write(files: list[Path], report: Report, out: Path) -> None:
    """One copy for each file that held cards."""
    held = [(file, name) for file, name in zip(files, _names(files), strict=True) if name in report.files]
    for file, name in held:
        target = out if len(held) == 1 else out.with_name(f"{out.stem}-{report.files[name]}{out.suffix}")
        if target.resolve() in {f.resolve() for f in files}:
            raise JianweiError(f"{target} 是输入文件，不会被覆盖；请换一个文件名")
        draft = target.with_name(f"{target.name}.tmp")
        with draft.open("wb") as stream:
            count = annotate(file, name, report, stream)
        draft.replace(target)
        print(f"见微：已写出 {target}，{count} 个单元格有批注。", file=sys.stderr)


def _names(files: list[Path]) -> list[str]:
    """What messages call the files: their names, or their paths where names are alike."""
    names = [file.name for file in files]
    return names if len(set(names)) == len(names) else [str(file) for file in files]


def _sum_up(report: Report, lapsed: int, out: TextIO) -> None:
    by_severity = Counter(finding.severity for finding in report.open)
    rows = "、".join(f"{title} {count} 行" for title, count in report.rows.items())
    levels = "、".join(f"{level.value} {by_severity[level.value]}" for level in Severity)
    again = f"；{lapsed} 项此前接受过，因单元格已改而重新列出" if lapsed else ""
    print(
        f"共核查{rows}：{len(report.open)} 项冲突（{levels}）；依法例外不列的 {sum(report.excused.values())} 项；"
        f"已接受的 {len(report.findings) - len(report.open)} 项{again}。",
        file=out,
    )
    notes = [f"{skipped}。" for skipped in report.skipped]
    notes += [f"{ref} 有 {count} 行因单元格不能识别而未检查。" for ref, count in sorted(report.unread.items())]
    notes += [str(problem) for problem in report.problems]
    for note in notes:
        print(f"见微：{note}", file=sys.stderr)
