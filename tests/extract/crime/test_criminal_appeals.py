"""An appeal, a retrial or a review is read for what it leaves standing, never for what it sets aside."""

from __future__ import annotations

from criminal_judgment import plain

from jianwei.extract import Judgment, read
from jianwei.extract.crime.facts import Defendant

HEAD = """江东省青山市中级人民法院
刑 事 {kind} 书
（2021）江02刑终35号
原公诉机关青山市东河区人民检察院。
上诉人（原审被告人）赵青禾，男，1988年3月2日出生，农民，住青山市东河区。因涉嫌犯诈骗罪于2020年5月1日被刑事拘留，同年6月5日被逮捕。2020年12月1日被判处有期徒刑四年。现羁押于青山市看守所。
上诉人（原审被告人）钱木，男，1990年1月1日出生。2020年5月1日被取保候审。
原审被告人孙溪，女，1991年7月7日出生。2020年5月1日被取保候审。
青山市东河区人民法院审理青山市东河区人民检察院指控原审被告人赵青禾、钱木、孙溪犯诈骗罪一案，于2020年12月1日作出（2020）江0203刑初88号刑事判决。原审被告人赵青禾、钱木不服，提出上诉。本院依法组成合议庭，决定不开庭审理。现已审理终结。
原判认定，2020年3月1日，被告人赵青禾、钱木、孙溪骗取被害人李某10万元。
原审法院认为，被告人的行为构成诈骗罪。据此，依照《中华人民共和国刑法》第二百六十六条之规定，判决：一、被告人赵青禾犯诈骗罪，判处有期徒刑四年，并处罚金人民币二万元；二、被告人钱木犯诈骗罪，判处有期徒刑三年，缓刑四年，并处罚金人民币一万元；三、被告人孙溪犯诈骗罪，判处有期徒刑一年，缓刑一年，并处罚金人民币五千元。
上诉人赵青禾上诉提出，原判量刑过重。
本院认为，原判定罪准确。依照《中华人民共和国刑事诉讼法》第二百三十六条之规定，{kind}如下：
{ruling}
本{kind}为终审{kind}。
审判长 石岩
二〇二一年二月三日
书记员 米粒
"""


def test_an_upheld_sentence_is_taken_from_where_it_is_quoted() -> None:
    found = _read("裁定", "驳回上诉，维持原判。")
    assert {name: _short(d) for name, d in found.items()} == {
        "赵青禾": (["诈骗罪"], 48, None, 2_000_000, "原判"),
        "钱木": (["诈骗罪"], 36, 48, 1_000_000, "原判"),
        "孙溪": (["诈骗罪"], 12, 12, 500_000, "原判"),
    }


def test_what_is_set_aside_is_replaced_and_the_rest_stands() -> None:
    found = _read(
        "判决",
        "一、维持青山市东河区人民法院（2020）江0203刑初88号刑事判决第一项、第三项；\n"
        "二、撤销青山市东河区人民法院（2020）江0203刑初88号刑事判决第二项，即被告人钱木犯诈骗罪，判处有期徒刑三年，缓刑四年，并处罚金人民币一万元；\n"
        "三、上诉人（原审被告人）钱木犯诈骗罪，判处有期徒刑二年，缓刑三年，并处罚金人民币一万元。",
    )
    assert _short(found["钱木"]) == (["诈骗罪"], 24, 36, 1_000_000, "本判")
    assert _short(found["赵青禾"]) == (["诈骗罪"], 48, None, 2_000_000, "原判")
    assert _short(found["孙溪"]) == (["诈骗罪"], 12, 12, 500_000, "原判")


def test_an_upheld_conviction_and_a_new_penalty_are_one_sentence() -> None:
    found = _read(
        "判决",
        "一、维持青山市东河区人民法院（2020）江0203刑初88号刑事判决定罪部分，即被告人赵青禾犯诈骗罪。\n"
        "二、撤销青山市东河区人民法院（2020）江0203刑初88号刑事判决量刑部分，即判处有期徒刑四年。\n"
        "三、上诉人赵青禾犯诈骗罪，判处有期徒刑三年（即从2020年5月1日起至2023年4月30日止）。",
    )
    assert _short(found["赵青禾"]) == (["诈骗罪"], 36, None, None, "本判")
    assert plain(found["赵青禾"].term_end_on).isoformat() == "2023-04-30"


