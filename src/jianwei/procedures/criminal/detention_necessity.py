"""羁押必要性审查。逮捕以后，依职权、依申请或者依看守所建议审查有无继续羁押的必要。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    day,
    hold,
    long_text,
    notice_clock,
    only_after_expiry,
    only_if,
    others_clock,
    person,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

SOURCES = {"own": "依职权", "application": "依申请", "jail": "看守所建议"}
PHASES = {"investigation": "侦查", "prosecution": "审查起诉", "trial": "审判"}
GROUNDS = {
    "no_evidence": "没有证据证明有犯罪事实或者犯罪行为系其所为（应当）",
    "light": "可能判处拘役、管制、独立适用附加刑、免刑或者无罪（应当）",
    "over": "羁押期限将超过依法可能判处的刑期（应当）",
    "settled": "事实基本查清、证据已固定，符合取保候审或者监视居住条件（应当）",
    "may": "具有规则第五百八十条情形之一、有悔罪表现且不致发生社会危险性（可以）",
}


class DetentionNecessity(Procedure):
    title, line = "羁押必要性审查", Line.CRIMINAL
    case_type, code = "羁押必要性审查", "羁审"
    stages = ("受理", "审查", "等待回复", "告知", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第九十五条"), Cite(RULES, "第五百七十三条至第五百八十二条"))

    transfer = notice_clock("criminal/custody_necessity_transfer")
    review = case_clock("criminal/custody_necessity_review")
    reply = others_clock("criminal/custody_necessity_reply")

    accept = act(
        "收到申请、建议或者决定启动",
        also=("受理", "收到申请", "启动审查"),
        opens=True,
        to=By("source", {"own": "审查", "application": "受理", "jail": "受理"}),
        facts=(
            person("person", "在押人员"),
            choice("source", "启动方式", SOURCES),
            choice("phase", "诉讼阶段", PHASES),
            text("applicant", "申请人").optional(),
            long_text("reason", "不需要继续羁押的理由").optional(),
            yes_no("elsewhere", "本院不是办案机关对应的同级人民检察院").optional(),
        ),
        does=(
            hold(True),
            transfer.start(
                length={"elsewhere": {None: "", False: "", True: "other_procuratorate"}}, when={"source": "application"}
            ),
            review.start(
                length={"phase": {"prosecution": "prosecution_stage", "investigation": "", "trial": ""}},
                when={"elsewhere": (None, False)},
            ),
        ),
        basis=(Cite(CPL, "第九十五条"), Cite(RULES, "第五百七十四条"), Cite(RULES, "第五百七十六条")),
        by=("控告申诉检察", "案件管理", "承办检察官"),
    )
    hand_over = act(
        "移送负责捕诉的部门",
        also=("移送捕诉部门",),
        at="受理",
        to="审查",
        does=(transfer.meet(),),
        guards=(
            unless(
                "elsewhere",
                True,
                says="应当移送办案机关对应的同级人民检察院",
                cite=Cite(RULES, "第五百七十六条第二款"),
                unsaid="本院是不是办案机关对应的同级人民检察院",
            ),
        ),
        basis=Cite(RULES, "第五百七十六条第一款"),
        by=("控告申诉检察", "案件管理"),
    )
    send_there = act(
        "移送办案机关对应的同级人民检察院并告知申请人",
        also=("移送同级人民检察院",),
        at="受理",
        to="办结",
        does=(transfer.meet(),),
        guards=(
            only_if(
                "elsewhere", True, says="本院就是办案机关对应的同级人民检察院", cite=Cite(RULES, "第五百七十六条第一款")
            ),
        ),
        basis=Cite(RULES, "第五百七十六条第二款"),
        by=("控告申诉检察", "案件管理"),
    )
    examine = act(
        "听取意见、核实情况",
        also=("听取意见", "公开审查"),
        at="审查",
        facts=(
            choice(
                "way",
                "方式",
                (
                    "审查理由和证明材料",
                    "听取在押人员、法定代理人、辩护人意见",
                    "听取被害方意见",
                    "听取办案机关意见",
                    "核实健康状况",
                    "公开审查",
                ),
            ),
        ),
        basis=Cite(RULES, "第五百七十七条"),
        leads_to=("management/public_hearing",),
    )
    suggest = act(
        "建议释放或者变更强制措施",
        also=("提出建议",),
        at="审查",
        to="等待回复",
        facts=(
            choice("ground", "理由", GROUNDS),
            long_text("why", "理由和法律依据"),
            day("received_on", "办案机关收到之日").optional(),
        ),
        does=(review.meet(), reply.start("received_on")),
        guards=(
            unless(
                "phase",
                "prosecution",
                says="审查起诉阶段不需要继续羁押的，直接释放或者变更强制措施",
                cite=Cite(RULES, "第五百七十五条第二款"),
            ),
        ),
        basis=(Cite(CPL, "第九十五条"), Cite(RULES, "第五百七十九条至第五百八十一条")),
        documents=("释放或者变更强制措施建议书",),
    )
    served = act(
        "办案机关收到建议书",
        serves=("释放或者变更强制措施建议书",),
        at="等待回复",
        does=(reply.fix(),),
        basis=Cite(RULES, "第五百八十一条"),
        documents=("送达回证",),
    )
    release = act(
        "直接释放或者变更强制措施",
        also=("变更强制措施",),
        at="审查",
        to="告知",
        facts=(choice("ground", "理由", GROUNDS), choice("measure", "措施", ("释放", "取保候审", "监视居住"))),
        does=(review.meet(),),
        guards=(
            only_if(
                "phase",
                "prosecution",
                says="侦查、审判阶段应当向办案机关提出建议",
                cite=Cite(RULES, "第五百七十五条第一款"),
            ),
        ),
        basis=Cite(RULES, "第五百七十五条第二款"),
        by=("检察长", "承办检察官"),
    )
    keep = act(
        "认为有继续羁押必要",
        also=("有继续羁押必要",),
        at="审查",
        to="告知",
        facts=(long_text("why", "审查意见和理由"),),
        does=(review.meet(),),
        basis=(Cite(RULES, "第五百七十八条"), Cite(RULES, "第五百八十二条")),
        documents=("羁押必要性审查报告",),
    )
    replied = act(
        "收到处理情况回复",
        answers=("释放或者变更强制措施建议书",),
        also=("收到回复", "回复"),
        at="等待回复",
        to="告知",
        facts=(
            choice("result", "处理情况", ("释放", "取保候审", "监视居住", "不予采纳")),
            long_text("says", "不采纳的理由").optional(),
        ),
        does=(reply.meet(),),
        basis=(Cite(CPL, "第九十五条"), Cite(RULES, "第五百八十一条")),
        by=("公安机关", "人民法院"),
    )
    rectify = act(
        "对逾期不回复提出纠正意见",
        also=("纠正违法",),
        at="等待回复",
        guards=(
            only_after_expiry(
                reply, says="办案机关收到建议书后十日以内可以回复", cite=Cite(RULES, "第五百八十一条第二款")
            ),
        ),
        basis=Cite(RULES, "第五百八十一条第二款"),
        documents=("纠正违法通知书",),
    )
    inform = act(
        "告知申请人",
        also=("书面告知",),
        at="告知",
        to="办结",
        basis=Cite(RULES, "第五百八十二条"),
        documents=("羁押必要性审查结果通知书",),
    )
    close = act(
        "办结",
        at="告知",
        to="办结",
        guards=(
            unless(
                "source",
                "application",
                says="依申请审查的，办结后应当书面告知申请人",
                cite=Cite(RULES, "第五百八十二条"),
            ),
        ),
        basis=Cite(RULES, "第五百七十三条"),
    )
    moot = act(
        "在押人员已被释放、变更强制措施或者判决生效",
        also=("终止审查",),
        at=("受理", "审查", "等待回复"),
        to="办结",
        facts=(text("why", "情况"),),
        does=(review.stop(reason="终止审查"), reply.stop(reason="终止审查"), transfer.stop(reason="终止审查")),
        basis=Cite(RULES, "第五百七十三条"),
    )
    next_phase = act(
        "案件进入下一诉讼阶段",
        at="审查",
        facts=(choice("phase", "诉讼阶段", PHASES),),
        basis=Cite(RULES, "第五百七十五条"),
    )
