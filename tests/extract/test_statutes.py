"""Citations as courts write them."""

from __future__ import annotations

import pytest

from jianwei.extract import read

HEAD = "某县人民法院 刑事判决书 （2019）某0101刑初1号 公诉机关某县人民检察院。 被告人甲某，男。 某县人民检察院指控被告人甲某犯盗窃罪，向本院提起公诉。现已审理终结。 "
TAIL = "，判决如下： 被告人甲某犯盗窃罪，判处罚金一千元。 审判员乙某 二〇一九年一月一日 书记员丙某 附：《中华人民共和国刑法》 第九十九条本法所称以上包括本数。"


def _cited(reasons: str) -> list[tuple[str, str, bool]]:
    found = read(HEAD + reasons + TAIL).statutes
    return [(s.law.value.removeprefix("中华人民共和国"), s.article.value, s.basis) for s in found]


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("《中华人民共和国刑法》第二百六十四条、第六十七条第三款之规定", ["第二百六十四条", "第六十七条第三款"]),
        (
            "《刑法》第一百三十三条之一第一款第（二）项，第五十二条的规定",
            ["第一百三十三条之一第一款第（二）项", "第五十二条"],
        ),
        ("《中华人民共和国刑法》三百零七条之一、第二十五条之规定", ["第三百零七条之一", "第二十五条"]),
        ("《中华人民共和国刑法》第二百三十六第一款之规定", ["第二百三十六条第一款"]),
        (
            "《中华人民共和国刑法》第二十五、二十六、二十七条和六十四条之规定",
            ["第二十五条", "第二十六条", "第二十七条", "第六十四条"],
        ),
        ("刑法第７２条第一款、第三款及第七十三条之规定", ["第72条第一款", "第72条第三款", "第七十三条"]),
    ],
)
def test_the_articles_of_the_legal_basis(basis: str, expected: list[str]) -> None:
    assert _cited(f"本院认为，应予惩处。依照{basis}") == [("刑法", article, True) for article in expected]


def test_several_laws_in_one_sentence_keep_their_articles() -> None:
    assert _cited(
        "本院认为，应予惩处。依照《中华人民共和国刑法》第六十四条及《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第一百三十八条之规定"
    ) == [
        ("刑法", "第六十四条", True),
        ("最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释", "第一百三十八条", True),
    ]


def test_a_citation_elsewhere_is_kept_apart_and_the_appendix_is_not_read() -> None:
    reasons = (
        "辩护人提出应适用《中华人民共和国刑法》第十三条。本院认为，不予采纳。依照《中华人民共和国刑法》第六十四条之规定"
    )
    assert _cited(reasons) == [("刑法", "第六十四条", True), ("刑法", "第十三条", False)]


def test_the_number_is_the_article_without_its_parts() -> None:
    statute = read(HEAD + "本院认为，依照《中华人民共和国刑法》第一百三十三条之一第一款之规定" + TAIL).statutes[0]
    assert statute.number.value == 133


def test_a_contract_clause_is_no_statute() -> None:
    assert _cited("双方在《借款合同》第三条约定了利息。本院认为，依照《中华人民共和国刑法》第六十四条之规定") == [
        ("刑法", "第六十四条", True)
    ]