def test_sent_back_for_retrial_leaves_no_sentence() -> None:
    found = _read(
        "裁定", "一、撤销青山市东河区人民法院（2020）江0203刑初88号刑事判决；\n二、发回青山市东河区人民法院重新审判。"
    )
    assert [_short(d) for d in found.values()] == [([], None, None, None, None)] * 3


def test_the_judgment_under_appeal_is_no_past_sentence() -> None:
    found = _read("裁定", "驳回上诉，维持原判。")
    assert found["赵青禾"].priors == []
    assert [e.same_act for e in found["赵青禾"].custody] == [True, True]


def test_an_approved_death_sentence_is_read_from_the_approval() -> None:
    text = HEAD.format(
        kind="裁定",
        ruling="核准江东省高级人民法院（2020）江刑终51号维持第一审对被告人赵青禾以故意杀人罪，判处死刑，剥夺政治权利终身；以抢劫罪，判处有期徒刑十年，并处罚金人民币二万元，决定执行死刑，剥夺政治权利终身，并处罚金人民币二万元的刑事裁定。",
    )
    who = next(d for d in read(text).defendants if isinstance(d, Defendant))
    assert (plain(who.charges), plain(who.life_or_death), plain(who.fine_fen), plain(who.source)) == (
        ["故意杀人罪", "抢劫罪"],
        "死刑",
        2_000_000,
        "原判",
    )


def test_penalties_upheld_for_other_charges_stand_beside_the_new_one() -> None:
    found = _read(
        "判决",
        "一、撤销青山市东河区人民法院（2020）江0203刑初88号刑事判决中对被告人赵青禾以窝藏罪判处有期徒刑五年的部分。\n"
        "二、上诉人赵青禾犯包庇罪，判处有期徒刑三年。\n"
        "三、维持青山市东河区人民法院（2020）江0203刑初88号刑事判决中对被告人赵青禾以诈骗罪判处有期徒刑八年的部分，与包庇罪判处有期徒刑三年并罚，决定执行有期徒刑十年。",
    )
    assert _short(found["赵青禾"])[:2] == (["诈骗罪", "包庇罪"], 120)


def _read(kind: str, ruling: str) -> dict[str, Defendant]:
    judgment: Judgment = read(HEAD.format(kind=kind, ruling=ruling))
    assert judgment.procedure is not None and judgment.procedure.value == "刑事二审"
    return {d.name.value: d for d in judgment.defendants if isinstance(d, Defendant)}


def _short(who: Defendant) -> tuple[object, ...]:
    return tuple(plain(v) for v in (who.charges, who.months, who.probation_months, who.fine_fen, who.source))


def test_without_a_block_of_parties_the_indictment_names_the_accused() -> None:
    text = (
        "江东省清溪县人民法院\n刑事判决书\n（2020）江0324刑初2号\n"
        "清溪县人民检察院以清检刑诉〔2020〕14号起诉书指控被告人赵青禾、钱木犯掩饰、隐瞒犯罪所得罪、被告人孙溪犯盗窃罪，于2020年7月20日向本院提起公诉。本院依法组成合议庭，公开开庭审理了本案。现已审理终结。\n"
        "公诉机关指控，2020年1月17日，被告人孙溪盗窃电瓶。\n本院认为，被告人孙溪系累犯。依照刑法之规定，判决如下：\n"
        "一、被告人赵青禾、钱木犯掩饰、隐瞒犯罪所得罪，各判处拘役五个月。\n二、被告人孙溪犯盗窃罪，判处有期徒刑一年。\n"
        "如不服本判决，可上诉。\n审判员 石岩\n二〇二〇年九月四日\n"
    )
    judgment = read(text)
    found = {d.name.value: d for d in judgment.defendants if isinstance(d, Defendant)}
    assert {name: _short(d)[:2] for name, d in found.items()} == {
        "赵青禾": (["掩饰、隐瞒犯罪所得罪"], 5),
        "钱木": (["掩饰、隐瞒犯罪所得罪"], 5),
        "孙溪": (["盗窃罪"], 12),
    }
    assert plain(found["孙溪"].circumstances) == ["累犯"]
    assert [p.name.value for p in judgment.parties] == ["赵青禾", "钱木", "孙溪"]
