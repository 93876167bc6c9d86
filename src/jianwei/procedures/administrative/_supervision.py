"""行政诉讼监督案件共同的一段：受理、通知、审查、中止与终结。"""

from __future__ import annotations

from typing import ClassVar

from jianwei.procedures import (
    Cite,
    Line,
    Procedure,
    Renamed,
    act,
    case_clock,
    choice,
    day,
    long_text,
    notice_clock,
    number,
    others_clock,
    text,
    yes_no,
)
from jianwei.procedures import court_supervision as court
from jianwei.procedures.court_supervision import applied_in_time, completing, counted_from

LAW = "中华人民共和国行政诉讼法"
UNREAD = "《人民检察院行政诉讼监督规则》（2021年）未核对原文，条文序号和期限以原文为准"


def rule(article: str) -> Cite:
    """A place in the rules of supervision, whose text was not re-read."""
    return Cite("人民检察院行政诉讼监督规则", article, verified=False)


SINCE = counted_from(
    {
        "rejected": "驳回再审申请裁定送达",
        "retried": "再审判决、裁定生效",
        "unanswered": "再审申请审查期限届满（人民法院逾期未裁定）",
        "known": "知道或者应当知道（新证据、证据伪造、文书被撤销变更、枉法裁判，或者审判、执行违法）",
    }
)


class AdministrativeSupervision(Procedure):
    """The part that all supervision of administrative litigation shares."""

    title, line = "行政诉讼监督", Line.ADMINISTRATIVE
    code = "行监"
    version = "2"
    earlier: ClassVar = {"1": Renamed(note="监督申请期限成为一项期限；补明后查明逾期的，不能提出监督")}
    ends = ("办结",)
    unverified = UNREAD

    application = others_clock("administrative/supervision_application")
    acceptance_notice = notice_clock("administrative/supervision_acceptance_notice")
    opinion = others_clock("administrative/other_party_opinion", right=True)
    review = case_clock("administrative/supervision_review")
    service = notice_clock("administrative/supervision_document_service")

    accept = act(
        "受理监督申请",
        also=("受理",),
        opens=True,
        to="审查",
        facts=(
            text("applicant", "申请人"),
            text("agency", "行政机关"),
            text("court", "人民法院"),
            text("court_no", "裁判、执行案号"),
            *SINCE,
            yes_no("dispute", "有实质性化解可能").optional(),
        ),
        does=(
            acceptance_notice.start(),
            review.start(),
            application.start("effective_on"),
            application.meet(),
        ),
        guards=applied_in_time(application, "已超过六个月的监督申请期限", rule("第二十条")),
        basis=(Cite(LAW, "第九十三条"), rule("第二十七条")),
        documents=("受理通知书",),
        by=("控告申诉检察部门",),
    )
    complete = completing(application, SINCE, rule("第二十条"))
    on_own_motion = act(
        "依职权启动监督程序",
        also=("依职权受理",),
        opens=True,
        to="审查",
        facts=(
            text("ground", "理由"),
            text("agency", "行政机关"),
            text("court", "人民法院"),
            text("court_no", "裁判、执行案号"),
        ),
        does=(review.start(),),
        basis=(Cite(LAW, "第九十三条"), rule("第三十六条")),
        by=("承办检察官", "检察长"),
    )
    notify = act(
        "发送受理通知书",
        at="审查",
        facts=(day("copy_received_on", "其他当事人收到申请书副本之日").optional(),),
        does=(acceptance_notice.meet(), opinion.start("copy_received_on")),
        basis=rule("第三十二条"),
        documents=("受理通知书",),
        by=("控告申诉检察部门",),
    )
    receive_opinion = act(
        "收到其他当事人书面意见",
        at="审查",
        facts=(long_text("opinion", "意见要点").optional(),),
        does=(opinion.meet(),),
        basis=rule("第三十三条"),
    )
    pause = act(
        "开始不计入审查期限的事项",
        also=("调卷", "委托鉴定", "专家咨询"),
        at="审查",
        facts=(choice("excluded", "事项", ("调卷", "鉴定", "评估", "审计", "专家咨询")),),
        does=(review.suspend("调卷、鉴定、评估、审计、专家咨询"),),
        basis=rule("第五十六条"),
    )
    unpause = court.unpause(review, rule("第五十六条"))
    verify = court.verify((rule("第五十八条"),), rule("第六十四条"))
    hear = act("组织听证", at="审查", basis=rule("第六十八条"), leads_to=("management/public_hearing",))
    dissolve = act(
        "启动争议实质性化解",
        at="审查",
        basis=rule("第二条"),
        leads_to=("administrative/dispute_resolution",),
    )
    extend = act(
        "延长审查期限",
        also=("延长",),
        at="审查",
        facts=(
            number("months", "延长月数", least=1, hint="规则没有规定上限，填批准的月数"),
            long_text("reason", "需要调查核实、实质性化解行政争议或者其他特殊情况"),
        ),
        does=(review.extend("special", granted="months"),),
        basis=rule("第五十六条"),
        by=("检察长",),
    )
    suspend = act(
        "中止审查",
        at="审查",
        to="中止审查",
        facts=(long_text("why", "理由"),),
        does=(review.suspend("中止审查"),),
        basis=rule("第七十四条"),
        documents=("中止审查决定书",),
        by=("检察长",),
    )
    resume = act(
        "恢复审查",
        at="中止审查",
        to="审查",
        does=(review.resume(),),
        basis=rule("第七十四条"),
        documents=("恢复审查决定书",),
    )
    terminate = act(
        "终结审查",
        at=("审查", "中止审查"),
        to="办结",
        facts=(choice("why", "理由", ("法院已经纠正", "申请人撤回", "达成和解", "不符合受理条件", "其他")),),
        does=(review.meet(),),
        basis=rule("第七十五条"),
        documents=("终结审查决定书",),
        by=("检察长",),
    )
    not_support = act(
        "不支持监督申请",
        at="审查",
        to="已作出决定",
        facts=(long_text("reason", "理由"),),
        after="accept",
        does=(review.meet(), service.start()),
        basis=rule("第九十五条"),
        documents=("不支持监督申请决定书",),
    )
    serve_refusal = act(
        "发送不支持监督申请决定书",
        sends=("不支持监督申请决定书",),
        at="已作出决定",
        to="办结",
        after="not_support",
        does=(service.meet(),),
        basis=rule("第九十五条"),
    )
