"""Every procedure is worked through its forms: opened, act by act recorded, every form looked at, wrong entries refused by field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import cache
from random import Random
from typing import Any

import pytest
from django.test import Client
from lxml import html

from jianwei.desk.matters import casebook
from jianwei.desk.matters.asking import PREFIX
from jianwei.desk.matters.models import Matter
from jianwei.desk.matters.walk import invented, walk
from jianwei.procedures import COMMON, Act, Fact, FactKind, Procedure
from jianwei.procedures.shelf import procedures

SHELF = procedures()
HANDING = ("allot", "reassign", "forward", "take_over", "give_back")
CORRECTING = ("correct", "revoke")
UNREADABLE = {
    FactKind.DAY: "二月三十日", FactKind.MOMENT: "某日上午", FactKind.NUMBER: "三个", FactKind.MONEY: "一些钱",
    FactKind.CHOICE: "没有这一项", FactKind.YES_NO: "也许",
}  # fmt: skip
LONG = "越城前海跨境供应链管理与数字普惠金融信息咨询服务" * 2 + "有限责任公司"
PEOPLE = ("虞见山", LONG[:60])
every_procedure = pytest.mark.parametrize("key", list(SHELF))


def typed(facts: Mapping[str, Any], asked: tuple[Fact, ...]) -> dict[str, str]:
    """Typed facts as a browser sends them."""
    sent = {}
    for fact in asked:
        value = facts.get(fact.name)
        if value is not None:
            kept = "是" if value is True else "否" if value is False else fact.store(value)
            sent[PREFIX + fact.name] = "、".join(kept) if isinstance(kept, (tuple, list)) else str(kept)
    return sent


def moment(on: dt.date) -> str:
    return f"{on:%Y-%m-%d %H:%M}" if isinstance(on, dt.datetime) else f"{on:%Y-%m-%d}"


def sent_act(act: Act, procedure: type[Procedure]) -> dict[str, str]:
    return {"done_on": moment(act.on)} | typed(act.facts, procedure.acts[act.kind].facts)


def form_of(page: str) -> Any:
    return html.fromstring(page).xpath("//form[@data-draft]")[0]


def check_form(page: str, asked: tuple[Fact, ...]) -> None:
    """Every fact has a label in Chinese, says whether it must be filled, and a named control of its own."""
    form = form_of(page)
    words = " ".join(form.text_content().split())
    for fact in asked:
        controls = form.xpath(f'.//*[@name="{PREFIX}{fact.name}"]')
        assert controls, fact.name
        field = controls[0].xpath('ancestor::*[contains(concat(" ", @class, " "), " field ")][1]')[0]
        [label] = field.xpath('.//*[contains(concat(" ", @class, " "), " form-label ")]')[:1]
        said = " ".join(label.text_content().split())
        assert fact.label in said and re.search(r"[\u4e00-\u9fff]", fact.label), said
        assert ("可不填" in said) != fact.required, f"{said} is marked wrongly"
        if fact.required and controls[0].get("type") not in ("radio", "checkbox"):
            assert controls[0].get("aria-required") == "true", said
    assert not re.search(r"\b[a-z]+_[a-z]+\b", words), f"a name in code is shown: {words}"
    assert "None" not in words and "{{" not in words


def wrong_ones(asked: tuple[Fact, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Entries of which all that can be are wrong, and the words of the error by name of field."""
    sent, wrong = {}, {}
    for fact in asked:
        if bad := UNREADABLE.get(fact.kind):
            sent[PREFIX + fact.name], wrong[fact.name] = bad, bad
        elif fact.required:
            wrong[fact.name] = "必填"
        else:
            sent[PREFIX + fact.name] = LONG
    return sent, wrong


def check_refusal(answer: Any, sent: Mapping[str, str], wrong: Mapping[str, str], asked: tuple[Fact, ...]) -> None:
    page = answer.content.decode()
    assert answer.status_code == 422, page[:500]
    form = form_of(page)
    for name in wrong:
        assert form.xpath(f'.//*[@id="id_{PREFIX}{name}-wrong"]'), f"{name} has no error beside it"
    for fact in asked:
        text = sent.get(PREFIX + fact.name)
        if text and fact.kind not in (FactKind.CHOICE, FactKind.YES_NO):
            assert text in values_of(form, fact), f"{fact.label}: {text} is lost"


def values_of(form: Any, fact: Fact) -> list[str]:
    found = []
    for control in form.xpath(f'.//*[@name="{PREFIX}{fact.name}"]'):
        found.append((control.text or "").lstrip("\n") if control.tag == "textarea" else control.get("value"))
    return found


