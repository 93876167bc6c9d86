"""司法救助。对遭受犯罪侵害或者民事侵权而生活困难的当事人的国家司法救助。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    long_text,
    money,
    number,
    others_clock,
    text,
    yes_no,
)

OPINION = "关于建立完善国家司法救助制度的意见（试行）"


def _cite(part: str) -> Cite:
    return Cite(OPINION, part, verified=False)


PERSONS = (
    "刑事案件被害人",
    "被害人近亲属",
    "举报人、证人、鉴定人",
    "追索赡养费、扶养费、抚育费",
    "民事侵权受害人",
    "其他",
)


class JudicialRelief(Procedure):
    title, line = "司法救助", Line.PETITION
    case_type, code = "司法救助", "救"
    stages = ("审查", "审批", "发放", "跟踪", "办结")
    ends = ("办结",)
    basis = (_cite("救助程序"),)
    unverified = "国家司法救助的文件未核对原文，期限仅供参考"

    review = case_clock("petition/judicial_assistance_review")
    approval = others_clock("petition/judicial_assistance_approval")

    accept = act(
        "受理救助申请",
        also=("受理", "主动发现救助线索"),
        opens=True,
        to="审查",
        facts=(
            text("applicant", "申请人"),
            choice("who", "救助对象", PERSONS),
            long_text("hardship", "生活困难情况"),
            yes_no("minor", "未成年人").optional(),
            number("earlier", "同一案件已获救助次数", least=0).optional(),
        ),
        does=(review.start(),),
        basis=_cite("救助程序部分关于申请的规定"),
        by=("控告申诉检察部门",),
    )
    verify = act(
        "调查核实家庭经济状况", at="审查", facts=(text("measure", "方式"),), basis=_cite("救助程序部分关于审核的规定")
    )
    propose = act(
        "提请审批",
        at="审查",
        to="审批",
        facts=(money("proposed_fen", "建议救助金额"),),
        does=(review.meet(), approval.start()),
        basis=_cite("救助程序部分关于审核的规定"),
        documents=("国家司法救助审批表",),
    )
    refuse = act(
        "不予救助",
        at="审查",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(review.meet(),),
        basis=_cite("救助对象部分"),
        documents=("不予救助决定书",),
        by=("检察长",),
    )
    approve = act(
        "审批决定",
        at="审批",
        to=By("outcome", {"agree": "发放", "refuse": "办结"}),
        facts=(
            choice("outcome", "审批结果", {"agree": "同意救助", "refuse": "不同意"}),
            money("granted_fen", "批准金额").optional(),
        ),
        does=(approval.meet(),),
        basis=_cite("救助程序部分关于审批的规定"),
        documents=("国家司法救助决定书",),
        by=("检察长",),
    )
    pay = act(
        "发放救助金",
        at="发放",
        to="跟踪",
        facts=(money("paid_fen", "发放金额"), text("receipt", "领取凭证").optional()),
        basis=_cite("救助程序部分关于发放的规定"),
    )
    join = act(
        "衔接社会救助",
        at=("发放", "跟踪"),
        facts=(text("agency", "单位"), long_text("help", "帮扶措施")),
        basis=_cite("救助方式部分"),
    )
    recover = act(
        "追回救助金",
        at="跟踪",
        to="办结",
        facts=(long_text("reason", "骗取救助的情形"), money("recovered_fen", "追回金额")),
        basis=_cite("救助资金管理部分"),
        by=("检察长",),
    )
    close = act(
        "回访后结案",
        also=("结案",),
        at="跟踪",
        to="办结",
        facts=(long_text("visit", "回访情况"),),
        basis=_cite("救助程序"),
    )
