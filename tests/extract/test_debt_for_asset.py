"""What counts as property handed over for a debt, in the words of settlements and rulings."""

from __future__ import annotations

import pytest

from jianwei.extract import read

RULING = """浙江省诸暨市人民法院
执行裁定书
（2022）浙0681执88号之一
申请执行人：诸暨长丰置业有限公司，住所地浙江省诸暨市。
法定代表人：王启。
被执行人：诸暨元兴纺织有限公司，住所地浙江省诸暨市。
法定代表人：郑开。
本院在执行诸暨长丰置业有限公司与诸暨元兴纺织有限公司借款合同纠纷一案中，{facts}依照《中华人民共和国民事诉讼法》第二百五十八条之规定，裁定如下：
{ruling}
本裁定送达后即发生法律效力。
审判员 王启
二〇二二年四月六日
书记员 冯益
"""
WAN = 1_000_000


@pytest.mark.parametrize(
    ("facts", "ruling", "asset", "wan"),
    [
        (
            "双方达成和解协议，约定被执行人以其所有的大桥路1号厂房作价500万元抵偿全部债务，申请执行人撤回执行申请。",
            "终结（2020）浙0681民督3号支付令的执行。",
            "大桥路1号厂房",
            500,
        ),
        (
            "查封了被执行人的房屋。",
            "将诸暨元兴纺织有限公司名下位于诸暨市大桥路1号2幢、3幢的房屋以第二次拍卖保留价人民币5,600,000元交付诸暨长丰置业有限公司抵偿相应债务。",
            "位于诸暨市大桥路1号2幢、3幢的房屋",
            560,
        ),
        (
            "双方达成以物抵债协议。",
            "一、被执行人以物抵债，将大桥路1号商铺折价80万元抵顶所欠债务，过户至申请执行人名下。",
            "大桥路1号商铺",
            80,
        ),
        (
            "双方自愿达成和解协议。",
            "被执行人名下的大桥路1号厂房归申请执行人所有，用以抵偿所欠债务120万元。",
            "大桥路1号厂房",
            120,
        ),
        (
            "双方达成和解协议。",
            "被执行人将其坐落于大桥路1号的商铺两间折抵债务20万元给申请执行人。",
            "坐落于大桥路1号的商铺两间",
            20,
        ),
    ],
)
def test_property_is_handed_over(facts: str, ruling: str, asset: str, wan: int) -> None:
    (found,) = [part.as_json() for part in read(RULING.format(facts=facts, ruling=ruling)).transfers]
    assert found["asset"]["value"] == asset
    assert (found["owner"]["value"], found["taker"]["value"]) == ("诸暨元兴纺织有限公司", "诸暨长丰置业有限公司")
    assert found["debt"]["value"] == wan * WAN


@pytest.mark.parametrize(
    ("facts", "ruling"),
    [
        ("被执行人的厂房二次拍卖均流拍，申请执行人不同意以物抵债。", "终结本次执行程序。"),
        ("被执行人名下房屋已抵押给银行，暂不宜处置。", "终结本次执行程序。"),
        ("被执行人提出以其房屋作价300万元抵偿债务。", "终结本次执行程序。"),
        ("双方约定被执行人以厂房租金抵偿债务。", "终结本次执行程序。"),
    ],
)
def test_property_stays_where_it_is(facts: str, ruling: str) -> None:
    assert not read(RULING.format(facts=facts, ruling=ruling)).transfers
