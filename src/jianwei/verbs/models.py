"""`jianwei models`: what stands on the shelf."""

from __future__ import annotations

import argparse
import json

from jianwei.screening import models
from jianwei.screening.shelf import shelf

ORDER = 70
HELP = "列出监督模型：依据、阈值及其来源、留给人判断的问题"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def run(args: argparse.Namespace) -> int:
    for model in models():
        if args.json:
            whole = {
                "model": model.key(),
                "ref": model.ref,
                "title": model.title,
                "line": model.line.value,
                "version": model.version,
                "law": [str(cite) for cite in model.basis],
                "asks": list(model.asks),
                "reads": [record.table for record in model.reads],
                "thresholds": {
                    name: {"value": t.value, "unit": t.unit, "source": t.source, "verified": t.verified}
                    for name, t in model.thresholds().items()
                },
            }
            print(json.dumps(whole, ensure_ascii=False))
        else:
            print(f"{model.ref}　{model.title}　{model.line.value}　{model.key()}")
    return 1 if shelf().broken else 0
