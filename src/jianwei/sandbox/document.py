"""A judgment before it is laid out: its parts in order, and the habits of the court that wrote it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jianwei.sandbox import chinese
from jianwei.sandbox.courts import Court


@dataclass(slots=True)
class Style:
    """The habits of a court's clerks."""

    colon: str = "："
    spaced: bool = False
    zero: str = "〇"
    brackets: tuple[str, str] = ("（", "）")
    title_first: bool = False
    full_width: bool = False
    appendix: bool = False
    long_court: bool = False
    print_ids: bool = False
    gap: str = ""
    before_2016: bool = False
    """Older judgments say 委托代理人 and 诉称."""


@dataclass(slots=True)
class Doc:
    """One judicial document. ``lines`` hold no line ends; ``reasons`` ends with 判决如下： and the like."""

    case_no: str
    court: Court
    kind: str
    case_type: str
    procedure: str
    cause: str
    title: str
    names: list[str]
    parties: list[str]
    record: list[str]
    body: list[str]
    reasons: str
    ruling: list[str]
    signers: list[tuple[str, str]]
    clerk: str
    decided_on: dt.date
    statutes: list[tuple[str, str]] = field(default_factory=list)
    style: Style = field(default_factory=Style)
    appended: list[str] = field(default_factory=list)
    rich: bool = False
    """Whether the layout must keep the party lines (a plant's document is of no use without them)."""

    def shown_no(self) -> str:
        left, right = self.style.brackets
        return self.case_no.replace("（", left).replace("）", right)

    def shown_court(self) -> str:
        name = self.court.name
        province = self.court.province
        return province + name if self.style.long_court and not name.startswith(province) else name

    def head(self) -> list[str]:
        kind = " ".join(self.kind) if self.style.spaced else self.kind
        return [self.shown_court(), kind, self.shown_no()]

    def signed(self) -> list[str]:
        gap = self.style.gap
        wide = "　" if self.style.spaced else ""
        out = [f"{wide.join(role) if len(role) == 3 else role}{gap}{name}" for role, name in self.signers]
        out.append(chinese.sealed_date(self.decided_on, self.style.zero))
        out.append(f"{wide.join('书记员')}{gap}{self.clerk}")
        return out

    def lines(self) -> list[str]:
        """The whole document, one paragraph a line."""
        out = [self.title] if self.style.title_first else []
        out += self.head()
        out += self.parties
        out += self.record
        body = self.body
        out += [line.translate(chinese.FULL_WIDTH) for line in body] if self.style.full_width else body
        out.append(self.reasons)
        out += self.ruling
        out += self.signed()
        out += self.appended
        return out
