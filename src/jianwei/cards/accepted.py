"""Exceptions that a person accepted, remembered by case, person, rule and cells: when a cell changes, the acceptance lapses."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import orjson

from jianwei.cards.finding import Acceptance, Finding, Report
from jianwei.errors import JianweiError

Key = tuple[str, str, str, str]
"""Case number, person, rule, digest of the cells."""

_NOTE = "案卡冲突中已接受的例外。案号、人、规则和单元格摘要都相同的才算；单元格改了即失效。listed 为 false 的不属规则所列例外。"


LEAST_REASON, LEAST_OTHER_REASON = 4, 10
"""Characters of a reason (chosen): enough to name a listed exception, or to tell a reason that no rule lists."""


class TooShort(JianweiError):
    """The reason does not say enough."""

    def __init__(self, listed: bool) -> None:
        if listed:
            super().__init__(f"请写明接受的理由（至少 {LEAST_REASON} 个字）。")
        else:
            super().__init__(f"不属所列例外的，须写明另外的理由（至少 {LEAST_OTHER_REASON} 个字）。")


def reason_of(words: str, *, listed: bool) -> str:
    """The reason as it is kept. Raises ``TooShort``."""
    words = words.strip()
    if len(words) < (LEAST_REASON if listed else LEAST_OTHER_REASON):
        raise TooShort(listed)
    return words


class BadAccepted(JianweiError):
    """The file of accepted exceptions cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} 不是已接受例外的文件：{why}")


def load(path: Path) -> dict[Key, Acceptance]:
    """The acceptances in a file; none when it is not there. Raises ``BadAccepted``."""
    if not path.exists():
        return {}
    try:
        listed = orjson.loads(path.read_bytes())["accepted"]
        return {
            (one["case_no"], one["person"], one["rule"], one["digest"]): Acceptance(
                one["reason"], one["by"], dt.date.fromisoformat(one["on"]), one.get("listed", True)
            )
            for one in listed
        }
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, OSError) as error:
        raise BadAccepted(path, "格式不对") from error


def save(path: Path, accepted: Mapping[Key, Acceptance]) -> None:
    """Write acceptances, all or nothing, in an order that keeps differences small."""
    listed = [
        {"case_no": case, "person": person, "rule": rule, "digest": digest, "reason": a.reason, "by": a.by, "on": a.on.isoformat(), "listed": a.listed}
        for (case, person, rule, digest), a in sorted(accepted.items())
    ]  # fmt: skip
    draft = path.with_name(f"{path.name}.tmp")
    with draft.open("wb") as out:
        out.write(orjson.dumps({"说明": _NOTE, "accepted": listed}, option=orjson.OPT_INDENT_2))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def mark(report: Report, accepted: Mapping[Key, Acceptance]) -> int:
    """Mark the findings that were accepted. Returns how many were once accepted on other cells and are open again."""
    once = {key[:3] for key in accepted}
    lapsed = 0
    marked: list[Finding] = []
    for finding in report.findings:
        known = accepted.get(finding.key)
        lapsed += known is None and finding.key[:3] in once
        marked.append(replace(finding, accepted=known) if known else finding)
    report.findings[:] = marked
    return lapsed
