"""信访。群众来信、来访、网上信访：七日内程序性答复，三个月内答复办理进展或者结果，件件有回复。"""

from __future__ import annotations

from jianwei.procedures import Cite, Line, Procedure, act, case_clock, choice, long_text, others_clock, text, yes_no

RULES, PETITIONS = "人民检察院刑事诉讼规则", "信访工作条例"

CHANNELS = ("来信", "来访", "网上信访", "12309热线", "上级交办", "其他")
MATTERS = {
    "accusation": "控告、举报",
    "criminal_appeal": "刑事申诉",
    "civil": "民事申诉",
    "administrative": "行政申诉",
    "compensation": "国家赔偿",
    "relief": "司法救助",
    "public_interest": "公益诉讼线索",
    "conduct": "检察人员违纪违法",
    "other": "其他",
}


class LettersVisits(Procedure):
    title, line = "信访", Line.PETITION
    case_type, code = "信访", "控信"
    stages = ("登记", "办理", "已答复", "办结")
    ends = ("办结",)
    basis = (Cite(RULES, "第一百六十三条"), Cite(PETITIONS, "第二十三条"))

    procedural = case_clock("petition/procedural_reply")
    substantive = case_clock("petition/substantive_reply")
    recheck = others_clock("petition/recheck_application", "请求复查期限", right=True)

    receive = act(
        "收到信访",
        also=("收信", "接待来访", "受理"),
        opens=True,
        to="登记",
        facts=(
            text("petitioner", "信访人"),
            choice("channel", "渠道", CHANNELS),
            choice("matter", "诉求类别", MATTERS),
            long_text("request", "诉求"),
            yes_no("in_working_days", "本地按工作日掌握七日答复"),
            yes_no("anonymous", "匿名").optional(),
            yes_no("repeated", "重复信访").optional(),
        ),
        does=(
            procedural.start(
                length={"in_working_days": {True: "working_days", False: ""}}, when={"anonymous": (None, False)}
            ),
            substantive.start(when={"anonymous": (None, False)}),
        ),
        basis=Cite(RULES, "第一百六十三条"),
        by=("控告申诉检察部门",),
    )
    reply_procedure = act(
        "程序性答复",
        also=("七日内程序性回复", "告知"),
        at="登记",
        to="办理",
        facts=(
            choice(
                "handling", "处理去向", ("本院办理", "移送有管辖权的机关", "不属于检察机关管辖，告知", "重复信访，告知")
            ),
        ),
        does=(procedural.meet(),),
        basis=Cite(RULES, "第一百六十三条"),
        documents=("信访程序性答复函",),
        by=("控告申诉检察部门",),
    )
    assign = act(
        "分流办理",
        at=("登记", "办理"),
        facts=(text("department", "承办部门"),),
        basis=Cite(RULES, "第一百六十三条"),
        leads_to=("petition/criminal_appeal", "petition/state_compensation", "petition/judicial_relief"),
        by=("控告申诉检察部门",),
    )
    visit_by_chief = act(
        "院领导包案",
        at=("登记", "办理", "已答复"),
        facts=(text("leader", "包案领导"),),
        basis=Cite(PETITIONS, "第十八条第二款"),
    )
    reply_progress = act(
        "答复办理进展",
        also=("进展答复",),
        at="办理",
        facts=(long_text("progress", "进展"),),
        does=(substantive.start(reason="已答复进展，自答复之日起继续计算下一次答复"),),
        basis=Cite(RULES, "第一百六十三条"),
        documents=("信访办理进展答复函",),
    )
    hear = act(
        "组织公开听证",
        at=("办理", "已答复"),
        basis=Cite(PETITIONS, "第三十一条第六项"),
        leads_to=("management/public_hearing",),
    )
    reply_result = act(
        "答复办理结果",
        also=("结果答复", "实体性答复"),
        at="办理",
        to="已答复",
        facts=(
            choice("result", "结果", ("支持", "部分支持", "不支持", "移送其他机关", "息诉和解")),
            long_text("reason", "理由"),
        ),
        does=(substantive.meet(), recheck.start()),
        basis=Cite(RULES, "第一百六十三条"),
        documents=("信访答复函",),
    )
    ask_recheck = act(
        "信访人请求复查",
        at="已答复",
        to="办理",
        facts=(long_text("reason", "理由"),),
        does=(recheck.meet(), substantive.start(reason="请求复查")),
        basis=Cite(PETITIONS, "第三十五条"),
    )
    transfer = act(
        "移送有管辖权的机关",
        at=("登记", "办理"),
        to="办结",
        facts=(text("to_whom", "受移送机关"),),
        does=(procedural.meet(), substantive.meet()),
        basis=Cite(PETITIONS, "第二十三条第一款"),
        leads_to=("management/clue_transfer",),
    )
    close = act(
        "信访终结归档",
        also=("办结", "归档"),
        at="已答复",
        to="办结",
        does=(recheck.stop(reason="归档"),),
        basis=Cite(PETITIONS, "第三十六条"),
    )
    file_anonymous = act(
        "匿名信访存查",
        at="登记",
        to="办结",
        facts=(long_text("reason", "说明"),),
        basis=Cite(PETITIONS, "第十九条第一款"),
    )
