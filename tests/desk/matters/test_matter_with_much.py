"""The page of a matter with many persons and many acts; personal numbers shown for a reason; nothing done before it began."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from lxml import html

from jianwei.desk.matters import actions, queries, showing
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.models import AuditEntry
from jianwei.procedures import ClockStanding, ClockState, standing

Do, Make, Visit = Callable[..., Any], Callable[..., Matter], Callable[..., Client]
ID = "330602198001015676"


def custody_card(page: str) -> Any:
    shown = html.fromstring(page).xpath('//section[@class="clocks"]/details[contains(@class, "custody")]')
    [card] = [one for one in shown if "羁押期限（审查起诉）" in one.xpath("string(summary)")]
    return card


def test_one_clock_of_many_persons_is_one_card_with_their_names_and_the_reasoning(
    new_matter: Make, visitor: Visit
) -> None:
    people = [f"被告{n}" for n in range(40)]
    card = custody_card(visitor().get(f"/matters/{new_matter(suspects='、'.join(people)).pk}/").content.decode())
    assert "40 人" in card.xpath("string(summary)") and "最紧的" not in card.xpath("string(summary)")
    assert card.xpath('string(p[@class="persons"])') == "、".join(people)
    assert card.xpath('string(div[@class="reasoning"])').count("第一百七十二条") == 2, "the basis, and one step"


def test_persons_whose_clocks_differ_stand_apart_in_the_card_the_most_urgent_first(
    new_matter: Make, visitor: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter, whole = new_matter(suspects="虞见山、闻知秋、郎听雨"), showing.clock

    def one_is_late(one: ClockStanding) -> showing.ShownClock:
        return whole(replace(one, state=ClockState.OVERDUE, says="已超过2日") if one.person == "虞见山" else one)

    monkeypatch.setattr(showing, "clock", one_is_late)
    card = custody_card(visitor().get(f"/matters/{matter.pk}/").content.decode())
    said = " ".join(card.xpath("string(summary)").split())
    assert "3 人 最紧的 已超期" in said and "已超期 1 人、期限内 2 人" in said
    first, second = card.xpath('details[contains(@class, "person")]')
    assert first.xpath('string(summary/span[@class="what"])') == "虞见山"
    assert second.xpath('string(p[@class="persons"])') == "闻知秋、郎听雨"
    assert all("第一百七十二条" in one.xpath('string(div[@class="reasoning"])') for one in (first, second))


def test_clocks_of_nobody_stay_apart(new_matter: Make) -> None:
    book = queries.casebook_of(new_matter(suspects="虞见山"))
    assert book
    alone = [showing.clock(one) for one in standing(book.procedure, book.acts, dt.date(2026, 11, 20)).clocks]
    nobody = next(one for one in alone if not one.clock.person)
    assert len(showing.cards([nobody, nobody])) == 2


def test_a_single_person_has_a_card_of_its_own(new_matter: Make, visitor: Visit) -> None:
    body = visitor().get(f"/matters/{new_matter(suspects='虞见山').pk}/").content.decode()
    assert 'class="persons"' not in body and "虞见山" in body


@pytest.fixture
def long_matter(new_matter: Make, do: Do, monkeypatch: pytest.MonkeyPatch) -> Matter:
    """Seven acts, three a leaf; the last corrects the second."""
    monkeypatch.setattr("jianwei.desk.matters.timeline.leaf.__kwdefaults__", {"number": 1, "holding": 0, "size": 3})
    matter = new_matter()
    for n in range(5):
        do(matter, "remark", "2026-11-10", text=f"备注{n}")
    do(matter, "correct", "2026-11-11", act="2", text="改后的备注", because="写错")
    return matter


def test_many_acts_are_read_leaf_by_leaf(long_matter: Matter, visitor: Visit) -> None:
    browser, at = visitor(), f"/matters/{long_matter.pk}/"
    places = [
        [int(n) for n in re.findall(r'<li id="act-(\d+)"', browser.get(f"{at}?acts={leaf}").content.decode())]
        for leaf in ("", 2, 3, 99, "x")
    ]
    assert places == [[7, 6, 5], [4, 3, 2], [1], [1], [7, 6, 5]]


def test_a_link_to_an_act_on_another_leaf_leads_to_the_leaf_that_holds_it(long_matter: Matter, visitor: Visit) -> None:
    browser, at = visitor(), f"/matters/{long_matter.pk}/"
    first = browser.get(at).content.decode()
    assert 'href="?act=2#act-2"' in first and 'id="act-2"' not in first
    second = browser.get(f"{at}?act=2").content.decode()
    assert 'id="act-2"' in second and 'href="?act=7#act-7"' in second, "the correction is on the first leaf"


def test_numbers_of_persons_are_shown_once_for_a_reason_that_stays(new_matter: Make, do: Do, visitor: Visit) -> None:
    matter, browser = new_matter(), visitor()
    do(matter, "party", "2026-11-03", name="虞见山", role="犯罪嫌疑人", kind="自然人", id_no=ID)
    at = f"/matters/{matter.pk}/"
    before = browser.get(at).content.decode()
    assert ID not in before and "查看证件号码" in before
    refused = browser.post(f"{at}reveal/", {"purpose": "看看"})
    assert (
        refused.status_code == 422 and ID not in refused.content.decode() and 'value="看看"' in refused.content.decode()
    )
    shown = browser.post(f"{at}reveal/", {"purpose": "核对身份信息"})
    assert shown.status_code == 200 and ID in shown.content.decode()
    [entry] = AuditEntry.objects.filter(action="查看证件号码")
    assert (entry.object_kind, entry.object_id, entry.purpose) == ("事项", matter.number, "核对身份信息")
    after = browser.get(at).content.decode()
    assert ID not in after and "核对身份信息" in after and "查看证件号码的记录" in after
    assert "核对身份信息" not in browser.get(f"/matters/{new_matter().pk}/").content.decode()


def test_a_matter_without_such_numbers_offers_nothing_to_reveal(new_matter: Make, visitor: Visit) -> None:
    assert "查看证件号码" not in visitor().get(f"/matters/{new_matter().pk}/").content.decode()


@pytest.mark.parametrize("kind", ["prosecute", "remark"])
def test_nothing_is_done_before_the_matter_began(kind: str, new_matter: Make, visitor: Visit) -> None:
    matter = new_matter(on="2026-11-02")
    sent = {"seq": "1", "done_on": "2026-10-30", "f.text": "备注", "f.court": "某法院", "f.charge": "诈骗罪"}
    answer = visitor().post(f"/matters/{matter.pk}/acts/{kind}/", sent)
    body = answer.content.decode()
    assert answer.status_code == 422 and 'value="2026-10-30"' in body
    assert re.search(r'id="id_done_on-wrong">2026-10-30早于.*2026-11-02；.*请先更正第 1 号行为', body)


def test_after_the_beginning_is_corrected_the_act_is_admitted(new_matter: Make, do: Do) -> None:
    matter = new_matter(on="2026-11-02")
    with pytest.raises(actions.Refused):
        do(matter, "remark", "2026-10-30", text="备注")
    do(matter, "correct", "2026-11-03", act="1", on="2026-10-28", because="日期录错")
    assert do(matter, "remark", "2026-10-30", text="备注").seq == 3


def test_the_printed_page_says_which_matter_it_is_and_offers_no_links_to_correct(
    new_matter: Make, visitor: Visit
) -> None:
    matter = new_matter()
    page = html.fromstring(visitor().get(f"/matters/{matter.pk}/").content.decode())
    assert matter.number in page.xpath('string(//p[@class="on-paper"])') and "打印" in page.xpath(
        'string(//p[@class="on-paper"])'
    )
    mending = page.xpath('//a[contains(text(), "更正") or contains(text(), "撤销误录")]')
    assert mending and all(link.xpath('ancestor::*[@class="mend"]') for link in mending)


def test_a_trial_says_once_what_is_the_same_for_many(new_matter: Make, visitor: Visit) -> None:
    people = [f"被告{n}" for n in range(40)]
    matter = new_matter(suspects="、".join(people))
    page = visitor().get(f"/matters/{matter.pk}/what-if/?kind=send_back&on=2026-11-20").content.decode()
    rows = html.fromstring(page).xpath("//tbody/tr/th")
    custody = [row.text_content() for row in rows if "羁押期限（审查起诉）" in row.text_content()]
    assert len(custody) == 1 and "40 人" in custody[0] and "被告39" in custody[0]


def test_a_trial_before_the_matter_began_says_so(new_matter: Make, visitor: Visit) -> None:
    matter = new_matter(on="2026-11-02")
    page = visitor().get(f"/matters/{matter.pk}/what-if/?kind=send_back&on=2026-10-20").content.decode()
    assert "2026-10-20早于" in page and "<table" not in page


def test_the_form_of_a_correction_hides_numbers_and_keeps_what_was_not_touched(
    new_matter: Make, do: Do, visitor: Visit
) -> None:
    matter, browser = new_matter(), visitor()
    do(matter, "party", "2026-11-03", name="虞见山", role="犯罪嫌疑人", kind="自然人", id_no=ID, address="塔下弄3号")
    at = f"/matters/{matter.pk}/acts/correct/?act=2"
    page = browser.get(at).content.decode()
    assert ID not in page and "330602********5676" in page
    sent = {"seq": 2, "done_on": "2026-11-04", "f.act": "2", "f.because": "住址有误", "f.name": "虞见山", "f.role": "犯罪嫌疑人",
            "f.kind": "自然人", "f.id_no": "330602********5676", "f.address": "塔下弄5号"}  # fmt: skip
    assert browser.post(at, sent).status_code == 302
    row = ActRow.objects.get(matter=matter, seq=3)
    assert row.facts["address"] == "塔下弄5号" and "id_no" not in row.facts
