"""What a search leaves behind: its words in the audit trail."""

from __future__ import annotations

from typing import Any

from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting


def looked(who: Acting, action: str, **detail: Any) -> None:
    """Record what was asked for and how much was found."""
    audit.record(who, action, kind="检索", purpose="办案", **detail)
