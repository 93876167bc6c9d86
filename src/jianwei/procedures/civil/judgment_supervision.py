"""民事生效裁判监督。对已经发生法律效力的民事判决、裁定、调解书，以再审检察建议、提请抗诉、抗诉进行监督。"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from jianwei.procedures import Cite, Guard, Renamed, act, choice, long_text, number, others_clock, text, unless, yes_no
from jianwei.procedures import court_supervision as court
from jianwei.procedures.civil._supervision import CPL, RULES, CivilSupervision
from jianwei.procedures.court_supervision import UNANSWERED, applied_in_time, completing, counted_from, found_in_time

INTERPRETATION = "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释"

APPLICATION = others_clock("civil/supervision_application")
SINCE = counted_from(
    {
        "rejected": "人民法院作出驳回再审申请裁定",
        "retried": "再审判决、裁定发生法律效力",
        UNANSWERED: "人民法院逾期未对再审申请作出裁定（不受两年限制）",
    }
)
APPLIED = number("retrial_applied", "已向人民法院申请再审次数", least=0).optional()
FOUND = (
    found_in_time(APPLICATION, Cite(RULES, "第七十三条第六项")),
    unless(
        "retrial_applied",
        0,
        says="当事人未向人民法院申请再审，不符合受理条件，应当终结审查",
        cite=Cite(RULES, "第二十七条第一项、第七十三条第六项"),
    ),
)


class JudgmentSupervision(CivilSupervision):
    title = "民事生效裁判监督"
    case_type = "民事生效裁判监督"
    version = "2"
    earlier: ClassVar = {"1": Renamed(note="监督申请期限成为一项期限；补明后查明逾期、未申请再审的，不能提出监督")}
    stages = ("审查", "中止审查", "已作出决定", "上级审查", "等待法院", "再审", "办结")
    basis = (Cite(CPL, "第二百一十九条"), Cite(CPL, "第二百二十条"), Cite(RULES, "第七十四条"))
    from_models = ("civil.bulk_lending", "civil.professional_lender", "civil.split_suits")

    application = APPLICATION
    suggestion_reply = others_clock("civil/retrial_suggestion_review")
    retrial_ruling = others_clock("civil/retrial_ruling")

    accept = replace(
        CivilSupervision.accept,
        facts=(*CivilSupervision.accept.facts, *SINCE, APPLIED),
        does=(
            *CivilSupervision.accept.does,
            APPLICATION.start("effective_on", when={"counted_from": (None, "rejected", "retried")}),
            APPLICATION.meet(),
        ),
        guards=(
            *applied_in_time(
                APPLICATION,
                "已超过两年的监督申请期限，该期间不适用中止、中断、延长",
                Cite(RULES, "第二十条"),
                free=UNANSWERED,
            ),
            Guard(
                "当事人未向人民法院申请再审的，人民检察院不予受理",
                Cite(RULES, "第二十七条第一项"),
                lambda state, facts, on: facts.get("retrial_applied") == 0,
                of_facts=True,
                fact="retrial_applied",
                unsaid="当事人是否已经申请再审",
                matters=lambda state, facts: facts.get("counted_from") is None,
            ),
        ),
    )
    complete = completing(APPLICATION, (*SINCE, APPLIED), Cite(RULES, "第二十条"), free=UNANSWERED)
    committee = act(
        "检察委员会讨论决定提出再审检察建议",
        also=("检委会决定",),
        at="审查",
        facts=(yes_no("agreed", "同意提出"),),
        basis=Cite(INTERPRETATION, "第四百一十四条"),
        by=("检察委员会",),
    )
    suggest = act(
        "提出再审检察建议",
        also=("再审检察建议",),
        at="审查",
        to="已作出决定",
        facts=(
            choice("ground", "再审事由", ("新的证据", "基本事实缺乏证据证明", "主要证据伪造", "其他法定事由")),
            text("document_no", "再审检察建议书文号").optional(),
        ),
        after="committee",
        guards=(
            Guard(
                "再审检察建议须经本院检察委员会讨论决定",
                Cite(INTERPRETATION, "第四百一十四条"),
                lambda state, facts, on: state.facts.get("agreed") is not True,
            ),
            *FOUND,
        ),
        does=(CivilSupervision.review.meet(), CivilSupervision.service.start()),
        basis=(Cite(RULES, "第八十一条"), Cite(RULES, "第八十七条")),
        documents=("再审检察建议书",),
    )
    send_suggestion = court.send_suggestion(CivilSupervision.service, suggestion_reply, Cite(RULES, "第八十七条"))
    request_protest = act(
        "提请抗诉",
        at="审查",
        to="上级审查",
        facts=(long_text("reason", "理由"),),
        does=(CivilSupervision.review.meet(), CivilSupervision.service.start()),
        guards=FOUND,
        basis=(Cite(RULES, "第八十二条"), Cite(RULES, "第八十三条"), Cite(RULES, "第八十八条")),
        documents=("提请抗诉报告书",),
        by=("检察长",),
    )
    send_report = act(
        "报送提请抗诉报告书",
        sends=("提请抗诉报告书",),
        at="上级审查",
        does=(CivilSupervision.service.meet(),),
        basis=Cite(RULES, "第八十八条"),
    )
    protest = act(
        "提出抗诉",
        also=("抗诉",),
        at=("审查", "上级审查"),
        to="等待法院",
        facts=(text("document_no", "抗诉书文号").optional(),),
        does=(CivilSupervision.review.meet(), CivilSupervision.service.start()),
        guards=FOUND,
        basis=(Cite(CPL, "第二百一十九条"), Cite(RULES, "第九十条"), Cite(RULES, "第九十二条")),
        documents=("民事抗诉书",),
        by=("检察长", "检察委员会"),
    )
    deliver_protest = court.deliver_protest(
        CivilSupervision.service, retrial_ruling, (Cite(CPL, "第二百二十二条"), Cite(RULES, "第九十二条"))
    )
    decline_protest = act(
        "上级人民检察院不抗诉",
        at="上级审查",
        to="办结",
        facts=(long_text("reason", "理由"),),
        basis=Cite(RULES, "第九十三条"),
    )
    retrial = court.retrial(
        suggestion_reply,
        retrial_ruling,
        (Cite(CPL, "第二百二十二条"), Cite(INTERPRETATION, "第四百一十七条")),
        text("ruling_no", "再审裁定案号").optional(),
    )
    refuse_retrial = court.refuse_retrial(suggestion_reply, Cite(INTERPRETATION, "第四百一十七条"))
    follow_up = court.follow_up(suggestion_reply, retrial_ruling, Cite(RULES, "第一百二十四条"))
    appear = act(
        "派员出席再审法庭",
        at="再审",
        facts=(text("prosecutor", "出庭检察人员"),),
        basis=Cite(RULES, "第九十四条"),
        documents=("派员出席法庭通知书",),
    )
    retried = act(
        "收到再审裁判",
        at="再审",
        to="办结",
        facts=(choice("outcome", "再审结果", ("改判", "发回重审", "调解", "和解撤诉", "维持")),),
        basis=Cite(RULES, "第一百二十三条"),
        documents=("民事诉讼监督案件处理结果审查登记表",),
    )
    close = act(
        "结案登记",
        at=("已作出决定", "等待法院"),
        to="办结",
        facts=(long_text("reason", "说明"),),
        after=("send_suggestion", "deliver_protest", "refuse_retrial"),
        basis=Cite(RULES, "第一百二十三条"),
    )
