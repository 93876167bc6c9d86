"""`jianwei seal keys`: the log's public keys, for witnesses and for whoever prints a policy."""

from __future__ import annotations

import argparse

from jianwei.verbs.seal import _log

ORDER = 61
HELP = "公钥：本院日志的公钥，交给见证方和印发信任策略的人"


def arguments(parser: argparse.ArgumentParser) -> None:
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    folder = _log.log_folder(args)
    found = [
        {"suite": suite, "origin": folder.origin(suite), "vkey": folder.verifier(suite).vkey} for suite in folder.suites
    ]
    _log.answer(args, found, [f"{each['suite']}　{each['vkey']}" for each in found])
    return 0
