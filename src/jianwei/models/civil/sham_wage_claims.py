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

from jianwei.kit import Cite, Kind, Line, Model, Sign, Tables, Threshold, days_between, evidence, months_between
from jianwei.kit.insolvency import asset_events, debts
from jianwei.kit.litigation import DEFENDANT, FIRST, PLAINTIFF, suits
from jianwei.kit.relations import insiders
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
    helps = (
        *(ArbitrationCase, CivilCase, CivilParty, CivilAgent, EnforcementCase, Seizure, Auction, BankruptcyClaim),
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
        Sign("alike", Kind.FORM, 2, "{round_n}人的金额为整千元，或者金额彼此相同", about=("amount_fen",)),
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
        claims = busiest(self._claims(lake), key="employer_key", on="on", days=int(self.window_days.value))
        claims = claims.filter(claims.window_n >= self.least_workers.value)
        claims = claims.mutate(
            since=ibis.coalesce(claims.claim_from, claims.on - ibis.interval(days=365)),
            until=ibis.coalesce(claims.claim_to, claims.on),
        )
        bosses = lake[CompanyRole].select("person", "person_name", "role", "company", "addr", role_row="row_id")
        found = self._base(claims)
        parts = (
            _debts(lake, claims),
            self._events(lake, claims),
            self._agents(lake, claims, bosses),
            self._idle(lake, claims),
            _insured(lake, claims),
            _related(lake, claims),
            _creditors(lake, claims, bosses),
        )
        for part in parts:
            found = found.left_join(part, "employer_key").drop("employer_key_right")
        return self._judged(found)

    # --- claims, wherever they were made

    @staticmethod
    def _claims(lake: Tables) -> Any:
        arb = lake[ArbitrationCase]
        asked = arb.filter(arb.employer_key.notnull() & arb.filed_on.notnull()).select(
            "employer_key", "employer", "worker_key", "worker", "worker_addr", "closed_on", "mode", "claim_fen", "amount_fen",
            "claim_from", "claim_to", "admitted", "agent", "agent_kind", "agent_firm", "agent_addr", "row_id",
            on=arb.filed_on, region=ibis.null().cast("string"),
        )  # fmt: skip
        cases = suits(lake[CivilCase])
        cases = cases.filter((cases.stage == FIRST) & cases.cause.re_search("劳动报酬|劳动争议|劳动合同|工资|劳务合同"))
        parties = lake[CivilParty]
        sues = parties.filter(parties.role.re_search(PLAINTIFF)).select("case_no", worker="name", worker_key="party", worker_addr="addr")
        sued = parties.filter(parties.role.re_search(DEFENDANT) & (parties.party.startswith("org:") | parties.party.startswith("id:")))
        sued = sued.select("case_no", employer="name", employer_key="party")
        agents = lake[CivilAgent]
        pleads = agents.filter(agents.side.re_search(PLAINTIFF)).group_by("case_no").agg(
            agent=agents["name"].min(), agent_kind=agents.kind.min(), agent_firm=agents.firm.min(), agent_addr=agents.addr.min()
        )
        rows = cases.inner_join(sues, "case_no").inner_join(sued, "case_no").left_join(pleads, "case_no")
        filed = rows.filter(rows.on.notnull()).select(
            "employer_key", "employer", "worker_key", "worker", "worker_addr", "closed_on", mode=rows.close_mode,
            claim_fen=rows.amount_fen, amount_fen=ibis.coalesce(rows.decided_fen, rows.amount_fen),
            claim_from=ibis.null().cast("date"), claim_to=ibis.null().cast("date"), admitted=rows.admitted,
            agent=rows.agent, agent_kind=rows.agent_kind, agent_firm=rows.agent_firm, agent_addr=rows.agent_addr,
            row_id=rows.row_id, on=rows.on, region=rows.region,
        )  # fmt: skip
        claims = asked.union(filed)
        who = ibis.coalesce(ibis.ifelse(claims.worker_key.startswith("row:"), None, claims.worker_key), claims.worker, claims.row_id)
        claims = claims.mutate(who=who)
        once = ibis.row_number().over(ibis.window(group_by=["employer_key", "who"], order_by=["on", "row_id"]))
        return claims.mutate(_nth=once).filter(ibis._._nth == 0).drop("_nth")

    # --- what they show

    def _base(self, c: Any) -> Any:
        mediated = c.mode.contains("调解")
        quick = (mediated & (days_between(c.closed_on, c.on) <= int(self.quick_days.value))) | c.admitted.fill_null(False)
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

    @staticmethod
    def _agents(lake: Tables, claims: Any, bosses: Any) -> Any:
        acts = claims.filter(claims.agent.length() > 0)
        acts = acts.mutate(
            same_door=(acts.agent_addr == acts.worker_addr) & (acts.agent_addr.length() >= 6),
            insider=acts.agent_kind.contains("员工") | (acts.agent_firm == acts.employer),
        )
        each = acts.group_by(["employer_key", "agent"]).agg(
            agent_n=acts.who.nunique(),
            one_agent__rows=evidence(acts.row_id),
            door_n=acts.who.nunique(where=acts.same_door),
            shared_addr=acts.agent_addr.min(where=acts.same_door),
            agent_with_workers__rows=evidence(acts.row_id, acts.same_door),
        )
        first = ibis.window(group_by="employer_key", order_by=[ibis.desc("agent_n"), ibis.asc("agent")])
        top = each.mutate(_nth=ibis.row_number().over(first)).filter(ibis._._nth == 0).drop("_nth").rename(agent_name="agent")
        company, parties = lake[Company], lake[CivilParty]
        boss_keys = bosses.filter(~bosses.person.startswith("row:"))
        at_home = parties.inner_join(boss_keys, [("party", "person")])
        doors = ibis.union(
            company.select(employer_key="company", mark="addr", mark_row="row_id"),
            bosses.select(employer_key="company", mark="addr", mark_row="role_row"),
            bosses.select(employer_key="company", mark="person_name", mark_row="role_row"),
            at_home.select(employer_key=at_home.company, mark=parties.addr, mark_row=at_home.row_id),
            parties.select(employer_key="party", mark="addr", mark_row="row_id"),
        )
        doors = doors.filter(doors.mark.length() >= 2)
        marks = ibis.union(
            acts.select("employer_key", "agent", "row_id", mark="agent_addr").filter(ibis._.mark.length() >= 6),
            acts.select("employer_key", "agent", "row_id", mark="agent"),
        )
        met = marks.inner_join(doors, ["employer_key", "mark"])
        inside = ibis.union(
            met.select("employer_key", "agent", seen="row_id"),
            met.select("employer_key", "agent", seen="mark_row"),
            acts.filter(acts.insider.fill_null(False)).select("employer_key", "agent", seen="row_id"),
        )
        inside = inside.group_by("employer_key").agg(inside_name=inside.agent.min(), agent_inside__rows=evidence(inside.seen))
        return top.left_join(inside, "employer_key").drop("employer_key_right")

    def _idle(self, lake: Tables, claims: Any) -> Any:
        """Claimed months in which the employer used no power, declared nothing, or insured nobody any more."""
        months, tax, insured = lake[OperatingMonth], lake[TaxRecord], lake[SocialInsurance]
        still = months.filter(months.quantity == 0).select(employer_key="company", month="month", idle_row="row_id")
        zero = tax.group_by(["company", "period"]).agg(declared=tax.declared_fen.sum(), idle_row=tax.row_id.min())
        zero = zero.filter(zero.declared == 0).select(employer_key="company", month="period", idle_row="idle_row")
        idle = still.union(zero)
        over = claims.select("employer_key", "who", "since", "until").inner_join(idle, "employer_key")
        over = over.filter((over.month >= over.since.truncate("M")) & (over.month <= over.until))
        number = over.month.year() * 12 + over.month.month()
        each = over.group_by(["employer_key", "who"]).agg(
            idle_months=number.nunique(),
            span=months_between(over.until, over.since).max() + 1,
            idle_rows=over.idle_row.min(),
            last_row=over.idle_row.max(),
            from_month=over.month.min(),
            to_month=over.month.max(),
        )
        each = each.filter((each.idle_months >= 2) & (each.idle_months >= each.span * self.idle_share.value))
        firm = ibis.window(group_by="company")
        ended = insured.mutate(last=insured.to_on.max().over(firm), open_n=insured.to_on.isnull().cast("int64").sum().over(firm))
        ended = ended.filter((ended.open_n == 0) & (ended.to_on == ended["last"]))
        ended = ended.group_by("company").agg(last=ended["last"].max(), end_row=ended.row_id.min())
        after = claims.inner_join(ended, [("employer_key", "company")])
        after = after.filter(after["last"] < after.since)
        by_ins = after.group_by("employer_key").agg(
            stop_n=after.who.nunique(), stopped_on=after["last"].max(), stop_row=evidence(after.end_row)
        )
        by_month = each.group_by("employer_key").agg(
            month_n=each.who.nunique(), from_month=each.from_month.min(), to_month=each.to_month.max()
        )
        rows = over.semi_join(each, ["employer_key", "who"]).group_by("employer_key").agg(month_rows=evidence(over.idle_row))
        both = by_month.inner_join(rows, "employer_key").outer_join(by_ins, "employer_key")
        both = both.mutate(key=ibis.coalesce(both.employer_key, both.employer_key_right))
        by_power = both.month_n.fill_null(0) >= both.stop_n.fill_null(0)
        words = ibis.ifelse(
            by_power,
            both.from_month.strftime("%Y-%m") + "至" + both.to_month.strftime("%Y-%m") + "用电、申报为零",
            ibis.literal("自") + both.stopped_on.cast("string") + "起该单位已无人参保",
        )
        return both.select(
            employer_key="key",
            idle_n=ibis.greatest(both.month_n.fill_null(0), both.stop_n.fill_null(0)),
            idle_words=words,
            shutdown__rows=ibis.ifelse(by_power, both.month_rows, both.stop_row),
        )

    def _judged(self, f: Any) -> Any:
        counts = ("debts_n", "timed_n", "agent_n", "door_n", "idle_n", "related_n", "creditor_n", "elsewhere_n", "uninsured_n")
        f = f.mutate(**{name: f[name].fill_null(0) for name in counts})
        few = ibis.ifelse(f.n * self.related_share.value > 2, f.n * self.related_share.value, 2.0)
        return f.mutate(
            in_enforcement=f.debts_n > 0,
            timing=f.timed_n * 2 >= f.n,
            one_agent=(f.agent_n >= self.many_workers.value) & (f.agent_n >= f.n * self.agent_share.value),
            agent_with_workers=f.door_n >= 2,
            agent_inside=f.agent_inside__rows.length().fill_null(0) > 0,
            quick=ibis.ifelse(f.quick_known > 0, f.quick_n >= f.n * self.alike_share.value, None),
            alike=ibis.ifelse(
                f.amount_n >= 3, (f.round_n >= f.amount_n * self.alike_share.value) | (f.amount_kinds * 3 <= f.amount_n), None
            ),
            not_insured=(f.insured_there.fill_null(0) > 0) & (f.uninsured_n >= f.n * self.alike_share.value),
            insured_elsewhere=f.elsewhere_n >= few,
            shutdown=f.idle_n >= f.n * self.idle_share.value,
            related=f.related_n >= few,
            creditors=f.creditor_n >= few,
            large=f.large_n > 0,
            more_than_claimed=ibis.ifelse(f.over_known > 0, f.over_n >= 2, None),
            subject_key=f.employer_key,
            region=ibis.coalesce(f.region, f.enf_region),
            period=f.window_from.year().cast("string"),
            strength=f.n.cast("float64"),
        ).drop("employer_key", "enf_region", "insured_there")


def _debts(lake: Tables, claims: Any) -> Any:
    """That the employer could not pay when wages were claimed: enforcement not done with, an auction, bankruptcy."""
    ends = claims.group_by("employer_key").agg(last_on=claims.on.max(), first_on=claims.on.min())
    then = ends.inner_join(debts(lake), [("employer_key", "debtor_key")])
    near = then.debt_on.isnull() | (days_between(then.debt_on, then.last_on) <= 180)
    then = then.filter(near & (then.closed_on.isnull() | (then.closed_on >= then.first_on)))
    return then.group_by("employer_key").agg(
        debts_n=then.debt_row.nunique(), enf_region=then.region.max(), in_enforcement__rows=evidence(then.debt_row)
    )


def _insured(lake: Tables, claims: Any) -> Any:
    """Where the claimants were insured in the months they claim wages for."""
    insured = lake[SocialInsurance].select("person", "company", "from_on", "to_on", ins_row="row_id")
    known = insured.group_by("company").agg(there=insured.person.nunique())
    spans = claims.left_join(insured, claims.worker_key == insured.person)
    then = (spans.from_on.isnull() | (spans.from_on <= spans.until)) & (spans.to_on.isnull() | (spans.to_on >= spans.since))
    here = (then & (spans.company == spans.employer_key)).fill_null(False)
    away = (then & (spans.company != spans.employer_key) & spans.ins_row.notnull()).fill_null(False)
    each = spans.group_by(["employer_key", "who"]).agg(here=here.any(), away=away.any(), away_row=spans.ins_row.min(where=away))
    total = each.group_by("employer_key").agg(
        uninsured_n=(~each.here).sum(),
        elsewhere_n=(each.away & ~each.here).sum(),
        insured_elsewhere__rows=evidence(each.away_row, each.away & ~each.here),
    )
    total = total.left_join(known, total.employer_key == known.company)
    return total.select("employer_key", "uninsured_n", "elsewhere_n", "insured_elsewhere__rows", insured_there=total.there)


def _related(lake: Tables, claims: Any) -> Any:
    """Claimants who are of the employer's own people, or next of kin to them."""
    found = insiders(lake, claims.select(company="employer_key", person="worker_key", name="worker"))
    return found.group_by(employer_key="company").agg(
        related_n=found.person.nunique(), relations=found.says.collect(distinct=True), related__rows=evidence(found.seen)
    )


def _creditors(lake: Tables, claims: Any, bosses: Any) -> Any:
    """Claimants to whom the employer or its people owe money otherwise."""
    who = claims.filter(~claims.worker_key.startswith("row:")).select("employer_key", "who", "worker_key")
    enforced, cases, parties = lake[EnforcementCase], lake[CivilCase], lake[CivilParty]
    owes = enforced.filter(~enforced.base_type.contains("仲裁").fill_null(False)).select(worker_key="creditor_key", debtor="debtor_key", debt_row="row_id")
    loans = cases.filter(cases.cause.re_search("借贷|借款|买卖")).select("case_no").distinct()
    sues = parties.filter(parties.role.re_search(PLAINTIFF)).select("case_no", worker_key="party", debt_row="row_id")
    sued = parties.filter(parties.role.re_search(DEFENDANT)).select("case_no", debtor="party")
    lent = who.inner_join(sues, "worker_key").semi_join(loans, "case_no").inner_join(sued, "case_no")
    own = ibis.union(
        who.inner_join(owes, "worker_key").select("employer_key", "who", "debtor", "debt_row"),
        lent.select("employer_key", "who", "debtor", "debt_row"),
    )
    theirs = bosses.select(employer_key="company", debtor="person").union(
        claims.select("employer_key", debtor="employer_key")
    ).distinct()
    met = own.inner_join(theirs, ["employer_key", "debtor"])
    return met.group_by("employer_key").agg(creditor_n=met.who.nunique(), creditors__rows=evidence(met.debt_row))
