"""民间借贷."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jianwei.sandbox.chinese import add_months, capital, date, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, Suit, fee, write
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import Agent, World

USES = ("资金周转需要", "经营需要", "购房需要", "做生意缺少资金", "家中急用", "工程周转需要", "购车需要")
FORM_NOTE = "借款人确认已收到上述全部借款现金，如逾期未还，自愿承担出借人为实现债权支出的律师费、差旅费等一切费用，并按月利率百分之二支付违约金，由出借人所在地人民法院管辖"
"""The printed note of a lender who has many."""


@dataclass(slots=True)
class Loan:
    """A loan and the suit about it. Money in yuan."""

    lender: Side
    borrowers: list[Side]
    court: Court
    filed_on: dt.date
    principal: int
    loaned_on: dt.date
    delivered: int | None = None
    """What the proof shows; None = the whole principal."""
    cash: int = 0
    """How much of it is said to have been cash."""
    rate: str = ""
    """月利率1% and the like; empty = none agreed"""
    form_note: bool = False
    cut: int = 0
    guarantor: bool = False
    noticed: bool = False
    end: str = "判决"
    took_days: int = 45
    track: str = "简易程序"
    admitted: bool = False
    rich: bool = False
    judge: str = ""
    case_no: str = ""
    extra_facts: list[str] = field(default_factory=list)


def write_loan(w: World, loan: Loan) -> str:
    """Writes the judgment, mediation or ruling about ``loan``; returns its case number."""
    decided_on = w.after(loan.filed_on, max(1, loan.took_days - 6), loan.took_days + 6)
    heard_on = min(w.day(days(loan.filed_on, max(1, (decided_on - loan.filed_on).days // 2)), decided_on), decided_on)
    due_on = add_months(loan.loaned_on, w.pick((3, 6, 6, 12)))
    lender, borrower = loan.lender.name, "、".join(s.name for s in loan.borrowers[: 1 if loan.guarantor else None])
    proof = loan.delivered if loan.delivered is not None else loan.principal - loan.cash
    how = _delivery(loan, proof)
    note = _note(w, loan, lender, borrower, due_on)
    use = w.pick(USES)
    interest = f"，约定{loan.rate}" if loan.rate else w.pick(("，双方未约定利息", "", "，未约定利息"))
    story = f"{date(loan.loaned_on)}，被告{borrower}因{use}向原告借款{loan.principal}元{interest}，{how}被告出具借条一份，约定于{date(due_on)}前归还。借款到期后，经原告多次催讨，被告至今未还，故诉至法院。"
    lawyer_fee = 3000 if loan.form_note else 0
    from_on = loan.loaned_on if loan.rate else days(due_on, 1)
    basis = f"按{loan.rate}" if loan.rate else "按照全国银行间同业拆借中心公布的一年期贷款市场报价利率"
    if loan.rate and decided_on.year >= 2021:
        basis += "且不超过一年期贷款市场报价利率四倍的标准"
    claims = [f"判令被告{borrower}归还原告借款本金{loan.principal}元，并支付利息（自{date(from_on)}起{basis}计算至实际履行之日止）"]
    if lawyer_fee:
        claims.append(f"判令被告支付原告律师费{lawyer_fee}元")
    if loan.guarantor:
        claims.append(f"判令被告{loan.borrowers[-1].name}对上述款项承担连带清偿责任")
    claims.append("本案诉讼费用由被告承担")
    granted = loan.principal - loan.cut
    facts = [f"经审理查明：{date(loan.loaned_on)}，被告{borrower}因{use}向原告{lender}借款，{note}{how}" + (f"原告在交付借款时预先扣除利息{loan.cut}元。" if loan.cut else "") + "借款到期后，被告未按约归还借款本息。", *loan.extra_facts]
    if loan.admitted:
        facts.append("被告对原告主张的借款事实及诉讼请求均无异议。")
    facts.append("上述事实，有" + w.pick(("借条", "借条、身份证复印件")) + ("、银行转账凭证" if proof > 0 else "") + "及当事人陈述等证据予以证实。")
    reasons = f"合法的借贷关系受法律保护。被告{borrower}向原告借款{granted}元，有借条等证据为证，事实清楚，双方借贷关系成立。被告未按约还款，应承担归还借款并支付利息的民事责任。"
    if loan.cut:
        reasons += "利息预先在本金中扣除的，应当按照实际出借数额认定为本金。"
    if any(s.absent for s in loan.borrowers):
        reasons += "被告经本院合法传唤无正当理由拒不到庭，视为放弃抗辩的权利。"
    ruling = [f"一、被告{borrower}于本判决生效之日起十日内归还原告{lender}借款本金{granted}元，并支付利息（以{granted}元为基数，自{date(from_on)}起{basis}计算至实际清偿之日止）。"]
    if lawyer_fee:
        ruling.append(f"二、被告{borrower}于本判决生效之日起十日内支付原告{lender}律师费{lawyer_fee}元。")
    if loan.guarantor:
        ruling.append(f"{'三' if lawyer_fee else '二'}、被告{loan.borrowers[-1].name}对上述款项承担连带清偿责任。")
    if loan.end == "调解":
        pay_on = w.after(decided_on, 20, 200)
        ruling = [f"一、被告{borrower}尚欠原告{lender}借款本金{granted}元，于{date(pay_on)}前付清。", f"二、若被告{borrower}未按期足额履行，原告{lender}有权就未履行部分一并申请强制执行。"]
    laws = statutes.loan(decided_on)
    if decided_on.year >= 2015 and w.chance(0.5):
        laws = [*laws, (statutes.LENDING, "第二十八条" if decided_on.year >= 2021 else "第二十六条")]
    return write(w, Suit(
        court=loan.court, cause="民间借贷纠纷", plaintiffs=[loan.lender], defendants=loan.borrowers, filed_on=loan.filed_on, heard_on=heard_on,
        decided_on=decided_on, track="普通程序" if loan.noticed else loan.track, noticed=loan.noticed, end=loan.end, claims=claims, story=story, facts=facts,
        reasons=reasons, laws=laws, ruling=ruling, fee=fee(loan.principal), rich=loan.rich, judge=loan.judge, case_no=loan.case_no,
    ))


def _delivery(loan: Loan, proof: int) -> str:
    if loan.cash >= loan.principal:
        return "原告以现金方式交付了全部借款。"
    if loan.cash > 0:
        return f"原告通过银行转账交付{proof}元，其余{loan.cash}元以现金方式交付。"
    return f"原告于同日通过银行转账方式向被告交付借款{proof}元。"


def _note(w: World, loan: Loan, lender: str, borrower: str, due_on: dt.date) -> str:
    if loan.form_note:
        return f"并在原告提供的格式借条上签名，借条载明：“今借到{lender}人民币{capital(loan.principal)}（¥{loan.principal}），于{date(due_on)}前归还。{FORM_NOTE}。”"
    opening = w.pick(("今借到", "今向", "兹借到", "今借"))
    text = f"{opening}{lender}{'借到' if opening == '今向' else ''}人民币{loan.principal}元" + w.pick(("整", "", f"（大写{capital(loan.principal)}）"))
    return f"被告出具借条一份，载明：“{text}，{w.pick(('定于', '约定', '保证'))}{date(due_on)}前{w.pick(('归还', '还清', '一次性归还'))}。借款人：{borrower}。”"


def ordinary(w: World) -> str:
    """An everyday loan between two acquaintances, now and then with a guarantor."""
    court = w.court()
    filed_on = w.filing_day()
    loaned_on = add_months(filed_on, -w.among(8, 40))
    principal = w.pick((5000, 8000, 10000, 15000, 20000, 30000, 40000, 50000, 60000, 80000, 100000, 120000, 150000, 200000, 300000, 500000)) + (w.among(0, 9) * 100 if w.chance(0.2) else 0)
    lender_person: Person | Company = w.person(court)
    absent = w.chance(0.42)
    mine, other = w.rng.sample(w.bench(court).lawyers, 2)
    agent: list[Agent] = [mine] if w.chance(0.45) else []
    borrowers = [Side(w.person(court), [other] if not absent and w.chance(0.25) else [], absent, True, "" if absent else w.pick(("借款属实，但目前无力归还，请求分期履行。", "对借款本金无异议，利息约定过高。", "已归还部分款项，请求予以扣除。")))]
    guarantor = w.chance(0.12)
    if guarantor:
        borrowers.append(Side(w.person(court), [], w.chance(0.5), True, "其仅在借条上签字，不应承担保证责任。"))
    r = w.rng.random()
    noticed = absent and w.chance(0.15)
    return write_loan(w, Loan(
        lender=Side(lender_person, agent, False, not agent or w.chance(0.5)), borrowers=borrowers, court=court, filed_on=filed_on,
        principal=principal, loaned_on=loaned_on, cash=principal if (q := w.rng.random()) < 0.12 else principal // 4 if q < 0.2 else 0,
        rate=w.pick(("", "", "", "月利率1%", "年利率12%", "月利率1.5%", "月息1分", "年利率6%", "月利率2%")), noticed=noticed,
        end="判决" if r < 0.62 or noticed else "调解" if r < 0.82 else "撤诉", took_days=w.among(90, 160) if noticed else w.among(20, 85),
        guarantor=guarantor, track=w.pick(("简易程序", "简易程序", "小额诉讼程序", "普通程序")) if not noticed else "普通程序",
    ))
