"""Documents on the workbench: to approve, to issue, sent back, sent up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from jianwei.desk.documents import actions
from jianwei.desk.workbench import queries

SENT_UP, OWN = "criminal/protest", "criminal/indictment"
WAITING, GIVEN = 1, 2


def words(who: Any, column: int) -> list[str]:
    return [line.word for line in queries.columns(who)[column].lines]


def test_a_document_goes_from_desk_to_desk(draft: Callable[..., Any], acting: Callable[..., Any]) -> None:
    act, author, head = partial(actions.act, note="理由不足"), acting(), acting("head")
    made = draft(SENT_UP)
    assert words(author, WAITING) == words(author, GIVEN) == []
    one = act(author, made.pk, "submit", made.revision)
    assert (words(author, GIVEN), words(head, WAITING)) == (["待审核"], ["待审核"])
    one = act(head, one.pk, "send_back", one.revision)
    assert (words(author, WAITING), words(author, GIVEN), words(head, WAITING)) == (["退回修改"], [], [])
    one = act(author, one.pk, "submit", one.revision)
    act(head, one.pk, "approve", one.revision)
    assert (words(author, GIVEN), words(head, WAITING)) == (["待签发"], ["待签发"])
    assert words(acting("head", "sibling"), WAITING) == []


def test_what_a_prosecutor_signs_waits_for_the_prosecutor(
    draft: Callable[..., Any], acting: Callable[..., Any]
) -> None:
    made = draft(OWN)
    actions.act(acting(), made.pk, "submit", made.revision)
    assert (words(acting(), WAITING), words(acting(), GIVEN)) == (["待审核"], [])
    assert words(acting("assistant"), WAITING) == []
