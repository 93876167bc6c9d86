"""The certificate as PDF: thirteen items, each filled from the record or said not to be recorded. Never “证据真实”."""

from __future__ import annotations

import io
import json
import re
from importlib.resources import files
from typing import Any

import segno
import typst
from django.utils import timezone

import jianwei
from jianwei.desk.errors import DeskError
from jianwei.desk.evidence.headings import headings
from jianwei.desk.evidence.listing import size
from jianwei.desk.evidence.models import Custody, Material, Verification
from jianwei.desk.people.acting import Acting

NONE = "未记录"
SERIF = ("Source Han Serif SC", "Noto Serif CJK SC", "FZShuSong-Z01S", "SimSun", "Songti SC")
SANS = ("Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "SimHei", "PingFang SC")
MONO = ("Noto Sans Mono CJK SC", "Source Han Mono SC", "Consolas", "DejaVu Sans Mono")
MOST_CUSTODY = 200


class NoFonts(DeskError):
    """No font of this machine has Chinese characters."""

    def __init__(self) -> None:
        super().__init__(
            "服务器没有中文字体，不能制作 PDF。请系统管理员安装思源宋体、思源黑体（Debian：apt-get install fonts-noto-cjk）。"
        )


def needed() -> tuple[str, str, str]:
    """The fonts: serif, sans, fixed width. Raise ``NoFonts``."""
    found = set(typst.Fonts().families())
    sans = next((name for name in SANS if name in found), None)
    serif = next((name for name in SERIF if name in found), sans)
    if sans is None and serif is None:
        raise NoFonts
    body = str(serif or sans)
    return body, str(sans or serif), next((name for name in MONO if name in found), body)


def made(data: dict[str, Any]) -> bytes:
    """The PDF of ``data``. Raise ``NoFonts``."""
    serif, sans, mono = needed()
    template = (files("jianwei.desk.evidence") / "certificate.typ").read_bytes()
    whole = json.dumps(data | {"serif": serif, "sans": sans, "mono": mono}, ensure_ascii=False)
    pdf = typst.compile(template, format="pdf", sys_inputs={"data": whole})
    return bytes(pdf)


def filled(who: Acting, one: Material, made: Verification, custody: list[Custody]) -> dict[str, Any]:
    """What the certificate says of a material, as the verification ``made`` just now found it."""
    report = made.report
    log = (report["facts"] or {}).get("log") or {}
    lines = {
        place: [(x["says"], x["detail"], x["result"]) for x in one["lines"]]
        for place, one in enumerate(report["headings"])
    }
    shown = list(reversed(custody))[:MOST_CUSTODY]
    return {
        "title": "电子证据存证证明书", "office": who.user.office.name, "number": made.pk, "ok": made.ok,
        "verdict": "经技术核验一致" if made.ok else "核验没有通过",
        "verdict_says": _says(report) if made.ok else f"{report['message']}",
        "qr": _qr(one, log), "report": _report(who, made), "subject": _subject(one), "collection": _collection(one), "files": _files(one),
        "place": _place(log), "times": _times(report), "custody": [_line(line) for line in shown],
        "custody_note": f"共 {len(custody)} 条，列出最早的 {MOST_CUSTODY} 条。" if len(custody) > MOST_CUSTODY else "",
        "program": "用独立核验程序 verify.py 对存证包重新计算，按下列次序，遇到第一个不通过的步骤即停止。",
        "steps": [(x["title"], x["result"], x["detail"]) for x in report["steps"]],
        "digests": [(f"{x['algorithm']} 记录", x["recorded"] or NONE, "code") for x in report["digests"]]
        + [(f"{x['algorithm']} 重算（{x['result']}）", x["computed"], "code") for x in report["digests"]],
        "before": lines[2], "platform": lines[1], "not_proved": report["not_proved"], "warnings": report["warnings"] + list(one.warnings),
        "articles": [f"《人民法院在线诉讼规则》{x.article}{'' if x.verified else '，未核对原文'}" for x in headings()],
        "person": who.user.name, "day": f"{timezone.localtime(who.at):%Y年%m月%d日}", "again": _again(log),
    }  # fmt: skip


def _says(report: dict[str, Any]) -> str:
    times = report["times"]
    at = f"最迟在 {times['proven']} " if times["proven"] else ""
    return f"{at}材料和提取记录已在日志之内，此后没有改动。这不表示材料的内容属实，见第十一项。"


def _report(who: Acting, made: Verification) -> list[tuple[str, ...]]:
    return [
        ("编号", made.pk, "code"),
        ("生成程序", f"见微 {jianwei.__version__}"),
        ("生成时间", f"{timezone.localtime(who.at):%Y-%m-%d %H:%M:%S}（本机时钟，未经证明）"),
        ("时间来源", "可证明时间来自外部见证方的签名和可信时间戳，见第六项；日志自己的时钟不作为证明"),
    ]


def _subject(one: Material) -> list[tuple[str, ...]]:
    return [
        ("案件", soft(one.case_ref or NONE)), ("名称", soft(one.name)), ("证据种类", one.category or NONE), ("存证编号", one.pk, "code"),
        ("文书编号", soft(one.doc_no or NONE)), ("介质、设备", soft(one.device or NONE)), ("持有人、提供人", soft(one.holder or NONE)),
    ]  # fmt: skip


def _collection(one: Material) -> list[tuple[str, ...]]:
    at = f"{timezone.localtime(one.collected_at):%Y-%m-%d %H:%M}（自称，未经证明）" if one.collected_at else NONE
    return [
        ("提取人", "、".join(one.collectors) or NONE), ("时间", at), ("地点", soft(one.place or NONE)), ("方法", soft(one.method or NONE)),
        ("工具及版本", soft(one.device or NONE)), ("环境清洁性检查", NONE), ("网络", NONE), ("见证人", soft(one.witness_person or NONE)),
        ("设备端摘要、签名", soft(one.device_sig or NONE)), ("说明", soft(one.note or NONE)),
    ]  # fmt: skip


def _files(one: Material) -> list[tuple[str, ...]]:
    return [
        ("文件", soft(one.name)), ("大小", f"{size(one.size)}（{one.size} 字节）" if one.size is not None else NONE), ("格式", soft(one.media_type or NONE)),
        ("SHA-256", one.sha256 or NONE, "code"), ("SM3", one.sm3 or NONE, "code"),
    ]  # fmt: skip


def _place(log: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        ("日志", log.get("origin", NONE), "code"), ("序号", str(log.get("index", NONE))), ("检查点条数", str(log.get("size", NONE))),
        ("Merkle 根", log.get("root", NONE), "code"), ("叶哈希", log.get("leaf_hash", NONE), "code"),
        ("证明路径", "见存证包内 proof.tlog-proof（c2sp.org/tlog-proof 文本）"),
    ]  # fmt: skip


def _times(report: dict[str, Any]) -> list[tuple[str, ...]]:
    times, facts = report["times"], report["facts"] or {}
    token = facts.get("token") or {}
    return [
        ("自称提取时间", f"{times['claimed']}（未经证明）" if times["claimed"] else NONE),
        ("可证明时间", times["proven"] or "尚无外部签名，不能证明"),
        ("外部见证方", "；".join(f"{x['by']} {x['at']}" for x in times["proofs"]) or NONE),
        ("可信时间戳", f"序列号 {token['serial']}" if token else "未取得，或者签名没有验证"),
        ("时间戳证书", token.get("certificate", NONE), "code"),
        ("国密证明", "SM3、SM2 证明成立" if facts.get("sm") else "没有，或者没有验证"),
        ("链上锚定", NONE),
        ("两个时间相差", times["gap"] or "不适用"),
    ]


def _line(line: Custody) -> tuple[str, ...]:
    who = f"{line.by.name if line.by else '系统'} {line.office.name}"
    why = "；".join(one for one in (line.purpose, line.recipient, line.result) if one)
    return (
        f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}",
        soft(who),
        str(line.get_verb_display()),
        soft(why),
        line.before[:16],
        line.after[:16],
    )


