"""支付令 and administrative cases: non-litigious review and first instance."""

from __future__ import annotations

import datetime as dt

from jianwei.records import PaymentOrder
from jianwei.sandbox.chinese import date, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.document import Doc
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, party_lines
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import World

Party = Person | Company


def payment_order(w: World, court: Court, applicant: Party, respondent: Party, yuan: int, filed_on: dt.date, why: str, objection: bool = False, rich: bool = False, issued_on: dt.date | None = None, case_no: str = "") -> str:
    """A 支付令 and its row in the ledger."""
    style = w.style(rich)
    issued = issued_on or days(filed_on, w.among(3, 14))
    no = case_no or w.case_no(court, filed_on.year, "民督")
    a, r = applicant.name, respondent.name
    laws = statutes.payment_order(issued)
    doc = Doc(
        case_no=no, court=court, kind="支付令", case_type="民事", procedure="督促", cause="申请支付令", title=f"{a}与{r}申请支付令督促支付令", names=[a, r],
        parties=party_lines(style, "申请人", Side(applicant)) + party_lines(style, "被申请人", Side(respondent)), record=[f"申请人{a}于{date(filed_on)}向本院申请支付令。"],
        body=[f"申请人{a}称：{why}要求被申请人{r}给付{yuan}元。"], reasons=f"本院经审查认为，申请人的申请符合法律规定的条件。依照{statutes.cite(laws)}规定，特发出如下支付令：",
        ruling=[f"被申请人{r}应当自收到本支付令之日起十五日内，给付申请人{a}人民币{yuan}元。", "被申请人如有异议，应当自收到本支付令之日起十五日内向本院书面提出；逾期不提出书面异议的，本支付令即发生法律效力。"],
        signers=[("审判员", w.pick(w.bench(court).judges))], clerk=w.pick(w.bench(court).clerks), decided_on=issued, statutes=laws, style=style, rich=rich,
    )
    w.emit(doc)
    w.row(PaymentOrder, case_no=no, court=court.name, applicant=a, applicant_idno=applicant.idno or None, respondent=r, respondent_idno=respondent.idno or None,
          amount_fen=yuan * 100, filed_on=filed_on, issued_on=issued, objection=objection)
    return no


def ordinary_order(w: World) -> str:
    """A supplier or a neighbour with an undisputed small debt."""
    court = w.court()
    filed_on = w.day(dt.date(2019, 1, 2), w.past(3))
    firm = w.chance(0.5)
    applicant: Party = w.company(court) if firm else w.person(court)
    respondent: Party = w.company(court) if w.chance(0.4) else w.person(court)
    return payment_order(w, court, applicant, respondent, w.among(10, 900) * 100, filed_on, w.pick(("被申请人欠申请人货款，经催讨未付，", "被申请人拖欠加工费，有对账单为证，", "被申请人欠申请人劳务工资，出具欠条一份，")), objection=w.chance(0.3))


_BODIES = (("自然资源和规划局", "责令退还非法占用的土地，并处罚款", "中华人民共和国土地管理法", "第七十七条"), ("市场监督管理局", "没收违法所得，并处罚款", "中华人民共和国食品安全法", "第一百二十四条"),
           ("综合行政执法局", "责令限期拆除，并处罚款", "浙江省城乡规划条例", "第六十二条"), ("生态环境局", "责令改正，并处罚款", "中华人民共和国水污染防治法", "第八十三条"))


