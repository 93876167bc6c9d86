"""Return codes: what is wrong with a package, found by the machine, and why a person sends one back.

What ``bars`` makes acceptance impossible. What does not is left to a person, who accepts with a reason: a disc may come late
or be lost on its way, and no law forbids to take what is proved to be genuine all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Code:
    key: str
    title: str
    bars: bool = True


STRUCTURE = Code("11", "不是移送包，或者不完整")
LIST = Code("12", "清单不合规")
UNTRUSTED = Code("13", "来源不受信任")
UNPROVED = Code("14", "来源没有得到证明")
NOT_OURS = Code("15", "接收单位不是本院")
MEMBERS = Code("16", "实物与清单不符：缺少或者多出")
ALTERED = Code("17", "内容与清单不一致")
EVIDENCE = Code("18", "材料的存证包没有通过核验")
TWICE = Code("19", "序号已用于另一个包，或者前后不衔接")
CLOCK = Code("20", "发送方的时间有误")
GAP = Code("31", "前面的包还没有收到", bars=False)
LATE = Code("32", "晚到：后面的包已经收到", bars=False)
UNWITNESSED = Code("33", "尚无外部见证方签名", bars=False)

FOUND = {one.key: one for one in (STRUCTURE, LIST, UNTRUSTED, UNPROVED, NOT_OURS, MEMBERS, ALTERED, EVIDENCE, TWICE, CLOCK, GAP, LATE, UNWITNESSED)}  # fmt: skip
BY_A_PERSON = {
    "41": "不属于本单位管辖",
    "42": "手续不全",
    "43": "材料不齐或者装订、制作不合要求",
    "44": "与来函、案由不符",
    "49": "其他",
}
"""Why a person returns a package in which the machine found nothing wrong."""


def title(key: str) -> str:
    return FOUND[key].title if key in FOUND else BY_A_PERSON.get(key, key)


@dataclass(frozen=True)
class Finding:
    """``item`` names the item it is about; "" for the package itself."""

    code: str
    says: str
    item: str = ""

    @property
    def title(self) -> str:
        return title(self.code)

    @property
    def bars(self) -> bool:
        return FOUND[self.code].bars

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> Finding:
        return cls(stored["code"], stored["says"], stored.get("item", ""))


def found(code: Code, says: str, item: str = "") -> Finding:
    return Finding(code.key, says, item)
