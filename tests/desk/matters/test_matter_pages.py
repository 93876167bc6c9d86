"""What the pages of matters show, in how many statements, and that a refusal keeps what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jianwei.desk.matters import actions
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.models import AuditEntry


def statements(client: Client, address: str) -> int:
    client.get("/account/")  # the first request of a session stores when it was last used
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len([q for q in caught if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA"))])


@pytest.mark.parametrize(
    "address", ["/matters/", "/matters/?sort=-opened&stage=审查", "/matters/export.csv", "/matters/export.xlsx"]
)
def test_the_list_costs_the_same_with_few_matters_and_with_many(
    address: str, new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    client = visitor("head", "county")
    new_matter()
    few = statements(client, address)
    for _ in range(8):
        new_matter()
    assert statements(client, address) == few <= 9, (
        "session, user, access twice, counts, ids, rows, audit entry, what waits to be received"
    )


@pytest.mark.parametrize("key", ["closed", "handler", "line", "mark", "office", "procedure", "stage"])
def test_a_filter_is_counted_in_one_statement(
    key: str, new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    new_matter(intake=actions.Intake(handler="prosecutor.county"))
    assert statements(visitor(), f"/matters/filters/{key}/") == 4  # session, user, list of access, the count
    if key != "mark":
        assert re.search(r'class="n">1</span>', visitor().get(f"/matters/filters/{key}/").content.decode())


def test_a_matter_page_costs_a_fixed_number_of_statements(
    new_matter: Callable[..., Matter], do: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    client, matter = visitor(), new_matter()
    first = statements(client, f"/matters/{matter.pk}/")
    for n in range(6):
        do(matter, "remark", f"2026-11-1{n}", text=f"备注 {n}")
    assert statements(client, f"/matters/{matter.pk}/") == first <= 12


def test_the_page_shows_clocks_with_word_date_and_reasoning(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    body = visitor().get(f"/matters/{new_matter().pk}/").content.decode()
    for word in ("羁押期限（审查起诉）", "虞见山", "2026-12-02", "第一百七十二条", "办案期限"):
        assert word in body
    assert "<svg" in body and "以表格查看程序" in body


def test_allowed_acts_are_links_and_those_the_law_forbids_are_closed_with_their_article(
    new_matter: Callable[..., Matter], do: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    matter = new_matter(on="2026-08-03")
    for n in range(2):
        do(matter, "send_back", f"2026-0{8 + n}-10")
        do(matter, "resubmit", f"2026-0{8 + n}-20")
    body = visitor().get(f"/matters/{matter.pk}/").content.decode()
    assert f'class="btn" href="/matters/{matter.pk}/acts/prosecute/"' in body
    assert f'class="btn" href="/matters/{matter.pk}/acts/send_back/"' not in body
    assert "退回补充侦查以2次为限" in body and "第三百四十六条" in body


def test_an_act_is_recorded_through_its_form(new_matter: Callable[..., Matter], visitor: Callable[..., Client]) -> None:
    client, matter = visitor(), new_matter()
    form = client.get(f"/matters/{matter.pk}/acts/not_prosecute/").content.decode()
    assert "不起诉种类" in form and "相对不起诉" in form and 'name="seq" value="1"' in form
    fields = {"seq": "1", "done_on": "2026年11月10日", "f.ground": "discretionary"}
    answer = client.post(f"/matters/{matter.pk}/acts/not_prosecute/", fields)
    assert answer.status_code == 302 and answer["Location"] == f"/matters/{matter.pk}/?recorded=not_prosecute"
    assert Matter.objects.get(pk=matter.pk).closed


def test_a_refusal_names_the_field_and_keeps_what_was_typed(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    client, matter = visitor(), new_matter()
    fields = {
        "seq": "1",
        "done_on": "二月三十日",
        "f.court": "越城区人民法院",
        "f.charge": "",
        "f.indictment_no": "绍越检刑诉〔2026〕1号",
    }
    answer = client.post(f"/matters/{matter.pk}/acts/prosecute/", fields)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "起诉罪名必填" in body and "“二月三十日”不是日期" in body
    for typed in ("二月三十日", "越城区人民法院", "绍越检刑诉〔2026〕1号"):
        assert f'value="{typed}"' in body
    assert AuditEntry.objects.filter(result="拒绝", object_id=matter.number).count() == 1
    assert ActRow.objects.filter(matter=matter).count() == 1


def test_a_refusal_by_law_shows_the_article_and_keeps_what_was_typed(
    new_matter: Callable[..., Matter], do: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    client, matter = visitor(), new_matter(on="2026-08-03")
    fields = {"seq": "1", "done_on": "2026-10-10", "f.reason": "案情重大、复杂，证人众多"}
    answer = client.post(f"/matters/{matter.pk}/acts/extend/", fields)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "届满后不得延长" in body and "第一百七十二条" in body and "案情重大、复杂，证人众多" in body


def test_the_second_writer_gets_a_409_that_keeps_the_typing_and_shows_the_other_act(
    new_matter: Callable[..., Matter], at_work: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    matter = new_matter()
    actions.record_act(at_work("assistant"), matter.pk, 1, "remark", {"text": "已阅卷"}, on="2026-11-19")
    fields = {"seq": "1", "done_on": "2026-11-20", "f.outline": "补查资金去向"}
    answer = visitor().post(f"/matters/{matter.pk}/acts/send_back/", fields)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "补查资金去向" in body and "已阅卷" in body and "检察官助理county" in body
    assert 'name="seq" value="2"' in body
    again = visitor().post(f"/matters/{matter.pk}/acts/send_back/", fields | {"seq": "2"})
    assert again.status_code == 302


def test_a_correction_form_starts_from_what_was_recorded(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    client, matter = visitor(), new_matter()
    body = client.get(f"/matters/{matter.pk}/acts/correct/?act=1").content.decode()
    assert 'value="诈骗罪"' in body and 'value="2026-11-02"' in body
    fields = {"seq": "1", "done_on": "2026-11-20", "f.act": "1", "f.on": "2026-11-02", "f.because": "移送文书记载不同",
              "f.suspects": ["虞见山"], "f.charge": "诈骗罪", "f.in_custody": "是", "f.has_victim": "否"}  # fmt: skip
    assert client.post(f"/matters/{matter.pk}/acts/correct/", fields).status_code == 302
    page = client.get(f"/matters/{matter.pk}/").content.decode()
    assert "已更正（第 2 号）" in page
    assert ActRow.objects.get(matter=matter, seq=2).facts == {
        "act": "1",
        "on": "2026-11-02",
        "because": "移送文书记载不同",
        "suspects": ["虞见山"],
    }
    for act in ("2", "9", ""):
        assert client.get(f"/matters/{matter.pk}/acts/correct/?act={act}").status_code == 404


def test_what_if_compares_without_recording(new_matter: Callable[..., Matter], visitor: Callable[..., Client]) -> None:
    matter = new_matter()
    body = visitor().get(f"/matters/{matter.pk}/what-if/?kind=send_back&on=2026-11-20").content.decode()
    assert "“审查” → <b>“退回补充侦查”</b>" in body and "2026-12-20" in body
    assert "补充侦查完毕移送" in body
    assert ActRow.objects.filter(matter=matter).count() == 1
    wrong = visitor().get(f"/matters/{matter.pk}/what-if/?kind=send_back&on=明天").content.decode()
    assert "不是日期" in wrong


def test_what_if_gives_no_answer_before_it_has_what_the_act_requires(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    client, address = visitor(), f"/matters/{new_matter().pk}/what-if/?on=2026-11-20&kind="
    bare = client.get(f"{address}change_track").content.decode()
    assert "缺少拟适用程序，填写后再试算" in bare and "拟适用程序必填" in bare
    assert "不变" not in bare and "仍为" not in bare
    wrong = client.get(f"{address}change_track&f.track=没有的程序").content.decode()
    assert "不在可选项中" in wrong and "所填内容有误" in wrong and "仍为" not in wrong
    assert "缺少已采取留置措施的犯罪嫌疑人" in client.get(f"{address}detain_first").content.decode()
    assert "仍为" in client.get(f"{address}change_track&f.track=ordinary").content.decode()


def test_a_matter_is_opened_through_its_form(visitor: Callable[..., Client], person: Callable[..., Any]) -> None:
    client = visitor()
    assert "审查起诉" in client.get("/matters/new/").content.decode()
    fields = {
        "act": "accept",
        "done_on": "2026-11-02",
        "f.suspects": "虞见山",
        "f.charge": "",
        "f.in_custody": "是",
        "title": "试",
    }
    refused = client.post("/matters/new/criminal/prosecution_review/", fields)
    assert (
        refused.status_code == 422
        and "移送罪名必填" in refused.content.decode()
        and "虞见山" in refused.content.decode()
    )
    done = client.post(
        "/matters/new/criminal/prosecution_review/", fields | {"f.charge": "盗窃罪", "handler": person().username}
    )
    assert done.status_code == 302
    assert Matter.objects.get().handler == person()


@pytest.mark.parametrize("role", ["analyst", "assistant"])
def test_who_opens_no_matters_gets_no_form(role: str, visitor: Callable[..., Client]) -> None:
    assert visitor(role).get("/matters/new/").status_code == 403
    assert visitor(role).post("/matters/new/criminal/prosecution_review/", {}).status_code == 403


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", True), ("clock=overdue", True), ("clock=safe", False), ("stage=审查", True), ("stage=办结", False), ("q=闻知秋", True), ("q=没有", False),
     ("closed=yes", False), ("mark=custody", True), ("mark=missing", False), ("line=刑事检察", True), ("line=民事检察", False),
     ("procedure=criminal/prosecution_review", True), ("due_until=2026-11-01", False), ("due_from=2026-11-05&due_until=2026-11-05", True),
     ("clock=nonsense&sort=nonsense&page=99", True)],
)  # fmt: skip
def test_the_filters_of_the_list(
    query: str, shown: bool, new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    matter = new_matter()
    body = visitor().get(f"/matters/?{query}").content.decode()
    assert (matter.get_absolute_url() in body) == shown
    assert (matter.title in visitor().get(f"/matters/export.csv?{query}").content.decode()) == shown


def test_a_party_is_found_however_its_letters_are_written(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    matter = new_matter(suspects="虞见山、闻知秋、容怀远、KX贸易")
    assert "KX" not in matter.title
    assert matter.get_absolute_url() in visitor().get("/matters/?q=kx").content.decode()


def test_the_shelf_of_procedures_stands_in_the_order_of_the_lines(visitor: Callable[..., Client]) -> None:
    body = visitor().get("/matters/new/").content.decode()
    places = [
        body.index(f"<h2>{line}</h2>")
        for line in ("刑事检察", "民事检察", "行政检察", "公益诉讼检察", "案件管理与综合")
    ]
    assert places == sorted(places)


def test_three_hundred_names_are_typed_without_being_cut(visitor: Callable[..., Client]) -> None:
    client = visitor()
    names = "、".join(f"被告{n}" for n in range(300))
    body = client.get("/matters/new/criminal/prosecution_review/").content.decode()
    field = re.search(r'<(\w+)[^>]*name="f.suspects"[^>]*maxlength="(\d+)"', body)
    assert field and field[1] == "textarea" and len(names) < int(field[2])
    told = {"act": "accept", "done_on": "2026-11-02", "f.suspects": names, "f.charge": "诈骗罪", "f.in_custody": "否"}
    assert client.post("/matters/new/criminal/prosecution_review/", told).status_code == 302
    assert Matter.objects.get().parties.count() == 300


def test_the_documents_of_an_act_are_drafted_from_its_form(
    new_matter: Callable[..., Matter], visitor: Callable[..., Client]
) -> None:
    client, matter = visitor(), new_matter()
    body = client.get(f"/matters/{matter.pk}/acts/send_back/").content.decode()
    link = re.search(r'href="([^"]+)">补充侦查决定书</a>', body)
    assert link
    leads = client.get(link[1].replace("&amp;", "&"))
    assert leads.status_code == 302 and f"matter={matter.pk}" in leads["Location"]
    assert "补充侦查决定书" in client.get(leads["Location"]).content.decode()


def test_custody_that_was_exceeded_stays_marked_at_the_head_of_the_matter(
    new_matter: Callable[..., Matter], do: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    matter, client = new_matter(on="2026-08-03"), visitor()
    assert "羁押曾超期" not in client.get(f"/matters/{matter.pk}/").content.decode()
    do(matter, "send_back", "2026-09-10")
    body = client.get(f"/matters/{matter.pk}/").content.decode()
    head = body[body.index('class="matter-head"') : body.index("</header>", body.index('class="matter-head"'))]
    assert "羁押曾超期7日：虞见山、闻知秋，2026-09-03届满" in head and "第一百七十二条" in head
