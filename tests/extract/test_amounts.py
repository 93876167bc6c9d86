"""Which amount of a sentence is the one decided or claimed."""

from __future__ import annotations

import pytest

from jianwei.extract.parts.ruling import headline


@pytest.mark.parametrize(
    ("item", "yuan"),
    [
        ("被告归还原告借款80000元，并支付利息（以80000元为基数，按年利率6%计算）", 80_000),
        ("被告偿还本金35867元、利息5977元、违约金1157元", 43_001),
        ("被告赔偿医疗费100元、误工费200元，共计300元", 300),
        ("以50000元为基数支付利息，另支付律师费3000元", 3_000),
        ("被告尚欠原告借款本金10000元，于2021年10月5日前付清", 10_000),
        ("本院予以确认，被告支付500元", 500),
        ("被告于判决生效后十日内支付原告1.5万元", 15_000),
        ("被告支付原告10000元，逾期另付2000元", 10_000),
    ],
)
def test_the_sum_of_an_item(item: str, yuan: int) -> None:
    found = headline(item, 0, len(item))
    assert found is not None and found.value == yuan * 100


def test_an_item_without_money_has_no_sum() -> None:
    assert headline("驳回原告的其他诉讼请求", 0, 11) is None
