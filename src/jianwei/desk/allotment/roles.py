"""Who allots, and who is drawn."""

from __future__ import annotations

from jianwei.desk.people.roles import Role

ALLOTTERS = frozenset({Role.CASE_MANAGER, Role.HEAD, Role.CHIEF})
"""Give a matter its first handler; keep expertise, recusals and absences of the office."""
CHANGERS = frozenset({Role.HEAD, Role.CHIEF})
"""Take a matter from one handler and give it to another."""
DRAWN = frozenset({Role.PROSECUTOR})
"""In the pool by their role."""
LEADING = frozenset({Role.HEAD, Role.CHIEF})
"""In the pool when an expertise of theirs is registered: leaders handle matters too, but not every one."""
