"""民事诉讼监督案件共同的一段：受理、通知、审查、听证、调查核实、中止与终结。"""

from __future__ import annotations

from jianwei.procedures import (
    Cite,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    day,
    long_text,
    notice_clock,
    others_clock,
    text,
)
from jianwei.procedures import court_supervision as court

RULES, CPL = "人民检察院民事诉讼监督规则", "中华人民共和国民事诉讼法"

EXCLUDED = {"file": "调卷", "appraisal": "鉴定", "valuation": "评估", "audit": "审计", "experts": "专家咨询"}
SUSPENSION = {
    "heir": "申请人死亡，等待继承人表明是否继续申请",
    "successor": "申请人终止，尚未确定权利义务承受人",
    "other_case": "须以另一案的处理结果为依据",
    "other": "其他可以中止审查的情形",
}
TERMINATION = {
    "corrected": "人民法院已经裁定再审或者已经纠正违法行为",
    "withdrawn": "申请人撤回监督申请",
    "settled": "和解且不损害国家利益、社会公共利益或者他人合法权益",
    "no_heir": "申请人死亡，没有继承人或者继承人放弃申请",
    "not_acceptable": "发现已经受理的案件不符合受理条件",
    "other": "其他应当终结审查的情形",
}


class CivilSupervision(Procedure):
    """The part that all supervision of civil litigation shares; each kind adds how it is decided."""

    title, line = "民事诉讼监督", Line.CIVIL
    code = "民监"
    ends = ("办结",)

    acceptance_notice = notice_clock("civil/supervision_acceptance_notice")
    handing_over = notice_clock("civil/supervision_material_transfer")
    opinion = others_clock("civil/other_party_opinion", right=True)
    review = case_clock("civil/supervision_review")
    service = notice_clock("civil/supervision_document_service")
    hearing_notice = notice_clock("civil/hearing_notice")

    accept = act(
        "受理监督申请",
        also=("受理", "受理申请"),
        opens=True,
        to="审查",
        facts=(
            text("applicant", "申请人"),
            text("other_party", "其他当事人").optional(),
            text("court", "作出裁判或者执行的人民法院"),
            text("court_no", "裁判、执行案号"),
        ),
        does=(acceptance_notice.start(), handing_over.start(), review.start()),
        basis=(Cite(RULES, "第二十六条"), Cite(RULES, "第三十二条")),
        documents=("受理通知书",),
        by=("控告申诉检察部门",),
    )
    on_own_motion = act(
        "依职权启动监督程序",
        also=("依职权受理",),
        opens=True,
        to="审查",
        facts=(
            choice(
                "ground",
                "启动理由",
                {
                    "public": "损害国家利益或者社会公共利益",
                    "corruption": "审判、执行人员贪污受贿、徇私舞弊、枉法裁判等",
                    "sham": "当事人存在虚假诉讼等妨害司法秩序行为",
                    "retrial_error": "人民法院再审裁判仍有明显错误等应当依职权监督的情形",
                    "other": "其他确有必要进行监督的情形",
                },
            ),
            text("court", "作出裁判或者执行的人民法院"),
            text("court_no", "裁判、执行案号"),
        ),
        does=(review.start(),),
        basis=(Cite(RULES, "第三十七条"), Cite(RULES, "第三十八条")),
        by=("承办检察官", "检察长"),
    )
    notify = act(
        "发送受理通知书",
        also=("送达受理通知书",),
        at="审查",
        facts=(day("copy_received_on", "其他当事人收到申请书副本之日").optional(),),
        does=(
            acceptance_notice.meet(),
            opinion.start("copy_received_on"),
        ),
        basis=Cite(RULES, "第三十三条"),
        documents=("受理通知书",),
        by=("控告申诉检察部门",),
    )
    hand_over = act(
        "移送民事检察部门",
        at="审查",
        does=(handing_over.meet(),),
        basis=Cite(RULES, "第三十四条"),
        by=("控告申诉检察部门",),
    )
    receive_opinion = act(
        "收到其他当事人书面意见",
        at="审查",
        facts=(long_text("opinion", "意见要点").optional(),),
        does=(opinion.meet(),),
        basis=Cite(RULES, "第三十三条"),
    )
    pause = act(
        "开始不计入审查期限的事项",
        also=("调卷", "委托鉴定", "专家咨询"),
        at="审查",
        facts=(choice("excluded", "事项", EXCLUDED),),
        does=(review.suspend("调卷、鉴定、评估、审计、专家咨询"),),
        basis=Cite(RULES, "第五十二条"),
    )
    unpause = court.unpause(review, Cite(RULES, "第五十二条"))
    set_hearing = act(
        "决定听证",
        at="审查",
        facts=(day("hearing_on", "听证之日"), text("place", "地点").optional()),
        does=(hearing_notice.start("hearing_on"),),
        basis=(Cite(RULES, "第五十四条"), Cite(RULES, "第五十六条")),
        leads_to=("management/public_hearing",),
    )
    notify_hearing = act(
        "告知听证参加人",
        at="审查",
        after="set_hearing",
        does=(hearing_notice.meet(),),
        basis=Cite(RULES, "第五十六条"),
        documents=("听证通知书",),
    )
    hear = act(
        "举行听证",
        at="审查",
        after="set_hearing",
        basis=(Cite(RULES, "第五十九条"), Cite(RULES, "第六十条")),
        documents=("听证笔录",),
    )
    verify = court.verify((Cite(RULES, "第六十二条"), Cite(RULES, "第六十三条")), Cite(RULES, "第六十九条"))
    suspend = act(
        "中止审查",
        at="审查",
        to="中止审查",
        facts=(choice("why", "理由", SUSPENSION),),
        does=(review.suspend("中止审查"),),
        basis=Cite(RULES, "第七十二条"),
        documents=("中止审查决定书",),
        by=("检察长",),
    )
    resume = act(
        "恢复审查",
        at="中止审查",
        to="审查",
        does=(review.resume(),),
        basis=Cite(RULES, "第七十二条"),
        documents=("恢复审查决定书",),
    )
    terminate = act(
        "终结审查",
        at=("审查", "中止审查"),
        to="办结",
        facts=(choice("why", "理由", TERMINATION),),
        does=(review.meet(),),
        basis=Cite(RULES, "第七十三条"),
        documents=("终结审查决定书",),
        by=("检察长",),
    )
    not_support = act(
        "不支持监督申请",
        at="审查",
        to="已作出决定",
        facts=(long_text("reason", "理由"),),
        does=(review.meet(), service.start()),
        after="accept",
        basis=(Cite(RULES, "第五十条"), Cite(RULES, "第八十九条")),
        documents=("不支持监督申请决定书",),
    )
    serve_refusal = act(
        "发送不支持监督申请决定书",
        sends=("不支持监督申请决定书",),
        at="已作出决定",
        to="办结",
        after="not_support",
        does=(service.meet(),),
        basis=Cite(RULES, "第八十九条"),
    )
