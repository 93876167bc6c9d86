"""公开听证。决定、抽选听证员、三日前告知、举行、评议、采纳情况说明、归档；另有简易听证。"""

from __future__ import annotations

import datetime as dt

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    State,
    act,
    choice,
    day,
    long_text,
    notice_clock,
    number,
    people,
    person,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.kernel.act import Facts
from jianwei.procedures.management._guards import apart, needs


def rule(article: str) -> Cite:
    return Cite("人民检察院审查案件听证工作规定", article, verified=False)


LEAST, MOST = 3, 7
"""第八条：听证员的人数一般为三至七人。"""


def _out_of_bounds(state: State, facts: Facts, on: dt.date) -> bool:
    simple = state.facts.get("form") == "simple"
    return not (1 if simple else LEAST) <= len(facts.get("drawn", ())) <= MOST


def _more_than_pool(state: State, facts: Facts, on: dt.date) -> bool:
    left = int(facts.get("pool_size", 0)) - len(facts.get("recused", ()))
    return len(facts.get("drawn", ())) > left


def _not_drawn(state: State, facts: Facts, on: dt.date) -> bool:
    drawn = state.people.get("drawn", {}).keys() - state.people.get("recused", {}).keys()
    return not drawn >= set(facts.get("present", ()))


DRAWN = Guard("到场听证员应当是抽选确定、没有回避的人员", rule("第七条"), _not_drawn, of_facts=True, fact="present")


