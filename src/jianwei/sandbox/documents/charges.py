"""Charges of the sandbox: article, usual range, fine, and how the facts of an ordinary case are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jianwei.sandbox import names
from jianwei.sandbox.world import World

Telling = Callable[[World, str, str, str], str]
"""(world, name, day, place) -> the facts."""


@dataclass(frozen=True, slots=True)
class Charge:
    """``months`` is the usual range of ordinary cases, well inside the statutory one. ``fine`` in yuan, (0, 0) = none."""

    name: str
    articles: tuple[str, ...]
    months: tuple[int, int]
    fine: tuple[int, int]
    tell: Telling
    intentional: bool = True
    detention: bool = False
    """拘役 is the ordinary punishment."""
    essence: str = ""
    private: bool = False
    weight: int = 1


def _other(w: World) -> str:
    return names.SURNAMES[int(w.rng.random() * len(names.SURNAMES))] + w.pick(("某", "某某", "某1"))


def _theft(w: World, name: str, day: str, place: str) -> str:
    value = w.among(21, 380) * 100
    return f"{day}，被告人{name}窜至{place}{w.pick(names.ROADS)}一{w.pick(('店铺', '出租房', '工地', '停车场', '菜场'))}，{w.pick(('趁人不备', '采用翻窗入室的方式', '采用溜门的方式'))}，窃得被害人{_other(w)}的{w.pick(('手机一部', '电动自行车一辆', '现金', '黄金项链一条', '电缆线若干'))}，价值人民币{value}元。"


def _fraud(w: World, name: str, day: str, place: str) -> str:
    value = w.among(6, 90) * 1000
    return f"{day}，被告人{name}以非法占有为目的，虚构{w.pick(('能代办入学手续', '可低价购买二手车', '有工程项目需要垫资', '能帮助介绍工作'))}的事实，在{place}骗得被害人{_other(w)}人民币{value}元，所得款项用于个人挥霍。"


def _drunk(w: World, name: str, day: str, place: str) -> str:
    return f"{day}{w.among(19, 23)}时许，被告人{name}酒后驾驶浙{w.pick('ABCDEFG')}{w.among(10000, 99999)}号小型轿车，行驶至{place}{w.pick(names.ROADS)}路段时被执勤民警查获。经鉴定，被告人{name}血液中乙醇含量为{w.among(152, 236)}mg/100ml，属醉酒驾驶机动车。"


def _crash(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}驾驶重型货车行驶至{place}{w.pick(names.ROADS)}路口时，因疏于观察，与被害人{_other(w)}驾驶的电动自行车相撞，致被害人经抢救无效死亡。经认定，被告人{name}负事故主要责任。"


def _injury(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}在{place}{w.pick(names.ROADS)}因琐事与被害人{_other(w)}发生争执，继而将其打伤。经鉴定，被害人的损伤程度构成轻伤{w.pick(('一', '二', '二'))}级。"


def _casino(w: World, name: str, day: str, place: str) -> str:
    return f"自{day}起，被告人{name}在{place}租用房屋，提供赌具，招揽他人以打麻将、“牛牛”等方式赌博，从中抽头渔利共计人民币{w.among(12, 90) * 1000}元。"


def _helping(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}明知他人利用信息网络实施犯罪，仍在{place}将本人名下银行卡{w.among(1, 4)}张提供给他人用于转账，支付结算金额共计人民币{w.among(31, 190)}万余元，从中获利人民币{w.among(5, 60) * 100}元。"


def _affray(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}酒后在{place}{w.pick(names.ROADS)}一大排档内无故滋事，随意殴打被害人{_other(w)}，并砸毁店内物品，致一人轻微伤，财物损失人民币{w.among(21, 90) * 100}元。"


def _drugs(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}在{place}{w.pick(names.ESTATES)}附近，以人民币{w.among(2, 9) * 100}元的价格将约{w.among(2, 9) / 10}克甲基苯丙胺贩卖给{_other(w)}。"


def _rape(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}在{place}违背妇女意志，强行与被害人{_other(w)}发生性关系。（具体情节因涉及隐私，不予公开）"


def _indecency(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}在{place}对被害人{_other(w)}（女，未成年人）实施猥亵。（具体情节因涉及隐私，不予公开）"


def _embezzle(w: World, name: str, day: str, place: str) -> str:
    return f"{day}至案发，被告人{name}利用担任{place}某单位出纳的职务便利，采用收入不入账的手段，侵吞公款共计人民币{w.among(4, 18)}万元。"


def _job_embezzle(w: World, name: str, day: str, place: str) -> str:
    return f"{day}至案发，被告人{name}利用担任{place}一公司业务员的职务便利，将代收的货款人民币{w.among(7, 40)}万元占为己有。"


def _refusing(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}在收到{place}人民法院的执行通知书和报告财产令后，将其名下车辆转移并隐匿拆迁补偿款，致使生效判决无法执行。"


def _hiding(w: World, name: str, day: str, place: str) -> str:
    return f"{day}，被告人{name}明知系他人犯罪所得，仍在{place}以明显低于市场的价格收购电动自行车电瓶若干，价值人民币{w.among(40, 300) * 100}元。"


def _toxic_food(w: World, name: str, day: str, place: str) -> str:
    return f"自{day}起，被告人{name}在{place}经营早餐店期间，在生产、销售的食品中掺入国家禁止使用的非食品原料，销售金额人民币{w.among(8, 60) * 100}元。"


CHARGES: dict[str, Charge] = {
    c.name: c
    for c in (
        Charge("盗窃罪", ("第二百六十四条",), (6, 30), (1000, 10000), _theft, essence="以非法占有为目的，秘密窃取他人财物，数额较大", weight=22),
        Charge("诈骗罪", ("第二百六十六条",), (8, 35), (2000, 20000), _fraud, essence="以非法占有为目的，虚构事实骗取他人财物，数额较大", weight=11),
        Charge("危险驾驶罪", ("第一百三十三条之一第一款第二项",), (1, 4), (2000, 8000), _drunk, detention=True, essence="在道路上醉酒驾驶机动车", weight=24),
        Charge("交通肇事罪", ("第一百三十三条",), (8, 30), (0, 0), _crash, intentional=False, essence="违反交通运输管理法规，发生重大事故，致一人死亡", weight=6),
        Charge("故意伤害罪", ("第二百三十四条第一款",), (6, 24), (0, 0), _injury, essence="故意伤害他人身体，致一人轻伤", weight=9),
        Charge("开设赌场罪", ("第三百零三条第二款",), (8, 34), (3000, 30000), _casino, essence="以营利为目的，开设赌场", weight=6),
        Charge("帮助信息网络犯罪活动罪", ("第二百八十七条之二第一款",), (6, 18), (2000, 10000), _helping, essence="明知他人利用信息网络实施犯罪，为其犯罪提供支付结算等帮助，情节严重", weight=10),
        Charge("寻衅滋事罪", ("第二百九十三条第一款",), (6, 24), (0, 0), _affray, essence="随意殴打他人，任意损毁公私财物，情节恶劣", weight=4),
        Charge("贩卖毒品罪", ("第三百四十七条第四款",), (7, 20), (2000, 6000), _drugs, essence="明知是毒品而予以贩卖", weight=4),
        Charge("强奸罪", ("第二百三十六条第一款",), (37, 66), (0, 0), _rape, essence="违背妇女意志，强行与妇女发生性关系", private=True, weight=1),
        Charge("猥亵儿童罪", ("第二百三十七条第三款",), (12, 48), (0, 0), _indecency, essence="猥亵儿童", private=True, weight=1),
        Charge("贪污罪", ("第三百八十二条第一款", "第三百八十三条第一款第一项"), (12, 30), (100000, 150000), _embezzle, essence="身为国家工作人员，利用职务便利侵吞公共财物，数额较大", weight=1),
        Charge("职务侵占罪", ("第二百七十一条第一款",), (8, 30), (3000, 20000), _job_embezzle, essence="利用职务便利，将本单位财物非法占为己有，数额较大", weight=2),
        Charge("拒不执行判决、裁定罪", ("第三百一十三条第一款",), (6, 18), (0, 0), _refusing, essence="对人民法院的判决有能力执行而拒不执行，情节严重", weight=1),
        Charge("掩饰、隐瞒犯罪所得罪", ("第三百一十二条第一款",), (6, 18), (1000, 8000), _hiding, essence="明知是犯罪所得而予以收购", weight=3),
        Charge("生产、销售有毒、有害食品罪", ("第一百四十四条",), (6, 18), (2000, 20000), _toxic_food, essence="在生产、销售的食品中掺入有毒、有害的非食品原料", weight=1),
    )
}

DRAW = tuple(name for name, charge in CHARGES.items() for _ in range(charge.weight))
