"""职业放贷人。同一或关联出借人在一地法院反复以民间借贷起诉不特定对象，可能未取得放贷资格而以放贷为业。

The counts are those of the 浙江 list of 2018 and were read for 浙江 only; elsewhere they serve as a suggestion. A dispute
counts once: its conciliation before filing, first instance, appeal and enforcement are one. What one enterprise lends to
another for its business is lawful and large by nature: it does not count where the amount decides, only where the number
alone makes it a trade, or two signs do. Weights are chosen: 3 for a legal count, 2 for a sign that the money was not the
lender's own or was never lent in full, 1 for the rest.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Cite, Kind, Line, Model, Sign, Tables, Threshold, evidence
from jianwei.kit.lending import disputes
from jianwei.kit.litigation import PLAINTIFF, same_name_only
from jianwei.records import CivilCase, CivilParty, EnforcementCase, LicensedLender, LoanElement

ZJ = "浙江省高级人民法院等2018年职业放贷人名录制度；其他省份标准未核，参照为建议值"


class ProfessionalLender(Model):
    ref = "M02"
    version = "2"
    title = "职业放贷人"
    line = Line.CIVIL
    basis = (
        Cite("最高人民法院关于审理民间借贷案件适用法律若干问题的规定", "第十条、第十三条第三项", "2020年第二次修正"),
        Cite("全国法院民商事审判工作会议纪要", "第53条", "2019年", verified=False),
        Cite("人民检察院民事诉讼监督规则", "第三十七条、第一百一十七条", "2021年"),
    )
    reads = (CivilCase, CivilParty)
    helps = (LoanElement, EnforcementCase, LicensedLender)
    uses = ("controllers", "note_groups")
    asks = (
        "是否取得放贷资格",
        "借款对象是否不特定，有无亲友、同事、长期往来等特定关系",
        "企业之间的借款是否为生产、经营需要的临时拆借，资金是否自有",
        "是否以营利为目的，实际收取的利息是否超过当时的司法保护上限",
        "认定合同有效或者支持高额利息的生效裁判有哪些，是否应当监督",
    )
    headline = "{subject}在{city_courts}{years}作为出借人涉民间借贷纠纷{n3}件（同一纠纷的诉前调解、一审、二审、执行只计一次），出借对象{borrowers}人，合计{total_fen}{business}，{standard}{doubt}"

    three_years_court = Threshold(20, unit="件", source=ZJ, by_province={"33": 20})
    three_years_city = Threshold(30, unit="件", source=ZJ, by_province={"33": 30})
    one_year_court = Threshold(10, unit="件", source=ZJ, by_province={"33": 10})
    one_year_city = Threshold(15, unit="件", source=ZJ, by_province={"33": 15})
    some_cases = Threshold(5, unit="件", source=ZJ, by_province={"33": 5})
    some_wan = Threshold(100, unit="万元", source=ZJ, by_province={"33": 100})
    few_cases = Threshold(3, unit="件", source=ZJ, by_province={"33": 3})
    large_wan = Threshold(1000, unit="万元", source=ZJ, by_province={"33": 1000})
    qualities = Threshold(2, unit="项", source=ZJ, by_province={"33": 2})

    signs = (
        Sign("three_years", Kind.FORM, 3, "连续三年内在同一基层法院{n3_court}件、在同一市两级法院合计{n3}件，达到连续三年的标准", source=ZJ),
        Sign("one_year", Kind.FORM, 3, "同一年度内在同一基层法院最多{n1_court}件、在同一市两级法院最多{n1_max}件，达到同一年度的标准", source=ZJ),
        Sign("by_amount", Kind.FORM, 3, "{rich_year}年度内{rich_n}件、合计{rich_fen}，达到件数加金额的标准", source=ZJ),
        Sign("half_with_signs", Kind.FORM, 2, "件数达到上述标准的一半，并有{quality_n}项放贷特征", source=ZJ),
        Sign("uniform_note", Kind.FORM, 1, "{form_n}件使用统一格式的借条", needs=(LoanElement,), about=("note_text", "note_form")),
        Sign("not_own_money", Kind.SUBSTANCE, 2, "{other_n}件实际付款人或收款人不是借贷双方", needs=(LoanElement,), about=("payer", "payee")),
        Sign("cash", Kind.FORM, 1, "{cash_n}件主张现金交付而无转账凭证", needs=(LoanElement,), about=("delivery",)),
        Sign("cut_interest", Kind.SUBSTANCE, 2, "{cut_n}件预先在本金中扣除利息（砍头息）", needs=(LoanElement,), about=("cut_interest",)),
        Sign("stays_away", Kind.FORM, 1, "{away_n}件出借人本人不到庭", about=("absent",)),
    )  # fmt: skip
    least_score = 3

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        kept = lake.kept(self._busiest(lake.kept(disputes(lake))))
        found = self._judged(self._traits(lake, kept))
        hit = found.filter(found.three_years | found.one_year | found.by_amount | found.half_with_signs)
        return hit.mutate(subject_key=hit.lender).drop("lender", "legal_n")

    # --- counting

    def _busiest(self, d: Any) -> Any:
        """The disputes of each lender in the three years and the city where most rules are met, with the counts."""
        year, court = ["lender", "city", "year"], ["lender", "city", "court", "year"]
        d = d.mutate(
            n1_court=d.count().over(ibis.window(group_by=court)),
            n1_city=d.count().over(ibis.window(group_by=year)),
            sum1_fen=d.amount_fen.fill_null(0).sum().over(ibis.window(group_by=year)).cast("int64"),
            public_n=(~d.between).cast("int64").sum().over(ibis.window(group_by=year)),
            public_fen=ibis.ifelse(d.between, 0, d.amount_fen.fill_null(0))
            .sum()
            .over(ibis.window(group_by=year))
            .cast("int64"),
            n3=d.count().over(_three(["lender", "city"])),
            n3_court=d.count().over(_three(["lender", "city", "court"])),
        )
        d = d.mutate(
            enough=self._by_amount(d, d.public_n, d.public_fen).cast("int64"),
            half=self._by_amount(d, d.n1_city * 2, d.sum1_fen * 2).cast("int64"),
        )
        span = _three(["lender", "city"])
        d = d.mutate(
            n1_court=d.n1_court.max().over(span),
            n1_max=d.n1_city.max().over(span),
            n3_court=d.n3_court.max().over(ibis.window(group_by=year)),
            by_amount=d.enough.max().over(span) > 0,
            half_by_amount=d.half.max().over(span) > 0,
        )
        d = d.mutate(**self._counts(d, 1, ""))
        d = d.mutate(
            legal_n=sum((d[rule].cast("int64") for rule in ("three_years", "one_year", "by_amount")), ibis.literal(0))
        )
        best = ibis.window(
            group_by="lender",
            order_by=[ibis.desc("legal_n"), ibis.desc("n3"), ibis.asc("year"), ibis.asc("city"), ibis.asc("case_no")],
        )
        facts = (
            "legal_n",
            "n3",
            "n3_court",
            "n1_court",
            "n1_max",
            "three_years",
            "one_year",
            "by_amount",
            "half_by_amount",
        )
        d = d.mutate(
            from_year=d.year.first().over(best),
            _city=d.city.first().over(best),
            **{"best_" + fact: d[fact].first().over(best) for fact in facts},
        )
        inside = (d.city == d._city) & (d.year >= d.from_year) & (d.year < d.from_year + 3)
        # Fewer than half of the least number that any rule names is nobody's trade.
        enough = (d.best_n3 * 2 >= self.some_cases.at(d.region)) | d.best_half_by_amount
        return d.filter(inside & enough).drop("_city", *facts).rename(**{fact: "best_" + fact for fact in facts})

    def _by_amount(self, d: Any, n: Any, fen: Any) -> Any:
        """Rule (3) on so many disputes and so much money in the year of a row."""
        wan = 1_000_000  # fen
        some = (n >= self.some_cases.at(d.region)) & (fen >= self.some_wan.at(d.region) * wan)
        few = (n >= self.few_cases.at(d.region)) & (fen >= self.large_wan.at(d.region) * wan)
        return some | few

    def _counts(self, f: Any, part: int, prefix: str) -> dict[str, Any]:
        """Rules (1) and (2), or with ``part`` 2 half of each."""
        court3, city3 = self.three_years_court.at(f.region), self.three_years_city.at(f.region)
        court1, city1 = self.one_year_court.at(f.region), self.one_year_city.at(f.region)
        return {
            prefix + "three_years": (f.n3_court * part >= court3) | (f.n3 * part >= city3),
            prefix + "one_year": (f.n1_court * part >= court1) | (f.n1_max * part >= city1),
        }

    @staticmethod
    def _traits(lake: Tables, cases: Any) -> Any:
        """One row a lender: who, how much, and the qualitative signs, with their rows."""
        keys = ["lender"]
        basic = cases.group_by(keys).agg(
            names=cases["name"].collect(distinct=True),
            courts=cases.court.collect(distinct=True),
            borrowers=cases.borrower.nunique(),
            between_n=cases.between.sum(),
            total_fen=cases.amount_fen.fill_null(0).sum().cast("int64"),
            region=cases.region.max(),
            city=cases.city.max(),
            from_year=cases.from_year.max(),
            until=cases.year.max(),
            rich_year=cases.year.argmax(cases.public_fen * 10000 + cases.year),
            rich_n=cases.public_n.argmax(cases.public_fen * 10000 + cases.year),
            rich_fen=cases.public_fen.max(),
            rows=evidence(cases.row_id),
            **{fact: cases[fact].max() for fact in ("legal_n", "n3", "n3_court", "n1_court", "n1_max")},
            **{fact: cases[fact].any() for fact in ("three_years", "one_year", "by_amount", "half_by_amount")},
        )
        loans = lake[LoanElement].inner_join(cases.select(*keys, "case_no", lender_name="name"), "case_no")
        form = loans.note_form.fill_null(False)
        cash = loans.delivery.contains("现金") & (loans.delivered_fen.fill_null(0) == 0)
        other = loans.payer.notnull() & (loans.payer != "") & (loans.payer != loans.lender_name)
        cut = loans.cut_interest.fill_null(False)
        lent = loans.group_by(keys).agg(
            form_flag_n=loans.case_no.nunique(where=form),
            form__rows=evidence(loans.row_id, form),
            other_n=loans.case_no.nunique(where=other),
            not_own_money__rows=evidence(loans.row_id, other),
            cash_n=loans.case_no.nunique(where=cash),
            cash__rows=evidence(loans.row_id, cash),
            cut_n=loans.case_no.nunique(where=cut),
            cut_interest__rows=evidence(loans.row_id, cut),
        )
        notes = lake.derived("note_groups").select("case_no", "note_group", note_row="row_id")
        notes = notes.inner_join(cases.select(*keys, "case_no"), "case_no")
        alike = notes.group_by([*keys, "note_group"]).agg(
            alike_n=notes.case_no.nunique(), alike__rows=evidence(notes.note_row)
        )
        first = ibis.window(group_by=keys, order_by=[ibis.desc("alike_n"), ibis.asc("note_group")])
        alike = alike.mutate(_nth=ibis.row_number().over(first)).filter(ibis._._nth == 0).drop("_nth", "note_group")
        parties = lake[CivilParty]
        away = parties.filter(parties.role.re_search(PLAINTIFF) & parties.absent.fill_null(False))
        away = away.inner_join(cases.select(*keys, "case_no"), "case_no")
        away = away.group_by(keys).agg(away_n=away.case_no.nunique(), stays_away__rows=evidence(away.row_id))
        for part in (lent, alike, away):
            basic = basic.left_join(part, keys).drop("lender_right")
        return basic

    # --- judging

    def _judged(self, f: Any) -> Any:
        weak = same_name_only(f.lender)
        f = f.mutate(
            form_n=ibis.greatest(f.alike_n.fill_null(0), f.form_flag_n.fill_null(0)),
            other_n=f.other_n.fill_null(0),
            cash_n=f.cash_n.fill_null(0),
            cut_n=f.cut_n.fill_null(0),
            away_n=f.away_n.fill_null(0),
        )
        f = f.mutate(
            uniform_note=f.form_n >= 2,
            not_own_money=ibis.ifelse(weak, None, f.other_n >= 2),
            cash=f.cash_n >= 2,
            cut_interest=ibis.ifelse(weak, None, f.cut_n >= 2),
            stays_away=(f.away_n >= 2) & (f.away_n * 2 >= f.n3),
        )
        named = ("uniform_note", "not_own_money", "cash", "cut_interest", "stays_away")
        f = f.mutate(quality_n=sum((f[key].fill_null(False).cast("int64") for key in named), ibis.literal(0)))
        halves = self._counts(f, 2, "half_")
        half = (f.quality_n >= self.qualities.at(f.region)) & (
            halves["half_three_years"] | halves["half_one_year"] | f.half_by_amount
        )
        years = ibis.ifelse(
            f.until == f.from_year,
            f.from_year.cast("string") + "年",
            f.from_year.cast("string") + "年至" + f.until.cast("string") + "年",
        )
        return f.mutate(
            half_with_signs=half & (f.legal_n == 0),
            years=years,
            city_courts=f.courts.sort().join("、"),
            subject=f.names.sort().join("、"),
            period=f.city + "/" + f.from_year.cast("string"),
            strength=f.n3.cast("float64"),
            standard=ibis.ifelse(
                f.region.startswith("33"), "按浙江省标准衡量", "本省标准未核，参照浙江省标准衡量，为建议值"
            ),
            business=ibis.ifelse(f.between_n > 0, "，其中企业之间的借款" + f.between_n.cast("string") + "件", ""),
            doubt=ibis.ifelse(weak, "。文书未载身份信息，按同名同法院归并，请先核对是否同一人", ""),
            uniform_note__rows=ibis.ifelse(
                f.alike_n.fill_null(0) >= f.form_flag_n.fill_null(0), f.alike__rows, f.form__rows
            ),
        ).drop("names", "courts", "alike__rows", "form__rows")


def _three(keys: list[str]) -> Any:
    """From a row's year to the second after it."""
    return ibis.range_window(preceding=0, following=2, group_by=keys, order_by="year")