class PublicHearing(Procedure):
    title, line = "公开听证", Line.MANAGEMENT
    case_type, code = "公开听证", "听"
    stages = ("决定", "抽选听证员", "告知", "举行", "评议", "意见处理", "办结")
    ends = ("办结",)
    basis = (rule("第二条"), rule("第四条"))
    unverified = "《人民检察院审查案件听证工作规定》未核对原文；随机抽选、简易听证按公开的通行做法建模"

    notice = notice_clock("conduct/hearing_notice")

    propose = act(
        "提出听证",
        also=("申请听证", "立项"),
        opens=True,
        to="决定",
        facts=(
            text("case", "案件"),
            choice("by_whom", "由何人提出", ("承办检察官", "当事人及其代理人申请", "上级人民检察院要求")),
            long_text("questions", "需要听证的问题"),
        ),
        basis=rule("第九条"),
    )
    decide = act(
        "决定是否听证",
        also=("决定听证",),
        at="决定",
        to=By("hold", {"hearing": "抽选听证员", "none": "办结"}),
        facts=(
            choice("hold", "决定", {"hearing": "举行听证", "none": "不举行听证"}),
            choice("form", "形式", {"ordinary": "普通听证", "simple": "简易听证"}),
            yes_no("public", "公开举行"),
            long_text("reason", "理由").optional(),
        ),
        basis=(rule("第五条"), rule("第九条")),
        by=("检察长", "承办检察官"),
    )
    draw = act(
        "随机抽选听证员",
        also=("抽选听证员", "抽选人民监督员"),
        at="抽选听证员",
        to="告知",
        facts=(
            choice("pool", "名库", ("听证员库", "人民监督员名单")),
            number("pool_size", "库中符合条件的人数", least=1),
            text("seed", "抽选种子", "在工作台的“听证员”中抽选，种子和结果自动记入，可以复核"),
            people("drawn", "抽中人员"),
            people("recused", "因回避、不能参加剔除的人员").optional(),
            text("drawn_by", "抽选人"),
            text("witness", "在场监督人").optional(),
        ),
        guards=(
            Guard("听证员一般为三至七人，简易听证不少于一人", rule("第八条"), _out_of_bounds, of_facts=True),
            Guard("抽中、剔除的人数超过库中人数", None, _more_than_pool, of_facts=True),
            apart("drawn", "recused", says="抽中人员中有应当回避的人员", cite=rule("第七条")),
        ),
        basis=(rule("第七条"), rule("第八条")),
        documents=("听证员抽选记录",),
        by=("案件管理",),
    )
    redraw = act(
        "听证员回避，补充抽选",
        also=("补充抽选",),
        at=("告知", "举行"),
        facts=(
            people("recused", "回避、不能参加的人员"),
            text("seed", "抽选种子"),
            people("drawn", "补充抽中人员"),
            choice("why", "原因", ("与案件有利害关系", "当事人申请回避", "不能参加")),
        ),
        guards=(apart("drawn", "recused", says="抽中人员中有应当回避的人员", cite=rule("第七条")),),
        basis=rule("第七条"),
        by=("案件管理",),
    )
    set_day = act(
        "确定听证时间",
        at="告知",
        facts=(day("hearing_on", "听证之日"), text("place", "地点")),
        does=(notice.start("hearing_on"),),
        basis=rule("第十条"),
        by=("承办检察官",),
    )
    notify = act(
        "告知听证参加人",
        also=("告知", "发送听证通知"),
        at="告知",
        to="举行",
        after="set_day",
        facts=(yes_no("announced", "公开听证已发布公告").optional(),),
        does=(notice.meet(),),
        basis=rule("第十条"),
        documents=("听证通知书",),
    )
    postpone = act(
        "延期听证",
        at="举行",
        to="告知",
        facts=(long_text("reason", "理由"),),
        does=(notice.stop(reason="延期听证"),),
        basis=rule("第十条"),
    )
    hear = act(
        "举行听证会",
        also=("举行听证", "听证"),
        at="举行",
        to="评议",
        facts=(
            person("host", "主持人"),
            people("present", "到场听证员"),
            text("parties", "到场当事人").optional(),
            yes_no("recorded", "制作笔录并全程录音录像"),
        ),
        guards=(
            unless("form", "simple", says="简易听证请登记为举行简易听证", cite=rule("第十一条")),
            unless("recorded", False, says="听证会应当制作笔录，并全程录音录像", cite=rule("第十八条")),
            apart("host", "drawn", says="听证员不得主持听证会", cite=rule("第十三条")),
            DRAWN,
        ),
        basis=(rule("第十一条"), rule("第十三条"), rule("第十五条")),
        documents=("听证笔录",),
    )
    hear_simply = act(
        "举行简易听证",
        at="举行",
        to="意见处理",
        facts=(
            person("host", "主持人"),
            people("present", "到场听证员"),
            long_text("opinion", "当场发表的意见"),
            choice("majority", "听证员多数意见", ("同意拟处理意见", "不同意拟处理意见", "没有多数意见")),
        ),
        guards=(
            unless("form", "ordinary", says="普通听证须经评议，不适用简易听证的程序", cite=rule("第十五条")),
            DRAWN,
        ),
        basis=rule("第十一条"),
        documents=("听证笔录",),
    )
    deliberate = act(
        "听证员评议并发表意见",
        also=("评议", "发表意见"),
        at="评议",
        to="意见处理",
        facts=(
            choice("majority", "听证员多数意见", ("同意拟处理意见", "不同意拟处理意见", "没有多数意见")),
            long_text("opinion", "听证员意见"),
            long_text("dissent", "少数意见").optional(),
        ),
        basis=rule("第十五条"),
        documents=("听证员意见表",),
    )
    report = act(
        "拟不采纳多数意见，报告检察长",
        at="意见处理",
        facts=(long_text("reason", "不采纳的理由"), yes_no("approved", "检察长同意")),
        basis=rule("第十六条"),
        by=("检察长",),
    )
    respond = act(
        "作出采纳与否的说明",
        also=("意见采纳说明",),
        at="意见处理",
        facts=(
            choice("adopted", "采纳情况", {"all": "采纳", "part": "部分采纳", "none": "不采纳"}),
            long_text("explained", "说明"),
            yes_no("told", "已向听证员反馈"),
        ),
        guards=(
            Guard(
                "拟不采纳听证员多数意见的，应当向检察长报告并获同意",
                rule("第十六条"),
                lambda state, facts, on: facts.get("adopted") == "none" and state.facts.get("approved") is not True,
                of_facts=True,
            ),
        ),
        basis=rule("第十六条"),
    )
    cancel = act(
        "取消听证",
        at=("抽选听证员", "告知", "举行"),
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(notice.stop(reason="取消听证"),),
        basis=rule("第九条"),
        by=("检察长", "承办检察官"),
    )
    close = act(
        "听证材料归档",
        also=("归档", "办结"),
        at="意见处理",
        to="办结",
        guards=(needs("respond", says="须先说明听证员意见的采纳情况，才能归档", cite=rule("第十六条")),),
        facts=(yes_no("published", "依法向社会公开").optional(),),
        basis=rule("第十八条"),
    )
