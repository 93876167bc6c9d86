"""消极执行。立案满六个月未采取任何执行措施，迟迟不启动查控，执行款到账后不发放，评估之后不进入拍卖。

“没有”与“迟了”分开：没有措施、没有查控、没有发放要以执行台账完整为前提。中止执行、经批准的扣除或延长、被执行人进入破产程序依法
不计；整张台账都没有某一列时，该迹象不评价。权重为自定：超过法定六个月仍无措施、款项滞留是实质迹象，其余为形式迹象。
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Absence, Cite, Kind, Line, Model, Sign, Tables, Threshold, days_between, evidence
from jianwei.records import Auction, BankruptcyClaim, EnforcementCase, Seizure

CASE = "^(.+?号)"
RULES = "最高人民法院关于执行款物管理工作的规定"


class IdleEnforcement(Model):
    ref = "M20"
    version = "3"
    title = "消极执行"
    line = Line.ENFORCEMENT
    basis = (
        Cite("中华人民共和国民事诉讼法", "第二百三十七条"),
        Cite("人民检察院民事诉讼监督规则", "第一百零四条至第一百零六条"),
        Cite(RULES, "第十条", "法发〔2017〕6号", verified=False),
    )
    reads = (EnforcementCase,)
    helps = (Seizure, Auction, BankruptcyClaim)
    absences = (
        Absence(
            EnforcementCase, "未见执行措施、查控或者款项发放的记录", signs=("no_measure", "no_inquiry", "money_held")
        ),
        Absence(Seizure, "未见查封、扣押、冻结的记录", signs=("no_measure",)),
        Absence(Auction, "未见拍卖公告", signs=("no_auction",)),
    )
    asks = (
        "有无未录入系统的执行措施、查控或者发放记录",
        "有无经批准的暂缓、延期、扣除事由，执行异议、参与分配是否影响发放",
        "财产有无处置可能（轮候查封、无益拍卖、案外人异议）",
    )
    headline = "{court_no}于{filed_on}立案执行{against}"
    signs = (
        Sign("no_measure", Kind.SUBSTANCE, 3, "立案已满{measure_months}个月，未见任何执行措施", about=("measured_on", "filed_on"), source="民事诉讼法第二百三十七条"),
        Sign("late_measure", Kind.FORM, 2, "立案满{measure_months}个月之后，于{first_measure_on}才采取首次执行措施", about=("measured_on",)),
        Sign("no_inquiry", Kind.FORM, 1, "立案超过{inquiry_days}日，未见启动查控"),
        Sign("late_inquiry", Kind.FORM, 1, "立案后第{inquiry_after}日才启动查控，超过{inquiry_days}日", about=("inquired_on",)),
        Sign("money_held", Kind.SUBSTANCE, 3, "执行款于{received_on}到账，已{held_days}日未见发放", about=("received_on",), source=f"{RULES}第十条"),
        Sign("late_payout", Kind.FORM, 2, "执行款于{received_on}到账，{held_days}日后于{paid_out_on}才发放", about=("received_on", "paid_out_on")),
        Sign("no_auction", Kind.FORM, 2, "财产于{appraised_on}评估，已{gap_days}日未见拍卖公告", needs=(Seizure, Auction)),
        Sign("late_auction", Kind.FORM, 1, "财产于{appraised_on}评估，{gap_days}日后于{auction_on}才公告拍卖", needs=(Seizure, Auction)),
    )  # fmt: skip

    measure_months = Threshold(6, unit="个月", source="民事诉讼法第二百三十七条", verified=True)
    inquiry_days = Threshold(10, unit="日", source="执行办案规范通行要求，自定")
    payout_days = Threshold(30, unit="日", source=f"{RULES}第十条")
    step_days = Threshold(30, unit="日", source="评估至拍卖的节点间隔，自定")

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        cases = self._ledger(lake[EnforcementCase])
        seizures, auctions = self._seizures(lake[Seizure]), self._auctions(lake)
        bankrupt = lake[BankruptcyClaim]
        bankrupt = bankrupt.filter(bankrupt.debtor_key.notnull(), bankrupt.accepted_on <= as_of).select(
            insolvent="debtor_key"
        )
        recorded = cases.agg(
            inquiries=cases.inquired_on.count(),
            measures=cases.measured_on.count() + cases.limited_on.count() + cases.dishonest_on.count(),
            payouts=cases.paid_out_on.count(),
        )
        cases = cases.filter(
            cases.filed_on.notnull(),
            cases.filed_on <= as_of,
            (cases.extension.strip() == "").fill_null(True),
            cases.suspended_on.isnull() | cases.resumed_on.notnull(),
        )
        cases = cases.anti_join(bankrupt, cases.debtor_key == bankrupt.insolvent)
        cases = cases.left_join(seizures, cases.enf_no == seizures.seized_in)
        cases = cases.left_join(auctions, cases.enf_no == auctions.sold_in).cross_join(recorded)
        return self._signs(self._clocks(cases, as_of))

    def _ledger(self, rows: Any) -> Any:
        """One row a case of the enforcement ledger, with what its rulings (…号之一) add. A ruling alone shows no absence."""
        rows = rows.mutate(case=rows.enf_no.re_extract(CASE, 1), listed=rows.document.isnull())
        rows = rows.mutate(enf_no=ibis.ifelse(rows.case == "", rows.enf_no, rows.case))
        first = ("filed_on", "inquired_on", "measured_on", "limited_on", "dishonest_on", "received_on", "paid_out_on")
        last = (
            "closed_on",
            "suspended_on",
            "resumed_on",
            "court",
            "region",
            "debtor",
            "debtor_key",
            "extension",
            "listed",
        )
        cases = rows.group_by("enf_no").agg(
            **{name: rows[name].min() for name in first},
            **{name: rows[name].max() for name in last},
            case_rows=evidence(rows.row_id),
        )
        return cases.filter(cases.listed)

    def _seizures(self, seizures: Any) -> Any:
        """One row a case: the first seizure and the first appraisal."""
        return seizures.group_by(seized_in=seizures.enf_no).agg(
            seized_on=seizures.seized_on.min(), seizure_rows=evidence(seizures.row_id)
        )

    def _auctions(self, lake: Tables) -> Any:
        """One row a case: its longest wait from an appraisal to an auction of the same thing, or to none."""
        things, sales = lake[Seizure], lake[Auction]
        things = things.filter(things.appraised_on.notnull()).select(
            sold_in="enf_no", thing="asset_id", appraised_on="appraised_on", thing_row="row_id"
        )
        sales = sales.select(
            sale_in="enf_no", sold="asset_id", on=ibis.coalesce(sales.announced_on, sales.started_on), sale_row="row_id"
        )
        same_thing = (things.thing == sales.sold) | things.thing.isnull() | sales.sold.isnull()
        waits = things.left_join(
            sales, (things.sold_in == sales.sale_in) & same_thing & (sales.on >= things.appraised_on)
        )
        waits = waits.group_by("sold_in", "thing", "appraised_on").agg(
            auction_on=waits.on.min(), thing_rows=evidence(waits.thing_row), sale_rows=evidence(waits.sale_row)
        )
        # the case speaks of its first thing still unsold, else of its first thing
        order = ibis.row_number().over(
            group_by=waits.sold_in, order_by=[waits.auction_on.notnull().cast("int8"), waits.appraised_on, waits.thing]
        )
        return waits.mutate(place=order).filter(lambda t: t.place == 0).drop("place", "thing")

    def _clocks(self, t: Any, as_of: dt.date) -> Any:
        """The days that ran, suspensions taken out."""
        today = ibis.literal(as_of)
        paused = ibis.greatest(ibis.coalesce(days_between(t.resumed_on, t.suspended_on), 0), 0)
        acts = (t.measured_on, t.seized_on, t.limited_on, t.dishonest_on)
        measured_on = ibis.least(*(ibis.coalesce(act, *acts) for act in acts))
        deadline = (t.filed_on + ibis.interval(months=int(self.measure_months.value))).cast("date")
        in_time = (t.closed_on <= deadline).fill_null(False)
        t = t.mutate(first_measure_on=measured_on, paused=paused, closed_in_time=in_time)
        waited_until = ibis.coalesce(t.first_measure_on, t.closed_on, today)
        return t.mutate(
            over_days=days_between(waited_until, deadline) - t.paused,
            inquiry_after=days_between(ibis.coalesce(t.inquired_on, t.closed_on, today), t.filed_on),
            held_days=days_between(ibis.coalesce(t.paid_out_on, today), t.received_on) - t.paused,
            gap_days=days_between(ibis.coalesce(t.auction_on, t.closed_on, today), t.appraised_on) - t.paused,
        )

    def _signs(self, t: Any) -> Any:
        over = t.over_days > 0
        # Whoever closed the case in time did not let it lie, though the ledger shows no inquiry.
        slow_inquiry = (t.inquiry_after > int(self.inquiry_days.value)) & (t.inquired_on.notnull() | ~t.closed_in_time)
        held = t.received_on.notnull() & (t.held_days > int(self.payout_days.value)).fill_null(False)
        gap = t.appraised_on.notnull() & (t.gap_days > int(self.step_days.value)).fill_null(False)
        unknown = ibis.null("boolean")
        signs = {
            "no_measure": ibis.ifelse(t.measures > 0, over & t.first_measure_on.isnull(), unknown),
            "late_measure": over & t.first_measure_on.notnull(),
            "no_inquiry": ibis.ifelse(t.inquiries > 0, slow_inquiry & t.inquired_on.isnull(), unknown),
            "late_inquiry": slow_inquiry & t.inquired_on.notnull(),
            # closed without a day of payment: paid or not, the ledger does not say
            "money_held": ibis.ifelse(
                (t.payouts > 0) & ~(t.closed_on.notnull() & t.paid_out_on.isnull()),
                held & t.paid_out_on.isnull(),
                unknown,
            ),
            "late_payout": held & t.paid_out_on.notnull(),
            "no_auction": gap & t.auction_on.isnull(),
            "late_auction": gap & t.auction_on.notnull(),
        }
        seen = t.mutate(**signs)
        fired = ibis.or_(*(seen[key].fill_null(False) for key in signs))
        seen = seen.filter(fired)
        return seen.select(
            *signs,
            "enf_no", "court", "region", "debtor", "filed_on", "first_measure_on", "inquiry_after",
            "received_on", "paid_out_on", "held_days", "appraised_on", "auction_on", "gap_days",
            subject_key=seen.enf_no,
            subject=seen.enf_no,
            court_no=seen.court.fill_null("") + seen.enf_no,
            against=(ibis.literal("，被执行人") + seen.debtor).fill_null(""),
            period=seen.filed_on.year().cast("string"),
            strength=ibis.greatest(ibis.coalesce(seen.held_days, 0), ibis.coalesce(seen.over_days, 0), 0),
            rows=seen.case_rows,
            late_measure__rows=seen.seizure_rows,
            no_auction__rows=seen.thing_rows,
            late_auction__rows=seen.thing_rows.concat(seen.sale_rows),
        )  # fmt: skip
