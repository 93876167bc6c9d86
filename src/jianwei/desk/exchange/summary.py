"""What a package tells of its matter beside the papers: a page to read, and the acts as JSON for the system over there."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter, Party
from jianwei.desk.matters.queries import Casebook
from jianwei.desk.matters.timeline import ShownAct, timeline
from jianwei.procedures import standing

FORMAT = "jianwei-matter/1"
READABLE, ACTS = "事项摘要.txt", "事项.json"


def readable(book: Casebook, day: dt.date) -> bytes:
    """The matter as a page of plain text: any machine and any printer can show it."""
    return ("\r\n".join(_lines(book, day)) + "\r\n").encode("utf-8-sig")


def _lines(book: Casebook, day: dt.date) -> Iterator[str]:
    one = book.matter
    yield f"事项摘要　{one.title}"
    yield ""
    yield f"受案号　　{one.number}"
    yield f"程序　　　{book.procedure.title}（{one.case_type}）"
    yield f"承办　　　{one.office.name}{'　' + one.department if one.department else ''}{'　' + one.handler.name if one.handler else ''}"
    yield f"受理　　　{one.opened_on.isoformat()}"
    yield f"阶段　　　{one.stage}{'（已办结）' if one.closed else ''}"
    if one.restriction:
        yield f"知悉范围　{one.get_restriction_display()}"
    yield ""
    yield "当事人"
    yield from (_party(person) for person in matters.parties(one))
    yield ""
    yield "办案行为（按录入先后；被更正、撤销的也列出）"
    for act in reversed(timeline(book, standing(book.procedure, book.acts, day), reveal=True)):
        yield from _act(act)
    yield ""
    yield f"制作于 {day.isoformat()}，由系统依行为记录生成，不是法律文书。"


def _party(person: Party) -> str:
    born = f"，{person.born_on.isoformat()} 出生" if person.born_on else ""
    held = "" if person.held is None else "，在押" if person.held else "，未羁押"
    return f"　{person.name}（{person.role}{born}{held}）"


def _act(act: ShownAct) -> Iterator[str]:
    state = "（已撤销）" if act.revoked else "（已更正）" if act.corrected else ""
    yield f"　{act.row.seq}　{act.on.isoformat()}　{act.title}{state}"
    yield from (f"　　　{label}：{said}" for label, said in act.facts)


def as_json(book: Casebook) -> bytes:
    """``{"format", "number", "procedure", "parties": […], "acts": [{"seq", "kind", "version", "on", "time", "facts"}]}``."""
    one = book.matter
    whole: dict[str, Any] = {
        "format": FORMAT,
        "number": one.number,
        "title": one.title,
        "procedure": one.procedure,
        "case_type": one.case_type,
        "parties": [{"name": p.name, "role": p.role, "kind": p.kind} for p in matters.parties(one)],
        "acts": [
            {
                "seq": row.seq, "kind": row.kind, "version": row.version, "on": row.on.isoformat(),
                "time": row.time_of_day.isoformat("minutes") if row.time_of_day else None, "facts": row.facts, "by": row.by.name,
            }
            for row in book.rows
        ],
    }  # fmt: skip
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def opening_of(content: bytes) -> dict[str, Any]:
    """From such JSON, what a new matter is begun with: ``title``, ``procedure``, ``case_type``, ``kind``, ``facts``,
    ``parties``; {} for anything else. Nothing in it is believed: a person checks the form that it fills."""
    try:
        whole = json.loads(content.decode())
        first = whole["acts"][0]
        told = {name: str(whole[name]) for name in ("number", "title", "procedure", "case_type")}
        people = [{name: str(one[name])[:80] for name in ("name", "role", "kind")} for one in whole["parties"][:200]]
        facts = {str(name): value for name, value in first["facts"].items() if isinstance(value, str | bool | list)}
        return told | {"kind": str(first["kind"]), "facts": facts, "parties": people}
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return {}


def title(matter: Matter) -> str:
    return f"{matter.number} {matter.title}"[:200]
