"""办案期限异常。本院审查逮捕、审查起诉超过法定期限，退回补充侦查超过二次，退回与重报同日，逾期之后才延长。

只对照本院自己的案件，线索指向案件，不指向人，不排名。各段期限由派生表 ``handling_terms`` 按 ``law/limits`` 计算：延长、退回补充侦查、
改变管辖、中止审查、精神病鉴定均已计入；``due_latest_on`` 是依记载所能作的最宽解释，过此才报逾期，在严格与最宽之间的只提示核对。
权重为自定：期限与次数均为法律明文，逾越即实质迹象。
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Absence, Cite, Kind, Line, Model, Sign, Tables, Threshold, days_between
from jianwei.records import OfficeCase

XS, GZ = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"


class HandlingTime(Model):
    ref = "M73"
    title = "办案期限异常"
    line = Line.CONDUCT
    basis = (
        Cite(XS, "第九十一条第三款"),
        Cite(XS, "第一百七十二条"),
        Cite(XS, "第一百七十五条第三款"),
        Cite(GZ, "第二百八十二条"),
        Cite(GZ, "第三百五十条"),
        Cite(GZ, "第六百六十五条"),
    )
    reads = (OfficeCase,)
    uses = ("handling_terms",)
    absences = (Absence(OfficeCase, "未见审结日期", signs=("overdue_open",)),)
    asks = (
        "有无已批准而未录入的延长、改变管辖、中止审查、精神病鉴定",
        "受理、退回、重报、审结日期是否录入错误",
        "同日重报的，补充侦查提纲所列事项有无实际补充",
    )
    headline = "{case_name}（{dept_no}，{category}）于{accepted_on}受理"
    signs = (
        Sign("overdue_finished", Kind.SUBSTANCE, 4, "{worst_kind}应于{worst_due_on}前完成，实际{worst_ended_on}，超过{over_days}日（{worst_reasoning}；{worst_cite}）"),
        Sign("overdue_open", Kind.SUBSTANCE, 4, "{worst_kind}应于{worst_due_on}前完成，至今未见审结，已超过{over_days}日（{worst_reasoning}；{worst_cite}）"),
        Sign("third_return", Kind.SUBSTANCE, 4, "退回补充侦查{returns}次，以二次为限", source=f"{XS}第一百七十五条第三款"),
        Sign("same_day_return", Kind.SUBSTANCE, 3, "退回补充侦查与重报同日（{same_day_on}），未留补充侦查的时间"),
        Sign("late_extension", Kind.SUBSTANCE, 3, "{extended_on}决定延长，原期限已经届满"),
        Sign("doubtful", Kind.CONTEXT, 1, "{doubt_kind}的完成日期晚于严格计算的{doubt_due_on}，尚在最宽解释之内，请核对"),
        Sign("supplement_late", Kind.FORM, 1, "补充侦查超过一个月未重报"),
        Sign("in_custody", Kind.CONTEXT, 1, "犯罪嫌疑人在押"),
    )  # fmt: skip
    least_score = 1

    slack_days = Threshold(0, unit="日", source="法定期限，不另留宽限", verified=True)

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        cases = lake[OfficeCase]
        terms = lake.derived("handling_terms")
        today = ibis.literal(as_of)
        terms = terms.filter(terms.start_on <= as_of).mutate(
            end=ibis.ifelse(terms.ended_on <= today, terms.ended_on, ibis.null("date")),
            own=terms.kind != "退回补充侦查",
        )
        terms = terms.mutate(until=ibis.coalesce(terms.end, today))
        terms = terms.mutate(
            over=days_between(terms.until, terms.due_latest_on),
            doubt=(terms.until > terms.due_on) & (terms.until <= terms.due_latest_on) & terms.end.notnull(),
        )
        late = (terms.over > int(self.slack_days.value)) & ~terms.paused
        mine, theirs = late & terms.own, late & ~terms.own
        worst = ibis.ifelse(mine, terms.over, ibis.null("int64"))
        doubted = terms.doubt & terms.own
        doubt = ibis.ifelse(doubted, terms.turn, ibis.null("int64"))
        summary = terms.group_by("case_row").agg(
            over_days=worst.max(),
            worst_kind=terms.kind.argmax(worst),
            worst_due_on=terms.due_on.argmax(worst),
            worst_ended_on=terms.end.max(where=mine),
            worst_reasoning=terms.reasoning.argmax(worst),
            worst_cite=terms.cite.argmax(worst),
            finished=(mine & terms.end.notnull()).max(),
            open=(mine & terms.end.isnull()).max(),
            doubt_kind=terms.kind.argmax(doubt),
            doubt_due_on=terms.due_on.argmax(doubt),
            doubted=doubted.max(),
            theirs=theirs.max(),
            late_extension=terms.late_extension.max(),
        )
        cases = cases.filter(cases.accepted_on <= as_of)
        cases = cases.left_join(self._returns(cases, as_of), "uni_no").drop("uni_no_right")
        cases = cases.left_join(summary, cases.row_id == summary.case_row)
        return self._signs(cases)

    def _returns(self, cases: Any, as_of: dt.date) -> Any:
        """How often a matter was returned in all, before and after a change of jurisdiction (规则第三百五十条)."""
        times = sum(
            (
                (cases[name] <= as_of).fill_null(False).cast("int64")
                for name in ("returned_1_on", "returned_2_on", "returned_3_on")
            ),
            start=ibis.literal(0),
        )
        reviewed = cases.mutate(times=times).filter(cases.uni_no.notnull())
        return reviewed.group_by("uni_no").agg(
            all_returns=reviewed.times.sum(),
            return_rows=reviewed.row_id.collect(where=reviewed.times > 0, distinct=True),
        )

    def _signs(self, t: Any) -> Any:
        own = sum(
            (t[name].notnull().cast("int64") for name in ("returned_1_on", "returned_2_on", "returned_3_on")),
            start=ibis.literal(0),
        )
        same_1, same_2 = t.returned_1_on == t.resubmitted_1_on, t.returned_2_on == t.resubmitted_2_on
        returns = ibis.greatest(ibis.coalesce(t.all_returns, 0), own)
        signs = {
            "overdue_finished": t.finished.fill_null(False) & ~t.open.fill_null(False),
            "overdue_open": t.open.fill_null(False),
            "third_return": (returns > 2) & (own > 0),
            "same_day_return": same_1.fill_null(False) | same_2.fill_null(False),
            "late_extension": t.late_extension.fill_null(False),
            "doubtful": t.doubted.fill_null(False) & ~t.finished.fill_null(False),
            "supplement_late": t.theirs.fill_null(False),
        }
        seen = t.mutate(returns=returns, in_custody=t.custody, **signs)
        seen = seen.filter(ibis.or_(*(seen[key] for key in signs)))
        return seen.select(
            *signs, "in_custody",
            "dept_no", "category", "accepted_on", "extended_on", "region", "returns", "over_days",
            "worst_kind", "worst_due_on", "worst_ended_on", "worst_reasoning", "worst_cite", "doubt_kind", "doubt_due_on",
            case_name=ibis.coalesce(seen.case_name, "案件"),
            same_day_on=ibis.ifelse(
                (seen.returned_1_on == seen.resubmitted_1_on).fill_null(False), seen.resubmitted_1_on, seen.resubmitted_2_on
            ),
            subject_key=seen.dept_no,
            subject=ibis.coalesce(seen.case_name, "案件") + "（" + seen.dept_no + "）",
            period=seen.accepted_on.cast("string"),
            strength=ibis.coalesce(seen.over_days, 0),
            rows=ibis.array([seen.row_id]),
            third_return__rows=seen.return_rows,
        )  # fmt: skip
