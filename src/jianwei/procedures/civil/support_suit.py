"""支持起诉。对弱势群体诉权行使确有困难的，支持其向人民法院起诉。"""

from __future__ import annotations

from jianwei.procedures import Cite, Line, Procedure, act, choice, long_text, money, text

CPL = "中华人民共和国民事诉讼法"

WHO = ("农民工", "老年人", "未成年人", "残疾人", "妇女", "家庭暴力受害人", "军人军属、英烈近亲属", "其他弱势群体")


class SupportSuit(Procedure):
    title, line = "支持起诉", Line.CIVIL
    case_type, code = "民事支持起诉", "民支"
    stages = ("审查", "支持起诉", "跟进", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第十五条"),)
    unverified = "法律未规定支持起诉的办理程序和期限，按公开的通行做法建模，未核对原文"

    accept = act(
        "受理支持起诉申请",
        also=("受理",),
        opens=True,
        to="审查",
        facts=(
            text("applicant", "申请人"),
            choice("who", "申请人类别", WHO),
            text("claim", "拟起诉的请求"),
            money("amount_fen", "请求金额").optional(),
        ),
        basis=Cite(CPL, "第十五条"),
        by=("控告申诉检察部门", "承办检察官"),
    )
    help_collect = act(
        "协助收集证据",
        at="审查",
        facts=(text("evidence", "证据"),),
        basis=Cite(CPL, "第十五条"),
    )
    legal_aid = act(
        "协助申请法律援助或者司法救助",
        at=("审查", "支持起诉", "跟进"),
        facts=(text("agency", "机构"),),
        basis=Cite(CPL, "第十五条"),
        leads_to=("petition/judicial_relief",),
    )
    settle = act(
        "促成和解或者履行",
        at=("审查", "支持起诉"),
        to="办结",
        facts=(long_text("result", "结果"), money("paid_fen", "履行金额").optional()),
        basis=Cite(CPL, "第十五条"),
    )
    support = act(
        "决定支持起诉",
        also=("支持起诉",),
        at="审查",
        to="支持起诉",
        facts=(text("court", "人民法院"), long_text("reason", "理由")),
        basis=Cite(CPL, "第十五条"),
        documents=("支持起诉书",),
        by=("检察长",),
    )
    refuse = act(
        "不支持起诉",
        at="审查",
        to="办结",
        facts=(long_text("reason", "理由"),),
        basis=Cite(CPL, "第十五条"),
        documents=("不支持起诉决定书",),
    )
    filed = act(
        "人民法院立案",
        at="支持起诉",
        to="跟进",
        facts=(text("court_no", "案号"),),
        basis=Cite(CPL, "第一百二十六条"),
    )
    judged = act(
        "收到裁判结果",
        at="跟进",
        to="办结",
        facts=(choice("outcome", "结果", ("支持诉讼请求", "部分支持", "调解", "撤诉", "驳回")),),
        basis=Cite(CPL, "第十五条"),
    )
    withdraw = act(
        "撤回支持起诉",
        at=("支持起诉", "跟进"),
        to="办结",
        facts=(long_text("reason", "理由"),),
        basis=Cite(CPL, "第十五条"),
        by=("检察长",),
    )