def _again(log: dict[str, Any]) -> list[str]:
    return [
        "向本院索取存证包（.evb），从法院或检察院的公告、手册取得信任策略，不要用包内自带的策略。",
        f"信任策略的指纹应为 {log.get('policy', NONE)}。",
        "在不联网的电脑上打开 verify.html，放入存证包和信任策略；或者运行：python verify.py 存证包.evb --policy 信任策略.txt",
        "结论应与本证明书一致；第一个不通过的步骤会写明原因。辩护人、当事人和鉴定人都可以这样复核。",
    ]


_RUN = re.compile(r"[!-~]{25,}")


def soft(text: str) -> str:
    """Long runs of signs without a blank, with places where a line may end. Not for digests: those are copied and compared."""
    return _RUN.sub(lambda run: "\u200b".join(run[0][at : at + 6] for at in range(0, len(run[0]), 6)), text)


def _qr(one: Material, log: dict[str, Any]) -> str:
    words = [
        "jianwei-evidence/1",
        one.pk,
        str(log.get("origin", "")),
        str(log.get("index", "")),
        one.sha256,
        one.sm3,
        str(log.get("policy", "")),
    ]
    code = segno.make_qr("\n".join(words), error="m")
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", scale=2, border=2, xmldecl=False)
    return drawn.getvalue().decode()
