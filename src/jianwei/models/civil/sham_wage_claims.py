"""劳动争议虚假仲裁、诉讼。用人单位已陷入执行，其资产拍卖、分配前后，多人以虚假工资债权抢占优先受偿顺位。

检例第55号 is the pattern: production had stopped, the plant was sold, then thirteen people claimed wages for the idle
months and settled in days. Real mass arrears are also filed together, through one legal-aid lawyer, and settled fast;
therefore nothing fires without a substance sign, and a single relative on the payroll is not one. Weights are those of
domain card M04 and table 7.2, read with its correction 1.6; idle months may show in electricity, zero filings or social insurance.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import (
    Cite,
    Kind,
    Line,
    Model,
    Sign,
    Tables,
    Threshold,
    days_between,
    evidence,
    months_between,
    with_substance,
)
from jianwei.kit.insolvency import asset_events, debts
from jianwei.kit.relations import insiders, owed, registered
from jianwei.kit.wages import idle_months, last_insured, standing_agents, wage_claims, where_insured
from jianwei.kit.windows import busiest
from jianwei.records import (
    ArbitrationCase,
    Auction,
    BankruptcyClaim,
    CivilAgent,
    CivilCase,
    CivilParty,
    Company,
    CompanyRole,
    EnforcementCase,
    OperatingMonth,
    Seizure,
    SocialInsurance,
    TaxRecord,
)

CARD = "建议值"


class ShamWageClaims(Model):
    ref = "M04"
    version = "3"
    title = "劳动争议虚假仲裁（虚假工资）"
    line = Line.CIVIL
    basis = (
        Cite("中华人民共和国劳动争议调解仲裁法", "第四十九条、第五十一条"),
        Cite("中华人民共和国民事诉讼法", "第一百一十五条、第一百一十六条、第二百四十八条", "2023年修正"),
        Cite("中华人民共和国企业破产法", "第一百一十三条", verified=False),
        Cite("最高人民法院、最高人民检察院关于办理虚假诉讼刑事案件适用法律若干问题的解释", "第一条", "2018年"),
        Cite("人民检察院民事诉讼监督规则", "第三十七条、第一百零四条、第一百一十九条", "2021年"),
    )
    reads = ()
    one_of = (ArbitrationCase, CivilCase)
    helps = (
        *(CivilParty, CivilAgent, EnforcementCase, Seizure, Auction, BankruptcyClaim),
        *(Company, CompanyRole, SocialInsurance, OperatingMonth, TaxRecord),
    )
    uses = ("control_edges",)
    asks = (
        "申请人是否确在该单位劳动，考勤、工资发放、同事证言能否印证",
        "欠薪期间单位是否实际生产经营",
        "单位负责人、股东与申请人、代理人是什么关系，申请由谁发起、由谁出资",
        "仲裁、诉讼所得是否参与分配，损害了哪些债权人",
    )
    headline = "自{window_from}起{window_days}日内，{n}人以拖欠工资为由向{subject}提出仲裁或诉讼，确认金额合计{sum_fen}"

    window_days = Threshold(180, unit="天", source=CARD)
    least_workers = Threshold(3, unit="人", source=CARD)
    before_days = Threshold(30, unit="天", source=CARD + "；查封、拍卖、分配之前")
    after_days = Threshold(180, unit="天", source=CARD + "；检例第55号为拍卖后两个月")
    many_workers = Threshold(5, unit="人", source=CARD)
    agent_share = Threshold(0.8, unit="（占比）", source=CARD)
    quick_days = Threshold(7, unit="天", source=CARD)
    alike_share = Threshold(0.8, unit="（占比）", source="绍兴检察机关公布案例中金额均为整千元；" + CARD)
    idle_share = Threshold(0.5, unit="（占比）", source=CARD)
    related_share = Threshold(0.2, unit="（占比）", source=CARD)
    large_wan = Threshold(30, unit="万元", source="苏州破产案件；" + CARD)

    signs = (
        Sign("in_enforcement", Kind.CONTEXT, 3, "用人单位此时已是被执行人、资产被拍卖或者进入破产（相关记录{debts_n}条）", about=("debtor", "owner")),
        Sign("timing", Kind.CONTEXT, 2, "{timed_n}人的申请集中在资产查封、拍卖或者分配前后（{event_on}）", about=("announced_on", "started_on", "dealt_on", "distributed_on", "seized_on")),
        Sign("one_agent", Kind.FORM, 2, "{agent_n}人由同一代理人{agent_name}代理", about=("agent", "name")),
        Sign("agent_with_workers", Kind.FORM, 2, "代理人{agent_name}与申请人同址：{shared_addr}", about=("agent_addr", "addr")),
        Sign("agent_inside", Kind.SUBSTANCE, 3, "代理人{inside_name}是用人单位一方的人，或者与其负责人、股东、登记住所同址", about=("agent", "agent_addr")),
        Sign("quick", Kind.FORM, 2, "{quick_n}人的案件在{quick_days}日内调解结案，或者单位对全部请求予以认可", about=("closed_on", "mode", "admitted")),
        Sign("alike", Kind.FORM, 2, "{alike_words}", about=("amount_fen",)),
        Sign("not_insured", Kind.CONTEXT, 2, "单位有参保记录，而{uninsured_n}名申请人在主张期间未在该单位参保", needs=(SocialInsurance,)),
        Sign("insured_elsewhere", Kind.SUBSTANCE, 2, "{elsewhere_n}名申请人在主张期间由其他单位参保", needs=(SocialInsurance,), about=("company_name",)),
        Sign("shutdown", Kind.SUBSTANCE, 4, "{idle_n}人主张的期间与停产期间重合：{idle_words}", about=("quantity", "declared_fen", "to_on")),
        Sign("related", Kind.SUBSTANCE, 3, "{related_n}名申请人是该单位股东、高管或其近亲属：{relations}", about=("role", "relation")),
        Sign("creditors", Kind.SUBSTANCE, 2, "{creditor_n}名申请人同时是该单位或其负责人的债权人，有以工资名义优先受偿之嫌"),
        Sign("large", Kind.CONTEXT, 1, "{large_n}人单笔金额超过{large_wan}万元", about=("amount_fen",)),
        Sign("more_than_claimed", Kind.SUBSTANCE, 3, "{over_n}人的调解、裁决金额高于本人请求", about=("claim_fen", "amount_fen")),
    )  # fmt: skip
    least_score = 6
    needs_substance = True

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        claims = busiest(lake.kept(wage_claims(lake)), key="employer_key", on="on", days=int(self.window_days.value))
        claims = claims.filter(claims.window_n >= self.least_workers.value)
        claims = lake.kept(
            claims.mutate(
                since=ibis.coalesce(claims.claim_from, claims.on - ibis.interval(days=365)),
                until=ibis.coalesce(claims.claim_to, claims.on),
            )
        )
        found = self._base(claims)
        parts = (
            _debts(lake, claims),
            self._events(lake, claims),
            standing_agents(lake, claims),
            self._idle(lake, claims),
            where_insured(lake, claims),
            _related(lake, claims),
            _creditors(lake, claims),
            registered(lake),
        )
        for part in parts:
            found = found.left_join(part, "employer_key").drop("employer_key_right")
        return with_substance(self._judged(found), self.signs)

    def _base(self, c: Any) -> Any:
        mediated = c.mode.contains("调解")
        quick = (mediated & (days_between(c.closed_on, c.on) <= int(self.quick_days.value))) | c.admitted.fill_null(
            False
        )
        amount = ibis.coalesce(c.amount_fen, c.claim_fen)
        even = (amount % 100_000) == 0
        over = c.amount_fen > c.claim_fen
        big = amount > int(self.large_wan.value * 1_000_000)
        return c.group_by("employer_key").agg(
            subject=c.employer.min(),
            n=c.who.nunique(),
            window_from=c.window_from.min(),
            sum_fen=amount.fill_null(0).sum().cast("int64"),
            region=c.region.max(),
            rows=evidence(c.row_id),
            quick_n=quick.fill_null(False).sum(),
            quick_known=(c.admitted.notnull() | (c.mode.notnull() & c.closed_on.notnull())).sum(),
            quick__rows=evidence(c.row_id, quick),
            round_n=even.fill_null(False).sum(),
            amount_n=amount.notnull().sum(),
            amount_kinds=amount.nunique(),
            over_n=over.fill_null(False).sum(),
            over_known=(c.amount_fen.notnull() & c.claim_fen.notnull()).sum(),
            more_than_claimed__rows=evidence(c.row_id, over),
            large_n=big.fill_null(False).sum(),
            large__rows=evidence(c.row_id, big),
        )

    def _events(self, lake: Tables, claims: Any) -> Any:
        """Filings near a seizure, an auction or a distribution of the employer's assets."""
        asked = claims.select("employer_key", "who", "on")
        near = asked.inner_join(asset_events(lake), [("employer_key", "debtor_key")])
        gap = days_between(near.on, near.event)
        near = near.filter((gap >= -int(self.before_days.value)) & (gap <= int(self.after_days.value)))
        return near.group_by("employer_key").agg(
            timed_n=near.who.nunique(), event_on=near.event.min(), timing__rows=evidence(near.event_row)
        )

    def _idle(self, lake: Tables, claims: Any) -> Any:
        """Claimed months in which the employer used no power, declared nothing, or insured nobody any more."""
        ended = last_insured(lake)
        known = claims.select("employer_key", "who", "since", "until").left_join(
            ended, claims.employer_key == ended.company
        )
        idle = idle_months(lake)
        over = known.drop("company").left_join(idle, ibis._.employer_key == idle.company)
        inside = (over.month >= over.since.truncate("M")) & (over.month <= over.until)
        number = over.month.year() * 12 + over.month.month()
        each = over.group_by(["employer_key", "who"]).agg(
            idle_n=number.nunique(where=inside),
            span=(months_between(over.until, over.since) + 1).max(),
            month_rows=evidence(over.idle_row, inside),
            from_month=over.month.min(where=inside),
            to_month=over.month.max(where=inside),
            stopped_on=over.stopped_on.max(where=over.stopped_on < over.since),
            stop_row=over.stop_row.min(where=over.stopped_on < over.since),
        )
        still = (each.idle_n >= 2) & (each.idle_n >= each.span * self.idle_share.value)
        total = each.group_by("employer_key").agg(
            month_n=each.who.nunique(where=still),
            from_month=each.from_month.min(where=still),
            to_month=each.to_month.max(where=still),
            month_rows=each.month_rows.collect(where=still).flatten(),
            stop_n=each.stop_row.count(),
            stopped_on=each.stopped_on.max(),
            stop_rows=evidence(each.stop_row, each.stop_row.notnull()),
        )
        by_power = total.month_n >= total.stop_n
        words = ibis.ifelse(
            by_power,
            total.from_month.strftime("%Y-%m") + "至" + total.to_month.strftime("%Y-%m") + "用电量或者申报额为零",
            ibis.literal("自") + total.stopped_on.cast("string") + "以后该单位已无人参保",
        )
        return total.select(
            "employer_key",
            idle_n=ibis.greatest(total.month_n, total.stop_n),
            idle_words=words,
            shutdown__rows=ibis.ifelse(by_power, total.month_rows, total.stop_rows),
        )

    def _judged(self, f: Any) -> Any:
        counts = (
            "debts_n",
            "timed_n",
            "agent_n",
            "door_n",
            "idle_n",
            "related_n",
            "creditor_n",
            "elsewhere_n",
            "uninsured_n",
        )
        f = f.mutate(**{name: f[name].fill_null(0) for name in counts})
        many = f.amount_n >= 3
        even, same = (
            many & (f.round_n >= f.amount_n * self.alike_share.value),
            many & (f.amount_kinds * 3 <= f.amount_n),
        )
        kinds = ibis.ifelse(
            f.amount_kinds == 1, "完全相同", ibis.literal("只有") + f.amount_kinds.cast("string") + "种"
        )
        few = ibis.ifelse(f.n * self.related_share.value > 2, f.n * self.related_share.value, 2.0)
        return f.mutate(
            in_enforcement=f.debts_n > 0,
            timing=f.timed_n * 2 >= f.n,
            one_agent=(f.agent_n >= self.many_workers.value) & (f.agent_n >= f.n * self.agent_share.value),
            agent_with_workers=f.door_n >= 2,
            agent_inside=f.inside.fill_null(False),
            quick=ibis.ifelse(f.quick_known > 0, f.quick_n >= f.n * self.alike_share.value, None),
            alike=ibis.ifelse(many, even | same, None),
            alike_words=ibis.ifelse(even, f.round_n.cast("string") + "人的金额为整千元", "")
            + ibis.ifelse(even & same, "，", "")
            + ibis.ifelse(same, f.amount_n.cast("string") + "人的金额" + kinds, ""),
            not_insured=(f.insured_there.fill_null(0) > 0) & (f.uninsured_n >= f.n * self.alike_share.value),
            insured_elsewhere=f.elsewhere_n >= few,
            shutdown=f.idle_n >= f.n * self.idle_share.value,
            related=f.related_n >= few,
            creditors=f.creditor_n >= few,
            large=f.large_n > 0,
            more_than_claimed=ibis.ifelse(f.over_known > 0, f.over_n >= 2, None),
            subject=ibis.coalesce(f.subject, f.registered, "某用人单位"),
            subject_key=f.employer_key,
            region=ibis.coalesce(f.region, f.enf_region),
            period=f.window_from.year().cast("string"),
            strength=f.n.cast("float64"),
        ).drop("employer_key", "enf_region", "insured_there", "inside", "registered")


