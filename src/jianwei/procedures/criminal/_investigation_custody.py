"""审查逮捕的第三部分：执行逮捕与侦查羁押期限，每名犯罪嫌疑人分别计算。"""

from __future__ import annotations

from jianwei.procedures import (
    Cite,
    act,
    choice,
    custody_clock,
    day,
    hold,
    long_text,
    not_running,
    notice_clock,
    only_done_to,
    only_if,
    only_past,
    only_running,
    only_while,
    others_clock,
    text,
    yes_no,
)
from jianwei.procedures.criminal._appraisal import APPRAISAL, WHILE_IT_LASTS
from jianwei.procedures.criminal._arrest_decision import CPL, OF_THE_MATTER, RULES, SUSPECTS
from jianwei.procedures.criminal._custody_guards import LEVELS, found_in_custody, was_asked
from jianwei.procedures.criminal._non_arrest import NonArrest

OURS = {"source": ("own", "commission")}
CLEAR, UNCLEAR = {"identity_clear": (None, True)}, {"identity_clear": False}
FOUR_KINDS = (
    "交通十分不便的边远地区的重大复杂案件",
    "重大的犯罪集团案件",
    "流窜作案的重大复杂案件",
    "犯罪涉及面广，取证困难的重大复杂案件",
)
ANOTHER_CRIME = {
    "different": "与逮捕时的罪行不同种的重大犯罪",
    "same_affecting": "同种的影响罪名认定、量刑档次的重大犯罪",
    "same": "同种的其他犯罪",
}


