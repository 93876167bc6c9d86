"""Drawing and naming handlers: who is in the pool, what is recorded, what is refused, and two at once."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from jianwei.desk.allotment import actions, keeping, queries
from jianwei.desk.allotment.drawing import again
from jianwei.desk.allotment.models import Draw
from jianwei.desk.matters import actions as matters
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry, User

SEED = "00ff" * 8


def test_a_draw_gives_a_handler_and_can_be_proved(
    prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    one = new_matter()
    made = actions.draw(at_work(), one.pk, 1, SEED)
    one.refresh_from_db()
    assert one.handler and one.handler.username == made.outcome in {"an", "bai", "chu"}
    assert [line["username"] for line in made.pool] == ["an", "bai", "chu"] and made.left_out == []
    assert again([line["username"] for line in made.pool], made.seed, made.number, made.outcome, made.version)
    act = ActRow.objects.get(matter=one, seq=2)
    assert (act.kind, act.facts["way"], act.facts["why"], made.seq) == ("allot", "随机分案", f"种子 {SEED}", 2)
    entry = AuditEntry.objects.get(action="随机分案")
    assert (entry.object_id, entry.detail["seed"], entry.detail["pool"]) == (one.number, SEED, 3)


def test_who_is_left_out_is_recorded_with_the_reason(
    prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    who = at_work()
    keeping.recuse(who, "an", "person", "虞见山", "party", "表兄")
    keeping.go(who, "bai", dt.date(2026, 11, 18), dt.date(2026, 11, 25), "leave")
    made = actions.draw(who, new_matter().pk, 1, SEED)
    assert made.outcome == "chu"
    assert {line["username"]: line["whys"] for line in made.left_out} == {
        "an": ["回避：当事人虞见山，是本案的当事人或者当事人的近亲属（《中华人民共和国刑事诉讼法》第二十九条第一项）"],
        "bai": ["休假（2026-11-18至2026-11-25）"],
    }


@pytest.mark.parametrize(
    ("what", "name", "out"),
    [("person", "闻知秋", True), ("lawyer", "施若谷", True), ("matter", "绍越城检刑诉受〔2026〕33060200001号", True),
     ("person", "容怀远", False), ("matter", "绍越城检刑诉受〔2026〕33060200002号", False)],
)  # fmt: skip
def test_a_recusal_keeps_out_wherever_the_name_stands(
    what: str,
    name: str,
    out: bool,
    prosecutors: list[User],
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Acting],
) -> None:
    one = new_matter("虞见山、闻知秋")
    matters.record_act(
        at_work(), one.pk, 1, "party", {"name": "施若谷", "role": "辩护人", "kind": "自然人"}, on="2026-11-19"
    )
    keeping.recuse(at_work(), "an", what, name, "relation")
    made = actions.draw(at_work(), one.pk, 2, SEED)
    assert ("an" in {line["username"] for line in made.left_out}) == out


def test_expertise_narrows_and_leaders_are_drawn_only_with_one(
    prosecutors: list[User],
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Acting],
    person: Callable[..., User],
) -> None:
    who, head = at_work(), person("head").username
    keeping.take(who, "an", line="民事检察")
    keeping.take(who, "bai", procedure="criminal/prosecution_review", about="盗窃")
    first = actions.draw(who, new_matter().pk, 1, SEED)
    assert first.outcome == "chu" and head not in str(first.pool) + str(first.left_out)
    keeping.take(who, head, about="诈骗")
    assert {line["username"] for line in actions.draw(who, new_matter().pk, 1, SEED).pool} == {"chu", head}


def test_nobody_left_is_refused_and_nothing_is_recorded(
    prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    one = new_matter()
    for user in prosecutors:
        keeping.recuse(at_work(), user.username, "person", "虞见山", "relation")
    with pytest.raises(actions.Refused, match="没有可以抽取的人"):
        actions.draw(at_work(), one.pk, 1, SEED)
    assert not Draw.objects.exists() and Matter.objects.get(pk=one.pk).seq == 1


def test_naming_takes_a_reason_and_never_a_recused_person(
    prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    one = new_matter()
    keeping.recuse(at_work(), "an", "person", "虞见山", "interest")
    for username, why, says in (
        ("bai", " ", "写明理由"),
        ("an", "熟悉案情", "第二十九条第二项"),
        ("nobody", "熟悉", "请选择"),
    ):
        with pytest.raises(actions.Refused, match=says):
            actions.name(at_work(), one.pk, 1, username, why)
    made = actions.name(at_work(), one.pk, 1, "bai", "曾办理关联案件")
    assert (made.way, made.outcome, made.seed, made.why) == ("named", "bai", "", "曾办理关联案件")
    assert ActRow.objects.get(matter=one, seq=2).facts["way"] == "指定分案"


def test_the_second_draw_on_what_both_saw_is_a_conflict(
    prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    one = new_matter()
    first = actions.draw(at_work(), one.pk, 1, SEED)
    with pytest.raises(actions.Conflict):
        actions.draw(at_work("head"), one.pk, 1, "another seed")
    with pytest.raises(actions.Refused, match="已有承办人"):
        actions.draw(at_work("head"), one.pk, 2, "another seed")
    assert list(Draw.objects.values_list("outcome", flat=True)) == [first.outcome]


def test_of_those_who_draw_at_once_exactly_one_draws(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, Path(__file__).with_name("drawing_at_once.py"), tmp_path],
        env={k: v for k, v in os.environ.items() if k != "JIANWEI_DATABASE_URL"}
        | {"JIANWEI_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(found.stdout) == {"failures": ["Conflict"] * 5, "draws": 1, "acts": ["accept", "allot"]}


def test_a_change_of_handler_never_draws_the_one_who_leaves(
    prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    for n in range(8):
        one = new_matter()
        first = actions.draw(at_work(), one.pk, 1, f"{n}")
        with pytest.raises(actions.Refused, match="案管不能变更承办人"):
            actions.draw(at_work(), one.pk, 2, f"{n}", reason="工作调整")
        second = actions.draw(at_work("head"), one.pk, 2, f"{n}", reason="工作调整")
        assert second.outcome != first.outcome and not second.first
        assert [line["whys"] for line in second.left_out] == [["现承办人"]]
    assert ActRow.objects.filter(kind="reassign").count() == 8


@pytest.mark.parametrize("role", ["prosecutor", "assistant", "analyst", "system_admin"])
def test_who_does_not_allot_cannot(
    role: str, prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    with pytest.raises((actions.Refused, actions.NotFound)):
        actions.draw(at_work(role), new_matter().pk, 1, SEED)
    assert not Draw.objects.exists()


def test_the_database_refuses_to_change_a_draw(
    prosecutors: list[User], new_matter: Callable[..., Matter], at_work: Callable[..., Acting]
) -> None:
    actions.draw(at_work(), new_matter().pk, 1, SEED)
    for change in (lambda: Draw.objects.update(outcome="an"), lambda: Draw.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert Draw.objects.count() == 1


def test_recusals_are_lifted_by_another_with_a_reason_and_stay_on_record(
    prosecutors: list[User], at_work: Callable[..., Acting], person: Callable[..., User]
) -> None:
    own = person("prosecutor")
    mine = keeping.recuse(at_work("prosecutor"), own.username, "person", "虞见山", "party")
    with pytest.raises(keeping.Refused):
        keeping.lift(at_work("prosecutor"), own.username, mine.pk, "想办")
    with pytest.raises(keeping.Refused):
        keeping.lift(at_work("head"), own.username, mine.pk, " ")
    keeping.lift(at_work("head"), own.username, mine.pk, "经核实无亲属关系")
    mine.refresh_from_db()
    assert mine.ended_by and mine.ended_by.role == "head" and mine.ended_why == "经核实无亲属关系"
    with pytest.raises(keeping.NotFound):
        keeping.recuse(at_work("prosecutor"), "an", "person", "虞见山", "party")
    for wrong in ({"what": "x"}, {"name": "虞"}, {"ground": "x"}):
        with pytest.raises(keeping.Refused) as refused:
            keeping.recuse(at_work(), "an", **{"what": "person", "name": "虞见山", "ground": "party", **wrong})
        assert set(refused.value.fields) == set(wrong)


def test_the_pool_of_many_matters_costs_no_more_statements(
    prosecutors: list[User],
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Acting],
    django_assert_num_queries: Any,
) -> None:
    who = at_work()
    ids = [new_matter().pk for _ in range(6)]
    with django_assert_num_queries(9):
        found = queries.chosen(who, ids)
        assert len([queries.case(one) for one in found]) == 6 and len(queries.candidates(who)) == 3
