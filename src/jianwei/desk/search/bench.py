"""Figures of the one box: how fast the index is built, and how fast a page of what was found comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.test import Client

from jianwei.desk.matters.bench import COUNTIES, planted
from jianwei.desk.people.models import User
from jianwei.desk.search import indexing
from jianwei.desk.search.models import Entry
from jianwei.desk.site.timing import HEAD, analysed, measured


def report(count: int, say: Callable[[str], None]) -> None:
    """Index a desk of ``count`` matters, then search it."""
    people = planted(count, say)
    if not Entry.objects.exists():
        began = time.perf_counter()
        made = indexing.rebuild()
        seconds = time.perf_counter() - began
        say(f"建立检索索引：{made} 条，{seconds:.0f} 秒，每秒 {made / seconds:,.0f} 条")
    analysed()
    say(f"索引 {Entry.objects.count()} 条")
    say(HEAD)
    for title, user, address in _searches(people):
        client = Client()
        client.force_login(user)
        say(f"{title}　{measured(client, address)}")


def _searches(people: dict[str, User]) -> Iterator[tuple[str, User, str]]:
    province, county = people["330000"], people[COUNTIES[0]]
    for who, user in (("全省", province), ("区县院", county)):
        yield f"人名（{who}）", user, "/search/?q=虞见山"
        yield f"罪名（{who}）", user, "/search/?q=盗窃"
        yield f"两个词（{who}）", user, "/search/?q=盗窃 审查"
        yield f"没有的词（{who}）", user, "/search/?q=鼯鼠鳞爪"
        yield f"很宽的词（{who}）", user, "/search/?q=检察"
    yield "很宽的词，按名称（全省）", province, "/search/?q=检察&sort=title"
    yield "筛选计数，阶段（全省）", province, "/search/filters/stage/?q=检察"
    yield "结构化（全省，审查起诉的审查阶段）", province, "/search/?unit=criminal/prosecution_review&stage=审查"
