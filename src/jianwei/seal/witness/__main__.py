"""A witness in a process of its own: ``python -m jianwei.seal.witness DIR --port 7380``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from pathlib import Path

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.errors import SealError
from jianwei.seal.witness import folder, logs
from jianwei.seal.witness.disc import sign_file
from jianwei.seal.witness.judging import Witness
from jianwei.seal.witness.serving import WitnessServer


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, metavar="目录", help="见证方目录")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--port", type=int, metavar="端口", help="在此端口提供见证")
    what.add_argument("--sign", type=Path, nargs="+", metavar="文件", help="见证光盘上的请求 x.tlreq，生成 x.tlcos")
    what.add_argument("--new", metavar="名称", help="新建见证方，如 ga.example/witness")
    what.add_argument("--add", nargs="+", metavar="公钥", help="增加所服务的日志；正在运行的见证方重新启动后生效")
    what.add_argument("--accept-clock", action="store_true", help="此前时钟曾经超前、现已校准：从现在的时间起继续见证")
    what.add_argument("--refused", action="store_true", help="列出留存的、拒绝见证的检查点")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听地址，默认 127.0.0.1")
    parser.add_argument("--log", action="append", default=[], metavar="公钥", help="新建时：所服务日志的公钥，可重复")
    parser.add_argument(
        "--algorithms", default="ed25519,sm2", metavar="算法", help=f"新建时：{'、'.join(folder.SIGNS)}，逗号分隔"
    )


def run(args: argparse.Namespace) -> int:
    if args.new:
        for vkey in folder.create(args.directory, args.new, args.log, os.urandom, args.algorithms.split(",")):
            print(vkey)
        return 0
    if args.add:
        print(f"现服务 {len(logs.add(args.directory / folder.LOGS, args.add))} 个日志")
        return 0
    witness = folder.open_witness(args.directory)
    if args.accept_clock:
        print(f"已按现在的时间继续：{witness.memory.accept_clock(int(time.time()))} 个日志")
        return 0
    if args.port is not None:
        return serve(witness, args.host, args.port)
    if args.sign:
        return _sign(witness, args.sign)
    _show(witness, args.refused)
    return 0


def serve(witness: Witness, host: str, port: int) -> int:
    """Until interrupted. Port 0 takes any; which one is printed."""
    server = WitnessServer((host, port), witness, lambda: int(time.time()), _tell)
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: threading.Thread(target=server.shutdown).start())
    names = {signer.verifier.name for signers in witness.signers.values() for signer in signers}
    _tell(
        f"见证方 {'、'.join(sorted(names))} 已启动：http://{host}:{server.server_address[1]}，服务 {len(witness.logs)} 个日志"
    )
    for origin in witness.memory.origins():
        if head := witness.memory.head(origin):
            _tell(f"{origin}：此前见证到 {head.size} 条")
    server.serve_forever(0.1)
    server.server_close()
    witness.memory.close()
    _tell("见证方已停止")
    return 0


def _sign(witness: Witness, requests: list[Path]) -> int:
    worst = 0
    for request in requests:
        answer = sign_file(witness, request, int(time.time()))
        _tell(answer.told)
        worst = max(worst, answer.status)
    return 0 if worst == 200 else 1


def _show(witness: Witness, refused: bool) -> None:
    for origin in witness.logs:
        head = witness.memory.head(origin)
        print(f"{origin}：{f'见证到 {head.size} 条，{_moment(head.at)}' if head else '尚未见证'}")
    kept = witness.memory.refused()
    print(f"留存拒绝见证的检查点 {len(kept)} 个")
    for each in kept if refused else ():
        theirs, ours = (Checkpoint.parse(note.parse(whole).text) for whole in (each.note, each.against))
        print(
            f"\n{_moment(each.at)} 拒绝第 {theirs.size} 条的检查点，当时已见证到 {ours.size} 条\n\n{each.note.decode()}"
        )


def _moment(at: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


def _tell(sentence: str) -> None:
    print(time.strftime("%H:%M:%S"), sentence, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m jianwei.seal.witness", description="存证日志的外部见证方")
    arguments(parser)
    try:
        return run(parser.parse_args())
    except (SealError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