class InvestigationCustody(NonArrest):
    """The execution of an arrest and the time it may last while the case is investigated."""

    held = custody_clock("criminal/investigation_custody", each="suspects")
    recounted = custody_clock("criminal/custody_recount", each="suspects")
    arrest_receipt = others_clock("criminal/arrest_receipt", each="suspects")
    family = notice_clock("criminal/arrest_notice", each="suspects")
    first_interrogation = notice_clock("criminal/arrest_interrogation", each="suspects")

    execute = act(
        "执行逮捕",
        at="决定以后",
        after=("approve", "approve_anew", "arrest_missed"),
        facts=(
            SUSPECTS,
            yes_no(
                "identity_clear", "身份已经查清", "不讲真实姓名、住址，身份不明的，侦查羁押期限自查清其身份之日起计算"
            ).optional(),
        ),
        does=(
            hold(True, each="suspects"),
            held.start(when=CLEAR),
            held.start("identified_on", when=UNCLEAR),
            arrest_receipt.start(),
            family.start(when=OURS),
            first_interrogation.start(when=OURS),
        ),
        guards=(
            OF_THE_MATTER,
            only_done_to(
                "approve",
                "approve_anew",
                "arrest_missed",
                each="suspects",
                says="所列人员没有被批准或者决定逮捕，不能执行逮捕",
                cite=Cite(CPL, "第八十条"),
            ),
            not_running(
                held,
                recounted,
                says="所列人员已经执行逮捕，侦查羁押期限正在计算，不能再从头计算",
                cite=Cite(CPL, "第一百五十六条"),
            ),
        ),
        basis=(Cite(CPL, "第九十三条"), Cite(CPL, "第一百五十六条"), Cite(RULES, "第二百八十六条")),
        by=("公安机关",),
        leads_to=("criminal/detention_necessity",),
    )
    arrest_done = act(
        "收到批准逮捕执行回执",
        answers=("批准逮捕决定书", "逮捕决定书"),
        also=("执行回执", "收到执行回执"),
        at="决定以后",
        facts=(SUSPECTS.optional(),),
        does=(arrest_receipt.meet(),),
        guards=(OF_THE_MATTER, only_running(arrest_receipt, says="尚未执行逮捕，或者已经收到执行回执")),
        basis=Cite(RULES, "第二百八十六条第一款"),
        by=("案件管理", "承办检察官"),
    )
    not_executed = act(
        "收到未能执行逮捕的回执",
        at="决定以后",
        after=("approve", "approve_anew", "arrest_missed"),
        facts=(SUSPECTS, long_text("reason", "未能执行的原因")),
        guards=(OF_THE_MATTER,),
        basis=Cite(RULES, "第二百八十六条第一款"),
        by=("案件管理", "承办检察官"),
        leads_to=("criminal/fugitive_assets",),
    )
    tell_family = act(
        "通知家属",
        at="决定以后",
        facts=(SUSPECTS.optional(),),
        does=(family.meet(),),
        guards=(OF_THE_MATTER, only_running(family, says="本院决定逮捕并执行后，由本院通知家属")),
        basis=(Cite(CPL, "第九十三条第二款"), Cite(RULES, "第一百四十四条")),
        documents=("逮捕通知书",),
    )
    interrogate = act(
        "逮捕后讯问",
        at="决定以后",
        facts=(SUSPECTS.optional(),),
        does=(first_interrogation.meet(),),
        guards=(OF_THE_MATTER, only_running(first_interrogation, says="本院决定逮捕并执行后，由本院讯问")),
        basis=Cite(CPL, "第九十四条"),
        documents=("讯问笔录",),
    )
    identify = act(
        "查清身份",
        at="决定以后",
        facts=(SUSPECTS, text("identity", "真实身份").optional()),
        does=(held.fix(),),
        guards=(OF_THE_MATTER,),
        basis=Cite(CPL, "第一百六十条第二款"),
        by=("侦查机关",),
    )
    ask_extension = act(
        "提请延长侦查羁押期限",
        also=("提请批准延长侦查羁押期限", "移送延长侦查羁押期限意见书"),
        at="决定以后",
        facts=(SUSPECTS.optional(), choice("level", "提请延长", LEVELS), long_text("grounds", "理由").optional()),
        does=tuple(clock.ask(level, when={"level": level}) for clock in (held, recounted) for level in LEVELS),
        guards=(
            OF_THE_MATTER,
            *(
                only_while(
                    clock,
                    says="侦查羁押期限已经届满，超过法定羁押期限提请延长的，不予受理",
                    cite=Cite(RULES, "第三百零九条第三款"),
                )
                for clock in (held, recounted)
            ),
        ),
        basis=(Cite(RULES, "第三百零九条"), Cite(RULES, "第三百一十条")),
        documents=("提请批准延长侦查羁押期限报告书",),
        by=("侦查机关",),
    )
    extend_first = act(
        "批准延长侦查羁押期限一个月",
        also=("第一次延长侦查羁押期限", "延长一个月"),
        at="决定以后",
        after="ask_extension",
        facts=(SUSPECTS.optional(), text("document_no", "决定书文号").optional()),
        does=(held.extend("first"), recounted.extend("first")),
        guards=(OF_THE_MATTER, was_asked("first", held, recounted)),
        basis=(Cite(CPL, "第一百五十六条"), Cite(RULES, "第三百零五条"), Cite(RULES, "第三百一十一条")),
        documents=("批准延长侦查羁押期限决定书",),
        by=("上一级人民检察院",),
    )
    extend_second = act(
        "批准延长侦查羁押期限二个月",
        also=("第二次延长侦查羁押期限", "延长二个月"),
        at="决定以后",
        after="ask_extension",
        facts=(
            SUSPECTS.optional(),
            choice("ground", "法定情形", FOUR_KINDS),
            text("document_no", "决定书文号").optional(),
        ),
        does=(held.extend("second"), recounted.extend("second")),
        guards=(OF_THE_MATTER, was_asked("second", held, recounted)),
        basis=(Cite(CPL, "第一百五十八条"), Cite(RULES, "第三百零六条")),
        documents=("批准延长侦查羁押期限决定书",),
        by=("省级人民检察院",),
    )
    extend_third = act(
        "批准再延长侦查羁押期限二个月",
        also=("第三次延长侦查羁押期限", "再延长二个月"),
        at="决定以后",
        after="ask_extension",
        facts=(
            SUSPECTS.optional(),
            yes_no("ten_years", "可能判处十年有期徒刑以上刑罚"),
            text("document_no", "决定书文号").optional(),
        ),
        does=(held.extend("third"), recounted.extend("third")),
        guards=(
            OF_THE_MATTER,
            was_asked("third", held, recounted),
            only_if(
                "ten_years",
                True,
                says="只有可能判处十年有期徒刑以上刑罚的，才能再延长二个月",
                cite=Cite(CPL, "第一百五十九条"),
            ),
        ),
        basis=(Cite(CPL, "第一百五十九条"), Cite(RULES, "第三百零七条")),
        documents=("批准延长侦查羁押期限决定书",),
        by=("省级人民检察院",),
    )
    refuse_extension = act(
        "不批准延长侦查羁押期限",
        at="决定以后",
        after="ask_extension",
        facts=(
            SUSPECTS.optional(),
            choice("level", "不批准的延长", LEVELS).optional(),
            long_text("reason", "理由"),
        ),
        does=tuple(clock.deny(level, when={"level": (None, level)}) for clock in (held, recounted) for level in LEVELS),
        guards=(OF_THE_MATTER,),
        basis=Cite(RULES, "第三百一十二条"),
        documents=("不批准延长侦查羁押期限决定书",),
        by=("上一级人民检察院", "省级人民检察院"),
    )
    recount = act(
        "重新计算侦查羁押期限",
        also=("重新计算羁押期限",),
        at="决定以后",
        facts=(
            SUSPECTS,
            day("found_on", "发现另有重要罪行之日"),
            text("crime", "另有的罪行"),
            choice("crime_kind", "与逮捕时罪行的关系", ANOTHER_CRIME),
        ),
        does=(
            held.stop(reason="发现另有重要罪行，重新计算侦查羁押期限"),
            recounted.start("found_on", reason="发现另有重要罪行"),
        ),
        guards=(
            OF_THE_MATTER,
            only_if(
                "crime_kind",
                "different",
                "same_affecting",
                says="另有重要罪行，限于不同种的重大犯罪，或者影响罪名认定、量刑档次的同种重大犯罪",
                cite=Cite(RULES, "第三百一十五条第二款"),
            ),
            found_in_custody(held),
            only_past(
                "found_on", says="发现另有重要罪行之日不能晚于重新计算的决定", cite=Cite(CPL, "第一百六十条第一款")
            ),
            only_running(held, recounted, says="侦查羁押期限没有在计算"),
            *(
                only_while(clock, says="侦查羁押期限已经届满，应当释放或者变更强制措施", cite=Cite(CPL, "第九十八条"))
                for clock in (held, recounted)
            ),
        ),
        basis=(Cite(CPL, "第一百六十条第一款"), Cite(RULES, "第三百一十五条"), Cite(RULES, "第三百一十七条")),
        documents=("重新计算侦查羁押期限决定书",),
        by=("侦查机关", "检察长"),
    )
    appraise = act(
        "精神病鉴定",
        also=("委托精神病鉴定",),
        at="决定以后",
        facts=(SUSPECTS,),
        does=(held.suspend(APPRAISAL), recounted.suspend(APPRAISAL)),
        guards=(OF_THE_MATTER,),
        basis=Cite(CPL, "第一百四十九条"),
        by=("侦查机关",),
    )
    appraised = act(
        "精神病鉴定终结",
        at="决定以后",
        after="appraise",
        facts=(SUSPECTS,),
        does=(held.resume(), recounted.resume()),
        guards=(OF_THE_MATTER, WHILE_IT_LASTS),
        basis=Cite(CPL, "第一百四十九条"),
        by=("侦查机关",),
    )
    release = act(
        "释放或者变更强制措施",
        also=("变更强制措施", "释放"),
        at="决定以后",
        facts=(SUSPECTS, choice("measure", "措施", ("释放", "取保候审", "监视居住"))),
        does=(hold(False, each="suspects"),),
        guards=(OF_THE_MATTER,),
        basis=(Cite(CPL, "第九十六条"), Cite(CPL, "第九十八条"), Cite(RULES, "第三百一十八条")),
        by=("侦查机关", "检察长"),
    )
