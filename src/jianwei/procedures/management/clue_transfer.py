"""线索移送。向公安机关、人民法院、监察机关、行政机关移出线索，或者接收它们移来的线索，直至结果反馈。"""

from __future__ import annotations

from jianwei.procedures import (
    Cite,
    ClockKind,
    Line,
    Procedure,
    act,
    choice,
    day,
    long_text,
    notice_clock,
    only_if,
    people,
    set_clock,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.management._guards import needs
from jianwei.procedures.management._norms import RULES

CPL, SUPERVISION, PUBLIC = "中华人民共和国刑事诉讼法", "中华人民共和国监察法", "人民检察院公益诉讼办案规则"

ORGANS = {
    "police": "公安机关",
    "court": "人民法院",
    "commission": "监察机关",
    "agency": "行政机关",
    "office": "其他人民检察院",
    "department": "本院其他部门",
}
NATURES = {
    "crime": "涉嫌犯罪",
    "duty_crime": "涉嫌职务违法、职务犯罪",
    "own_crime": "属于人民检察院直接受理侦查案件",
    "violation": "需要行政处罚、处分",
    "judicial": "审判、执行违法",
    "public_interest": "公益诉讼线索",
}
HANDLING = {
    "filed": "立案",
    "not_filed": "不立案",
    "punished": "已作处罚、处分",
    "transferred": "转送其他机关",
    "none": "不予处理",
}
GUIDE = Cite("最高人民检察院关于推进行政执法与刑事司法衔接工作的规定", "关于移送、会商和反馈的规定", verified=False)


class ClueTransfer(Procedure):
    title, line = "线索移送", Line.MANAGEMENT
    case_type, code = "线索移送", "线移"
    stages = ("审批", "等待接收", "等待处理", "受理审查", "办理", "结果反馈", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第一百一十条第三款"), Cite(SUPERVISION, "第三十七条"), Cite(RULES, "第一百六十六条"))
    unverified = "会商、催办、结果反馈按公开的通行做法建模；移送函确定的反馈期限不是法定期限"

    handover = notice_clock("conduct/clue_handover")
    notice = notice_clock("conduct/non_filing_notice")
    feedback = set_clock("反馈处理结果期限", "受移送机关", ClockKind.OTHERS)
    answer = set_clock("答复移送机关期限", "本院承办部门")

    send = act(
        "拟移送线索",
        also=("移出线索",),
        opens=True,
        to="审批",
        facts=(
            choice("organ", "受移送机关的种类", ORGANS),
            text("to_whom", "受移送机关"),
            choice("nature", "线索性质", NATURES),
            people("concerned", "涉及人员").optional(),
            long_text("summary", "线索内容"),
            text("source", "线索来源", "在办理何案、何种筛查中发现"),
        ),
        does=(handover.start(when={"nature": "own_crime"}),),
        basis=(Cite(CPL, "第一百一十条第三款"), Cite(SUPERVISION, "第三十七条"), GUIDE),
    )
    receive = act(
        "收到移送线索",
        also=("接收移送线索",),
        opens=True,
        to="受理审查",
        facts=(
            choice("organ", "移送机关的种类", ORGANS),
            text("from_whom", "移送机关"),
            choice("nature", "线索性质", NATURES),
            people("concerned", "涉及人员").optional(),
            long_text("summary", "线索内容"),
            yes_no("complete", "材料齐备"),
            day("answer_by_on", "移送函要求的答复期限").optional(),
        ),
        does=(handover.start(when={"nature": "own_crime"}),),
        basis=(Cite(RULES, "第一百六十六条"), GUIDE),
        by=("案件管理", "承办检察官"),
    )
    consult = act(
        "会商",
        also=("召开联席会议",),
        facts=(text("with_whom", "会商机关"), long_text("conclusion", "会商意见"), yes_no("agreed", "意见一致")),
        basis=(Cite(SUPERVISION, "第三十七条"), GUIDE),
        documents=("会商纪要",),
    )
    approve = act(
        "批准移送",
        also=("移送", "发出移送函"),
        at="审批",
        to="等待接收",
        facts=(
            text("document_no", "移送函文号"),
            yes_no("evidence_copied", "证据材料已复制留存"),
            day("feedback_by_on", "移送函确定的反馈期限").optional(),
        ),
        does=(handover.meet(), feedback.start(until="feedback_by_on")),
        guards=(
            unless(
                "nature",
                "violation",
                says="不起诉后需要行政处罚、处分的，以检察意见移送，在行刑反向衔接中办理",
                cite=Cite(CPL, "第一百七十七条第三款"),
            ),
        ),
        basis=(Cite(CPL, "第一百一十条第三款"), GUIDE),
        documents=("案件（线索）移送单",),
        by=("检察长",),
        leads_to=("administrative/reverse_referral",),
    )
    refuse = act(
        "不予移送",
        at="审批",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(handover.stop(reason="不予移送"),),
        basis=GUIDE,
        by=("检察长",),
    )
    accepted = act(
        "对方接收",
        serves=("案件（线索）移送单",),
        also=("收到接收回执",),
        at="等待接收",
        to="等待处理",
        facts=(text("receipt_no", "接收回执").optional(),),
        basis=GUIDE,
        documents=("送达回证",),
    )
    sent_back = act(
        "对方退回",
        at=("等待接收", "等待处理"),
        to="审批",
        facts=(
            choice("ground", "退回理由", ("不属于其管辖", "材料不齐", "不符合移送条件", "其他")),
            long_text("reason", "说明"),
        ),
        does=(feedback.stop(reason="对方退回"),),
        basis=GUIDE,
    )
    urge = act(
        "催办",
        at=("等待接收", "等待处理"),
        facts=(long_text("note", "要点").optional(),),
        basis=GUIDE,
        documents=("催办函",),
    )
    agree_on_day = act(
        "确定或者改定反馈期限",
        at=("等待接收", "等待处理"),
        facts=(day("feedback_by_on", "反馈期限"),),
        does=(feedback.move("feedback_by_on"),),
        basis=GUIDE,
    )
    result = act(
        "收到对方处理结果",
        answers=("案件（线索）移送单",),
        also=("收到反馈",),
        at=("等待接收", "等待处理"),
        to="结果反馈",
        facts=(choice("handled", "处理结果", HANDLING), long_text("reason", "不立案、不处理的理由").optional()),
        does=(feedback.meet(),),
        basis=GUIDE,
    )
    supervise = act(
        "对不立案启动监督",
        at="结果反馈",
        guards=(
            only_if(
                "handled",
                "not_filed",
                says="对方已经立案或者另作处理，没有不立案可以监督",
                cite=Cite(RULES, "第五百五十七条"),
            ),
            only_if("organ", "police", says="立案监督的对象是公安机关的不立案", cite=Cite(RULES, "第五百五十七条")),
        ),
        basis=Cite(RULES, "第五百五十七条"),
        leads_to=("criminal/filing_supervision",),
    )
    ask_supplement = act(
        "要求补齐材料",
        at="受理审查",
        facts=(long_text("lacking", "欠缺的材料"),),
        guards=(only_if("complete", False, says="移送材料已经齐备", cite=GUIDE),),
        basis=GUIDE,
    )
    supplemented = act(
        "收到补齐的材料",
        at="受理审查",
        after="ask_supplement",
        facts=(yes_no("complete", "材料齐备"),),
        basis=GUIDE,
    )
    take = act(
        "受理",
        at="受理审查",
        to="办理",
        facts=(text("department", "承办部门"),),
        does=(handover.meet(), answer.start(until="answer_by_on")),
        guards=(unless("complete", False, says="材料尚未补齐", cite=GUIDE),),
        basis=(Cite(RULES, "第一百六十六条"), GUIDE),
        by=("案件管理", "承办检察官"),
    )
    pass_on = act(
        "退回或者转送有管辖权的机关",
        also=("退回", "转送"),
        at="受理审查",
        to="办结",
        facts=(text("to_whom", "退回、转送何机关"), long_text("reason", "理由")),
        does=(handover.stop(reason="不属于本院管辖"),),
        guards=(
            needs(
                "report_above",
                nature="public_interest",
                organ="office",
                says="受移送的人民检察院认为不属于本院管辖的，应当报告上级人民检察院，不得自行退回或者移送",
                cite=Cite(PUBLIC, "第二十六条"),
            ),
        ),
        basis=(Cite(CPL, "第一百一十条第三款"), Cite(PUBLIC, "第二十六条")),
    )
    report_above = act(
        "报告上级人民检察院确定管辖",
        at="受理审查",
        facts=(long_text("reason", "理由"),),
        basis=Cite(PUBLIC, "第二十六条"),
        leads_to=("management/jurisdiction_dispute",),
    )
    decide = act(
        "作出处理决定",
        at="办理",
        to="结果反馈",
        facts=(choice("handled", "处理决定", HANDLING), long_text("reason", "理由")),
        does=(notice.start(when={"handled": "not_filed"}),),
        basis=(Cite(RULES, "第一百七十一条"), Cite(RULES, "第一百七十二条")),
        documents=("立案决定书", "不立案通知书"),
        by=("检察长",),
    )
    move_answer = act(
        "确定或者改定答复期限",
        at="办理",
        facts=(day("answer_by_on", "答复期限"),),
        does=(answer.move("answer_by_on"),),
        basis=GUIDE,
    )
    reply = act(
        "反馈移送机关",
        also=("答复移送机关", "送达不立案通知书"),
        at="结果反馈",
        after="decide",
        does=(answer.meet(), notice.meet()),
        basis=(Cite(RULES, "第一百七十二条"), GUIDE),
        documents=("线索处理情况反馈函",),
    )
    close = act(
        "办结",
        also=("归档",),
        at="结果反馈",
        to="办结",
        after=("result", "reply"),
        facts=(long_text("note", "说明").optional(),),
        basis=GUIDE,
    )
