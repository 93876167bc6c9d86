"""What may be done with a clue, and what happens when two do it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jianwei.desk.clues import actions, queries
from jianwei.desk.clues.models import Answer, Clue, Note, Step
from jianwei.desk.clues.triage import VERBS, Reason, Status
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.people.roles import Role


def act(who: Any, clue_id: str, verb: str, **more: Any) -> Clue:
    return actions.act(who, clue_id, verb, version=Clue.objects.get(pk=clue_id).version, **more)


def test_a_kept_clue_is_kept_and_tells_who_kept_it(rich: str, acting: Callable[..., Any]) -> None:
    who = acting()
    clue = act(who, rich, "keep")
    assert (clue.status, clue.version) == (Status.KEPT, 2)
    step = queries.steps(who, rich)[0]
    assert (step.verb, step.before, step.after, step.by.username) == ("keep", "new", "kept", "prosecutor.county")


@pytest.mark.parametrize("reason", Reason.values)
def test_every_reason_rejects(reason: str, rich: str, acting: Callable[..., Any]) -> None:
    clue = act(acting(), rich, "reject", reason=reason)
    assert (clue.status, clue.reason) == (Status.REJECTED, reason)


def test_no_reason_no_rejection(rich: str, acting: Callable[..., Any]) -> None:
    with pytest.raises(actions.Refused):
        act(acting(), rich, "reject", reason="because")
    assert Clue.objects.get(pk=rich).status == Status.NEW
    assert not Step.objects.exists()


def test_a_merge_names_its_target_and_can_be_undone(rich: str, acting: Callable[..., Any]) -> None:
    who = acting()
    other = Clue.objects.filter(office__code="330602").exclude(pk=rich).first()
    assert other
    assert act(who, rich, "merge", target=other.pk).merged_into == other
    again = act(who, rich, "reopen", note="两案当事人不同")
    assert (again.status, again.merged_into) == (Status.NEW, None)
    assert [s.verb for s in queries.steps(who, rich)] == ["reopen", "merge"]


def test_a_clue_is_given_to_a_person_who_sees_it(
    rich: str, acting: Callable[..., Any], person: Callable[..., Any]
) -> None:
    handler = person("prosecutor", "county")
    clue = act(acting("head", "city"), rich, "assign", target=handler.username, note="请核查资金流水")
    assert (clue.status, clue.assignee) == (Status.ASSIGNED, handler)


def test_proposing_needs_words(rich: str, acting: Callable[..., Any]) -> None:
    with pytest.raises(actions.Refused):
        act(acting(), rich, "propose", note="  ")
    assert act(acting(), rich, "propose", note="回流款项与借条不符").status == Status.PROPOSED


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", [str(r) for r in Role])
def test_only_the_roles_and_states_of_a_verb_may_use_it(
    verb: str, role: str, rich: str, acting: Callable[..., Any], person: Callable[..., Any]
) -> None:
    who = acting(role)
    other = Clue.objects.filter(office__code="330602").exclude(pk=rich).values_list("pk", flat=True)[0]
    target = other if verb == "merge" else person("prosecutor", "county").username
    for status in Status.values:
        Clue.objects.filter(pk=rich).update(status=status)
        entries = AuditEntry.objects.count()
        allowed = role in VERBS[verb].roles and status in VERBS[verb].starts
        try:
            act(who, rich, verb, reason="thin", note="理由", target=target)
            done = True
        except (actions.Refused, actions.NotFound):
            done = False
        assert done == allowed, status
        assert Clue.objects.get(pk=rich).status == (VERBS[verb].leads if allowed else status)
        assert AuditEntry.objects.count() == entries + allowed


def test_the_second_of_two_is_told_and_keeps_what_was_typed(rich: str, visitor: Callable[..., Client]) -> None:
    first, second = visitor("prosecutor"), visitor("head")
    assert first.post(f"/clues/{rich}/acts/keep/", {"version": "1"}).status_code == 302
    told = second.post(f"/clues/{rich}/acts/propose/", {"version": "1", "note": "资金回流，借条格式雷同"})
    body = told.content.decode()
    assert told.status_code == 409
    assert "资金回流，借条格式雷同" in body and "已保留" in body and 'name="version" value="2"' in body
    assert Clue.objects.get(pk=rich).status == Status.KEPT


def test_rejecting_moves_to_the_next_clue_of_the_list(
    rich: str, visitor: Callable[..., Client], acting: Callable[..., Any]
) -> None:
    ids = list(queries.visible(acting()).order_by("-grade", "-score", "clue_id").values_list("pk", flat=True))
    at = ids.index(rich)
    following = ids[at + 1] if at + 1 < len(ids) else rich
    answer = visitor().post(f"/clues/{rich}/acts/reject/", {"version": "1", "reason": "lawful", "list": "status=new"})
    assert answer["Location"].startswith(f"/clues/{following}/")
    assert "status%3Dnew" in answer["Location"] or following == rich


def test_many_are_kept_at_once_and_stale_ones_left(rich: str, visitor: Callable[..., Client]) -> None:
    ids = list(Clue.objects.filter(office__code="330602").values_list("pk", flat=True))
    chosen = [f"{i}:{2 if i == rich else 1}" for i in ids]
    answer = visitor().post("/clues/many/", {"verb": "keep", "chosen": chosen}, follow=True)
    assert f"已对 {len(ids) - 1} 条线索" in answer.content.decode()
    assert Clue.objects.get(pk=rich).status == Status.NEW


def test_a_note_and_an_answer_are_kept(rich: str, visitor: Callable[..., Client]) -> None:
    client = visitor("assistant")
    client.post(f"/clues/{rich}/notes/", {"text": "已调取银行流水"})
    client.post(f"/clues/{rich}/answers/", {"question": "是否取得放贷资格", "verdict": "no"})
    client.post(f"/clues/{rich}/answers/", {"question": "是否取得放贷资格", "verdict": "unsure"})
    assert Note.objects.get().text == "已调取银行流水"
    assert Answer.objects.get().verdict == "unsure"
    assert client.post(f"/clues/{rich}/answers/", {"question": "我自己想的问题", "verdict": "no"}).status_code == 404
    assert "已调取银行流水" in client.get(f"/clues/{rich}/").content.decode()
