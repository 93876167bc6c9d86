"""支付令虚假。两家实为同一伙人控制的企业，用督促程序把虚构或者走账形成的债权变成执行依据，再低价抵走资产。

检例第52号: the managers of a state firm founded a second one; its "loans" left and came back within days while the
debtor's own cash lay idle; orders went unopposed and dozens of buildings were taken for a fraction. The applicant need
not be young nor the settlement quick (correction 1.6). A parent that lends to its subsidiary is lawful treasury
business: there common control alone says nothing. Weights are chosen after table 7.2.
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
from jianwei.kit.money import flows, idle_balances
from jianwei.kit.relations import ties_between
from jianwei.records import (
    BankTransaction,
    Company,
    CompanyRole,
    DebtForAsset,
    EnforcementCase,
    LicensedLender,
    PaymentOrder,
)

CARD = "建议值"
_MANAGES = "法定代表人|负责人|董事|监事|经理|实际控制|高管|财务|经营者|股东|合伙人"


class PaymentOrders(Model):
    ref = "M08"
    version = "3"
    title = "支付令（督促程序）虚假"
    line = Line.CIVIL
    basis = (
        Cite("中华人民共和国民事诉讼法", "第二百二十五条、第二百二十七条、第二百二十八条、第一百一十五条", "2023年修正"),
        Cite("中华人民共和国公司法", "第二十二条、第二百六十五条", "2023年修订", verified=False),
        Cite("最高人民法院、最高人民检察院关于办理虚假诉讼刑事案件适用法律若干问题的解释", "第一条、第十一条", "2018年"),
        Cite("人民检察院民事诉讼监督规则", "第三十七条、第九十八条、第一百零四条", "2021年"),
    )
    reads = (PaymentOrder,)
    helps = (CompanyRole, Company, BankTransaction, DebtForAsset, EnforcementCase, LicensedLender)
    uses = ("controllers", "control_edges")
    asks = (
        "借款有无真实用途，款项进入债务人账户后去向如何，是否回到出借方",
        "债务人当时自有资金是否足以周转，为何借款、为何不提异议",
        "双方的实际控制人是谁，是否涉及国有资产或者其他股东、债权人的利益",
        "抵债资产如何评估，抵债价格与市场价格相差多少",
    )
    headline = "{applicant}对{respondent}申请支付令{n}件，金额合计{sum_fen}，首件发出于{first_on}"

    back_days = Threshold(5, unit="天", source="检例第52号：五日内转回；" + CARD)
    back_share = Threshold(0.8, unit="（占比）", source=CARD)
    idle_share = Threshold(0.5, unit="（占比）", source="检例第52号：自有资金1389万元闲置，另借1600万元；" + CARD)
    loan_years = Threshold(5, unit="年", source=CARD + "；支付令之前多久的往来视为所称借款")
    cheap_share = Threshold(0.7, unit="（占比）", source="不足市场价七成为明显不合理低价的通行标准；" + CARD)
    young_months = Threshold(24, unit="个月", source=CARD)
    large_wan = Threshold(500, unit="万元", source=CARD)
    settle_days = Threshold(60, unit="天", source=CARD)

    signs = (
        Sign("same_people", Kind.SUBSTANCE, 3, "双方由同一伙人控制：{links}", about=("role", "addr", "phone")),
        Sign("round_trip", Kind.SUBSTANCE, 4, "{trips}笔合计{lent_fen}的出借款项，{back_days}日内又有{back_fen}转回出借方或其关联方", needs=(BankTransaction,), about=("amount_fen", "at")),
        Sign("idle_funds", Kind.SUBSTANCE, 3, "所称借款发生时，债务人自有资金有{idle_fen}闲置，没有借款必要", needs=(BankTransaction,), about=("balance_fen",)),
        Sign("cheap_asset", Kind.SUBSTANCE, 3, "以物抵债{assets_n}项，作价{paid_fen}，财产价值{worth_fen}，不足七成", needs=(DebtForAsset,), about=("debt_fen", "value_fen")),
        Sign("unopposed", Kind.FORM, 1, "{unopposed_n}件均未提出异议", about=("objection",)),
        Sign("settled_by_asset", Kind.FORM, 1, "随后以物抵债{assets_n}项", needs=(DebtForAsset,), about=("asset",)),
        Sign("quick_settlement", Kind.FORM, 1, "支付令发出后{settle_days}日内即达成和解或者以物抵债"),
        Sign("repeated", Kind.CONTEXT, 1, "同一当事人之间先后{n}件支付令", about=("issued_on",)),
        Sign("young", Kind.CONTEXT, 1, "申请人于{founded_on}成立，距首件支付令不足{young_months}个月", needs=(Company,), about=("founded_on",)),
        Sign("large", Kind.CONTEXT, 1, "单件金额最高{most_fen}", about=("amount_fen",)),
    )  # fmt: skip
    least_score = 5
    needs_substance = True

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        orders = lake.kept(self._orders(lake))
        found = lake.kept(self._base(orders))
        pairs = found.select("pair", "a", "b", "first_on", "last_on")
        parts = (
            _links(lake, pairs),
            _treasury(lake, pairs),
            self._trips(lake, pairs),
            self._idle(lake, pairs),
            self._assets(lake, orders, pairs),
            _settled(lake, orders),
            _founded(lake, pairs),
        )
        for part in parts:
            found = found.left_join(part, "pair").drop("pair_right")
        return with_substance(self._judged(found), self.signs)

    @staticmethod
    def _orders(lake: Tables) -> Any:
        """Orders between two who are known, an unlicensed applicant; ``kept_still`` is null where nothing tells."""
        orders, lenders, enforced = lake[PaymentOrder], lake[LicensedLender], lake[EnforcementCase]
        orders = orders.anti_join(lenders, orders.applicant_key == lenders.lender)
        orders = orders.filter(~orders.applicant_key.startswith("row:") & ~orders.respondent_key.startswith("row:"))
        acted = enforced.filter(enforced.base_case_no.notnull()).group_by("base_case_no").agg(enf_row=enforced.row_id.min())
        orders = orders.left_join(acted, orders.case_no == acted.base_case_no)
        once = ibis.row_number().over(ibis.window(group_by="case_no", order_by="row_id"))
        orders = orders.mutate(
            pair=orders.applicant_key + "|" + orders.respondent_key,
            day=ibis.coalesce(orders.issued_on, orders.filed_on),
            # What is being enforced took effect, so no objection stood against it.
            kept_still=ibis.coalesce(~orders.objection, ibis.ifelse(orders.enf_row.notnull(), True, None)),
            _nth=once,
        )
        return orders.filter(orders._nth == 0).drop("_nth")

    @staticmethod
    def _base(o: Any) -> Any:
        return o.group_by("pair").agg(
            a=o.applicant_key.min(),
            b=o.respondent_key.min(),
            applicant=o.applicant.min(),
            respondent=o.respondent.min(),
            n=o.case_no.nunique(),
            sum_fen=o.amount_fen.fill_null(0).sum().cast("int64"),
            most_fen=o.amount_fen.max(),
            first_on=o.day.min(),
            last_on=o.day.max(),
            unopposed_n=o.kept_still.fill_null(False).sum(),
            still_known=o.kept_still.notnull().sum(),
            rows=evidence(o.row_id),
        )

    def _trips(self, lake: Tables, pairs: Any) -> Any:
        """Money that left the applicant for the respondent and was back, itself or through third hands, within days."""
        moves, window = flows(lake), int(self.back_days.value)
        lent = self._lent(lake, pairs)
        home = lake.derived("controllers").select("member", "group_id")
        here = lent.left_join(home, lent.a == home.member).drop("member").rename(a_group="group_id")
        back = here.inner_join(moves.select(src="src", dst="dst", back_on="on", amount="fen", back_row="row"), [("b", "src")])
        back = back.filter(days_between(back.back_on, back.on).between(0, window) & (back.back_row != back.row))
        first = back.left_join(home, back.dst == home.member).drop("member").rename(dst_group="group_id")
        own = ((first.dst == first.a) | (first.dst_group == first.a_group)).fill_null(False)
        direct = first.filter(own).select("pair", "row", "fen", amount="amount", hops=ibis.array([first.back_row]))
        third = first.filter(~own).select("pair", "row", "on", "fen", "a", "dst", "back_on", "back_row").distinct()
        final = third.inner_join(moves.select(src="src", to="dst", final_on="on", amount="fen", final_row="row"), [("dst", "src")])
        final = final.filter(
            (final.to == final.a) & (final.final_on >= final.back_on) & (days_between(final.final_on, final.on) <= window)
        )
        # The same last payment reached through two first ones counts once.
        once = ibis.row_number().over(ibis.window(group_by=["pair", "row", "final_row"], order_by="back_row"))
        final = final.mutate(_nth=once).filter(ibis._._nth == 0)
        through = final.select("pair", "row", "fen", "amount", hops=ibis.array([final.back_row, final.final_row]))
        returned = direct.union(through)
        each = returned.group_by(["pair", "row"]).agg(
            lent=returned.fen.max(), back=returned.amount.sum().cast("int64"), hops=returned.hops.collect().flatten()
        )
        each = each.filter(each.back >= each.lent * self.back_share.value)
        total = each.group_by("pair").agg(
            trips=each.count(),
            lent_fen=each.lent.sum().cast("int64"),
            back_fen=ibis.least(each.back, each.lent).sum().cast("int64"),
            loans=each.row.collect(),
            hops=each.hops.collect().flatten(),
        )
        return total.mutate(round_trip__rows=total.loans.concat(total.hops)).drop("loans", "hops")

    def _lent(self, lake: Tables, pairs: Any) -> Any:
        """Payments from applicant to respondent before the last order: the loans spoken of."""
        lent = pairs.inner_join(flows(lake), [("a", "src"), ("b", "dst")])
        since = lent.first_on - ibis.interval(years=int(self.loan_years.value))
        return lent.filter((lent.on <= lent.last_on) & (lent.on >= since)).select("pair", "a", "b", "on", "fen", "row")

    def _idle(self, lake: Tables, pairs: Any) -> Any:
        idle = idle_balances(lake, self._lent(lake, pairs).rename(who="b"), days=30)
        enough = idle.filter(idle.idle >= idle.fen * self.idle_share.value)
        return enough.group_by("pair").agg(
            idle_fen=enough.idle.max().cast("int64"), idle_loans=enough.row.nunique(), idle_funds__rows=evidence(enough.balance_row)
        )

    def _assets(self, lake: Tables, orders: Any, pairs: Any) -> Any:
        """Assets handed over for the debt: named by the two parties, or by the case number of the enforcement."""
        given, enforced = lake[DebtForAsset], lake[EnforcementCase]
        by_name = pairs.inner_join(given, [("b", "owner_key"), ("a", "taker_key")])
        by_name = by_name.filter(by_name.agreed_on.isnull() | (by_name.agreed_on >= by_name.first_on))
        numbers = ibis.union(
            orders.select("pair", case_no="case_no"),
            orders.inner_join(enforced, [("case_no", "base_case_no")]).select("pair", case_no="enf_no"),
            pairs.inner_join(enforced, [("a", "creditor_key"), ("b", "debtor_key")]).select("pair", case_no="enf_no"),
        ).distinct()
        by_number = numbers.inner_join(given, "case_no")
        kept = ("pair", "debt_fen", "value_fen", "agreed_on", "document", "row_id")
        all_ = _once(by_name.select(*kept).union(by_number.select(*kept)).distinct())
        known = all_.debt_fen.notnull() & all_.value_fen.notnull()
        total = all_.group_by("pair").agg(
            assets_n=all_.row_id.nunique(),
            priced_n=known.sum(),
            paid_fen=all_.debt_fen.sum(where=known).cast("int64"),
            worth_fen=all_.value_fen.sum(where=known).cast("int64"),
            agreed_on=all_.agreed_on.min(),
            settled_by_asset__rows=evidence(all_.row_id),
        )
        return total.mutate(cheap_asset__rows=total.settled_by_asset__rows)

    def _judged(self, f: Any) -> Any:
        trip, idle = f.trips.fill_null(0) > 0, f.idle_loans.fill_null(0) > 0
        cheap = ibis.ifelse(f.priced_n > 0, f.paid_fen < f.worth_fen * self.cheap_share.value, None)
        linked = f.link_n.fill_null(0) > 0
        # A parent may lend to its subsidiary; that it controls it is then no news.
        treasury = f.treasury.fill_null(False) & ~(trip | idle | cheap.fill_null(False))
        soon = (days_between(f.agreed_on, f.first_on) <= int(self.settle_days.value)) | (
            days_between(f.settled_on, f.first_on) <= int(self.settle_days.value)
        )
        return f.mutate(
            same_people=linked & ~treasury,
            round_trip=trip,
            idle_funds=idle,
            cheap_asset=cheap,
            unopposed=ibis.ifelse(f.still_known > 0, f.unopposed_n == f.n, None),
            settled_by_asset=f.assets_n.fill_null(0) > 0,
            quick_settlement=soon.fill_null(False),
            repeated=f.n > 1,
            young=ibis.ifelse(f.founded_on.notnull(), months_between(f.first_on, f.founded_on).between(0, int(self.young_months.value)), None),
            large=(f.most_fen >= int(self.large_wan.value * 1_000_000)).fill_null(False),
            links=f.links,
            subject=f.applicant + "申请对" + f.respondent + "的支付令",
            subject_key=f.pair,
            region=f.region,
            period=f.first_on.year().cast("string"),
        ).drop("pair", "a", "b", "treasury", "settled_on", "agreed_on", "link_n")


def _links(lake: Tables, pairs: Any) -> Any:
    """What joins the two: the same person in both, an edge between them, or one group of controllers."""
    roles = lake[CompanyRole].filter(lambda t: t.role.re_search(_MANAGES) & ~t.person.startswith("row:"))
    left = roles.select("person", "person_name", a_role="role", a="company", a_row="row_id")
    right = roles.select("person", b_role="role", b="company", b_row="row_id")
    both = pairs.select("pair", "a", "b").inner_join(left, "a").inner_join(right, ["b", "person"])
    says = both.person_name.fill_null("同一人") + "在申请人处任" + both.a_role + "、在被申请人处任" + both.b_role
    shared = both.select("pair", says=says, seen=ibis.array([both.a_row, both.b_row]).unnest())
    tied = pairs.inner_join(ties_between(lake), ["a", "b"]).select("pair", "says", "seen")
    members = lake.derived("controllers")
    grouped = pairs.inner_join(members.select(a="member", ga="group_id", says="says"), "a")
    grouped = grouped.inner_join(members.select(b="member", gb="group_id"), "b").filter(ibis._.ga == ibis._.gb)
    chain = grouped.select("pair", says=grouped.says.unnest()).mutate(seen=ibis.null().cast("string"))
    found = shared.union(tied).union(chain)
    return found.group_by("pair").agg(
        link_n=found.count(), links=found.says.collect(distinct=True), same_people__rows=evidence(found.seen)
    )


def _once(assets: Any) -> Any:
    """Without what came twice: the n-th thing at a price that a ruling tells and the n-th that a ledger lists are one."""
    assets = assets.mutate(told=assets.document.notnull())
    same = ["pair", "debt_fen"]
    nth = ibis.row_number().over(ibis.window(group_by=[*same, "told"], order_by="row_id"))
    assets = assets.mutate(nth=ibis.ifelse(assets.debt_fen.notnull(), nth, -1))
    best = ibis.window(group_by=[*same, "nth"], order_by=[ibis.asc(assets.value_fen.isnull()), "told", "row_id"])
    assets = assets.mutate(place=ibis.row_number().over(best))
    return assets.filter((assets.place == 0) | assets.debt_fen.isnull()).drop("told", "nth", "place", "document")


def _treasury(lake: Tables, pairs: Any) -> Any:
    """Pairs where one company holds more than half of the other, or one company more than half of both."""
    roles = lake[CompanyRole]
    percent = ibis.ifelse(roles.share > 1, roles.share, roles.share * 100)
    owners = roles.filter(roles.role.contains("股东") & (percent > 50))
    owners = owners.select(firm="company", owner="person", owner_name="person_name")
    firms = lake[Company].select(registered="company").distinct()
    owners = owners.left_join(firms, owners.owner == firms.registered)
    named = owners.owner_name.re_search("公司|集团|国资|国有").fill_null(False)
    owners = owners.filter(named | owners.registered.notnull()).drop("registered")
    down = owners.select(a="owner", b="firm")
    sisters = owners.select(parent="owner", a="firm").inner_join(owners.select(parent="owner", b="firm"), "parent").select("a", "b")
    related = ibis.union(down, owners.select(a="firm", b="owner"), sisters).distinct()
    return pairs.select("pair", "a", "b").inner_join(related, ["a", "b"]).select("pair", treasury=ibis.literal(True))


def _settled(lake: Tables, orders: Any) -> Any:
    enforced = lake[EnforcementCase].select("base_case_no", "close_mode", "closed_on", "region", "paid_fen")
    met = orders.select("pair", "case_no").inner_join(enforced, [("case_no", "base_case_no")])
    agreed = met.close_mode.re_search("和解|抵债")
    return met.group_by("pair").agg(settled_on=met.closed_on.min(where=agreed), region=met.region.max())


def _founded(lake: Tables, pairs: Any) -> Any:
    firms = lake[Company]
    met = pairs.select("pair", "a").inner_join(firms.select("company", "founded_on", "row_id"), [("a", "company")])
    return met.group_by("pair").agg(founded_on=met.founded_on.min(), young__rows=evidence(met.row_id))
