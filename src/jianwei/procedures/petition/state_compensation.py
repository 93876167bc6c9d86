"""国家赔偿。人民检察院作为赔偿义务机关办理的刑事赔偿，及其复议和赔偿委员会程序。"""

from __future__ import annotations

from jianwei.procedures import (
    Cite,
    Guard,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    long_text,
    money,
    notice_clock,
    only_after_expiry,
    others_clock,
    text,
    yes_no,
)

LAW = "中华人民共和国国家赔偿法"


def _cite(article: str) -> Cite:
    return Cite(LAW, article)


GROUNDS = ("无罪、撤案、不起诉的错误逮捕拘留", "再审改判无罪", "刑讯逼供等造成伤害", "违法查封扣押冻结追缴", "其他")


class StateCompensation(Procedure):
    title, line = "国家赔偿", Line.PETITION
    case_type, code = "刑事赔偿", "赔"
    stages = ("审查", "已作出决定", "复议", "赔偿委员会", "支付", "办结")
    ends = ("办结",)
    basis = (_cite("第十七条"), _cite("第二十三条"))

    decision = case_clock("petition/compensation_decision")
    service = notice_clock("petition/compensation_decision_service")
    may_review = others_clock("petition/compensation_reconsideration_application", right=True)
    review = others_clock("petition/compensation_reconsideration")
    may_committee = others_clock("petition/compensation_committee_application", right=True)
    committee = others_clock("petition/compensation_committee_decision")
    payment = case_clock("petition/compensation_payment_request")

    accept = act(
        "收到赔偿申请",
        also=("受理", "受理赔偿申请"),
        opens=True,
        to="审查",
        facts=(
            text("claimant", "赔偿请求人"),
            choice("ground", "请求事由", GROUNDS),
            money("claimed_fen", "请求金额").optional(),
            yes_no("complete", "材料齐全"),
        ),
        guards=(
            Guard(
                "申请材料不齐全的，应当当场或者在五日内一次性告知补正，补正前不计算期限",
                _cite("第十二条第四款"),
                lambda state, facts, on: facts.get("complete") is False,
                of_facts=True,
            ),
        ),
        does=(decision.start(),),
        basis=_cite("第二十二条"),
        by=("控告申诉检察部门",),
    )
    consult = act("与赔偿请求人协商", at="审查", facts=(long_text("result", "协商情况"),), basis=_cite("第二十三条"))
    decide = act(
        "作出赔偿决定",
        also=("决定赔偿", "决定不予赔偿"),
        at="审查",
        to="已作出决定",
        facts=(
            choice("outcome", "决定", {"pay": "予以赔偿", "refuse": "不予赔偿"}),
            money("awarded_fen", "赔偿金额").optional(),
            long_text("reason", "理由"),
        ),
        does=(decision.meet(), service.start(), may_review.start()),
        basis=_cite("第二十三条"),
        documents=("国家赔偿决定书",),
        by=("检察长",),
    )
    serve = act(
        "送达赔偿决定",
        serves=("国家赔偿决定书",),
        at="已作出决定",
        does=(service.meet(),),
        basis=_cite("第二十三条"),
        documents=("送达回证",),
    )
    ask_review = act(
        "赔偿请求人申请复议",
        also=("申请复议",),
        at="已作出决定",
        to="复议",
        does=(may_review.meet(), review.start()),
        basis=_cite("第二十四条"),
    )
    ask_review_of_silence = act(
        "逾期未作决定，赔偿请求人申请复议",
        also=("逾期申请复议",),
        at="审查",
        to="复议",
        guards=(
            only_after_expiry(
                decision,
                says="赔偿义务机关在规定期限内未作出决定的，才可以直接申请复议",
                cite=_cite("第二十四条第一款"),
            ),
        ),
        does=(decision.stop(reason="逾期未作决定，已申请复议"), review.start()),
        basis=_cite("第二十四条第一款"),
    )
    reviewed = act(
        "收到复议决定",
        at="复议",
        to="已作出决定",
        facts=(choice("review_outcome", "复议结果", ("维持", "变更", "撤销重新决定")),),
        does=(review.meet(), may_committee.start()),
        basis=_cite("第二十五条"),
    )
    ask_committee = act(
        "赔偿请求人申请赔偿委员会决定",
        at=("复议", "已作出决定"),
        to="赔偿委员会",
        after=("ask_review", "ask_review_of_silence"),
        guards=(
            Guard(
                "复议机关逾期不作决定的，才可以不等复议决定申请赔偿委员会决定",
                _cite("第二十五条第二款"),
                lambda state, facts, on: state.stage == "复议" and not any(state.over(StateCompensation.review, on)),
            ),
        ),
        does=(may_committee.meet(), review.stop(reason="申请赔偿委员会决定"), committee.start()),
        basis=_cite("第二十五条第二款"),
    )
    committee_extends = act(
        "赔偿委员会延长期限",
        at="赔偿委员会",
        does=(committee.extend("complex"),),
        basis=_cite("第二十八条"),
        by=("人民法院",),
    )
    committee_decides = act(
        "收到赔偿委员会决定",
        at="赔偿委员会",
        to="已作出决定",
        facts=(
            choice("committee_outcome", "结果", ("维持", "变更", "不予赔偿")),
            money("awarded_fen", "赔偿金额").optional(),
        ),
        does=(committee.meet(),),
        basis=_cite("第二十九条"),
    )
    ask_payment = act(
        "收到支付赔偿金申请",
        at="已作出决定",
        to="支付",
        does=(payment.start(), may_review.stop(reason="接受赔偿决定"), may_committee.stop(reason="接受赔偿决定")),
        basis=_cite("第三十七条"),
    )
    request_payment = act("向财政部门申请支付", at="支付", does=(payment.meet(),), basis=_cite("第三十七条第三款"))
    paid = act(
        "支付完毕",
        at="支付",
        to="办结",
        facts=(money("paid_fen", "支付金额"),),
        after="request_payment",
        basis=_cite("第三十七条"),
        leads_to=("criminal/reverse_look",),
    )
    close = act(
        "不予赔偿终结",
        at="已作出决定",
        to="办结",
        facts=(long_text("reason", "说明"),),
        does=(may_review.stop(reason="终结"), may_committee.stop(reason="终结")),
        basis=_cite("第二十三条"),
    )
