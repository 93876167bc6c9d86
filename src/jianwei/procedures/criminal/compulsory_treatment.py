"""强制医疗。自接到强制医疗意见书（或者审查起诉中发现），到法院决定、复议和解除的监督。"""

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
    only_if,
    only_while,
    others_clock,
    people,
    person,
    text,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

APPRAISAL_FAULTS = (
    "鉴定机构无资质",
    "鉴定人无资质或者应当回避",
    "程序、方法违法",
    "文书形式不合",
    "未及时告知",
    "故意虚假鉴定",
    "其他",
)


class CompulsoryTreatment(Procedure):
    title, line = "强制医疗", Line.CRIMINAL
    case_type, code = "强制医疗", "强医"
    stages = ("审查", "补充证据", "法院审理", "决定监督", "执行监督", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第三百零二条至第三百零七条"), Cite(RULES, "第五百三十四条至第五百五十条"))

    review = case_clock("criminal/compulsory_treatment_application")
    trial = others_clock("criminal/compulsory_treatment_trial")
    correction = case_clock("criminal/compulsory_treatment_correction")

    accept = act(
        "接到强制医疗意见书",
        also=("受理", "接到意见书"),
        opens=True,
        to="审查",
        facts=(
            person("person", "涉案精神病人"),
            choice("source", "来源", {"police": "公安机关移送", "review": "审查起诉中发现"}),
            yes_no("appraised", "经法定程序鉴定依法不负刑事责任"),
            yes_no("restrained", "已采取临时保护性约束措施").optional(),
            people("agents", "法定代理人").optional(),
        ),
        does=(review.start(),),
        basis=(Cite(CPL, "第三百零三条第二款"), Cite(RULES, "第五百三十七条"), Cite(RULES, "第五百四十三条")),
        by=("案件管理", "承办检察官"),
    )
    meet_person = act(
        "会见涉案精神病人、听取法定代理人意见",
        also=("会见", "调查"),
        at="审查",
        facts=(long_text("found", "情况").optional(),),
        basis=Cite(RULES, "第五百三十八条"),
        documents=("会见笔录",),
    )
    restraint = act(
        "对临时保护性约束措施提出意见",
        at=("审查", "补充证据"),
        facts=(choice("way", "意见", ("不应当采取，予以纠正", "应当采取，建议采取", "措施中有违法情形，予以纠正")),),
        basis=(Cite(RULES, "第五百四十二条"), Cite(RULES, "第六百五十三条")),
        documents=("纠正违法通知书", "检察建议书"),
    )
    appraisal_fault = act(
        "对鉴定违法提出纠正意见",
        at="审查",
        facts=(choice("fault", "违法情形", APPRAISAL_FAULTS), yes_no("again", "要求补充鉴定或者重新鉴定").optional()),
        basis=Cite(RULES, "第五百四十一条"),
        documents=("纠正违法通知书",),
    )
    supplement = act(
        "要求补充证据",
        at="审查",
        to="补充证据",
        facts=(long_text("outline", "需要补充的证据"),),
        does=(review.suspend("公安机关补充证据"),),
        basis=Cite(RULES, "第五百三十九条第二款、第三款"),
        documents=("补充证据通知书",),
    )
    supplemented = act(
        "补充证据完毕",
        at="补充证据",
        to="审查",
        does=(review.resume(),),
        basis=Cite(RULES, "第五百三十九条第三款"),
        by=("公安机关",),
    )
    apply_ = act(
        "向人民法院提出强制医疗申请",
        also=("提出申请", "提出强制医疗申请"),
        at="审查",
        to="法院审理",
        facts=(
            text("court", "人民法院"),
            yes_no("dangerous", "有继续危害社会可能"),
            text("document_no", "申请书文号").optional(),
        ),
        does=(review.meet(),),
        guards=(
            only_if("appraised", True, says="须经法定程序鉴定依法不负刑事责任", cite=Cite(CPL, "第三百零二条")),
            only_if("dangerous", True, says="没有继续危害社会可能的，不予强制医疗", cite=Cite(CPL, "第三百零二条")),
        ),
        basis=(Cite(CPL, "第三百零三条第二款"), Cite(RULES, "第五百三十四条至第五百三十六条")),
        documents=("强制医疗申请书",),
        by=("检察长",),
    )
    not_apply = act(
        "不提出申请",
        at="审查",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(review.meet(),),
        basis=Cite(RULES, "第五百三十九条第二款"),
        documents=("不提出强制医疗申请决定书",),
        by=("检察长",),
    )
    responsible = act(
        "经重新鉴定应当负刑事责任",
        at=("审查", "补充证据"),
        to="办结",
        does=(review.stop(reason="应当追究刑事责任，转普通程序"),),
        basis=Cite(RULES, "第五百四十一条第二款"),
        leads_to=("criminal/arrest_review", "criminal/prosecution_review"),
    )
    accepted = act(
        "人民法院受理",
        at="法院审理",
        does=(trial.start(),),
        basis=Cite(CPL, "第三百零五条第一款"),
        by=("人民法院",),
    )
    appear = act(
        "派员出庭",
        also=("出庭",),
        at="法院审理",
        basis=Cite(RULES, "第五百四十四条"),
        documents=("出庭意见书",),
    )
    correct_trial = act(
        "对审理活动违法提出纠正意见",
        at=("法院审理", "决定监督"),
        basis=(Cite(RULES, "第五百四十五条"), Cite(RULES, "第五百四十六条")),
        documents=("纠正审理违法意见书",),
    )
    decided = act(
        "收到强制医疗决定书副本",
        also=("收到决定书", "收到决定"),
        at="法院审理",
        to="决定监督",
        facts=(choice("result", "决定", {"treat": "强制医疗", "reject": "驳回申请"}),),
        does=(trial.meet(), correction.start()),
        basis=(Cite(CPL, "第三百零五条第一款"), Cite(RULES, "第五百四十七条")),
        by=("人民法院",),
    )
    correct_decision = act(
        "对决定不当提出纠正意见",
        also=("提出纠正意见",),
        at="决定监督",
        facts=(long_text("reason", "不当的理由"),),
        does=(correction.meet(),),
        guards=(only_while(correction, says="收到决定书副本后二十日已满", cite=Cite(RULES, "第五百四十七条")),),
        basis=Cite(RULES, "第五百四十七条"),
        documents=("纠正强制医疗决定意见书",),
        by=("检察长",),
    )
    no_fault = act(
        "认为决定适当",
        at="决定监督",
        to=By("result", {"treat": "执行监督", "reject": "办结"}),
        does=(correction.stop(reason="决定适当"),),
        basis=Cite(RULES, "第五百四十七条"),
    )
    reconsidered = act(
        "人民法院重新审理或者复议结果",
        also=("复议决定",),
        at="决定监督",
        to=By("final", {"treat": "执行监督", "reject": "办结"}),
        facts=(choice("final", "结果", {"treat": "强制医疗", "reject": "不予强制医疗"}),),
        basis=(Cite(CPL, "第三百零五条第二款"), Cite(RULES, "第五百四十五条第八项"), Cite(RULES, "第五百四十九条")),
        by=("人民法院",),
    )
    watch = act(
        "对交付执行、医疗活动监督",
        at="执行监督",
        facts=(choice("found", "情况", ("未发现违法", "违法，提出纠正意见", "可能不符合强制医疗条件，移交材料")),),
        basis=(Cite(RULES, "第六百五十一条"), Cite(RULES, "第六百五十二条")),
        documents=("纠正违法通知书",),
    )
    lifted = act(
        "人民法院解除强制医疗",
        also=("解除强制医疗",),
        at="执行监督",
        to="办结",
        facts=(choice("opinion", "审查意见", ("解除适当", "解除不当，提出纠正意见")),),
        basis=(Cite(CPL, "第三百零六条"), Cite(RULES, "第五百五十条")),
        by=("人民法院",),
    )
