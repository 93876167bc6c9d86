"""What a clue tells a matter: the facts that its opening act can take from it."""

from __future__ import annotations

from typing import Any

from jianwei.desk.clues.models import Clue
from jianwei.procedures import ActKind, FactKind

SOURCE_WORDS = ("线索来源", "案件来源", "来源")
ABOUT_WORDS = ("线索", "事由", "内容", "情况", "诉求", "事项", "问题")


def title(clue: Clue) -> str:
    return f"{clue.subject}　{clue.title}"[:200]


def facts(kind: ActKind, clue: Clue | None, content: dict[str, Any] | None) -> dict[str, str]:
    """Facts of an opening act that the clue answers; a person checks them before anything is recorded."""
    if clue is None:
        return {}
    reasons = "；".join((content or {}).get("reasons", ())) or clue.headline
    found: dict[str, str] = {}
    for fact in kind.facts:
        match fact.kind:
            case FactKind.CHOICE:
                own = [
                    key
                    for key, label in fact.choices.items()
                    if "职权" in label or "依职权" in label or "自行发现" in label
                ]
                if own and any(word in fact.label for word in SOURCE_WORDS):
                    found[fact.name] = own[0]
            case FactKind.LONG_TEXT if any(word in fact.label for word in ABOUT_WORDS):
                found[fact.name] = reasons
            case FactKind.PERSON | FactKind.PEOPLE if "承办" not in fact.label:
                found.setdefault(fact.name, clue.subject if len(clue.subject) <= 40 else "")
            case FactKind.TEXT if any(word in fact.label for word in ABOUT_WORDS):
                found[fact.name] = clue.headline[:200]
    return {name: value for name, value in found.items() if value}
