"""死亡后继续领养老金。登记死亡满一个月后，其名下仍逐月发放养老待遇，且未见退回。

按身份证号比对，从不按姓名；号码相同而两处姓名不同的，是录错了号码，不是一人。遗属待遇、丧葬补助等依法在死后发放的不计；已退回的不计；两处登记的死亡日期不一致时以较晚者为准，
死亡登记之后另有就医、参保记录的，可能是误登死亡，只提示核对。权重为自定：死后仍发一项即为实质矛盾（3），金额、月数为背景。
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Absence, Cite, Kind, Line, Model, Sign, Tables, Threshold, evidence, months_between
from jianwei.records import Death, MedicalClaim, PensionPayment, SocialInsurance

LAWFUL_KINDS = "遗属|丧葬|抚恤|供养亲属|个人账户|一次性"
"""待遇种类中依法在死亡后发给他人的。"""


class PensionAfterDeath(Model):
    ref = "M60"
    title = "死亡后继续领养老金"
    line = Line.PUBLIC_INTEREST
    basis = (
        Cite("中华人民共和国社会保险法", "第八十八条", verified=False),
        Cite("社会保险基金行政监督办法", "第三十二条", verified=False),
        Cite("中华人民共和国刑法", "第二百六十六条"),
    )
    reads = (Death, PensionPayment)
    helps = (MedicalClaim, SocialInsurance)
    absences = (Absence(PensionPayment, "未见退回", until_days=62),)
    asks = (
        "死亡登记是否属实，有无同号误登、误报死亡",
        "待遇实际由何人支取，是否明知死亡仍领取",
        "经办机构是否已发现、追回或者正在追回",
    )
    headline = "{name}登记于{died_on}死亡，其名下{first_month:%Y年%m月}至{last_month:%Y年%m月}仍发放养老待遇{months}个月，扣除已退回部分共{sum_fen}"
    signs = (
        Sign(
            "paid_after_death",
            Kind.SUBSTANCE,
            3,
            "死亡登记之后第{first_gap}个月起仍有{months}笔待遇发放，未见退回",
            about=("month", "died_on"),
        ),
        Sign("long_running", Kind.CONTEXT, 1, "持续{months}个月，已满{long_months}个月"),
        Sign("large_sum", Kind.CONTEXT, 2, "合计{sum_fen}，达到诈骗罪数额较大的起点", source="法释〔2011〕7号第一条"),
        Sign(
            "dates_differ",
            Kind.CONTEXT,
            1,
            "两处登记的死亡日期不一致（{earliest_died_on}、{died_on}），请核对；已按较晚者计算",
        ),
        Sign(
            "seen_alive",
            Kind.CONTEXT,
            1,
            "死亡登记之后另有就医或者参保记录（最近{alive_on}），可能误登死亡，请核对",
            needs=(MedicalClaim,),
        ),
    )

    grace_months = Threshold(1, unit="个月", source="待遇自死亡次月停发；另容一个月登记时滞")
    long_months = Threshold(6, unit="个月", source="自定，供排序")
    large_fen = Threshold(
        300_000, unit="分", source="法释〔2011〕7号第一条：三千元至一万元以上为数额较大", verified=True
    )
    alive_after_days = Threshold(30, unit="日", source="容医保结算滞后，自定")

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        dead = self._deaths(lake[Death])
        paid = self._payments(lake[PensionPayment], as_of)
        alive = self._activity(lake)
        late = paid.inner_join(dead, paid.person == dead.dead)
        late = late.filter((late["name"] == late.dead_name).fill_null(True))
        late = late.mutate(gap=months_between(late.month, late.died_on)).filter(
            lambda t: t.gap > int(self.grace_months.value)
        )
        people = late.group_by("person").agg(
            name=late["name"].max(),
            died_on=late.died_on.max(),
            earliest_died_on=late.earliest_died_on.max(),
            region=late.region.max(),
            months=late.month.nunique(),
            first_month=late.month.min(),
            last_month=late.month.max(),
            first_gap=late.gap.min(),
            sum_fen=late.net_fen.sum(),
            payment_rows=evidence(late.row_id),
        )
        people = people.left_join(alive, people.person == alive.living)
        death_rows = dead.select(whose="dead", death_rows="death_rows")
        people = people.left_join(death_rows, people.person == death_rows.whose)
        doubtful = (people.alive_on - people.died_on).notnull() & (
            people.alive_on.delta(people.died_on, unit="day") > int(self.alive_after_days.value)
        )
        return people.select(
            subject_key=people.person,
            subject=ibis.coalesce(people["name"], "某人") + "（养老待遇）",
            period=ibis.literal(""),
            region=people.region,
            strength=people.sum_fen,
            rows=people.death_rows,
            name=people["name"],
            died_on=people.died_on,
            earliest_died_on=people.earliest_died_on,
            alive_on=people.alive_on,
            months=people.months,
            first_month=people.first_month,
            last_month=people.last_month,
            first_gap=people.first_gap,
            sum_fen=people.sum_fen,
            paid_after_death=~doubtful.fill_null(False),
            paid_after_death__rows=people.payment_rows,
            long_running=people.months >= int(self.long_months.value),
            large_sum=people.sum_fen >= int(self.large_fen.value),
            large_sum__rows=people.payment_rows,
            dates_differ=people.earliest_died_on != people.died_on,
            dates_differ__rows=people.death_rows,
            seen_alive=doubtful.fill_null(False),
            seen_alive__rows=people.alive_rows,
        )

    def _deaths(self, deaths: Any) -> Any:
        """One row a person: the latest of the registered dates, all registrations as evidence."""
        known = deaths.filter(deaths.idno_hash.notnull() & deaths.person.notnull())
        return known.group_by(dead=known.person).agg(
            dead_name=known["name"].max(),
            died_on=known.died_on.max(),
            earliest_died_on=known.died_on.min(),
            death_rows=evidence(known.row_id),
        )

    def _payments(self, pay: Any, as_of: dt.date) -> Any:
        """Payments to the person's own name that nobody has paid back in full."""
        net = pay.amount_fen - ibis.coalesce(pay.returned_fen, 0)
        lawful = pay.kind.re_search(LAWFUL_KINDS).fill_null(False)
        kept = pay.mutate(net_fen=ibis.coalesce(net, 0)).filter(
            pay.person_idno_hash.notnull(), pay.person.notnull(), pay.month <= as_of, ~lawful
        )
        return kept.filter(
            (kept.net_fen > 0) | (kept.amount_fen.isnull() & kept.returned_on.isnull() & kept.returned_fen.isnull())
        ).select("person", "name", "month", "region", "net_fen", "row_id")

    def _activity(self, lake: Tables) -> Any:
        """The last sign of life of a person after any death: treatment or a new insurance."""
        med, ins = lake[MedicalClaim], lake[SocialInsurance]
        treated = med.select(
            "person", on=ibis.coalesce(med.admitted_on, med.settled_at.cast("date")), row_id=med.row_id
        )
        insured = ins.select("person", on=ins.from_on, row_id=ins.row_id)
        both = treated.union(insured)
        both = both.filter(both.person.notnull() & both.on.notnull())
        last = both.group_by(living=both.person).agg(alive_on=both.on.max())
        rows = both.inner_join(last, (both.person == last.living) & (both.on == last.alive_on))
        return rows.group_by("living", "alive_on").agg(alive_rows=evidence(rows.row_id))
