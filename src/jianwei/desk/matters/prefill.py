"""What a clue tells a matter: the opening act that fits, the facts it can take, its source in words, the parties.

A person checks all of it before anything is recorded: a clue is only a clue.
"""

from __future__ import annotations

from typing import Any

from jianwei.desk.clues.document import masked
from jianwei.desk.clues.evidence import extent, yuan
from jianwei.desk.clues.gist import Gist, Person
from jianwei.desk.clues.models import Clue
from jianwei.procedures import ActKind, Fact, FactKind, Procedure
from jianwei.procedures.kernel.procedure import PARTY_ROLES

OWN_WORDS = ("依职权", "自行发现", "人民检察院发现", "办案中发现")
"""How the procedures call it that the office found out by itself, as it does by a clue."""
SOURCE_WORDS = ("来源", "启动方式")
ABOUT_WORDS = ("线索内容", "事由", "情况", "诉求", "问题", "理由", "情形", "利益", "事实")
SORT_WORDS = ("类型", "领域")
MOST_NUMBERS, MOST_PARTIES = 5, 40
"""Case numbers written out in one field, and parties that are proposed (chosen: what a person still checks)."""


def title(clue: Clue) -> str:
    return f"{clue.subject}　{clue.title}"[:200]


def opening(procedure: type[Procedure], clue: Clue | None) -> ActKind:
    """The opening act that the form begins with: from a clue the one by which an office acts of its own motion."""
    kinds = procedure.opening()
    own = (kind for kind in kinds if any(word in kind.title for word in (*OWN_WORDS, "发现")))
    return next(own, kinds[0]) if clue else kinds[0]


def parties(gist: Gist, facts: dict[str, str]) -> list[Person]:
    """The parties that the clue's cases name and the opening act does not."""
    named = {name for value in facts.values() for name in value.split("、")}
    found = [one for one in gist.parties if one.name not in named]
    return [Person(p.name, p.role if p.role in PARTY_ROLES else "其他", p.kind) for p in found[:MOST_PARTIES]]


def source(clue: Clue, content: dict[str, Any], gist: Gist) -> str:
    """案件来源 in words: which model found what in which cases."""
    lines = [
        f"大数据法律监督模型“{clue.title}”（{clue.ref}）筛查发现，线索标识{clue.pk}，数据截至{clue.last_run.as_of.isoformat()}。",
        *(f"{n}. {masked(reason)}。" for n, reason in enumerate(content.get("reasons", ()) or [clue.headline], 1)),
        f"涉及案由、罪名：{'、'.join(gist.causes)}。" if gist.causes else "",
        f"涉及案号：{_numbers(gist)}。" if gist.case_nos else "",
        f"涉及金额（据线索）：{yuan(gist.amount_fen)}元。" if gist.amount_fen is not None else "",
        f"随案移送证据 {extent(content)}。",
    ]
    return "\n".join(line for line in lines if line)[:4000]


def facts(kind: ActKind, clue: Clue | None, content: dict[str, Any] | None, gist: Gist) -> dict[str, str]:
    """Facts of an opening act that the clue answers."""
    if clue is None:
        return {}
    found = {fact.name: _fact(fact, clue, content or {}, gist) for fact in kind.facts}
    return {name: value for name, value in found.items() if value}


def _fact(fact: Fact, clue: Clue, content: dict[str, Any], gist: Gist) -> str:
    reasons = "；".join(content.get("reasons", ())) or clue.headline
    match fact.kind:
        case FactKind.CHOICE:
            return _choice(fact, f"{clue.title} {'、'.join(gist.causes)} {reasons}")
        case FactKind.LONG_TEXT:
            return masked(reasons) if _says(fact, ABOUT_WORDS) else ""
        case FactKind.PERSON | FactKind.PEOPLE if "承办" not in fact.label:
            return "、".join(_persons(fact, clue, gist)[: 1 if fact.kind is FactKind.PERSON else None])
        case FactKind.NUMBER:
            return str(len(gist.case_nos)) if "件数" in fact.label and gist.case_nos else ""
        case FactKind.MONEY:
            return f"{gist.amount_fen / 100:.2f}" if gist.amount_fen is not None and "损害" in fact.label else ""
        case FactKind.TEXT:
            return _text(fact, clue, gist, masked(reasons))
    return ""


def _text(fact: Fact, clue: Clue, gist: Gist, reasons: str) -> str:
    if "案号" in fact.label or fact.label.endswith("文号") and "裁判" in fact.label:
        return _numbers(gist)
    if fact.label.endswith("人民法院") or fact.label == "法院":
        return gist.courts[0] if gist.courts else ""
    if "罪名" in fact.label or "案由" in fact.label:
        return gist.causes[0] if gist.causes else ""
    if _says(fact, SOURCE_WORDS):
        return f"大数据法律监督模型“{clue.title}”，线索{clue.pk}"
    if fact.label in ("案件", "所涉案件", "被监督案件"):
        return clue.subject[:200]
    return reasons[:400] if _says(fact, ABOUT_WORDS) else ""


def _choice(fact: Fact, about: str) -> str:
    """Of its own motion, where it asks for the source; the sort of case, where its words are those of the clue."""
    if _says(fact, SOURCE_WORDS):
        return next((key for key, label in fact.choices.items() if any(word in label for word in OWN_WORDS)), "")
    if not _says(fact, SORT_WORDS):
        return ""
    fits = {key: _begins(label, about) for key, label in fact.choices.items()}
    best = max(fits.values(), default=0)
    keys = [key for key, length in fits.items() if length == best]
    return keys[0] if best >= 2 and len(keys) == 1 else ""


def _begins(label: str, about: str) -> int:
    """How many characters from the beginning of a label stand in ``about``."""
    return next((n for n in range(len(label), 1, -1) if label[:n] in about), 0)


def _persons(fact: Fact, clue: Clue, gist: Gist) -> list[str]:
    """The persons whom the clue is about; else those parties whose role the fact names."""
    if gist.subjects:
        return list(gist.subjects)
    return [one.name for one in gist.parties if one.role in fact.label] or (
        [clue.subject] if 1 < len(clue.subject) <= 4 else []
    )


def _numbers(gist: Gist) -> str:
    rest = len(gist.case_nos) - MOST_NUMBERS
    return "、".join(gist.case_nos[:MOST_NUMBERS]) + (f"等{len(gist.case_nos)}件" if rest > 0 else "")


def _says(fact: Fact, words: tuple[str, ...]) -> bool:
    return any(word in fact.label for word in words)
