"""The rest of a civil court's day: 买卖, 物业, 离婚, 追索劳动报酬."""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox.chinese import add_months, date, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, Suit, fee, write
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import Agent, World

GOODS = ("布匹", "五金配件", "塑料粒子", "瓷砖", "钢材", "纸箱", "电器配件", "饲料", "水泥", "木材", "纱线", "包装材料")


def _close(w: World, filed_on: dt.date) -> tuple[dt.date, dt.date]:
    decided_on = w.after(filed_on, 25, 95)
    return w.day(days(filed_on, 12), decided_on), decided_on


def sale(w: World) -> str:
    """A supplier against a buyer."""
    court, filed_on = w.court(), w.filing_day()
    seller: Person | Company = w.company(court) if w.chance(0.6) else w.person(court)
    buyer: Person | Company = w.company(court) if w.chance(0.5) else w.person(court)
    owed, goods = w.among(30, 6000) * 100, w.pick(GOODS)
    settled_on = add_months(filed_on, -w.among(4, 24))
    heard_on, decided_on = _close(w, filed_on)
    absent = w.chance(0.45)
    return write(w, Suit(
        court=court, cause="买卖合同纠纷", plaintiffs=[Side(seller, [w.lawyer(court)] if w.chance(0.6) else [], came_in_person=w.chance(0.4))],
        defendants=[Side(buyer, [], absent, True, w.pick(("货物存在质量问题，要求扣减货款。", "欠款属实，目前资金困难。", "货款已支付部分。")))],
        filed_on=filed_on, heard_on=heard_on, decided_on=decided_on, track=w.pick(("简易程序", "小额诉讼程序", "普通程序")),
        end="判决" if (r := w.rng.random()) < 0.55 else "调解" if r < 0.8 else "撤诉",
        claims=[f"判令被告{buyer.name}支付货款{owed}元及逾期付款利息损失", "本案诉讼费由被告承担"],
        story=f"原、被告素有{goods}买卖往来。{date(settled_on)}，双方经对账，被告确认结欠货款{owed}元，后经催讨未付。",
        facts=[f"本院经审理认定：原告向被告供应{goods}，{date(settled_on)}双方签署对账单一份，确认被告尚欠货款{owed}元。", "上述事实，有对账单、送货单及当事人陈述等证据予以证实。"],
        reasons=f"原、被告之间的买卖合同关系合法有效。被告{buyer.name}收货后未及时付款，应承担支付货款并赔偿逾期付款利息损失的责任。",
        laws=statutes.sale(decided_on), ruling=[f"被告{buyer.name}于本判决生效之日起十日内支付原告{seller.name}货款{owed}元，并赔偿逾期付款利息损失（以{owed}元为基数，自{date(filed_on)}起按全国银行间同业拆借中心公布的一年期贷款市场报价利率计算至实际付清之日止）。"] if r < 0.55 else [f"被告{buyer.name}于{date(w.after(decided_on, 20, 90))}前支付原告{seller.name}货款{owed}元，双方就本案再无其他争议。"],
        fee=fee(owed),
    ))


def property_fee(w: World, manager: Company, court: Court, agent: Agent, filed_on: dt.date) -> str:
    """A property manager against an owner: many, small and alike."""
    owner = w.person(court)
    area, price, months = w.among(60, 160), w.pick((0.8, 1.2, 1.5, 1.8, 2.2)), w.among(12, 48)
    owed = round(area * price * months)
    heard_on, decided_on = _close(w, filed_on)
    from_on = add_months(filed_on, -months - 2).replace(day=1)
    absent = w.chance(0.6)
    return write(w, Suit(
        court=court, cause="物业服务合同纠纷", plaintiffs=[Side(manager, [agent])], defendants=[Side(owner, [], absent, True, "原告服务不到位，请求减免物业费。")],
        filed_on=filed_on, heard_on=heard_on, decided_on=decided_on, track="小额诉讼程序", end="判决" if (r := w.rng.random()) < 0.45 else "调解" if r < 0.55 else "撤诉",
        claims=[f"判令被告{owner.name}支付物业服务费{owed}元及违约金", "诉讼费用由被告负担"],
        story=f"原告系被告所居住小区的物业服务企业。被告房屋建筑面积{area}平方米，自{date(from_on)}起拖欠{months}个月物业费。",
        facts=[f"经审理查明，原告为案涉小区提供物业服务，收费标准为每月每平方米{price}元。被告{owner.name}系该小区业主，尚欠物业费{owed}元。"],
        reasons="原告依约提供了物业服务，被告作为业主应当按约交纳物业费。", laws=statutes.property_fee(decided_on),
        ruling=[f"被告{owner.name}于本判决生效之日起十日内支付原告{manager.name}物业服务费{owed}元。"], fee=fee(owed),
    ))


