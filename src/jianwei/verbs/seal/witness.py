"""`jianwei seal witness`: the party outside that signs what it has seen grow."""

from __future__ import annotations

import argparse

from jianwei.seal.witness.__main__ import arguments as of_witness
from jianwei.seal.witness.__main__ import run as run_witness

ORDER = 60
HELP = "见证方：新建、在网上见证、凭光盘见证、查看（由公安、法院、上级院运行）"


def arguments(parser: argparse.ArgumentParser) -> None:
    of_witness(parser)


def run(args: argparse.Namespace) -> int:
    return run_witness(args)
