"""公证债权文书虚假。一名债务人短期内集中办理多份陈年借款的赋强公证，随即出具执行证书参与分配；或者一名债权人批量办理。

检例第54号: seven repayment agreements notarised within a month for loans said to be six years old, certificates and
enforcement the same month, after the debtor's hotel had been sold. The sale is the anchor, the age of the debt the
tell. Licensed lenders notarise in bulk by nature and are left out. Weights are chosen after table 7.2 of the domain.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Absence, Cite, Kind, Line, Model, Sign, Tables, Threshold, days_between, evidence
from jianwei.kit.insolvency import asset_events, debts
from jianwei.kit.litigation import LENDING_TRADE, MASKED, is_weak, same_name_only, settled_key
from jianwei.kit.money import flows, transactions
from jianwei.kit.relations import ties_between
from jianwei.kit.windows import busiest
from jianwei.records import (
    Auction,
    BankTransaction,
    CompanyRole,
    EnforcementCase,
    Kinship,
    LicensedLender,
    NotarisedDebt,
    Seizure,
)

CARD = "建议值"


class NotarisedDebts(Model):
    ref = "M07"
    version = "3"
    title = "公证债权文书虚假"
    line = Line.CIVIL
    basis = (
        Cite("中华人民共和国民事诉讼法", "第一百一十五条、第一百一十六条、第二百四十九条", "2023年修正"),
        Cite(
            "最高人民法院、最高人民检察院关于办理虚假诉讼刑事案件适用法律若干问题的解释",
            "第一条第三款、第二条第三项",
            "2018年",
        ),
        Cite("最高人民法院关于公证债权文书执行若干问题的规定", "第十九条、第二十二条、第二十四条", "法释〔2018〕18号"),
        Cite("人民检察院民事诉讼监督规则", "第三十七条、第一百零四条、第一百一十九条", "2021年"),
    )
    reads = (NotarisedDebt,)
    helps = (EnforcementCase, Auction, Seizure, BankTransaction, LicensedLender, Kinship, CompanyRole)
    uses = ("control_edges",)
    absences = (Absence(BankTransaction, "未见借款交付的银行流水", until_days=36_500, signs=("no_flow",)),)
    asks = (
        "借款是否真实发生，款项如何交付，为何多年未主张而在此时集中公证",
        "债务人当时是否在押、保外就医或者下落不明，公证时是否本人到场",
        "公证机构是否核实债权债务，是否由同一公证员集中办理",
        "各债权人与债务人是什么关系，分配中挤占了哪些债权人的份额",
    )
    headline = "{subject}作为{position}自{window_from}起{window_days}日内办理公证债权文书{n}份，涉及债权人{creditors_n}名、债务人{debtors_n}名，金额合计{sum_fen}{doubt}"

    window_days = Threshold(90, unit="天", source=CARD + "；检例第54号为一个月内七份")
    least_deeds = Threshold(3, unit="份", source=CARD)
    certified_days = Threshold(30, unit="天", source=CARD + "；检例第54号当月出具执行证书")
    old_years = Threshold(3, unit="年", source="以民法典第一百八十八条诉讼时效期间为参照；" + CARD)
    asset_before_days = Threshold(730, unit="天", source=CARD + "；检例第54号拍卖在公证前约一年")
    asset_after_days = Threshold(180, unit="天", source=CARD)

    signs = (
        Sign("many", Kind.FORM, 2, "短期内集中办理{n}份公证债权文书", about=("deed_on",)),
        Sign("fast_certificate", Kind.FORM, 1, "其中{fast_n}份在公证后{certified_days}日内即出具执行证书", about=("certified_on",)),
        Sign("same_notary", Kind.FORM, 1, "均由公证员{notary}办理", about=("notary",)),
        Sign("enforced_at_once", Kind.FORM, 1, "其中{enforced_n}份在公证后{certified_days}日内即申请执行", needs=(EnforcementCase,)),
        Sign("old_debt", Kind.SUBSTANCE, 3, "其中{old_n}份所载借款发生在公证{old_years}年以前，最早为{oldest_on}，多年未主张而集中公证", about=("loaned_on",)),
        Sign("old_debt_named", Kind.CONTEXT, 3, "其中{old_n}份所载借款发生在公证{old_years}年以前，最早为{oldest_on}（债务人仅载姓名，待核对是否同一人）", about=("loaned_on",)),
        Sign("asset_sold", Kind.CONTEXT, 3, "债务人的资产在此前后被查封、拍卖或者分配（{event_on}起），债权的意义只在参与分配", about=("announced_on", "started_on", "dealt_on", "distributed_on", "seized_on")),
        Sign("in_enforcement", Kind.CONTEXT, 1, "债务人另有{debts_n}条被执行、破产记录", about=("debtor",)),
        Sign("related", Kind.SUBSTANCE, 3, "{related_n}名债权人与债务人有关联：{relations}", about=("relation", "role")),
        Sign("no_flow", Kind.SUBSTANCE, 3, "{flowless_n}份所载借款在当时双方的银行流水中没有对应的交付", needs=(BankTransaction,)),
    )  # fmt: skip
    least_score = 6

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        deeds = lake.kept(self._sets(lake))
        found = self._base(deeds)
        parts = (
            self._enforced(lake, deeds),
            self._assets(lake, deeds),
            self._owing(lake, deeds),
            _related(lake, deeds),
            _flows(lake, deeds),
        )
        for part in parts:
            found = found.left_join(part, "who").drop("who_right")
        judged = self._judged(found)
        # A masked name at one notary is nobody by itself: only old debts brought in together make it worth a look.
        return judged.filter(
            ~judged.subject_key.re_search("^同名:[^@]*(" + MASKED + ")") | judged.old_debt_named.fill_null(False)
        )

    def _sets(self, lake: Tables) -> Any:
        """The deeds of one debtor, and those of one creditor against several, each in the busiest stretch of days."""
        deeds = _known(lake)
        lenders = lake[LicensedLender]
        deeds = deeds.anti_join(lenders, deeds.creditor_key == lenders.lender)
        deeds = deeds.filter(~deeds.creditor.re_search(LENDING_TRADE).fill_null(False) & deeds.deed_on.notnull())
        deeds = deeds.mutate(debtor_is=settled_key(deeds.debtor_key, deeds.debtor, deeds.org, deeds.org))
        once = ibis.row_number().over(
            ibis.window(group_by=["deed_no", "creditor_key", "debtor_key"], order_by="row_id")
        )
        deeds = deeds.mutate(_nth=once).filter(ibis._._nth == 0).drop("_nth")
        days, least = int(self.window_days.value), self.least_deeds.value
        owed = busiest(
            deeds.mutate(who=deeds.debtor_is, position=ibis.literal("债务人")), key="who", on="deed_on", days=days
        )
        lent = deeds.filter(~deeds.creditor_key.startswith("row:"))
        lent = busiest(
            lent.mutate(who=lent.creditor_key, position=ibis.literal("债权人")), key="who", on="deed_on", days=days
        )
        mine = ibis.window(group_by="who")
        lent = lent.mutate(_one=lent.debtor_is.min().over(mine), _other=lent.debtor_is.max().over(mine))
        lent = lent.filter(lent._one != lent._other).drop("_one", "_other")
        return owed.union(lent).filter(ibis._.window_n >= least)

    def _base(self, d: Any) -> Any:
        fast = days_between(d.certified_on, d.deed_on).between(0, int(self.certified_days.value))
        old = d.loaned_on + ibis.interval(years=int(self.old_years.value)) <= d.deed_on
        return d.group_by(["who", "position"]).agg(
            subject=ibis.ifelse(d.position == "债务人", d.debtor, d.creditor).min(),
            n=d.count(),
            window_from=d.window_from.min(),
            sum_fen=d.amount_fen.fill_null(0).sum().cast("int64"),
            creditors_n=d.creditor.nunique(),
            debtors_n=d.debtor_is.nunique(),
            rows=evidence(d.row_id),
            fast_n=fast.fill_null(False).sum(),
            fast_known=d.certified_on.notnull().sum(),
            fast_certificate__rows=evidence(d.row_id, fast),
            old_n=old.fill_null(False).sum(),
            old_known=d.loaned_on.notnull().sum(),
            oldest_on=d.loaned_on.min(),
            old__rows=evidence(d.row_id, old),
            notary=d.notary.min(),
            notaries=d.notary.nunique(),
            notary_known=d.notary.notnull().sum(),
        )

    def _enforced(self, lake: Tables, deeds: Any) -> Any:
        enforced = lake[EnforcementCase]
        # By the deed that is enforced, or by the two parties where the case names no deed.
        pair = ibis.ifelse(enforced.base_type.contains("公证"), enforced.creditor_key + "|" + enforced.debtor_key, None)
        cases = enforced.select("filed_on", e_row="row_id", link=ibis.array([enforced.base_case_no, pair]).unnest())
        own = ibis.array([deeds.deed_no, deeds.creditor_key + "|" + deeds.debtor_key])
        met = deeds.select("who", "deed_no", "deed_on", link=own.unnest()).inner_join(cases, "link")
        soon = days_between(met.filed_on, met.deed_on).between(0, int(self.certified_days.value))
        return met.group_by("who").agg(
            enforced_n=met.deed_no.nunique(where=soon), enforced_at_once__rows=evidence(met.e_row, soon)
        )

    def _assets(self, lake: Tables, deeds: Any) -> Any:
        near = deeds.select("who", "debtor_key", "deed_on").inner_join(asset_events(lake), "debtor_key")
        gap = days_between(near.deed_on, near.event)
        near = near.filter((gap >= -int(self.asset_after_days.value)) & (gap <= int(self.asset_before_days.value)))
        return near.group_by("who").agg(event_on=near.event.min(), asset_sold__rows=evidence(near.event_row))

    def _owing(self, lake: Tables, deeds: Any) -> Any:
        """Other debts of the debtors, unpaid when the deeds were made."""
        owed = debts(lake).filter(~ibis._.base_type.contains("公证").fill_null(False))
        then = deeds.select("who", "debtor_key", "deed_on").inner_join(owed, "debtor_key")
        open_then = (then.debt_on.isnull() | (then.debt_on <= then.deed_on)) & (
            then.closed_on.isnull() | (then.closed_on >= then.deed_on)
        )
        then = then.filter(open_then)
        return then.group_by("who").agg(
            debts_n=then.debt_row.nunique(), region=then.region.max(), in_enforcement__rows=evidence(then.debt_row)
        )

    def _judged(self, f: Any) -> Any:
        weak = same_name_only(f.who)
        old = f.old_n * 2 >= f.n
        f = f.mutate(**{name: f[name].fill_null(0) for name in ("enforced_n", "debts_n", "related_n", "flowless_n")})
        return f.mutate(
            many=ibis.literal(True),
            fast_certificate=ibis.ifelse(f.fast_known > 0, f.fast_n * 2 >= f.n, None),
            same_notary=ibis.ifelse(f.notary_known == f.n, f.notaries == 1, None),
            enforced_at_once=f.enforced_n * 2 >= f.n,
            old_debt=ibis.ifelse((f.old_known > 0) & ~weak, old, None),
            old_debt_named=ibis.ifelse((f.old_known > 0) & weak, old, False),
            asset_sold=f.event_on.notnull(),
            in_enforcement=f.debts_n > 0,
            related=f.related_n > 0,
            no_flow=ibis.ifelse(f.flow_known.fill_null(0) > 0, f.flowless_n * 2 >= f.n, None),
            subject_key=f.who,
            period=f.window_from.year().cast("string"),
            old_debt__rows=f.old__rows,
            old_debt_named__rows=f.old__rows,
            doubt=ibis.ifelse(weak, "。债务人仅载姓名，按同名同公证机构归并，请先核对是否同一人", ""),
        ).drop("who", "old__rows")


def _known(lake: Tables) -> Any:
    """The deeds, a party that the notary only names known from the enforcement of that very deed."""
    deeds, enforced = lake[NotarisedDebt], lake[EnforcementCase]
    by_deed = (
        enforced.filter(enforced.base_case_no.notnull())
        .group_by(_deed="base_case_no")
        .agg(
            _debtors=enforced.debtor_key.nunique(),
            _debtor=enforced.debtor_key.min(),
            _creditor=enforced.creditor_key.min(),
        )
    )
    joined = deeds.left_join(by_deed.filter(by_deed._debtors == 1), deeds.deed_no == by_deed._deed)
    debtor = ibis.ifelse(is_weak(joined.debtor_key, joined.debtor), joined._debtor, None)
    creditor = ibis.ifelse(is_weak(joined.creditor_key, joined.creditor), joined._creditor, None)
    return joined.mutate(
        debtor_key=ibis.coalesce(debtor, joined.debtor_key), creditor_key=ibis.coalesce(creditor, joined.creditor_key)
    ).drop("_deed", "_debtors", "_debtor", "_creditor")


def _related(lake: Tables, deeds: Any) -> Any:
    """Creditors tied to the debtor by office, share or family, whatever the name on the deed."""
    tied = deeds.select("who", "debtor_key", "creditor_key").inner_join(
        ties_between(lake), [("debtor_key", "a"), ("creditor_key", "b")]
    )
    return tied.group_by("who").agg(
        related_n=tied.creditor_key.nunique(),
        relations=tied.says.collect(distinct=True),
        related__rows=evidence(tied.seen),
    )


def _flows(lake: Tables, deeds: Any) -> Any:
    """Loans of days that the bank records of a side cover, in which no payment between the two is found."""
    txn = transactions(lake)
    spans = txn.group_by("owner_key").agg(begins=txn.at.date().min(), ends=txn.at.date().max())
    paid = flows(lake).select("src", "dst", paid_on="on")
    dated = deeds.filter(deeds.loaned_on.notnull()).select("who", "row_id", "loaned_on", "debtor_key", "creditor_key")
    dated = dated.mutate(side=ibis.array([dated.debtor_key, dated.creditor_key]).unnest())
    known = dated.inner_join(spans, [("side", "owner_key")])
    known = known.filter((known.begins <= known.loaned_on) & (known.ends >= known.loaned_on)).drop("owner_key")
    met = known.left_join(paid, [known.creditor_key == paid.src, known.debtor_key == paid.dst])
    found = days_between(met.paid_on, met.loaned_on).between(-30, 30).fill_null(False)
    each = met.group_by(["who", "row_id"]).agg(found=found.any())
    return each.group_by("who").agg(
        flow_known=each.count(), flowless_n=(~each.found).sum(), no_flow__rows=evidence(each.row_id, ~each.found)
    )