def _debts(lake: Tables, claims: Any) -> Any:
    """That the employer could not pay when wages were claimed: enforcement not done with, an auction, bankruptcy."""
    ends = claims.group_by("employer_key").agg(last_on=claims.on.max(), first_on=claims.on.min())
    then = ends.inner_join(debts(lake), [("employer_key", "debtor_key")])
    near = then.debt_on.isnull() | (days_between(then.debt_on, then.last_on) <= 180)
    then = then.filter(near & (then.closed_on.isnull() | (then.closed_on >= then.first_on)))
    return then.group_by("employer_key").agg(
        debts_n=then.debt_row.nunique(), enf_region=then.region.max(), in_enforcement__rows=evidence(then.debt_row)
    )


def _related(lake: Tables, claims: Any) -> Any:
    """Claimants who are of the employer's own people, or next of kin to them."""
    found = claims.select("employer_key", "worker_key").inner_join(
        insiders(lake), [("employer_key", "company"), ("worker_key", "person")]
    )
    return found.group_by("employer_key").agg(
        related_n=found.worker_key.nunique(),
        relations=found.says.collect(distinct=True),
        related__rows=evidence(found.seen),
    )


def _creditors(lake: Tables, claims: Any) -> Any:
    """Claimants to whom the employer or its people owe money otherwise."""
    own = claims.select("employer_key", "worker_key").inner_join(owed(lake), [("worker_key", "creditor")])
    bosses = lake[CompanyRole].select("company", "person").distinct()
    met = own.left_join(bosses, [("employer_key", "company"), ("debtor", "person")])
    met = met.filter((met.debtor == met.employer_key) | met.person.notnull())
    return met.group_by("employer_key").agg(creditor_n=met.worker_key.nunique(), creditors__rows=evidence(met.debt_row))
