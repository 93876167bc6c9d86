"""`jianwei seal verify`: the verdict of the stand-alone verifier, which is the only one there is."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.serialization import Encoding

from jianwei.progress import step
from jianwei.seal.dating import StampSettings
from jianwei.seal.errors import SealError
from jianwei.seal.stamping.checking import Authority, decoded
from jianwei.seal.verifier import verify as standalone
from jianwei.verbs.seal import _log

ORDER = 50
HELP = "验真：按信任策略核验存证包（与独立核验程序 verify.py 同一结论）"
UNSTAMPED = {
    "ok": False,
    "step": "token",
    "message": "给出了时间戳根证书，包内没有由其下机构签名的时间戳。",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path, metavar="存证包", help=".evb 文件")
    parser.add_argument(
        "--policy", type=Path, metavar="文件", help="信任策略，须从存证包以外取得；不给则用本院日志的策略"
    )
    parser.add_argument("--policy-sm", type=Path, metavar="文件", help="国密信任策略；给出即要求有国密证明")
    parser.add_argument("--tsa-cert", type=Path, metavar="文件", help="时间戳机构的签名证书；给出即要求有时间戳")
    parser.add_argument(
        "--tsa-roots", type=Path, metavar="文件", help="信任的时间戳根证书，由此找出签名证书；给出即要求有时间戳"
    )
    parser.add_argument("--now", type=int, metavar="秒", help="核验时刻，1970 年以来的秒数；缺省为现在")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    policy, policy_sm, roots = args.policy, args.policy_sm, args.tsa_roots and _read(args.tsa_roots)
    if policy is None:
        own = _log.log_folder(args)
        policy, policy_sm = own.policy("sha256"), policy_sm or own.policy("sm3")
        policy_sm = policy_sm if policy_sm.exists() else None
        stamps = StampSettings.of(own)
        roots = roots or (stamps.roots if stamps else None)
    given = [path and _read(path) for path in (policy, policy_sm, args.tsa_cert)]
    if not args.bundle.is_file():
        raise _log.NoSuchFile(args.bundle)
    now = int(time.time()) if args.now is None else args.now
    with args.bundle.open("rb") as file, step(f"核验 {args.bundle.name}") as advance:
        if given[2] is None and roots:
            given[2] = _signer(file, roots)
        verdict = standalone.verify(file, *given, now=now, progress=advance)
    if args.tsa_roots and verdict["ok"] and not verdict["facts"]["token"]:
        verdict = {**UNSTAMPED, "facts": {}, "warnings": []}
    if args.json:
        print(json.dumps(verdict, ensure_ascii=False, indent=2))
    else:
        print(standalone.report(args.bundle.name, verdict))
        if args.policy is None:
            print("提示：用的是本院自己的信任策略；对外核验须用对方从法院、公安等处取得的策略。", file=sys.stderr)
    return 0 if verdict["ok"] else 1


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _log.NoSuchFile(path) from None


def _signer(file: BinaryIO, roots: bytes) -> bytes | None:
    """The certificate that signed the bundle's token, if it leads to one of the roots: what the verifier is given."""
    try:
        offset, size = standalone.open_zip(file)["checkpoint.tsr"]
        file.seek(offset)
        found = Authority.from_pem(roots).signer(decoded(file.read(size)))
    except (standalone.Refused, SealError, KeyError, ValueError):
        return None
    return found.public_bytes(Encoding.PEM)
