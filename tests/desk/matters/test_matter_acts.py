"""Opening matters, recording acts, correcting them, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from jianwei.desk.matters import actions, queries
from jianwei.desk.matters.models import NEVER, ActRow, Matter, Sequence
from jianwei.desk.matters.roles import OPENERS
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.people.roles import Role

REVIEW = "criminal/prosecution_review"


def test_a_matter_opens_with_a_number_its_people_and_its_clocks(new_matter: Callable[..., Matter]) -> None:
    matter = new_matter()
    assert matter.number == "绍越城检刑诉受〔2026〕33060200001号"
    assert (matter.title, matter.stage, matter.seq, matter.closed) == ("虞见山等2人　诈骗罪", "审查", 1, False)
    assert matter.opened_on == dt.date(2026, 11, 2)
    assert matter.custody_due_on == matter.case_due_on == dt.date(2026, 12, 2)
    assert matter.due_on == dt.date(2026, 11, 5), "the rights notice of three days is nearest"
    assert [(p.name, p.role, p.held) for p in queries.parties(matter)] == [
        ("虞见山", "犯罪嫌疑人", True), ("闻知秋", "犯罪嫌疑人", True)
    ]  # fmt: skip
    kinds = [(c.kind, c.person, c.status) for c in queries.clocks(matter)]
    assert ("custody", "闻知秋", "running") in kinds and ("case", "", "running") in kinds
    assert [e.action for e in AuditEntry.objects.all()] == ["受理事项"]


def test_numbers_have_no_gaps_when_an_opening_is_refused(new_matter: Callable[..., Matter]) -> None:
    assert new_matter().number.endswith("00001号")
    with pytest.raises(actions.Refused):
        new_matter(suspects="")
    with pytest.raises(actions.Refused):
        new_matter(intake=actions.Intake(handler="nobody"))
    assert new_matter().number.endswith("00002号")
    assert new_matter(on="2025-12-30").number == "绍越城检刑诉受〔2025〕33060200001号"
    assert sorted(Sequence.objects.values_list("year", "used")) == [(2025, 1), (2026, 2)]


def test_what_is_missing_or_wrong_is_refused_field_by_field(new_matter: Callable[..., Matter]) -> None:
    with pytest.raises(actions.Refused) as refused:
        new_matter(on="2027-01-01", charge="", in_custody="也许", returns_before="3")
    assert refused.value.fields == {
        "done_on": "2027-01-01还没有到，只能录入已经做的行为", "charge": "移送罪名必填", "in_custody": "“也许”不是“是”或“否”",
        "returns_before": "不得大于2",
    }  # fmt: skip
    assert not Matter.objects.exists()


def test_an_act_moves_the_matter_and_its_clocks(new_matter: Callable[..., Matter], do: Callable[..., Any]) -> None:
    matter = new_matter()
    do(matter, "send_back", "2026-11-10")
    assert (matter.seq, matter.stage, matter.stage_on) == (2, "退回补充侦查", dt.date(2026, 11, 10))
    assert matter.case_due_on is None and matter.others_due_on == dt.date(2026, 12, 10)
    do(matter, "resubmit", "2026-11-18")
    do(matter, "not_prosecute", "2026-11-19", ground="相对不起诉")
    assert (matter.closed, matter.closed_on, matter.due_on) == (True, dt.date(2026, 11, 19), NEVER)


def test_a_third_return_is_refused_with_its_article(new_matter: Callable[..., Matter], do: Callable[..., Any]) -> None:
    matter = new_matter(on="2026-08-03")
    for n in range(2):
        do(matter, "send_back", f"2026-0{8 + n}-10")
        do(matter, "resubmit", f"2026-0{8 + n}-20")
    with pytest.raises(actions.Refused) as refused:
        do(matter, "send_back", "2026-10-10")
    assert "以2次为限" in str(refused.value)
    assert refused.value.cite and "第三百四十六条" in str(refused.value.cite)
    assert Matter.objects.get(pk=matter.pk).seq == 5


def test_the_second_of_two_who_saw_the_same_is_told_what_the_other_did(
    new_matter: Callable[..., Matter], at_work: Callable[..., Any]
) -> None:
    matter = new_matter()
    actions.record_act(at_work("assistant"), matter.pk, 1, "remark", {"text": "已阅卷"}, on="2026-11-19")
    with pytest.raises(actions.Conflict) as conflict:
        actions.record_act(at_work(), matter.pk, 1, "send_back", {}, on="2026-11-20")
    assert [(row.kind, row.by.username) for row in conflict.value.since] == [("remark", "assistant.county")]
    assert Matter.objects.get(pk=matter.pk).stage == "审查"


def test_a_correction_is_an_act_and_what_it_corrects_stays(
    new_matter: Callable[..., Matter], do: Callable[..., Any]
) -> None:
    matter = new_matter()
    do(matter, "correct", "2026-11-20", act="1", on="2026-11-05", charge="盗窃罪", because="移送文书记载不同")
    assert (matter.opened_on, matter.case_due_on) == (dt.date(2026, 11, 5), dt.date(2026, 12, 5))
    first, second = ActRow.objects.filter(matter=matter)
    assert (first.on, first.facts["charge"]) == (dt.date(2026, 11, 2), "诈骗罪")
    assert second.facts == {"act": "1", "on": "2026-11-05", "because": "移送文书记载不同", "charge": "盗窃罪"}


def test_a_correction_that_changes_nothing_or_breaks_a_later_act_is_refused(
    new_matter: Callable[..., Matter], do: Callable[..., Any]
) -> None:
    matter = new_matter()
    do(matter, "send_back", "2026-11-10")
    with pytest.raises(actions.Refused) as same:
        do(matter, "correct", "2026-11-20", act="1", on="2026-11-02", charge="诈骗罪", because="无")
    assert same.value.fields == {"act": "没有改动任何内容"}
    with pytest.raises(actions.Refused) as later:
        do(matter, "correct", "2026-11-20", act="1", on="2026-11-12", because="日期有误")
    assert "这样一来" in str(later.value)
    with pytest.raises(actions.Refused) as emptied:
        do(matter, "correct", "2026-11-20", act="1", charge="", because="日期有误")
    assert emptied.value.fields == {"charge": "移送罪名必填"}


def test_an_act_recorded_by_mistake_is_revoked(new_matter: Callable[..., Matter], do: Callable[..., Any]) -> None:
    matter = new_matter()
    do(matter, "not_prosecute", "2026-11-10", ground="相对不起诉")
    assert matter.closed
    do(matter, "revoke", "2026-11-11", act="2", because="录错事项")
    assert (matter.closed, matter.stage, matter.closed_on) == (False, "审查", None)
    do(matter, "revoke", "2026-11-12", act="1", because="重复受理")
    assert (matter.closed, matter.stage) == (True, "受理已撤销")


@pytest.mark.parametrize("statement", ["update", "delete"])
def test_the_database_itself_keeps_acts_as_they_are(statement: str, new_matter: Callable[..., Matter]) -> None:
    rows = ActRow.objects.filter(matter=new_matter())
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(kind="remark") if statement == "update" else rows._raw_delete(rows.db)


def test_people_and_their_custody_follow_from_acts(new_matter: Callable[..., Matter], do: Callable[..., Any]) -> None:
    matter = new_matter()
    do(matter, "measure", "2026-11-09", suspects="闻知秋", measure="取保候审")
    do(matter, "party", "2026-11-09", name="郎听雨", role="被害人", kind="自然人", born_on="1990-05-01")
    told = {p.name: (p.role, p.held, p.born_on) for p in queries.parties(matter)}
    assert told["虞见山"][1] is True and told["闻知秋"][1] is False
    assert told["郎听雨"] == ("被害人", None, dt.date(1990, 5, 1))


def test_a_handler_is_given_and_changed_by_acts(
    new_matter: Callable[..., Matter], at_work: Callable[..., Any], person: Callable[..., Any]
) -> None:
    matter = new_matter(intake=actions.Intake(handler="prosecutor.county"))
    assert (matter.seq, matter.handler) == (2, person())
    head = at_work("head")
    actions.assign(head, matter.pk, 2, "assistant.county", "回避") if person("assistant") else None
    matter.refresh_from_db()
    assert matter.handler == person("assistant")
    assert list(ActRow.objects.filter(matter=matter).values_list("kind", flat=True)) == ["accept", "allot", "reassign"]
    with pytest.raises(actions.Refused):
        actions.assign(head, matter.pk, 3, person("prosecutor", "sibling").username, "回避")


@pytest.mark.parametrize(("role", "place"), [("prosecutor", "city"), ("analyst", "county")])
def test_who_only_sees_a_matter_cannot_write_it(
    role: str, place: str, new_matter: Callable[..., Matter], at_work: Callable[..., Any]
) -> None:
    matter = new_matter()
    with pytest.raises(actions.Refused):
        actions.record_act(at_work(role, place), matter.pk, 1, "send_back", {}, on="2026-11-20")


def test_if_the_entry_cannot_be_written_the_matter_does_not_move(
    new_matter: Callable[..., Matter], do: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = new_matter()

    def full(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("jianwei.desk.people.audit.record", full)
    with pytest.raises(OSError, match="disk full"):
        do(matter, "send_back", "2026-11-10")
    assert Matter.objects.get(pk=matter.pk).seq == ActRow.objects.filter(matter=matter).count() == 1


@pytest.mark.parametrize("role", sorted(set(Role) - set(OPENERS)))
def test_who_does_not_receive_cases_opens_no_matter(role: str, new_matter: Any, at_work: Any) -> None:
    with pytest.raises(actions.Refused, match="不能受理事项"):
        new_matter(at_work(role))
    assert not Matter.objects.exists()
