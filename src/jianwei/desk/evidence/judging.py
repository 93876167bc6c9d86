"""验真: the verdict of the stand-alone verifier on a bundle, told step by step under the headings of articles 16 to 19."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils import timezone

from jianwei.desk.evidence import headings
from jianwei.desk.evidence.trust import Trust
from jianwei.seal.vault.hashing import PIECE, Digests, TwoHashes
from jianwei.seal.verifier import verify

SAME, DIFFERENT, MISSING, UNABLE = "一致", "不一致", "缺失", "无法验证"
NO_POLICY = "本机没有这份存证包所属日志的信任策略。请向存证院取得信任策略，核对印发的指纹后一并提交。"
ENDED = "该日志已经终止，检查点只采信到第 {} 条；存证包所附的检查点是终止以后签署的。"
_LACKING = ("缺少", "没有", "未达到", "不齐全")
_NO_VERDICT: dict[str, Any] = {"ok": False, "facts": {}, "warnings": []}

Report = dict[str, Any]
"""Plain JSON: ``ok``, ``step``, ``message``, ``steps``, ``headings``, ``digests``, ``times``, ``warnings``, ``not_proved``."""


@dataclass(frozen=True)
class Bundle:
    """What is in a bundle, read before anything is believed."""

    origin: str
    manifest: dict[str, Any]
    original: Digests | None


def read(file: BinaryIO) -> Bundle | None:
    """None when it is no bundle. The original is hashed here too, so that both digests can be shown whatever the verdict."""
    try:
        members = verify.open_zip(file)
        proof = verify.parse_proof(_member(file, members, "proof.tlog-proof"))
        origin = verify.parse_checkpoint(proof.note).origin
        manifest = verify.parse_manifest(_member(file, members, "manifest.json"))
    except (verify.Refused, KeyError, ValueError, OSError):
        return None
    original = None
    if "original" in members:
        with TwoHashes() as hashes:
            for piece in _content(file, *members["original"]):
                hashes.update(piece)
            original = hashes.finish()
    return Bundle(origin, manifest, original)


def looks_like_a_bundle(file: BinaryIO) -> bool:
    """Whether it has the signs of a bundle, also of a broken one: then it is judged as one, not as some file."""
    try:
        return {"manifest.json", "salt"} <= set(verify.open_zip(file))
    except (verify.Refused, ValueError, OSError):
        file.seek(0)
        head = file.read(4096)
        return head[:4] == b"PK\x03\x04" and (b"original" in head[:60] or b"manifest.json" in head[:60])


def judged(file: BinaryIO, trust: Trust | None, now: dt.datetime) -> dict[str, Any]:
    """The verifier's own words: ``{"ok", "step", "message", "facts", "warnings"}``."""
    if trust is None:
        return {**_NO_VERDICT, "step": "policy", "message": NO_POLICY}
    token = _token(file)
    signer = trust.signer_of(token) if token else None
    verdict = verify.verify(file, trust.policy, trust.policy_sm, signer, now=int(now.timestamp()))
    if verdict["ok"] and trust.ends is not None and verdict["facts"]["log"]["size"] > trust.ends:
        return {**_NO_VERDICT, "step": "origin", "message": ENDED.format(trust.ends)}
    return verdict


def told(verdict: dict[str, Any], bundle: Bundle | None, trust: Trust | None) -> Report:
    """The verdict as a report."""
    steps = list(_steps(verdict, bundle))
    manifest = bundle.manifest if bundle else {}
    times = _times(verdict, manifest)
    return {
        "ok": verdict["ok"],
        "step": "" if verdict["ok"] else verdict["step"],
        "message": verdict["message"],
        "steps": steps,
        "digests": _digests(bundle),
        "times": times,
        "headings": [
            _heading(0, [{"says": one["title"], "result": one["result"], "detail": one["detail"]} for one in steps]),
            _heading(1, list(_platform(verdict, bundle, trust))),
            _heading(2, list(_before(verdict["ok"], manifest, times))),
            _heading(3, list(_again(trust))),
        ],
        "warnings": list(verdict["warnings"]),
        "not_proved": list(headings.not_proved()),
        "facts": {key: verdict["facts"].get(key) for key in ("kind", "log", "token", "sm", "manifest_sha256")},
        "manifest": manifest,
    }