@cache
def walks(procedure: type[Procedure]) -> tuple[list[Act], ...]:
    """Lawful ways through a procedure, the longest of many first, each with an act that those before it do not have."""
    begin, until = dt.date(2026, 8, 3), dt.date(2026, 11, 20)
    made = [walk(procedure, Random(seed), begin, until, 10) for seed in range(10)]
    done: set[str] = set()
    chosen = []
    for acts in sorted(made, key=len, reverse=True):
        if (kinds := {act.kind for act in acts}) - done:
            done |= kinds
            chosen.append(acts)
    return tuple(chosen)


def opened(browser: Client, procedure: type[Procedure], act: Act) -> Matter:
    """A matter that the person handles who opens it."""
    sent = {"act": act.kind, "handler": "prosecutor.county"} | sent_act(act, procedure)
    answer = browser.post(f"/matters/new/{procedure.key}/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return Matter.objects.latest("pk")


@every_procedure
def test_a_procedure_is_worked_through_its_forms(key: str, visitor: Callable[..., Client]) -> None:
    procedure, browser = SHELF[key], visitor()
    looked: set[str] = set(COMMON)
    for acts in walks(procedure)[:2]:
        first = acts[0]
        address = f"/matters/new/{key}/"
        check_form(browser.get(f"{address}?act={first.kind}").content.decode(), procedure.acts[first.kind].facts)
        matter = opened(browser, procedure, first)
        for act in acts[1:]:
            page = browser.get(matter.get_absolute_url())
            assert page.status_code == 200
            if act.kind in HANDING or act.kind in COMMON:
                continue
            at = f"{matter.get_absolute_url()}acts/{act.kind}/"
            begins = f"{matter.get_absolute_url()}hand-over/" if procedure.acts[act.kind].moves else at
            assert begins in page.content.decode(), f"{act.kind} leads nowhere from the page"
            check_form(browser.get(at).content.decode(), procedure.acts[act.kind].facts)
            matter.refresh_from_db()
            answer = browser.post(at, {"seq": matter.seq} | sent_act(act, procedure))
            assert answer.status_code == 302, f"{act.kind} {act.facts}: {answer.content.decode()}"
            looked.add(act.kind)
        for kind in procedure.acts.values():
            if kind.key not in looked and not kind.opens:
                check_form(browser.get(f"{matter.get_absolute_url()}acts/{kind.key}/").content.decode(), kind.facts)
                looked.add(kind.key)


@every_procedure
def test_wrong_entries_are_refused_by_field_and_kept(key: str, visitor: Callable[..., Client]) -> None:
    procedure, browser = SHELF[key], visitor()
    acts = max(walks(procedure), key=len)
    for opening in procedure.opening():
        sent, wrong = wrong_ones(opening.facts)
        answer = browser.post(f"/matters/new/{key}/", {"act": opening.key, "done_on": "昨天"} | sent)
        check_refusal(answer, sent, wrong, opening.facts)
        assert 'value="昨天"' in answer.content.decode()
    assert not Matter.objects.exists()
    matter = opened(browser, procedure, acts[0])
    for kind in procedure.acts.values():
        if kind.opens or kind.key in HANDING or kind.key in CORRECTING:
            continue
        at = f"{matter.get_absolute_url()}acts/{kind.key}/"
        sent, wrong = wrong_ones(kind.facts)
        check_refusal(browser.post(at, {"seq": matter.seq, "done_on": "昨天"} | sent), sent, wrong, kind.facts)
        whole = {f.name: invented(f, dt.date(2026, 9, 1), Random(1), PEOPLE, "甲县") for f in kind.facts}
        sent = typed(whole, kind.facts)
        answer = browser.post(at, {"seq": matter.seq, "done_on": "昨天"} | sent)
        check_refusal(answer, {k: v for k, v in sent.items() if "、" not in v}, {}, kind.facts)
    matter.refresh_from_db()
    assert matter.seq == 2


@every_procedure
def test_each_act_of_a_walk_is_corrected_through_its_form(key: str, visitor: Callable[..., Client]) -> None:
    procedure, browser = SHELF[key], visitor()
    acts = max(walks(procedure), key=len)
    matter = opened(browser, procedure, acts[0])
    asked = procedure.acts[acts[0].kind].facts
    at = f"{matter.get_absolute_url()}acts/{casebook.CORRECT}/?act=1"
    page = browser.get(at).content.decode()
    for name, value in typed(acts[0].facts, asked).items():
        assert value.split("、")[0] in page, f"{name} is not filled in as it was recorded"
    sent = typed(acts[0].facts, asked) | {PREFIX + "act": "1", "seq": matter.seq, "done_on": moment(acts[0].on)}
    nothing = browser.post(at, sent | {PREFIX + "because": "核对"})
    assert nothing.status_code == 422 and "没有改动任何内容" in nothing.content.decode()
