"""`jianwei password`: a new password for an account, on the machine itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from jianwei.home import Home

ORDER = 54
HELP = "重置密码：在服务器上为一个账户生成新密码（如系统管理员忘记密码），留痕"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar="登录名")
    parser.add_argument("--home", type=Path, metavar="目录", help="数据目录（默认 .jianwei 或 JIANWEI_HOME）")


def run(args: argparse.Namespace) -> int:
    from jianwei.desk import recovery

    home = Home(args.home.absolute()) if args.home else Home.here()
    print(f"{args.username} 的新密码（只显示这一次，登录后须修改）：{recovery.new_password(home.path, args.username)}")
    return 0
