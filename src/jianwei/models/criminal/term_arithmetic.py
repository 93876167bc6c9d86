"""刑期折抵与刑期起止。判决书载明的刑期起止、先行羁押折抵、数罪并罚总和、缓刑考验期或者罚金与法律规定不能同时成立。

The arithmetic is in ``law/sentencing`` and comes as the derived table ``term_checks``. Both lawful methods of deduction,
both ways of counting the day of release and the month-end practices of the judgment's time are accepted in silence;
where the header tells no custody the answer is 无法判断 and no clue. A doubt of a day, or one that unrecorded custody would
explain, is 请核对: a form sign of weight 1, so such a clue is never more than 低. The contradiction is reported, not which
number is at fault; the fault may lie in the published text alone. Weights are chosen: 4 for dates no method can join,
3 for a punishment outside its range, 2 for a fine that was not found (it may stand where it was not read): 中 at most; a
ledger that has no column of fines says nothing of them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Cite, Kind, Line, Model, Sign, Tables
from jianwei.records import CriminalJudgment, CustodyEvent, SentenceItem

DATES = ("term_start_on", "term_end_on", "months", "on", "until")
LENGTHS = ("main_penalty", "months", "extra_days")


class TermArithmetic(Model):
    ref = "M36"
    title = "刑期折抵与刑期起止"
    line = Line.CRIMINAL
    basis = (
        Cite("中华人民共和国刑法", "第四十一条、第四十四条、第四十七条"),
        Cite("中华人民共和国刑法", "第三十八条、第四十二条、第四十五条、第六十九条"),
        Cite("中华人民共和国刑法", "第七十二条、第七十三条、第七十四条"),
        Cite("中华人民共和国刑事诉讼法", "第七十六条"),
        Cite("最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释", "第二百零二条", "2021年"),
        Cite("最高人民法院关于适用财产刑若干问题的规定", "第二条", "法释〔2000〕45号"),
    )
    reads = (CriminalJudgment,)
    helps = (CustodyEvent, SentenceItem)
    uses = ("term_checks",)
    asks = (
        "判决书原本与公开文本是否一致，是文书公开时的录入差错还是原判差错",
        "看守所羁押台账、换押证、执行通知书记载的羁押和刑期起止如何",
        "有无首部未记载的先行羁押、行政拘留、留置或者指定居所监视居住",
        "罪犯现在何处服刑，刑期届满日临近的先行核对",
    )
    headline = "{court_no}判处{name}，刑期及处刑核算结果：{verdict}"
    signs = (
        Sign("year_slip", Kind.SUBSTANCE, 4, "{year_slip_says}", about=DATES),
        Sign("end_far", Kind.SUBSTANCE, 4, "{end_far_says}", about=DATES),
        Sign("start_before_crime", Kind.SUBSTANCE, 4, "{start_before_crime_says}", about=("term_start_on", "crime_on")),
        Sign("total_range", Kind.SUBSTANCE, 3, "{total_range_says}", needs=(SentenceItem,), about=LENGTHS),
        Sign("kind_range", Kind.SUBSTANCE, 3, "{kind_range_says}", about=LENGTHS),
        Sign("probation_range", Kind.SUBSTANCE, 3, "{probation_range_says}", about=("probation_months", "months")),
        Sign(
            "recidivist_probation",
            Kind.SUBSTANCE,
            3,
            "{recidivist_probation_says}",
            about=("probation_months", "circumstances"),
        ),
        Sign("fine_floor", Kind.SUBSTANCE, 3, "{fine_floor_says}", about=("fine_fen", "born_on")),
        Sign("fine_missing", Kind.SUBSTANCE, 2, "{fine_missing_says}，请核对", about=LENGTHS),
        Sign("end_doubt", Kind.FORM, 1, "{end_doubt_says}，请核对", about=DATES),
        Sign("start_doubt", Kind.FORM, 1, "{start_doubt_says}，请核对", about=DATES),
    )

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        checks = lake.derived("term_checks")
        checks = checks.filter(checks.verdict.isin(["矛盾", "请核对"]))
        judgments = lake[CriminalJudgment].select("row_id", "region", "decided_on")
        found = checks.inner_join(judgments, "row_id")
        found = found.filter(found.decided_on.isnull() | (found.decided_on <= as_of))
        found = found.mutate(
            subject=ibis.literal("被告人") + found["name"],
            subject_key=found.court_no + "|" + found["name"],
            period=found.court_no,
            rows=found.term_rows,
            strength=found.delta_days.abs().fill_null(0),
            total_range__rows=found.range_rows,
            kind_range__rows=found.range_rows,
            fine_missing__rows=found.range_rows,
        )
        # One defendant can have come in twice, from the text and from a ledger: the worse answer stands.
        severity = ibis.cases((found.verdict == "矛盾", 0), else_=1)
        nth = ibis.row_number().over(ibis.window(group_by="subject_key", order_by=[severity, found.row_id]))
        return found.mutate(_nth=nth).filter(ibis._._nth == 0).drop("_nth", "term_rows", "range_rows")
