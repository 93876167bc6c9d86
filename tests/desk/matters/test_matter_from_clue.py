"""What a clue tells the matter it becomes: parties, court, case numbers, cause, source, and the office that receives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import desk_sample as sample
import pytest
from django.test import Client
from lxml import html

from jianwei.desk.clues import evidence, gist
from jianwei.desk.clues import queries as clues
from jianwei.desk.matters import prefill, queries
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.procedures.shelf import procedures

Visit = Callable[..., Client]
FALSE = "/matters/new/civil/false_litigation/"
COURT, CAUSE = "绍兴市越城区人民法院", "民间借贷纠纷"


@pytest.fixture
def told(rich: str, at_work: Callable[..., Any]) -> gist.Gist:
    return gist.of(clues.content(at_work(), rich) or {})


def field(page: str, name: str) -> Any:
    [found] = html.fromstring(page).xpath(f'//*[@name="{name}"][not(@type="radio")]')
    return found


def entries(page: str) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    form = html.fromstring(page).xpath("//form[@data-draft]")[0]
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def test_the_gist_names_parties_court_numbers_and_cause(told: gist.Gist) -> None:
    assert told.parties[0] == gist.Person(sample.LENDER, "原告", "自然人")
    assert {p.role for p in told.parties} == {"原告", "被告"} and len(told.parties) == 13
    assert told.courts[0].endswith("越城区人民法院") and told.causes == (CAUSE,)
    assert len(told.case_nos) == 12 and told.case_nos[0] == "（2024）浙0602民初1200号"


@pytest.mark.parametrize(
    ("text", "fen"),
    [("18件，合计44.1万元，被告18人", 44_100_000), ("共1,234.50元", 123_450), ("合计2亿元", 20_000_000_000), ("12个月共十万元", None), ("", None)],
)  # fmt: skip
def test_the_sum_is_the_one_the_reasons_state(text: str, fen: int | None) -> None:
    assert gist.stated_sum([text]) == fen


def test_the_form_begins_with_the_act_of_its_own_motion_and_all_that_the_clue_tells(rich: str, visitor: Visit) -> None:
    page = visitor().get(f"/matters/new/civil/judgment_supervision/?clue={rich}").content.decode()
    assert "依职权启动监督程序</h1>" in page
    assert field(page, "f.court").get("value").endswith("越城区人民法院")
    assert field(page, "f.court_no").get("value").startswith("（2024）浙0602民初") and "等12件" in field(
        page, "f.court_no"
    ).get("value")
    source = field(page, "source").text
    for words in ("大数据法律监督模型“", "1. 虞见山", CAUSE, "（2024）浙0602民初", "随案移送证据"):
        assert words in source
    assert sample.ID not in page, "personal numbers are not carried"
    ticked = html.fromstring(page).xpath('//input[@name="party"][@checked]/@value')
    assert "原告：虞见山" in ticked and len(ticked) == 13


def test_the_kind_the_number_of_cases_and_the_persons_of_a_false_suit_are_filled_in(rich: str, visitor: Visit) -> None:
    page = visitor().get(f"{FALSE}?clue={rich}").content.decode()
    kind = html.fromstring(page).xpath('//select[@name="f.kind"]/option[@selected]/text()')
    assert kind == ["民间借贷"] and field(page, "f.cases").get("value") == "12"
    assert "虞见山" in (field(page, "f.suspects").text or "")


def test_what_is_sent_as_it_stands_becomes_the_matter_with_parties_and_source(rich: str, visitor: Visit) -> None:
    browser = visitor()
    page = browser.get(f"{FALSE}?clue={rich}").content.decode()
    assert browser.post(FALSE, entries(page)).status_code == 302
    matter = Matter.objects.get()
    kinds = list(ActRow.objects.filter(matter=matter).values_list("kind", flat=True))
    assert kinds[0] != "party" and kinds.count("party") == 12, "thirteen parties, one of whom the act itself names"
    remark = ActRow.objects.get(matter=matter, kind="remark")
    assert remark.facts["text"].startswith("案件来源：大数据法律监督模型")
    assert {p.name for p in queries.parties(matter)} >= {sample.LENDER, sample.BORROWERS[0]}


def test_a_party_that_is_not_ticked_and_a_party_that_nobody_named_are_not_registered(rich: str, visitor: Visit) -> None:
    browser = visitor()
    sent = entries(browser.get(f"{FALSE}?clue={rich}").content.decode())
    sent |= {"party": [f"被告：{sample.BORROWERS[0]}", "被告：别的人"], "source": ""}
    assert browser.post(FALSE, sent).status_code == 302
    names = [row.facts["name"] for row in ActRow.objects.filter(kind="party")]
    assert names == [sample.BORROWERS[0]] and not ActRow.objects.filter(kind="remark").exists()


@pytest.mark.parametrize("place", ["city", "province"])
def test_the_office_of_the_court_receives_it_not_the_office_of_the_opener(
    rich: str, place: str, visitor: Visit
) -> None:
    browser = visitor("head", place)
    page = browser.get(f"{FALSE}?clue={rich}").content.decode()
    assert field(page, "office").value == "330602" and "由同级的绍兴市越城区人民检察院受理" in page
    assert "第二十九条" in page
    assert browser.post(FALSE, entries(page)).status_code == 302
    matter = Matter.objects.get()
    assert matter.office.code == "330602" and matter.number.startswith("绍越城检")


def test_a_person_may_choose_another_office_of_his_scope_and_no_other(rich: str, visitor: Visit) -> None:
    browser = visitor("head", "city")
    sent = entries(browser.get(f"{FALSE}?clue={rich}").content.decode())
    for code in ("330203", "330000", "x"):
        answer = browser.post(FALSE, sent | {"office": code})
        assert answer.status_code == 422 and "请选择本院或者下级院" in answer.content.decode()
    assert browser.post(FALSE, sent | {"office": "330600"}).status_code == 302
    assert Matter.objects.get().office.code == "330600"


def test_where_the_right_office_is_out_of_scope_the_form_says_so(
    the_evidence: list[dict[str, Any]], run_of: Callable[..., Any], visitor: Visit
) -> None:
    strayed = sample.clue(1, evidence=the_evidence)  # found for the sibling county, its cases are of another court
    run_of([strayed])
    page = visitor("prosecutor", "sibling").get(f"{FALSE}?clue={strayed['id']}").content.decode()
    assert "绍兴市越城区人民检察院不在您的管辖范围内" in page and "移送线索" in page
    assert field(page, "office").value == "330603"


def test_a_clue_without_a_court_goes_to_the_office_of_its_place(run_of: Callable[..., Any], visitor: Visit) -> None:
    bare = sample.clue(4)
    run_of([bare])
    page = visitor("head", "city").get(f"{FALSE}?clue={bare['id']}").content.decode()
    assert "证据中没有写明人民法院" in page and field(page, "office").value == "330602"


def test_evidence_is_counted_the_same_on_the_form_and_on_the_matter(rich: str, visitor: Visit, at_work: Any) -> None:
    browser = visitor()
    said = evidence.extent(clues.content(at_work(), rich) or {})
    assert " 行，标出 " in said
    page = browser.get(f"{FALSE}?clue={rich}").content.decode()
    assert f"证据 {said}，随案移送" in page
    browser.post(FALSE, entries(page))
    assert f"随案移送的证据（{said}）" in browser.get(Matter.objects.get().get_absolute_url()).content.decode()
    assert said.startswith(f"{clues.clue(at_work(), rich).evidence_count} 行")


@pytest.mark.parametrize("key", list(procedures()))
def test_every_procedure_opens_its_form_from_a_clue(key: str, rich: str, visitor: Visit) -> None:
    page = visitor().get(f"/matters/new/{key}/?clue={rich}")
    assert page.status_code == 200 and "由线索成案" in page.content.decode()


def test_a_form_without_a_clue_begins_with_the_first_act_and_nothing_filled_in(visitor: Visit) -> None:
    page = visitor().get("/matters/new/civil/judgment_supervision/").content.decode()
    assert 'name="office"' not in page and 'name="source"' not in page and 'name="party"' not in page
    assert prefill.opening(procedures()["civil/judgment_supervision"], None).title in page
