"""行政生效裁判监督。对已经发生法律效力的行政判决、裁定、调解书，以再审检察建议、提请抗诉、抗诉进行监督。"""

from __future__ import annotations

from jianwei.procedures import Cite, act, choice, long_text, others_clock, text
from jianwei.procedures import court_supervision as court
from jianwei.procedures.administrative._supervision import LAW, AdministrativeSupervision, rule
from jianwei.procedures.court_supervision import found_in_time

INTERPRETATION = "最高人民法院关于适用《中华人民共和国行政诉讼法》的解释"
IN_TIME = found_in_time(AdministrativeSupervision.application, rule("第七十五条"))


class JudgmentSupervision(AdministrativeSupervision):
    title = "行政生效裁判监督"
    case_type = "行政生效裁判监督"
    stages = ("审查", "中止审查", "已作出决定", "上级审查", "等待法院", "再审", "办结")
    basis = (Cite(LAW, "第九十一条"), Cite(LAW, "第九十三条"))

    suggestion_reply = others_clock("administrative/retrial_suggestion_review")
    retrial_ruling = others_clock("administrative/retrial_ruling")

    suggest = act(
        "提出再审检察建议",
        also=("再审检察建议",),
        at="审查",
        to="已作出决定",
        facts=(text("ground", "再审事由"), text("document_no", "再审检察建议书文号").optional()),
        does=(AdministrativeSupervision.review.meet(), AdministrativeSupervision.service.start()),
        guards=(IN_TIME,),
        basis=(Cite(LAW, "第九十三条第二款"), rule("第九十二条")),
        documents=("再审检察建议书",),
        by=("检察委员会",),
    )
    send_suggestion = court.send_suggestion(AdministrativeSupervision.service, suggestion_reply, rule("第九十二条"))
    request_protest = act(
        "提请抗诉",
        at="审查",
        to="上级审查",
        facts=(long_text("reason", "理由"),),
        does=(AdministrativeSupervision.review.meet(), AdministrativeSupervision.service.start()),
        guards=(IN_TIME,),
        basis=(Cite(LAW, "第九十三条第二款"), rule("第九十三条")),
        documents=("提请抗诉报告书",),
        by=("检察长",),
    )
    send_report = act(
        "报送提请抗诉报告书",
        sends=("提请抗诉报告书",),
        at="上级审查",
        after="request_protest",
        does=(AdministrativeSupervision.service.meet(),),
        basis=rule("第九十三条"),
    )
    protest = act(
        "提出抗诉",
        also=("抗诉",),
        at=("审查", "上级审查"),
        to="等待法院",
        does=(
            AdministrativeSupervision.review.meet(),
            AdministrativeSupervision.service.start(),
        ),
        guards=(IN_TIME,),
        basis=(Cite(LAW, "第九十三条第一款"), rule("第九十六条")),
        documents=("行政抗诉书",),
        by=("检察长", "检察委员会"),
    )
    deliver_protest = court.deliver_protest(
        AdministrativeSupervision.service, retrial_ruling, (Cite(INTERPRETATION, "第一百二十四条"), rule("第九十六条"))
    )
    decline_protest = act(
        "上级人民检察院不抗诉", at="上级审查", to="办结", facts=(long_text("reason", "理由"),), basis=rule("第九十五条")
    )
    retrial = court.retrial(
        suggestion_reply,
        retrial_ruling,
        (Cite(INTERPRETATION, "第一百二十四条"), Cite(INTERPRETATION, "第一百二十六条")),
    )
    refuse_retrial = court.refuse_retrial(suggestion_reply, Cite(INTERPRETATION, "第一百二十六条"))
    follow_up = court.follow_up(suggestion_reply, retrial_ruling, rule("第一百二十四条"))
    retried = act(
        "收到再审裁判",
        at="再审",
        to="办结",
        facts=(choice("outcome", "再审结果", ("改判", "发回重审", "调解", "撤诉", "维持")),),
        basis=rule("第一百二十三条"),
    )
    close = act(
        "结案登记",
        at=("已作出决定", "等待法院"),
        to="办结",
        facts=(long_text("reason", "说明"),),
        after=("refuse_retrial", "deliver_protest"),
        basis=rule("第一百二十三条"),
    )
