"""A matter goes to another office: it stays until it is received, and is then the receiver's alone to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jianwei.desk.matters import actions, handing_over, queries
from jianwei.desk.matters.handing_over import Reception
from jianwei.desk.matters.models import ActRow, Handover, Link, Matter
from jianwei.desk.matters.rebuild import rebuild
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office, User

ARREST = "criminal/arrest_review"
AT = dt.datetime(2026, 11, 20, 10, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def there(person: Callable[..., User]) -> Office:
    """The office beside that of the matter."""
    return person("prosecutor", "sibling").office


@pytest.fixture
def sent(there: Office, at_work: Callable[..., Acting]) -> Callable[..., Handover]:
    def handed(matter: Matter, on: str = "2026-11-16", why: str = "指定管辖") -> Handover:
        seq = Matter.objects.get(pk=matter.pk).seq
        return handing_over.send(at_work(), matter.pk, seq, there.name, on=on, why=why)

    return handed


def kinds(matter: Matter) -> list[str]:
    return list(ActRow.objects.filter(matter=matter).order_by("seq").values_list("kind", flat=True))


def test_a_matter_moves_when_it_is_received_with_its_acts_its_counts_and_a_new_number(
    new_matter: Callable[..., Matter],
    do: Callable[..., ActRow],
    at_work: Callable[..., Acting],
    sent: Callable[..., Handover],
    there: Office,
) -> None:
    matter = new_matter(intake=actions.Intake(handler=at_work().user.username))
    do(matter, "send_back", "2026-11-05")
    do(matter, "resubmit", "2026-11-10")
    before, old = Matter.objects.get(pk=matter.pk), matter.number
    one = sent(matter)
    waiting = Matter.objects.get(pk=matter.pk)
    assert (waiting.office_id, waiting.number, waiting.due_on) == (before.office_id, old, before.due_on)
    beside = at_work("prosecutor", "sibling")
    received = handing_over.receive(beside, one.pk, Reception("2026-11-18"))
    assert received.pk == matter.pk
    assert (received.office, received.handler_id) == (there, None)
    assert received.number != old and "330603" in received.number
    assert kinds(matter)[-3:] == ["forward", "transfer", "take_over"]
    assert ActRow.objects.get(matter=matter, kind="transfer").on == dt.date(2026, 11, 18)
    # counted anew from the day on which it was received (刑事诉讼法第一百七十二条第二款)
    assert received.case_due_on == dt.date(2026, 12, 18) == received.custody_due_on
    assert queries.by_number(beside, old) == received == queries.by_number(beside, received.number)
    actions.record_act(beside, matter.pk, received.seq, "send_back", {}, on="2026-11-19")
    with pytest.raises(actions.Refused, match="2次"):  # the return before the change counts along
        seq = Matter.objects.get(pk=matter.pk).seq
        actions.record_act(beside, matter.pk, seq, "resubmit", {}, on="2026-11-19")
        actions.record_act(beside, matter.pk, seq + 1, "send_back", {}, on="2026-11-20")
    assert rebuild(AT).changed == 0


def test_the_sender_reads_on_and_writes_no_more(
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Acting],
    sent: Callable[..., Handover],
    visitor: Callable[..., Client],
) -> None:
    matter = new_matter(intake=actions.Intake(handler=at_work().user.username))
    one = sent(matter)
    remark = {"text": "移送以前仍由本院办理"}
    actions.record_act(at_work(), matter.pk, Matter.objects.get(pk=matter.pk).seq, "remark", remark, on="2026-11-17")
    with pytest.raises(actions.Refused):
        actions.record_act(at_work("prosecutor", "sibling"), matter.pk, 4, "remark", remark, on="2026-11-17")
    handing_over.receive(at_work("prosecutor", "sibling"), one.pk, Reception("2026-11-18"))
    seq = Matter.objects.get(pk=matter.pk).seq
    for role in ("prosecutor", "head", "case_manager"):
        assert visitor(role).get(f"/matters/{matter.pk}/").status_code == 200
        with pytest.raises(actions.Refused, match="可以查看，不能录入"):
            actions.record_act(at_work(role), matter.pk, seq, "remark", remark, on="2026-11-19")
    assert visitor("prosecutor", "other_county").get(f"/matters/{matter.pk}/").status_code == 404


def test_one_receives_and_the_second_is_told(
    new_matter: Callable[..., Matter], at_work: Callable[..., Acting], sent: Callable[..., Handover]
) -> None:
    one = sent(new_matter())
    with pytest.raises(actions.Refused, match="已经移送"):
        sent(one.matter)
    handing_over.receive(at_work("head", "sibling"), one.pk, Reception("2026-11-18"))
    for again in (
        lambda: handing_over.receive(at_work("prosecutor", "sibling"), one.pk, Reception("2026-11-18")),
        lambda: handing_over.give_back(at_work("prosecutor", "sibling"), one.pk, "不属于本院管辖"),
        lambda: handing_over.recall(at_work(), one.pk, "撤回"),
    ):
        with pytest.raises(actions.Refused, match="2026-11-18 已接收"):
            again()
    assert kinds(one.matter).count("take_over") == 1


@pytest.mark.parametrize("way", ["give_back", "recall"])
def test_what_is_sent_back_or_recalled_stays_with_its_office(
    way: str, new_matter: Callable[..., Matter], at_work: Callable[..., Acting], sent: Callable[..., Handover]
) -> None:
    matter = new_matter()
    before, one = Matter.objects.get(pk=matter.pk), sent(matter)
    who = at_work("prosecutor", "sibling") if way == "give_back" else at_work()
    with pytest.raises(actions.Refused, match="理由"):
        getattr(handing_over, way)(who, one.pk, " ")
    getattr(handing_over, way)(who, one.pk, "不属于该院管辖")
    after = Matter.objects.get(pk=matter.pk)
    assert (after.office_id, after.number, after.due_on) == (before.office_id, before.number, before.due_on)
    assert kinds(matter)[-2:] == ["forward", "give_back"]
    assert not queries.visible(at_work("prosecutor", "sibling")).exists()
    sent(matter, on="2026-11-20")


def test_where_the_act_ends_the_matter_the_receiver_begins_its_own(
    at_work: Callable[..., Acting], sent: Callable[..., Handover], there: Office
) -> None:
    facts = {"suspects": "虞见山、闻知秋", "charge": "诈骗罪", "detained": "是", "in_custody": "是"}
    asked = {f.name: facts.get(f.name, _any(f)) for f in _opening().facts if f.required or f.name in facts}
    matter = actions.open_matter(at_work(), ARREST, "accept", asked, on="2026-11-16")
    one = sent(matter, on="2026-11-17")
    assert Matter.objects.get(pk=matter.pk).closed
    received = handing_over.receive(at_work("prosecutor", "sibling"), one.pk, Reception("2026-11-18"))
    assert received.pk != matter.pk and received.office == there and not received.closed
    assert received.opened_on == dt.date(2026, 11, 18)
    first, its = ActRow.objects.get(matter=received, seq=1), ActRow.objects.get(matter=matter, seq=1)
    assert first.facts == its.facts
    assert Matter.objects.get(pk=matter.pk).office_id != there.pk
    assert Link.objects.filter(matter=matter, other=received, kind=Link.Kind.LED_TO).exists()
    assert rebuild(AT).changed == 0


def test_such_a_matter_sent_back_runs_on_at_its_office(
    at_work: Callable[..., Acting], sent: Callable[..., Handover]
) -> None:
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "detained": "是", "in_custody": "是"}
    asked = {f.name: facts.get(f.name, _any(f)) for f in _opening().facts if f.required or f.name in facts}
    matter = actions.open_matter(at_work(), ARREST, "accept", asked, on="2026-11-16")
    due = matter.due_on
    one = sent(matter, on="2026-11-17")
    with pytest.raises(actions.Refused, match="请先撤回移送"):
        typed = {"act": "3", "because": "误录"}
        actions.record_act(at_work(), matter.pk, 3, "revoke", typed, on="2026-11-18")
    handing_over.give_back(at_work("prosecutor", "sibling"), one.pk, "应由移送院审查")
    after = Matter.objects.get(pk=matter.pk)
    assert not after.closed and after.due_on == due


def _opening() -> Any:
    from jianwei.procedures.shelf import procedures

    return procedures()[ARREST].acts["accept"]


def _any(fact: Any) -> str:
    given = {"YES_NO": "否", "DAY": "2026-11-10", "MOMENT": "2026-11-10 09:00", "NUMBER": "1"}
    return next(iter(fact.choices), "") or given.get(fact.kind.name, "甲")


@pytest.mark.parametrize(
    ("receiver", "on", "says"),
    [
        ("天外人民检察院", "2026-11-16", "没有这个人民检察院"),
        ("330602", "2026-11-16", "就由该院办理"),
        ("330603", "2026-12-01", "还没有到"),
        ("330603", "2026-10-01", "早于"),
    ],
)
def test_a_wrong_sending_is_refused(
    receiver: str, on: str, says: str, new_matter: Callable[..., Matter], at_work: Callable[..., Acting], there: Office
) -> None:
    matter = new_matter()
    with pytest.raises(actions.Refused) as refused:
        handing_over.send(at_work(), matter.pk, matter.seq, receiver, on=on)
    assert says in f"{refused.value}{refused.value.fields}"
    assert not Handover.objects.exists()


def test_what_the_law_does_not_let_move_is_not_sent(
    new_matter: Callable[..., Matter], do: Callable[..., ActRow], sent: Callable[..., Handover]
) -> None:
    matter = new_matter()
    do(matter, "send_back", "2026-11-05")
    with pytest.raises(actions.Refused, match="退回补充侦查"):
        sent(matter)
    assert kinds(matter) == ["accept", "send_back"]


def test_the_records_of_a_handover_are_made_in_no_other_way(
    new_matter: Callable[..., Matter], do: Callable[..., ActRow], sent: Callable[..., Handover], there: Office
) -> None:
    matter = new_matter()
    with pytest.raises(actions.Refused, match="在本系统内"):
        do(matter, "transfer", "2026-11-16", to_office=there.name)
    with pytest.raises(actions.Refused):
        do(matter, "take_over", "2026-11-16", sender="x", sender_number="y")
    sent(matter)
    with pytest.raises(actions.Refused, match="不能更正或者撤销"):
        do(matter, "revoke", "2026-11-17", act="2", because="误录")


def test_a_restricted_matter_waits_for_the_leaders_of_the_receiver_only(
    new_matter: Callable[..., Matter],
    at_work: Callable[..., Acting],
    sent: Callable[..., Handover],
    visitor: Callable[..., Client],
    person: Callable[..., User],
) -> None:
    matter = new_matter(intake=actions.Intake(handler=person().username, restriction="juvenile"))
    one = sent(matter)
    for role, seen in (("head", 200), ("prosecutor", 404), ("case_manager", 404)):
        assert visitor(role, "sibling").get(f"/matters/handovers/{one.pk}/").status_code == seen, role
        assert visitor(role, "sibling").get(f"/matters/{matter.pk}/").status_code == seen, role
    handing_over.receive(at_work("head", "sibling"), one.pk, Reception("2026-11-18"))
    for role, seen in (("head", 200), ("prosecutor", 200), ("assistant", 404)):  # its former handler reads it
        assert visitor(role).get(f"/matters/{matter.pk}/").status_code == seen, role
    assert visitor("prosecutor", "sibling").get(f"/matters/{matter.pk}/").status_code == 404


def test_the_whole_way_on_the_pages(
    new_matter: Callable[..., Matter],
    there: Office,
    visitor: Callable[..., Client],
    person: Callable[..., User],
) -> None:
    matter = new_matter()
    page = f"/matters/{matter.pk}/hand-over/"
    assert page in visitor().get(f"/matters/{matter.pk}/").content.decode()
    form = {"seq": matter.seq, "receiver": "别处", "on": "2026-11-16", "why": "上级指定管辖"}
    answer = visitor().post(page, form)
    assert answer.status_code == 422 and "上级指定管辖" in answer.content.decode()
    assert visitor().post(page, form | {"receiver": there.name, "seq": 0}).status_code == 409
    assert visitor().post(page, form | {"receiver": there.name}).status_code == 302
    one = Handover.objects.get()
    assert "等待接收" in visitor().get(f"/matters/{matter.pk}/").content.decode()
    assert f"等{there.name}接收" in visitor().get("/workbench/").content.decode()
    head = visitor("head", "sibling")
    listed = head.get("/matters/handovers/?way=to_us").content.decode()
    assert matter.title in listed and "待接收" in listed
    assert matter.title in head.get("/matters/").content.decode()
    assert matter.title in head.get("/workbench/").content.decode(), "on the workbench"
    wrong = head.post(f"/matters/handovers/{one.pk}/receive/", {"on": "2026-11-01", "department": "第一检察部"})
    assert wrong.status_code == 422 and "第一检察部" in wrong.content.decode()
    right = {"on": "2026-11-18", "handler": person("prosecutor", "sibling").username, "department": "第一检察部"}
    assert head.post(f"/matters/handovers/{one.pk}/receive/", right)["Location"] == f"/matters/{matter.pk}/"
    body = head.get(f"/matters/{matter.pk}/").content.decode()
    assert f"原受案号 {one.number}" in body and "接收移送的事项" in body
    matter.refresh_from_db()
    assert matter.department == "第一检察部" and matter.handler == person("prosecutor", "sibling")
    assert "移送材料后由" not in body and f"移送过本事项的{one.sender.name}可以查看" in body
    assert f"{there.name}办理" in visitor().get("/matters/").content.decode()
    assert f"{there.name}办理" not in head.get("/matters/").content.decode()
    assert head.post(f"/matters/handovers/{one.pk}/receive/", right).status_code == 422