def divorce(w: World) -> str:
    court, filed_on = w.court(), w.filing_day()
    one, other = w.person(court, (1960, 1996), w.chance(0.35)), w.person(court, (1960, 1996))
    other.male = not one.male
    other.serial = other.serial // 2 * 2 + (1 if other.male else 0)
    met, married = w.among(2, 20), 0
    married_on = add_months(filed_on, -12 * met - w.among(1, 11))
    heard_on, decided_on = _close(w, filed_on)
    end = "判决" if (r := w.rng.random()) < 0.5 else "调解" if r < 0.75 else "撤诉"
    granted = end == "调解" or w.chance(0.25)
    verdict = f"准予原告{one.name}与被告{other.name}离婚。" if granted else f"不准原告{one.name}与被告{other.name}离婚。"
    if end == "调解":
        verdict = f"原告{one.name}与被告{other.name}自愿离婚。"
    return write(w, Suit(
        court=court, cause="离婚纠纷", plaintiffs=[Side(one, [w.lawyer(court)] if w.chance(0.4) else [])],
        defendants=[Side(other, [], w.chance(0.2), True, "夫妻感情尚未破裂，不同意离婚。")], filed_on=filed_on, heard_on=heard_on, decided_on=decided_on,
        end=end, claims=["判令原告与被告离婚", "本案诉讼费用由被告负担"],
        story=f"原、被告经人介绍相识，{date(married_on)}登记结婚。婚后因性格不合经常争吵，夫妻感情已经破裂。",
        facts=[f"经审理查明：原、被告于{date(married_on)}在民政部门登记结婚。婚后因家庭琐事发生矛盾。"],
        reasons="夫妻感情确已破裂的，应准予离婚。" if granted else "原告未能提供证据证明夫妻感情确已破裂，双方应互谅互让，珍惜夫妻感情。",
        laws=statutes.divorce(decided_on), ruling=[verdict], fee=300 + married,
    ))


def wages(w: World, employer: Company | None = None, worker: Person | None = None, court: Court | None = None, filed_on: dt.date | None = None, agent: Agent | None = None) -> str:
    """A worker against an employer over unpaid wages."""
    court, filed_on = court or w.court(), filed_on or w.filing_day()
    worker, employer = worker or w.person(court), employer or w.company(court)
    months, monthly = w.among(1, 8), w.among(3500, 9800)
    owed = months * monthly - w.among(0, 900)
    heard_on, decided_on = _close(w, filed_on)
    absent = w.chance(0.4)
    return write(w, Suit(
        court=court, cause=w.pick(("追索劳动报酬纠纷", "劳务合同纠纷")), plaintiffs=[Side(worker, [agent] if agent else [w.lawyer(court)] if w.chance(0.35) else [])],
        defendants=[Side(employer, [], absent, True, "拖欠工资属实，待资金回笼后支付。")], filed_on=filed_on, heard_on=heard_on, decided_on=decided_on,
        end="判决" if (r := w.rng.random()) < 0.5 else "调解" if r < 0.85 else "撤诉",
        claims=[f"判令被告{employer.name}支付拖欠的工资{owed}元", "诉讼费由被告承担"],
        story=f"原告自{date(add_months(filed_on, -months - w.among(2, 14)))}起在被告处从事{w.pick(('挡车工', '车工', '普工', '保安', '装卸', '泥水工', '水电安装', '驾驶员'))}工作，被告尚欠工资{owed}元，出具欠条一份。",
        facts=[f"经审理查明，原告在被告处工作期间，被告拖欠工资{owed}元，有工资欠条为证。"], reasons="劳动者提供了劳动，用人单位应当及时足额支付劳动报酬。",
        laws=statutes.wages(decided_on), ruling=[f"被告{employer.name}于本判决生效之日起十日内支付原告{worker.name}工资{owed}元。"] if r < 0.5 else [f"被告{employer.name}于{date(w.after(decided_on, 10, 60))}前支付原告{worker.name}工资{owed}元。"], fee=10,
    ))
