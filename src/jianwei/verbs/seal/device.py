"""`jianwei seal device`: let a recorder or another system send records of its own, by a token."""

from __future__ import annotations

import argparse
import secrets
from dataclasses import replace

from jianwei.errors import JianweiError
from jianwei.seal import devices
from jianwei.verbs.seal import _log

ORDER = 66
HELP = "设备：发给取证设备或者其他系统一个令牌，凭它经 HTTP 送来自己采集的材料的存证记录"


class NameInvalid(JianweiError):
    def __init__(self, name: str) -> None:
        super().__init__(f"设备名称“{name}”不能为空或者换行")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", metavar="设备名称", help="材料说明中 collected.device 所写的名称；不填则列出已有的"
    )
    parser.add_argument("--listen", metavar="地址:端口", help="存证服务在哪里接收（写入 log.json，重新启动服务后生效）")
    parser.add_argument("--revoke", action="store_true", help="收回该设备的令牌")
    _log.options(parser)


def run(args: argparse.Namespace) -> int:
    folder = _log.log_folder(args)
    if args.listen:
        folder.change(replace(folder.settings, listen=args.listen))
    if args.name is None:
        names = sorted(devices.devices(folder.path).values())
        _log.answer(args, {"devices": names, "listen": folder.settings.listen}, names or ["没有设备"])
        return 0
    if not args.name.strip() or not args.name.isprintable():
        raise NameInvalid(args.name)
    if args.revoke:
        devices.strike(folder.path, args.name)
        _log.answer(args, {"device": args.name, "revoked": True}, [f"已收回“{args.name}”的令牌"])
        return 0
    token = secrets.token_urlsafe(32)
    devices.enrol(folder.path, args.name, token)
    where = folder.settings.listen or "（log.json 未设 listen，服务尚不对外接收）"
    lines = [
        f"令牌（只显示这一次，再次执行即更换）：{token}",
        f"送往：POST http://{where}/entries，Authorization: Bearer 令牌",
    ]
    _log.answer(args, {"device": args.name, "token": token, "listen": folder.settings.listen}, lines)
    return 0
