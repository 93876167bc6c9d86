"""What a procedure is: its stages, its clocks and the kinds of act that move a matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from jianwei.kit import Cite, Line
from jianwei.procedures.kernel import facts as ask
from jianwei.procedures.kernel.act import ActKind, act
from jianwei.procedures.kernel.clock import Clock

CORRECT, REVOKE = "correct", "revoke"
CORRECTION = ("act", "on", "because")
"""Facts of a correction itself; its other facts are those of the corrected act."""
PARTY_ROLES = (
    "犯罪嫌疑人", "被告人", "罪犯", "被害人", "申请人", "其他当事人", "原告", "被告", "第三人", "行政机关", "赔偿请求人", "信访人",
    "辩护人", "诉讼代理人", "法定代理人", "证人", "鉴定人", "其他",
)  # fmt: skip

COMMON: dict[str, ActKind] = {
    CORRECT: act(
        "更正",
        facts=(
            ask.text("act", "被更正的行为", "行为记录的编号"),
            ask.day("on", "更正后的日期").optional(),
            ask.long_text("because", "更正理由"),
        ),
        by=("承办检察官", "案件管理"),
    ),
    REVOKE: act(
        "撤销误录",
        facts=(ask.text("act", "被撤销的行为", "行为记录的编号"), ask.long_text("because", "撤销理由")),
        by=("承办检察官", "案件管理"),
    ),
    "allot": act(
        "分派承办人",
        facts=(
            ask.person("handler", "承办人"),
            ask.text("username", "登录名").optional(),
            ask.choice("way", "分案方式", ("随机分案", "指定分案")),
            ask.long_text("why", "指定的理由").optional(),
        ),
        by=("案件管理", "部门负责人"),
    ),
    "reassign": act(
        "变更承办人",
        facts=(
            ask.person("handler", "新承办人"),
            ask.text("username", "登录名").optional(),
            ask.choice("reason", "理由", ("回避", "工作调整", "指定办理", "其他")),
        ),
        by=("部门负责人", "检察长"),
    ),
    "party": act(
        "登记当事人",
        facts=(
            ask.text("name", "姓名或名称"),
            ask.choice("role", "身份", PARTY_ROLES),
            ask.choice("kind", "种类", ("自然人", "单位")),
            ask.day("born_on", "出生日期").optional(),
            ask.text("id_no", "证件号码").optional(),
            ask.text("address", "住址或住所").optional(),
        ),
        by=("承办检察官", "案件管理"),
    ),
    "remark": act("备注", facts=(ask.long_text("text", "内容"),)),
    "forward": act(
        "移送其他人民检察院",
        facts=(ask.text("receiver", "受移送的人民检察院"), ask.long_text("why", "移送理由").optional()),
        by=("承办检察官", "部门负责人", "案件管理"),
    ),
    "take_over": act(
        "接收移送的事项",
        facts=(ask.text("sender", "移送的人民检察院"), ask.text("sender_number", "原受案号")),
        by=("案件管理", "部门负责人"),
    ),
    "give_back": act(
        "移送未接收",
        facts=(
            ask.choice("outcome", "结果", ("受移送的人民检察院退回", "移送的人民检察院撤回")),
            ask.long_text("why", "理由"),
        ),
        by=("案件管理", "部门负责人"),
    ),
}
"""Acts that every matter knows; they move no stage and no clock. Corrections name the act they correct."""

for _key, _kind in COMMON.items():
    object.__setattr__(_kind, "key", _key)


@dataclass(frozen=True)
class Renamed:
    """How acts and stages of an earlier version are called now. What is not named kept its name.

    ``note`` says what the next version changed.
    """

    acts: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


class Procedure:
    """One procedure. One file holds one subclass; its data file walks whole matters.

    ``stages`` in order, those of ``ends`` close a matter. ``case_type`` is the 案件类别 it is registered under, ``code``
    the word in its 受案号. ``model_of`` says on what public rule it is modelled where the law gives none, and is then
    shown. Acts done under an earlier version are read through ``earlier`` and are not judged again.
    """

    title: ClassVar[str]
    line: ClassVar[Line]
    version: ClassVar[str] = "1"
    stages: ClassVar[tuple[str, ...]]
    ends: ClassVar[tuple[str, ...]]
    basis: ClassVar[tuple[Cite, ...]] = ()
    case_type: ClassVar[str] = ""
    code: ClassVar[str] = ""
    unverified: ClassVar[str] = ""
    from_models: ClassVar[tuple[str, ...]] = ()
    """Keys of the models whose clues are handled by this procedure first."""
    earlier: ClassVar[Mapping[str, Renamed]] = {}
    key: ClassVar[str] = ""
    acts: ClassVar[Mapping[str, ActKind]] = {}
    clocks: ClassVar[Mapping[str, Clock]] = {}

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        declared = [(name, value) for base in reversed(cls.__mro__) for name, value in vars(base).items()]
        own = {name: value for name, value in declared if isinstance(value, ActKind)}
        if taken := own.keys() & COMMON.keys():
            raise TypeError(f"{cls.__name__}: the names {sorted(taken)} belong to every matter")
        cls.acts = own | COMMON
        cls.clocks = {name: value for name, value in declared if isinstance(value, Clock)}
        cls.key = ".".join(cls.__module__.split(".")[-2:]).replace(".", "/")

    @classmethod
    def kind(cls, name: str) -> ActKind | None:
        """The kind of act of that key, title or other name; of several with one title the first."""
        if name in cls.acts:
            return cls.acts[name]
        return next((k for k in cls.acts.values() if name == k.title or name in k.also), None)

    @classmethod
    def opening(cls) -> tuple[ActKind, ...]:
        """The acts that begin a matter."""
        return tuple(kind for kind in cls.acts.values() if kind.opens)
