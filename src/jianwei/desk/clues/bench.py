"""Figures of the list of clues and of one clue's page."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from jianwei.desk.clues.models import Clue
from jianwei.desk.people import offices
from jianwei.desk.people.models import Office, User
from jianwei.desk.people.roles import Role
from jianwei.desk.site.timing import HEAD, analysed, measured


def report(say: Callable[[str], None]) -> None:
    """Measure the pages of the clues that were loaded, as the province sees them."""
    offices.ensure(["330602"])
    office = Office.objects.get(code="330000")
    user = User.objects.get_or_create(
        username="bench.clues", defaults={"name": "测量", "office": office, "role": Role.ANALYST}
    )[0]
    client = Client()
    client.force_login(user)
    analysed()
    say(f"线索 {Clue.objects.count()} 条")
    say(HEAD)
    for title, address in (
        ("列表", "/clues/"),
        ("列表，第 200 页", "/clues/?page=200"),
        ("列表，高", "/clues/?grade=3"),
        ("列表，查找", "/clues/?q=公司"),
        ("列表，按更新时间", "/clues/?sort=-updated"),
    ):
        say(f"{title}　{measured(client, address)}")
    if most := Clue.objects.order_by("-evidence_count").first():
        say(f"线索页（证据 {most.evidence_count} 处）　{measured(client, f'/clues/{most.clue_id}/')}")
