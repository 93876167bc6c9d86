"""A loan handed over in several ways is read as one delivery; what came back is no part of it."""

from __future__ import annotations

import pytest

from jianwei.extract import read

HEAD = """浙江省诸暨市人民法院
民事判决书
（2021）浙0681民初1234号
原告：季长庚，男，1980年1月1日出生，汉族，住浙江省诸暨市。
被告：郑开，男，1982年3月4日出生，汉族，住浙江省诸暨市。
原告季长庚与被告郑开民间借贷纠纷一案，本院于2021年3月1日立案后，依法适用简易程序，公开开庭进行了审理。本案现已审理终结。
原告季长庚向本院提出诉讼请求：判令被告归还借款{claimed}。
经审理查明："""
TAIL = """
本院认为，合法的借贷关系受法律保护。依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：
被告郑开于本判决生效之日起十日内归还原告季长庚借款{claimed}。
审判员 王启
二〇二一年四月六日
书记员 冯益
"""
BORROWED = "2020年1月5日，被告向原告借款30万元"
WAN = 1_000_000
"""A 万元 in fen."""


def loan_in(facts: str, claimed: str = "30万元") -> dict[str, object]:
    loan = read((HEAD + facts + TAIL).format(claimed=claimed)).loan
    assert loan
    names = ("principal", "delivered", "delivery")
    return {name: leaf.value for name in names if (leaf := getattr(loan, name))}


@pytest.mark.parametrize(
    "facts",
    [
        BORROWED + "，原告交付现金5万元，银行转账25万元。被告出具借条一份。",
        "2020年1月5日，被告向原告借款，原告以现金5万元，银行转账25万元的方式交付。",
        "2020年1月5日，被告向原告借款，现金5万、银行转账25万元，合计30万元。",
        BORROWED + "，其中现金5万元，银行转账25万元。",
        "2020年1月5日，原告向被告交付借款30万元，其中银行转账25万元，现金5万元。",
        BORROWED + "，原告通过银行转账交付25万元，另以现金交付5万元。",
        BORROWED + "。当日，原告通过农业银行转账给被告25万元，剩余5万元以现金方式交付。",
        BORROWED + "，原告分别以转账25万元、现金5万元的形式履行了出借义务。",
        BORROWED + "，原告于当日向被告银行卡汇款250000元，并给付现金50000元。",
        BORROWED + "，借条载明：今借到季长庚现金伍万元，银行转账贰拾伍万元，共计叁拾万元。",
        BORROWED + "，原告当场交付现金5万元。次日，原告又转账25万元至被告账户。",
        BORROWED + "，原告先后于当日转账10万元、1月8日转账15万元、1月9日现金支付5万元。",
        BORROWED + "，原告分两次向被告转账10万元、15万元，现金5万元。",
        BORROWED + "，5万元为现金交付，25万元通过银行转账交付。",
        BORROWED + "，原告转账交付25万元，现金5万元。2020年6月1日，被告转账归还原告3万元。",
    ],
)
def test_cash_and_transfers_add_up(facts: str) -> None:
    assert loan_in(facts) == {"principal": 30 * WAN, "delivered": 30 * WAN, "delivery": "混合"}


@pytest.mark.parametrize(
    ("facts", "wan"),
    [
        (BORROWED + "，原告转账30万元给被告，被告转账归还5万元、现金归还2万元。", 30),
        (BORROWED + "，原告于当日转账30万元。被告于2020年2月5日转账支付利息6000元。", 30),
        (BORROWED + "，原告扣除首月利息9000元后，实际转账交付291000元。", 29.1),
        (BORROWED + "，原告转账交付30万元，2020年3月1日又转账5万元系另案款项。", 30),
        (BORROWED + "，原告转账30万元。2020年5月5日，被告又向原告借款20万元，原告转账交付20万元。", 30),
    ],
)
def test_what_came_back_or_belongs_elsewhere_is_not_added(facts: str, wan: float) -> None:
    assert loan_in(facts) == {"principal": 30 * WAN, "delivered": wan * WAN, "delivery": "转账"}


def test_money_that_only_came_back_was_not_handed_over() -> None:
    facts = BORROWED + "。借款后，被告每月以转账的方式向原告支付利息2000元，并以转账方式归还8万元。"
    assert "delivered" not in loan_in(facts)


def test_a_note_for_so_much_cash_is_no_delivery() -> None:
    assert loan_in(BORROWED + "，借条载明今借到季长庚现金30万元。") == {"principal": 30 * WAN, "delivery": "现金"}
