"""遗漏累犯、考验期内再犯。前罪刑罚执行完毕五年以内再犯而未认定累犯，缓刑、假释考验期内再犯而未撤销并罚，或者对累犯宣告缓刑。

The conditions of 刑法第六十五条、第六十六条 are in ``law/sentencing/recidivism`` and come as the derived table
``recidivism_checks``. Persons are joined by identity, never by name alone. Silent: an earlier 拘役 or fine, a probation that
ran out, more than five years, negligence on either side, an act under eighteen, a flag already set. Where the day on which
the earlier sentence ended, the age or the form of fault is open, the answer is 请核对 with weight 1. Weights are chosen: 4 for
what a court must state, 3 for a probation that the law forbids.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Cite, Kind, Line, Model, Sign, Tables
from jianwei.records import CriminalJudgment, PriorSentence, SentenceItem

ABOUT = ("crime_on", "main_penalty", "months", "term_end_on", "released_on", "decided_on", "probation_months")


class MissedRecidivist(Model):
    ref = "M35"
    title = "遗漏累犯和考验期内再犯"
    line = Line.CRIMINAL
    basis = (
        Cite("中华人民共和国刑法", "第六十五条、第六十六条", "修正案八"),
        Cite("中华人民共和国刑法", "第七十四条"),
        Cite("中华人民共和国刑法", "第七十七条、第八十六条"),
        Cite("最高人民法院关于《刑法修正案（八）》时间效力问题的解释", "第三条", "法释〔2011〕9号"),
    )
    reads = (CriminalJudgment,)
    helps = (PriorSentence, SentenceItem)
    uses = ("recidivism_checks",)
    asks = (
        "前后两案是否同一人（核对身份证号、指纹或者DNA）",
        "前罪刑满释放证明、减刑假释裁定记载的执行完毕之日",
        "前罪、本罪实施时是否已满十八周岁，是否均为故意犯罪",
        "缓刑判决何日确定，本案判决是否已在他处撤销缓刑、假释并罚",
    )
    headline = "{court_no}判处{name}（{crime_on}犯罪），前科为{prior_charge}，{prior_decided_on}判决"
    signs = (
        Sign("missed", Kind.SUBSTANCE, 4, "{reason}，判决未认定累犯", about=ABOUT),
        Sign("missed_special", Kind.SUBSTANCE, 4, "{reason}，判决未认定累犯", about=ABOUT),
        Sign("in_probation", Kind.SUBSTANCE, 4, "{reason}，判决未撤销缓刑并罚", about=ABOUT),
        Sign("in_parole", Kind.SUBSTANCE, 4, "{reason}，判决未撤销假释并罚", about=ABOUT),
        Sign(
            "probation_granted", Kind.SUBSTANCE, 3, "对累犯宣告缓刑{probation_months}个月", about=("probation_months",)
        ),
        Sign("doubtful", Kind.FORM, 1, "{reason}，条件尚有未明，请核对", about=ABOUT),
        Sign("not_in_header", Kind.CONTEXT, 1, "本判决首部未记载该前科（另案{prior_no}）", about=("court_no",)),
    )

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        judgments = lake[CriminalJudgment].select("row_id", "region", "decided_on")
        found = lake.derived("recidivism_checks").inner_join(judgments, "row_id")
        found = found.filter(found.decided_on.isnull() | (found.decided_on <= as_of))
        ordinary, special = found.outcome == "应当认定累犯", found.outcome == "应当认定特别累犯"
        counts = found.flagged | ordinary | special
        found = found.mutate(
            missed=ordinary & ~found.flagged,
            missed_special=special & ~found.flagged,
            in_probation=(found.outcome == "缓刑考验期内再犯") & ~found.merged,
            in_parole=(found.outcome == "假释考验期内再犯") & ~found.merged,
            probation_granted=counts & (found.probation_months > 0),
            doubtful=(found.outcome == "可能构成累犯") & ~found.flagged & ~found.merged,
            not_in_header=~found.in_header,
            subject=ibis.literal("被告人") + found["name"],
            subject_key=found.court_no + "|" + found["name"],
            period=found.court_no,
        )
        told = (
            found.missed
            | found.missed_special
            | found.in_probation
            | found.in_parole
            | found.probation_granted
            | found.doubtful
        )
        found = found.filter(told)
        nth = ibis.row_number().over(
            ibis.window(group_by="subject_key", order_by=[found.doubtful.cast("int64"), found.row_id])
        )
        return found.mutate(_nth=nth).filter(ibis._._nth == 0).drop("_nth")
