"""One shard of the province: its own chance, its people, its case numbers, and what it has written so far."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jianwei.records import Company as CompanyRecord
from jianwei.records import CompanyRole, Record
from jianwei.sandbox import companies, courts, layout, people, sheet
from jianwei.sandbox.chinese import FULL_WIDTH
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.document import Doc, Style
from jianwei.sandbox.people import Person

T = TypeVar("T")
_BLOCK = 64
_OLD_STYLE_UNTIL = 2015
FIRST_YEAR = 2019
_SLIPS = 0.004
"""How often a clerk's input method leaves the digits of a date or a sum full-width (chosen)."""


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who appears for a party. ``kind`` is 律师, 法律工作者, 公民代理 or 员工."""

    name: str
    kind: str
    firm: str = ""
    post: str = ""
    person: Person | None = None


@dataclass(slots=True)
class Bench:
    """Who works at and around one court."""

    judges: list[str]
    clerks: list[str]
    assessors: list[str]
    prosecutors: list[str]
    lawyers: list[Agent]
    enforcers: list[str]


@dataclass
class World:
    """A shard. Everything random in it comes from ``rng``, so a shard's bytes depend on (seed, shard, shards) alone."""

    seed: int
    shard: int
    shards: int
    until: dt.date
    judgments: int
    rng: random.Random = field(init=False)
    jsonl: list[bytes] = field(default_factory=list)
    texts: list[tuple[str, bytes]] = field(default_factory=list)
    loose: list[tuple[str, list[str]]] = field(default_factory=list)
    rows: dict[type[Record], list[list[str]]] = field(default_factory=dict)
    truths: list[dict[str, Any]] = field(default_factory=list)
    documents: int = 0
    _numbers: dict[tuple[str, int, str], int] = field(default_factory=dict)
    _benches: dict[str, Bench] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.seed}:{self.shard}:{self.shards}")

    # chance

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self.rng.random() * len(options))]

    def among(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        low = first.toordinal()
        return dt.date.fromordinal(low + int(self.rng.random() * (last.toordinal() - low + 1)))

    def after(self, on: dt.date, low: int, high: int) -> dt.date:
        """A day ``low`` to ``high`` days after ``on``, a working day if a step forward makes it one."""
        out = on.toordinal() + self.among(low, high)
        weekday = (out - 1) % 7
        return dt.date.fromordinal(out + (7 - weekday if weekday >= 5 and high - low >= 2 else 0))

    def past(self, months: int) -> dt.date:
        """The day ``months`` before the province's last day."""
        index = self.until.year * 12 + self.until.month - 1 - months
        return dt.date(index // 12, index % 12 + 1, min(self.until.day, 28))

    def filing_day(self) -> dt.date:
        """When a background suit was filed: mostly the last years, some from the days of the old case numbers."""
        if self.rng.random() < 0.1:
            return self.day(dt.date(2012, 1, 4), dt.date(2014, 12, 31))
        return self.day(dt.date(FIRST_YEAR, 1, 2), self.past(6))

    # places and people

    def court(self) -> Court:
        return self.pick(courts.basic())

    def court_near(self, court: Court) -> Court:
        """Another court of the same city."""
        return self.pick([c for c in courts.basic() if c.city == court.city and c.region != court.region])

    def bench(self, court: Court) -> Bench:
        found = self._benches.get(court.region)
        if found is None:
            rng = random.Random(f"{self.seed}:bench:{court.region}")
            lawyers = max(10, self.judgments // 4000)

            def name() -> str:
                return people.full_name(rng, rng.random() < 0.6)

            firms = [companies.law_firm(rng) for _ in range(4)]
            found = Bench(
                judges=[name() for _ in range(9)],
                clerks=[name() for _ in range(6)],
                assessors=[name() for _ in range(8)],
                prosecutors=[name() for _ in range(6)],
                lawyers=[Agent(name(), "律师", firms[i % 4]) for i in range(lawyers)],
                enforcers=[name() for _ in range(5)],
            )
            self._benches[court.region] = found
        return found

    def person(self, court: Court | None = None, born: tuple[int, int] = (1956, 2001), male: bool | None = None) -> Person:
        return people.person(self.rng, court or self.court(), born, male)

    def company(self, court: Court | None = None, founded: tuple[int, int] = (1998, 2018), trade: str | None = None, listed: bool = False) -> Company:
        """A company with its head; ``listed`` writes it into the register's tables."""
        home = court or self.court()
        head = self.person(home, (1955, 1990))
        made = companies.company(self.rng, home, head, self.day(dt.date(founded[0], 1, 1), dt.date(founded[1], 12, 31)), trade)
        if listed:
            self.register(made)
        return made

    def register(self, made: Company, status: str = "存续", owner: Company | None = None, **changes: Any) -> None:
        """Writes a company and its people into the register's tables; ``owner`` holds all of it, else mostly its head."""
        capital = self.pick((50, 100, 200, 300, 480)) * 1_000_000
        values: dict[str, Any] = {
            "uscc": made.uscc, "name": made.name, "founded_on": made.founded_on, "status": status, "addr": made.addr,
            "capital_fen": capital, "paid_in_fen": capital if self.chance(0.5) else capital // 5, "industry": made.industry,
            "phone": made.phone or people.mobile(self.rng), "representative": made.representative,
        }
        self.row(CompanyRecord, **(values | changes))
        if made.head is not None:
            self.role(made, made.head, "法定代表人")
            if owner is None:
                self.role(made, made.head, "股东", 60.0)
            self.role(made, self.person(made.court), "监事")
        if owner is not None:
            self.row(CompanyRole, uscc=made.uscc, company_name=made.name, person_name=owner.name, person_idno=owner.uscc, role="股东", from_on=made.founded_on, share=100.0, addr=owner.addr)
        for post, person, share in made.roles:
            self.role(made, person, post, share)

    def role(self, made: Company, person: Person, post: str, share: float | None = None, from_on: dt.date | None = None, to_on: dt.date | None = None) -> None:
        self.row(CompanyRole, uscc=made.uscc, company_name=made.name, person_name=person.name, person_idno=person.idno, role=post,
                 from_on=from_on or made.founded_on, to_on=to_on, share=share, addr=person.addr)

    def lawyer(self, court: Court) -> Agent:
        return self.pick(self.bench(court).lawyers)

    # writing

    def case_no(self, court: Court, year: int, kind: str, run: int = 1) -> str:
        """The next number of ``kind`` (民初, 刑初, 执 …). ``run`` leaves room so that the next numbers are neighbours."""
        return self._case_no(court, year, kind, self._next(court, year, kind, run))

    def case_nos(self, court: Court, year: int, kind: str, count: int) -> list[str]:
        """Neighbouring numbers."""
        first = self._next(court, year, kind, count)
        return [self._case_no(court, year, kind, first + i) for i in range(count)]

    def _next(self, court: Court, year: int, kind: str, run: int) -> int:
        key = (court.code, year, kind)
        counter = self._numbers.get(key, 0) + (1 if run > 1 else self.among(1, 3))
        if counter // _BLOCK != (counter + run - 1) // _BLOCK:
            counter = (counter // _BLOCK + 1) * _BLOCK
        self._numbers[key] = counter + run - 1
        level, place = divmod(counter, _BLOCK)
        return (level * self.shards + self.shard) * _BLOCK + place + 1

    def _case_no(self, court: Court, year: int, kind: str, number: int) -> str:
        if year <= _OLD_STYLE_UNTIL:
            return f"（{year}）{court.old}{kind}字第{number}号"
        return f"（{year}）{court.code}{kind}{number}号"

    def style(self, rich: bool = False) -> Style:
        r = self.rng.random
        return Style(
            colon="：" if r() < 0.62 else "",
            spaced=r() < 0.4,
            zero="〇" if (q := r()) < 0.86 else "○" if q < 0.94 else "零" if q < 0.98 else "Ｏ",
            brackets=("（", "）") if r() < 0.72 else ("(", ")"),
            title_first=r() < 0.25,
            full_width=not rich and r() < 0.02,
            appendix=r() < 0.15,
            long_court=r() < 0.35,
            print_ids=r() < 0.18,
            gap="" if (q := r()) < 0.6 else "　　" if q < 0.85 else " ",
        )

    def emit(self, doc: Doc) -> str:
        """Lays a document out and keeps it; returns its case number."""
        self.documents += 1
        key = f"{self.shard:05x}{self.documents:05x}{int(self.rng.random() * (1 << 48)):012x}"
        r = self.rng.random()
        if r < 0.30:
            self.jsonl.append(layout.segments(doc, key, doc.rich or r < 0.25))
        elif r < 0.52:
            self.jsonl.append(layout.html_record(doc, key))
        elif r < 0.57:
            self.jsonl.append(layout.wrapped_html(doc, key))
        else:
            if self.shard == 0 and len(self.loose) < 12 and r > 0.96:
                self.loose.append((doc.case_no, doc.lines()))
                return doc.case_no
            text = layout.plain(doc) if r < 0.76 else layout.one_line(doc) if r < 0.9 else layout.indented(doc)
            self.texts.append((f"{doc.case_type}/{self.documents:05d}_{doc.case_no}.txt", text.encode()))
        return doc.case_no

    def row(self, record: type[Record], **values: Any) -> None:
        cells = sheet.cells(record, values)
        if self.rng.random() < _SLIPS:
            place = self.pick(sheet.plain_cells(record))
            cells[place] = cells[place].translate(FULL_WIDTH)
        self.rows.setdefault(record, []).append(cells)

    def truth(self, model: str, kind: str, variant: str, subject: str, keys: Sequence[str], why: str, ref: str = "") -> None:
        """What is really so. ``kind`` is anomaly, decoy, guiding or either (a clue here is neither right nor wrong)."""
        line: dict[str, Any] = {"model": model, "kind": kind, "variant": variant, "subject": subject, "keys": list(keys), "why": why}
        if ref:
            line["ref"] = ref
        self.truths.append(line)
