"""`jianwei sandbox`: write a synthetic province to a folder."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from jianwei import sandbox
from jianwei.progress import step

ORDER = 60
HELP = "生成合成省份：文书、表格、预埋的异常与诱饵（全部虚构）"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="目录", help="写到哪里（须为空目录或不存在）")
    parser.add_argument("--judgments", type=int, default=20_000, metavar="份数", help="文书份数（默认 20000）")
    parser.add_argument("--seed", type=int, default=1, metavar="种子", help="随机种子（同种子得同样的省份）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出概况")


def run(args: argparse.Namespace) -> int:
    with step("生成合成省份") as advance:
        summary = sandbox.generate(args.out, judgments=args.judgments, seed=args.seed, progress=advance)
    if args.json:
        found = {"documents": summary.documents, "files": summary.files, "rows": summary.rows, "truths": summary.truths}
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(
            f"文书 {summary.documents} 份、数据行 {sum(summary.rows.values())} 行，共 {summary.files} 个文件：{summary.folder}"
        )
    return 0
