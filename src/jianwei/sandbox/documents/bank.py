"""信用卡纠纷、金融借款合同纠纷: the bulk work of banks and licensed lenders."""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox.chinese import add_months, date, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, Suit, fee, write
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import Agent, World


def credit_card(w: World, bank: Company, court: Court, agent: Agent, filed_on: dt.date, holder: Person | None = None, rich: bool = False) -> str:
    """A bank against a card holder."""
    person = holder or w.person(court)
    owed = w.among(6000, 80000)
    interest, penalty = owed // w.among(5, 14), owed // w.among(20, 40)
    until = w.day(add_months(filed_on, -3), days(filed_on, -10))
    opened_on = add_months(until, -w.among(14, 70))
    decided_on = w.after(filed_on, 40, 100)
    absent = w.chance(0.82)
    name = person.name
    story = f"{opened_on.year}年，被告{name}向原告申领信用卡一张，并承诺遵守领用合约。被告领卡后透支消费，截至{date(until)}，尚欠透支本金{owed}元、利息{interest}元、违约金{penalty}元，经原告催收未还。"
    total = owed + interest + penalty
    return write(w, Suit(
        court=court, cause="信用卡纠纷", plaintiffs=[Side(bank, [agent])], defendants=[Side(person, [], absent, True, "透支属实，希望减免部分利息。")],
        filed_on=filed_on, heard_on=w.day(days(filed_on, 15), decided_on), decided_on=decided_on, track=w.pick(("简易程序", "小额诉讼程序")),
        end="判决" if w.chance(0.75) else "撤诉",
        claims=[f"判令被告{name}偿还截至{date(until)}的信用卡透支本金{owed}元、利息{interest}元、违约金{penalty}元，并支付此后至实际清偿之日止按合约约定计算的利息", "本案诉讼费用由被告负担"],
        story=story, facts=[f"{date(opened_on)}，被告{name}签署信用卡领用合约，约定逾期按日万分之五计收利息。截至{date(until)}，被告尚欠透支本金{owed}元、利息{interest}元、违约金{penalty}元。", "上述事实，有信用卡申请表、领用合约、账户交易明细及原告陈述等证据予以证实。"],
        reasons=f"原告与被告{name}之间的信用卡领用合约系双方真实意思表示，合法有效。被告透支后未按约还款，构成违约，应当承担还本付息的责任。",
        laws=statutes.contract(decided_on), ruling=[f"被告{name}于本判决生效之日起十日内偿还原告{bank.name}信用卡透支本金{owed}元、利息{interest}元、违约金{penalty}元（均暂计至{date(until)}）。"],
        fee=fee(total), rich=rich,
    ))


def bank_loan(w: World, bank: Company, court: Court, agent: Agent, filed_on: dt.date, borrower: Person | Company | None = None, principal: int | None = None, contract_no: str = "", rich: bool = False, case_no: str = "", cause: str = "金融借款合同纠纷", end: str = "") -> str:
    """A bank or small-loan company against a borrower, sometimes with a mortgage."""
    party = borrower or (w.company(court) if w.chance(0.3) else w.person(court))
    amount = principal or w.pick((30000, 50000, 100000, 200000, 300000, 500000, 1000000, 2000000))
    loaned_on = add_months(filed_on, -w.among(10, 36))
    until = w.day(add_months(filed_on, -2), days(filed_on, -5))
    interest = amount // w.among(9, 30)
    decided_on = w.after(filed_on, 40, 110)
    name = party.name
    no = contract_no or f"{loaned_on.year}年借字第{w.among(100, 9999):05d}号"
    absent = w.chance(0.7)
    facts = [f"{date(loaned_on)}，原告与被告{name}签订编号为{no}的《借款合同》，约定被告向原告借款{amount}元，年利率{w.pick(('5.22', '6.09', '7.5', '8.7'))}%，逾期加收百分之五十罚息。同日，原告向被告发放贷款{amount}元。截至{date(until)}，被告尚欠本金{amount}元、利息及罚息{interest}元。",
             "上述事实，有借款合同、放款凭证、欠息清单等证据予以证实。"]
    return write(w, Suit(
        court=court, cause=cause, plaintiffs=[Side(bank, [agent])], defendants=[Side(party, [], absent, True, "借款属实，因经营困难无力归还。")],
        filed_on=filed_on, heard_on=w.day(days(filed_on, 15), decided_on), decided_on=decided_on, track=w.pick(("简易程序", "普通程序")),
        end=end or ("判决" if w.chance(0.7) else "调解" if w.chance(0.5) else "撤诉"),
        claims=[f"判令被告{name}归还借款本金{amount}元，支付截至{date(until)}的利息、罚息{interest}元，此后利息按合同约定计算至实际清偿之日止", "诉讼费用由被告负担"],
        story=f"{date(loaned_on)}，被告{name}与原告签订借款合同（编号{no}），原告依约放款{amount}元。被告未按期付息，经催收未果。", facts=facts,
        reasons=f"原告与被告{name}签订的借款合同合法有效。被告未按约还本付息，构成违约，原告的诉讼请求，本院予以支持。", laws=statutes.loan(decided_on),
        ruling=[f"被告{name}于本判决生效之日起十日内归还原告{bank.name}借款本金{amount}元，支付利息、罚息{interest}元（暂计至{date(until)}，此后按合同约定计算至实际清偿之日止）。"],
        fee=fee(amount + interest), rich=rich, case_no=case_no,
    ))
