"""The rows a criminal judgment yields, and what is read of the prosecution and the deeds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from criminal_judgment import compose, plain

from jianwei.extract import read
from jianwei.extract.crime.rows import rows

HEADER = """被告人赵青禾，男，2001年3月5日出生，汉族，农民，户籍地江东省清溪县。因涉嫌犯寻衅滋事罪，于2017年1月5日被刑事拘留；因犯寻衅滋事罪，于2017年6月1日被清溪县人民法院判处有期徒刑六个月，2017年7月4日刑满释放。因吸毒于2018年8月2日被行政拘留十日，同月12日因本案被刑事拘留，同年9月10日经清溪县人民检察院批准逮捕，次日由清溪县公安局执行逮捕。"""
RULING = """一、被告人赵青禾犯交通肇事罪，判处有期徒刑一年，犯盗窃罪，判处有期徒刑六个月，并处罚金人民币二千元，决定执行有期徒刑一年三个月，并处罚金人民币二千元（即自2018年8月12日起至2019年11月11日止）。
二、禁止被告人赵青禾自刑罚执行完毕之日起三年内从事道路客运职业。"""


def _rows(**parts: str) -> dict[str, list[dict[str, Any]]]:
    text = compose(**parts)  # type: ignore[arg-type]
    found: dict[str, list[dict[str, Any]]] = {}
    for record, spans in rows(read(text), "a-document"):
        told = {name: text[start:end] for name, (start, end) in spans.items()}
        found.setdefault(record.table, []).append({"row": record, "words": told})
    return found


def test_one_row_a_defendant_with_the_sentence_executed() -> None:
    found = _rows(
        header=HEADER, ruling=RULING, reasons="本院认为，被告人赵青禾系累犯，作案时系未成年人，如实供述自己的罪行。"
    )
    (told,) = found["crim_judg"]
    row = told["row"]
    assert (row.court_no, row.name, row.addr, row.occupation) == (
        "（2019）江0324刑初12号",
        "赵青禾",
        "江东省清溪县",
        "农民",
    )
    assert (row.charge, row.charges, row.intentional) == ("交通肇事罪", ("交通肇事罪", "盗窃罪"), True)
    assert (row.main_penalty, row.months, row.fine_fen, row.source_kind) == ("有期徒刑", 15, 200_000, "有罪判决")
    assert (row.term_start_on, row.term_end_on, row.decided_on) == (
        dt.date(2018, 8, 12),
        dt.date(2019, 11, 11),
        dt.date(2019, 6, 3),
    )
    assert (row.crime_on, row.held_from) == (dt.date(2018, 8, 1), dt.date(2018, 8, 12))
    assert (row.recidivist, row.banned, row.minor_at_crime, row.trial_level) == (True, True, True, "一审")
    assert set(row.circumstances) == {"累犯", "未成年", "坦白"}
    assert (
        told["words"]["months"] == "一年三个月"
        and told["words"]["recidivist"] == "累犯"
        and told["words"]["banned"] == "禁止"
    )


def test_items_measures_and_past_sentences_have_rows_of_their_own() -> None:
    found = _rows(header=HEADER, ruling=RULING)
    items = [(r["row"].charge, r["row"].months, r["row"].total, r["row"].earlier) for r in found["sentence_item"]]
    assert items == [("交通肇事罪", 12, False, False), ("盗窃罪", 6, False, False), (None, 15, True, False)]
    events = [(r["row"].kind, r["row"].on, r["row"].same_act) for r in found["custody_event"]]
    # Not the detention for the sentence of 2017, and not the approval of the arrest.
    assert events == [
        ("行政拘留", dt.date(2018, 8, 2), False),
        ("刑事拘留", dt.date(2018, 8, 12), True),
        ("逮捕", dt.date(2018, 9, 11), True),
    ]
    (prior,) = found["prior_sentence"]
    row = prior["row"]
    assert (row.charge, row.months, row.decided_on, row.released_on) == (
        "寻衅滋事罪",
        6,
        dt.date(2017, 6, 1),
        dt.date(2017, 7, 4),
    )
    assert row.prior_court == "清溪县人民法院" and prior["words"]["released_on"] == "2017年7月4日"


def test_an_act_of_negligence_is_not_intentional_and_an_adult_no_minor() -> None:
    found = _rows(header="被告人赵青禾，男，1980年1月1日出生。", ruling="被告人赵青禾犯交通肇事罪，判处有期徒刑一年。")
    row = found["crim_judg"][0]["row"]
    assert (row.intentional, row.minor_at_crime, row.recidivist, row.banned) == (False, False, False, False)


def test_a_document_without_a_number_yields_nothing() -> None:
    text = (
        compose(names=("赵青禾",), ruling="被告人赵青禾犯盗窃罪，判处有期徒刑一年。")
        .replace("（2019）江0324刑初12号\n", "")
        .replace("清检刑诉〔2019〕第0012号", "")
    )
    assert list(rows(read(text), "a-document")) == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("以清检刑诉〔2019〕12号起诉书", "清检刑诉〔2019〕12号"),
        ("以清检刑诉［2019］第0789号起诉书", "清检刑诉〔2019〕第0789号"),
        ("以清检公诉刑诉(2016)585号起诉书", "清检公诉刑诉〔2016〕585号"),
        ("以清检一部刑诉（２０１９）１９１号", "清检一部刑诉〔2019〕191号"),
        ("以（2015）清检刑诉第90号起诉书", "〔2015〕清检刑诉第90号"),
        ("以清检刑诉（2013）2012-3137号起诉书", "清检刑诉〔2013〕2012-3137号"),
    ],
)
def test_the_number_of_the_indictment_keeps_its_words_under_one_kind_of_bracket(printed: str, value: str) -> None:
    text = compose(names=("赵青禾",)).replace("以清检刑诉〔2019〕第0012号起诉书", printed)
    judgment = read(text)
    assert plain(judgment.indictment_no) == value
    assert plain(judgment.prosecutor) == "清溪县人民检察院"
    assert judgment.indictment_no is not None and text[judgment.indictment_no.end - 1] == "号"


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("本院依法适用简易程序，实行独任审判，公开开庭审理了本案。", "简易"),
        ("本院依法适用简易程序，后根据案件需要，转为普通程序，并组成合议庭。", "普通"),
        ("本院适用刑事案件速裁程序，实行独任审判。", "速裁"),
        ("并建议适用简易程序。本院依法组成合议庭，公开开庭审理了本案。", "普通"),
        ("本院审查后，认为不宜适用速裁程序，依法适用简易程序。", "简易"),
    ],
)
def test_the_track_is_the_one_applied_last(told: str, value: str) -> None:
    text = compose(names=("赵青禾",)).replace("本院依法组成合议庭，公开开庭审理了本案。", told)
    assert plain(read(text).track) == value


@pytest.mark.parametrize(
    ("facts", "first", "last"),
    [
        (
            "2018年8月1日、同月5日，赵青禾入户盗窃。2018年8月9日，民警在其住处抓获被告人赵青禾。",
            "2018-08-01",
            "2018-08-05",
        ),
        ("2018年6月至7月间，赵青禾多次盗窃。", "2018-06-30", "2018-07-31"),
        (
            "被告人赵青禾曾因犯盗窃罪于2010年1月3日被判处拘役。2018年8月1日，赵青禾盗窃手机。",
            "2018-08-01",
            "2018-08-01",
        ),
    ],
)
def test_the_deeds_are_dated_without_capture_or_past_sentences(facts: str, first: str, last: str) -> None:
    text = compose(names=("赵青禾",), ruling="被告人赵青禾犯盗窃罪，判处拘役一个月。").replace(
        "2018年8月1日，事情发生。", facts
    )
    (who,) = read(text).as_json()["defendants"]
    assert (who["crime_on"]["value"], who["crime_last_on"]["value"]) == (first, last)


def test_counsel_and_guardians_act_for_the_defendant_before_them() -> None:
    header = (
        "被告人赵青禾，男，2003年1月1日出生，住清溪县。\n法定代理人赵大，系赵青禾之父。\n指定辩护人孙正、李平，江东正平律师事务所律师。\n"
        "被告人钱木，男，1990年1月1日出生。\n辩护人钱水，系被告人钱木之姐。\n附带民事诉讼原告人周山，男，1970年1月1日出生。"
    )
    parties = {p.name.value: p for p in read(compose(header=header)).parties}
    assert list(parties)[:2] == ["赵青禾", "钱木"] and "周山" in parties
    agents = {name: [(a.name.value, plain(a.kind), plain(a.firm)) for a in p.agents] for name, p in parties.items()}
    assert agents["赵青禾"] == [
        ("赵大", "法定代理人", None),
        ("孙正", "律师", "江东正平律师事务所"),
        ("李平", "律师", "江东正平律师事务所"),
    ]
    assert agents["钱木"] == [("钱水", "近亲属", None)]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("被告人赵青禾对指控的事实无异议，自愿认罪。", "admitted"),
        ("被告人赵青禾辩称其没有盗窃。", "disputed"),
        ("被告人赵青禾对公诉机关的指控提出异议。", "disputed"),
        ("", None),
    ],
)
def test_whether_the_accused_admits_the_charge(said: str, value: str | None) -> None:
    text = compose(names=("赵青禾",)).replace(
        "经审理查明，", f"清溪县人民检察院指控：2018年8月1日，赵青禾盗窃手机。\n{said}\n经审理查明，"
    )
    judgment = read(text)
    assert plain(judgment.defence) == value
    assert plain(judgment.claims) == "2018年8月1日，赵青禾盗窃手机。"
