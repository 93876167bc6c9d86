"""What may be done with a clue: states, verbs, who may, and the reasons for which a clue is dropped."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from jianwei.desk.people.roles import Role


class Status(models.TextChoices):
    NEW = "new", "待研判"
    KEPT = "kept", "已保留"
    ASSIGNED = "assigned", "已交办"
    PROPOSED = "proposed", "拟成案"
    OPENED = "opened", "已成案"
    DONE = "done", "成案已办结"
    REJECTED = "rejected", "不成案"
    MERGED = "merged", "已并入"


class Reason(models.TextChoices):
    """不成案原因. One key press each; they feed the model's measured precision."""

    NAMESAKE = "namesake", "同名异人"
    WRONG_DATA = "wrong_data", "数据错误/单位错误"
    CORRECTED = "corrected", "已纠正"
    TOO_LATE = "too_late", "已过时限"
    LAWFUL = "lawful", "有合法理由"
    THIN = "thin", "证据不足"
    NOT_OURS = "not_ours", "无管辖"
    DUPLICATE = "duplicate", "重复"
    MINOR = "minor", "轻微"
    SEALED = "sealed", "依法不宜公开（封存）"


@dataclass(frozen=True)
class Verb:
    """One verb: its name on the button, its key, the states it starts from, where it leads, and whose it is."""

    name: str
    key: str
    starts: frozenset[Status]
    leads: Status
    roles: frozenset[Role]


_OPEN = frozenset({Status.NEW, Status.KEPT, Status.ASSIGNED, Status.PROPOSED})
_DECIDES = frozenset({Role.PROSECUTOR, Role.HEAD, Role.CHIEF})

VERBS: dict[str, Verb] = {
    "keep": Verb("保留", "k", frozenset({Status.NEW, Status.ASSIGNED}), Status.KEPT, _DECIDES | {Role.ASSISTANT}),
    "reject": Verb("不成案", "d", _OPEN, Status.REJECTED, _DECIDES),
    "merge": Verb("并入", "m", _OPEN - {Status.PROPOSED}, Status.MERGED, _DECIDES),
    "assign": Verb("交办", "a", _OPEN - {Status.PROPOSED}, Status.ASSIGNED, _DECIDES | {Role.CASE_MANAGER}),
    "propose": Verb("成案", "c", _OPEN - {Status.PROPOSED}, Status.PROPOSED, _DECIDES),
    "reopen": Verb("恢复", "r", frozenset(Status) - {Status.NEW, Status.OPENED, Status.DONE}, Status.NEW, _DECIDES),
}
BECOMES_A_MATTER = _OPEN
"""States in which a clue may be made a matter; who may is whoever may propose it."""
MATTER_STEPS = {"open": "成案", "end": "事项办结"}
"""What happens to a clue through the matter it became; not verbs of its page."""


def allowed(role: str, status: str) -> dict[str, Verb]:
    """The verbs that a person of this role may use on a clue in this state."""
    return {name: verb for name, verb in VERBS.items() if role in verb.roles and status in verb.starts}
