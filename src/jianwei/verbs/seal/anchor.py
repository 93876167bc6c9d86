"""`jianwei seal anchor`: write the newest published head into a chain now."""

from __future__ import annotations

import argparse

from jianwei.errors import JianweiError
from jianwei.seal.dating import Anchoring, AnchorSettings
from jianwei.seal.time_proofs import TimeProofs
from jianwei.seal.witnessing.cosigs import FILE, Cosigs
from jianwei.verbs.seal import _log

ORDER = 65
HELP = "上链锚定：把最新已见证的检查点写入联盟链（log.json 的 anchor 配置；服务每小时自动做一次）"


class NoChain(JianweiError):
    def __init__(self) -> None:
        super().__init__("log.json 没有配置 anchor（url 节点地址、contract 合约地址、key 账户密钥文件），不能锚定")


def arguments(parser: argparse.ArgumentParser) -> None:
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    folder = _log.log_folder(args)
    settings = AnchorSettings.of(folder)
    if settings is None:
        raise NoChain
    cosigs, times = Cosigs(folder.path / FILE), TimeProofs(folder.path / FILE)
    try:
        fresh = Anchoring(settings, cosigs, times, folder.suites[0]).step(_log.now(), at_once=True)
    finally:
        cosigs.close()
        times.close()
    if fresh is None:
        _log.answer(args, None, ["没有新的已见证检查点需要锚定"])
        return 0
    shown = {"size": fresh.size, "at": fresh.at, "chain": fresh.by, "record": fresh.content.decode()}
    _log.answer(args, shown, [f"已锚定至第 {fresh.size} 条，{_log.moment(fresh.at)}，{fresh.by}"])
    return 0
