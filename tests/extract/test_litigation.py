"""The litigation record and the signatures, sentence by sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.extract import read

HEAD = "某县人民法院\n民事判决书\n（2019）某0101民初1号\n原告：张三，男。\n被告：李四，男。\n被告：王五，男。\n"
BODY = "\n原告张三诉称，请求判令还款1元。\n本院认为，应予支持。依照《中华人民共和国合同法》第一条之规定，判决如下：\n二被告还款1元。\n"
SIGNED = "审判员赵六\n二〇一九年五月六日\n书记员钱七"


def _record(sentence: str) -> str:
    return f"{HEAD}原告张三与被告李四、王五民间借贷纠纷一案，{sentence}本案现已审理终结。{BODY}{SIGNED}"


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("原告张三、被告李四到庭参加诉讼，被告王五经传票传唤拒不到庭。", [False, False, True]),
        ("原告张三到庭参加诉讼，二被告经本院合法传唤无正当理由均未到庭。", [False, True, True]),
        ("原告张三的委托代理人、被告李四（以下简称甲方）、王五到庭。", [False, False, False]),
        ("原告张三、被告李四、王五第一次开庭到庭参加诉讼。第二次开庭被告李四未到庭。", [False, True, False]),
        ("双方当事人均到庭参加诉讼。", [False, False, False]),
        ("本院依法审理。", [None, None, None]),
    ],
)
def test_who_came_and_who_stayed_away(sentence: str, absent: list[bool | None]) -> None:
    parties = read(_record(sentence)).parties
    assert [party.absent.value if party.absent else None for party in parties] == absent


@pytest.mark.parametrize(
    ("sentence", "filed", "heard", "track", "noticed"),
    [
        (
            "本院于2019年1月2日立案后，依法适用简易程序，于同年3月4日公开开庭进行了审理。",
            "2019-01-02",
            "2019-03-04",
            "简易",
            None,
        ),
        (
            "本院于2019年1月2日受理后，依法组成合议庭，于2019年3月4日、3月9日两次公开开庭审理。",
            "2019-01-02",
            "2019-03-04",
            "普通",
            None,
        ),
        ("原告于2019年1月2日向本院提起诉讼，依法适用小额诉讼程序独任审理。", "2019-01-02", None, "小额", None),
        (
            "本院于2019年1月2日立案，先适用简易程序，后转为普通程序，因被告下落不明公告送达。",
            "2019-01-02",
            None,
            "普通",
            True,
        ),
    ],
)
def test_dates_track_and_publication(
    sentence: str, filed: str, heard: str | None, track: str, noticed: bool | None
) -> None:
    judgment = read(_record(sentence))
    assert judgment.filed_on and judgment.filed_on.value.isoformat() == filed
    assert (judgment.heard_on.value.isoformat() if judgment.heard_on else None) == heard
    assert judgment.track and judgment.track.value == track
    assert (judgment.noticed.value if judgment.noticed else None) is noticed


@pytest.mark.parametrize(
    ("signed", "judges", "clerk", "on"),
    [
        (
            "审　判　长　张　三\n代理审判员　李小四\n人民陪审员　欧阳五\n二○一九年五月六日\n书　记　员　王　六",
            ["张三", "李小四", "欧阳五"],
            "王六",
            "2019-05-06",
        ),
        ("审判员 雷 雨二〇一九年五月六日书记员 王小民附：相关法条", ["雷雨"], "王小民", "2019-05-06"),
        ("审判员张三一九九八年五月六日代书记员王六", ["张三"], "王六", "1998-05-06"),
        (
            "审判长：张三\n审判员：李四\n二零一九年十二月三十一日\n法官助理：赵七\n代理书记员：王六",
            ["张三", "李四"],
            "王六",
            "2019-12-31",
        ),
        (
            "（此页无正文）\n审判员 阿卜杜·热合曼\n2019年5月6日\n书记员 王某某",
            ["阿卜杜·热合曼"],
            "王某某",
            "2019-05-06",
        ),
    ],
)
def test_signatures(signed: str, judges: list[str], clerk: str, on: str) -> None:
    judgment = read(_record("本院依法审理。").removesuffix(SIGNED) + signed)
    assert [name.value for name in judgment.judges] == judges
    assert judgment.clerk and judgment.clerk.value == clerk
    assert judgment.decided_on and judgment.decided_on.value == dt.date.fromisoformat(on)


def test_an_appendix_of_statutes_is_no_part_of_the_signatures() -> None:
    judgment = read(_record("本院依法审理。") + "\n附：\n第一条 审判员不得二〇二〇年一月一日后审理\n")
    assert [name.value for name in judgment.judges] == ["赵六"]
    assert judgment.decided_on and judgment.decided_on.value == dt.date(2019, 5, 6)