def without_record(found: Digests, says: str) -> Report:
    """The report on a file that nothing was fixed of."""
    verdict = {**_NO_VERDICT, "step": "record", "message": says}
    report = told(verdict, None, None)
    report["digests"] = [
        {"of": "提交的文件", "algorithm": a, "recorded": "", "computed": c, "result": MISSING} for a, c in _both(found)
    ]
    return report


def _steps(verdict: dict[str, Any], bundle: Bundle | None) -> Iterator[dict[str, str]]:
    """Every step of the verifier with its result; what comes after the one that failed was not reached."""
    reached = True
    for key, title in verify.STEPS.items():
        failed = not verdict["ok"] and key == verdict["step"]
        if failed:
            lacking = any(word in verdict["message"] for word in _LACKING)
            result = UNABLE if key == "policy" else MISSING if lacking else DIFFERENT
            reached, detail = False, verdict["message"]
        elif not reached or verdict["step"] == "record":
            result, detail = (
                (UNABLE, "前面的步骤没有通过，没有进行。")
                if verdict["step"] != "record"
                else (MISSING, "没有存证记录。")
            )
        else:
            result, detail = _passed(key, verdict, bundle)
        yield {"key": key, "title": title, "result": result, "detail": detail}


def _passed(key: str, verdict: dict[str, Any], bundle: Bundle | None) -> tuple[str, str]:
    facts = verdict["facts"]
    log = facts.get("log") or {}
    match key:
        case "original":
            return (SAME, "") if bundle and bundle.original else (SAME, "本记录没有原件。")
        case "inclusion" if log:
            return SAME, f"第 {log['index']} 条，日志共 {log['size']} 条"
        case "origin" if log:
            return SAME, str(log["origin"])
        case "quorum" if log:
            return SAME, "、".join(
                f"{one['name']} {_at(one['at'])}" for one in log["witnesses"]
            ) or "所用策略不要求见证"
        case "token" if facts:
            token = facts.get("token")
            return (SAME, _at(token["at"])) if token else (UNABLE, _about(verdict, "时间戳") or "包内没有时间戳。")
        case "sm" if facts:
            return (
                (SAME, "SM3、SM2 证明也成立")
                if facts.get("sm")
                else (UNABLE, _about(verdict, "国密") or "包内没有国密证明。")
            )
    return SAME, ""


def _about(verdict: dict[str, Any], word: str) -> str:
    return next((one for one in verdict["warnings"] if word in one), "")


def _digests(bundle: Bundle | None) -> list[dict[str, str]]:
    """What is recorded beside what was computed now."""
    if bundle is None or bundle.original is None:
        return []
    recorded = {"SHA-256": bundle.manifest.get("sha256", ""), "SM3": bundle.manifest.get("sm3", "")}
    return [
        {"of": "原件", "algorithm": name, "recorded": str(recorded[name]), "computed": computed, "result": SAME if computed == recorded[name] else DIFFERENT}
        for name, computed in _both(bundle.original)
    ]  # fmt: skip


def _both(found: Digests) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("SHA-256", found.sha256), ("SM3", found.sm3)


def _times(verdict: dict[str, Any], manifest: dict[str, Any]) -> dict[str, Any]:
    """The time that somebody claims, apart from the times that others have signed."""
    facts = verdict["facts"]
    log = facts.get("log") or {}
    proofs = [{"by": one["name"], "at": _at(one["at"]), "seconds": one["at"]} for one in log.get("witnesses", ())]
    if token := facts.get("token"):
        proofs.append({"by": "时间戳", "at": _at(token["at"]), "seconds": token["at"]})
    proven = log.get("quorum_at")
    if token and (proven is None or token["at"] < proven):
        proven = token["at"]
    claimed = _moment((manifest.get("collected") or {}).get("at"))
    gap = proven - int(claimed.timestamp()) if claimed and proven else None
    return {
        "claimed": _at(int(claimed.timestamp())) if claimed else "",
        "proven": _at(proven) if proven else "",
        "proven_seconds": proven,
        "proofs": proofs,
        "gap": _long(gap) if gap is not None and gap > 0 else "",
    }