def administrative_review(w: World) -> str:
    """行政非诉执行审查."""
    court, style = w.court(), w.style()
    organ_tail, act, _, _ = w.pick(_BODIES)
    place = court.county or court.city
    organ = f"{place}{organ_tail}"
    party: Party = w.person(court) if w.chance(0.6) else w.company(court)
    filed_on = w.day(dt.date(2019, 1, 2), w.past(2))
    on = w.after(filed_on, 4, 26)
    penalty_on = days(filed_on, -w.among(200, 330))
    fine = w.among(5, 900) * 100
    number = f"{place[0]}罚决字〔{penalty_on.year}〕第{w.among(10, 900)}号"
    laws = [("中华人民共和国行政诉讼法", "第九十七条"), ("最高人民法院关于适用《中华人民共和国行政诉讼法》的解释".replace("《", "〈").replace("》", "〉"), "第一百六十条")]
    doc = Doc(
        case_no=w.case_no(court, filed_on.year, "行审"), court=court, kind="行政裁定书", case_type="行政", procedure="行政非诉审查", cause="行政处罚", title=f"{organ}、{party.name}非诉执行审查行政裁定书",
        names=[organ, party.name], parties=[f"申请执行人{style.colon}{organ}，住所地{court.place}{'政务大道1号'}。", f"法定代表人{style.colon}{w.bench(court).assessors[-1]}，局长。", *party_lines(style, "被执行人", Side(party))],
        record=[f"申请执行人{organ}于{date(filed_on)}向本院申请强制执行其于{date(penalty_on)}作出的{number}行政处罚决定。本院受理后，依法组成合议庭进行了审查，现已审查终结。"],
        body=[f"经审查查明，{date(penalty_on)}，申请执行人对被执行人作出{number}行政处罚决定，{act}{fine}元。被执行人在法定期限内未申请行政复议、提起行政诉讼，亦未履行处罚决定，经催告仍未履行。"],
        reasons=f"本院认为，申请执行人作出的行政处罚决定事实清楚，程序合法，适用法律正确。依照{statutes.cite(laws)}之规定，裁定如下：",
        ruling=[f"准予强制执行{organ}作出的{number}行政处罚决定。", "本裁定送达后即发生法律效力。"], signers=[("审判长", w.pick(w.bench(court).judges)), *(("审判员", n) for n in w.rng.sample(w.bench(court).judges, 2))],
        clerk=w.pick(w.bench(court).clerks), decided_on=on, statutes=laws, style=style,
    )
    return w.emit(doc)


def administrative_suit(w: World) -> str:
    """行政一审, a citizen against an organ."""
    court, style = w.court(), w.style()
    place = court.county or court.city
    organ = f"{place}{w.pick(('人力资源和社会保障局', '自然资源和规划局', '公安局', '住房和城乡建设局'))}"
    plaintiff = w.person(court)
    filed_on = w.day(dt.date(2019, 1, 2), w.past(6))
    heard, on = days(filed_on, w.among(30, 60)), w.after(filed_on, 75, 150)
    lost = w.chance(0.8)
    laws = [("中华人民共和国行政诉讼法", "第六十九条" if lost else "第七十条")]
    lawyer = w.lawyer(court)
    doc = Doc(
        case_no=w.case_no(court, filed_on.year, "行初"), court=court, kind="行政判决书", case_type="行政", procedure="行政一审", cause="行政确认", title=f"{plaintiff.name}与{organ}行政确认一审行政判决书", names=[plaintiff.name, organ],
        parties=[*party_lines(style, "原告", Side(plaintiff, [lawyer])), f"被告{style.colon}{organ}，住所地{court.place}政务大道6号。", f"法定代表人{style.colon}{w.bench(court).assessors[0]}，局长。"],
        record=[f"原告{plaintiff.name}诉被告{organ}行政确认一案，原告于{date(filed_on)}向本院提起诉讼，本院于同日立案后，依法组成合议庭，于{date(heard)}公开开庭进行了审理。原告{plaintiff.name}及其委托诉讼代理人{lawyer.name}到庭参加诉讼。本案现已审理终结。"],
        body=[f"原告{plaintiff.name}诉称：被告作出的决定认定事实不清，请求依法撤销。", "被告辩称：被诉行政行为事实清楚，程序合法。", "经审理查明，被告在收到原告申请后，经调查取证，于法定期限内作出被诉决定并送达原告。"],
        reasons=f"本院认为，被诉行政行为{'证据确凿，适用法律正确，符合法定程序，原告的诉讼请求不能成立' if lost else '主要证据不足，应予撤销'}。依照{statutes.cite(laws)}之规定，判决如下：",
        ruling=[f"{'驳回原告' + plaintiff.name + '的诉讼请求' if lost else '撤销被告' + organ + '作出的被诉决定，责令其重新作出处理'}。", "案件受理费50元，由" + (f"原告{plaintiff.name}" if lost else f"被告{organ}") + "负担。", f"如不服本判决，可以在判决书送达之日起十五日内向本院递交上诉状，上诉于{court.upper}。"],
        signers=[("审判长", w.pick(w.bench(court).judges)), *(("人民陪审员", n) for n in w.rng.sample(w.bench(court).assessors, 2))], clerk=w.pick(w.bench(court).clerks), decided_on=on, statutes=laws, style=style,
    )
    return w.emit(doc)