def _platform(verdict: dict[str, Any], bundle: Bundle | None, trust: Trust | None) -> Iterator[dict[str, str]]:
    log = verdict["facts"].get("log") or {}
    origin = bundle.origin if bundle else ""
    yield _line("存证的日志", origin or "未记录", SAME if log else UNABLE)
    outside = "、".join(f"{one['name']}（{one['key']}）" for one in log.get("witnesses", ()))
    yield _line("在检查点上签名的外部见证方", outside or "没有得到证明", SAME if outside else UNABLE)
    yield _line(
        "信任策略的指纹（与印发的核对）",
        log.get("policy", "") or (trust.fingerprint if trust else "没有信任策略"),
        UNABLE,
    )
    yield _line(
        "存证院与当事人有无利害关系", "存证由检察机关自己运行；不能由它单独改动或者倒签，须外部见证方也签名", UNABLE
    )
    yield _line(
        "平台资质，系统的清洁性、安全性、可靠性、可用性", "不由程序判断，由审判人员结合系统测评材料审查", UNABLE
    )


def _before(ok: bool, manifest: dict[str, Any], times: dict[str, Any]) -> Iterator[dict[str, str]]:
    collected = manifest.get("collected") or {}
    by = collected.get("by") or []
    if manifest and not ok:
        yield _line("核验没有通过", "以下是提交的存证包里写的，没有得到任何证明", UNABLE)
    yield _line("提取人（二名以上）", "、".join(map(str, by)) or "未记录", UNABLE if len(by) >= 2 else MISSING)
    yield _line("自称提取时间（未经证明）", times["claimed"] or "未记录", UNABLE if times["claimed"] else MISSING)
    for name, title in (("place", "地点"), ("method", "方法"), ("holder", "持有人、提供人"), ("witness_person", "见证人"), ("device", "设备或介质"), ("device_sig", "设备端摘要或签名")):  # fmt: skip
        yield _line(title, str(collected.get(name) or "未记录"), UNABLE if collected.get(name) else MISSING)
    yield _line("文书编号", str(manifest.get("doc_no") or "未记录"), UNABLE if manifest.get("doc_no") else MISSING)
    if times["gap"]:
        yield _line("自称提取到可证明存入之间", f"{times['gap']}，这段时间里有无改动，本核验不能证明", UNABLE)


def _again(trust: Trust | None) -> Iterator[dict[str, str]]:
    yield _line("独立核验程序", "verify.py（Python 标准库）与 verify.html（离线网页），不联网，不需要本系统", "")
    yield _line(
        "信任策略",
        f"从存证包以外取得，指纹 {trust.fingerprint}" if trust else "须从存证包以外取得",
        SAME if trust else MISSING,
    )
    yield _line("鉴定、有专门知识的人", "对存入前的真实性有争议的，可以申请", "")


def _line(says: str, detail: str, result: str) -> dict[str, str]:
    return {"says": says, "detail": detail, "result": result}


def _heading(place: int, lines: list[dict[str, str]]) -> dict[str, Any]:
    one = headings.headings()[place]
    return {"article": one.article, "title": one.title, "says": one.says, "verified": one.verified, "lines": lines}


def _member(file: BinaryIO, members: dict[str, tuple[int, int]], name: str) -> bytes:
    offset, size = members[name]
    verify.need(size <= verify.NAMES[name], "成员过大。")
    file.seek(offset)
    return file.read(size)


def _token(file: BinaryIO) -> bytes | None:
    try:
        members = verify.open_zip(file)
        return _member(file, members, "checkpoint.tsr") if "checkpoint.tsr" in members else None
    except (verify.Refused, ValueError, OSError):
        return None


def _content(file: BinaryIO, offset: int, size: int) -> Iterator[bytes]:
    file.seek(offset)
    while size > 0 and (piece := file.read(min(PIECE, size))):
        size -= len(piece)
        yield piece


def _moment(text: object) -> dt.datetime | None:
    """None also at the ends of the calendar, where no other zone has a time for it."""
    try:
        at = dt.datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
    return at if at and dt.MINYEAR < at.year < dt.MAXYEAR else None


def _at(seconds: int) -> str:
    return f"{timezone.localtime(dt.datetime.fromtimestamp(seconds, dt.UTC)):%Y-%m-%d %H:%M:%S}"


def _long(seconds: int) -> str:
    days, rest = divmod(seconds, 86400)
    return f"{days} 日 {rest // 3600} 小时" if days else f"{rest // 3600} 小时 {rest % 3600 // 60} 分"
