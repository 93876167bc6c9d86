"""拆案规避级别管辖。同一原告就同一合同对同一被告短期内拆成数案，每案不超过基层法院标的上限，合计超过。

检例第53号 is the pattern: one contract, consecutive case numbers, each part under the cap and the sum above it. Closing
in days, one judge and mediation are form only. Where the cap of that court and day could not be cited, the sign says
无法判断, and numbers and contract must carry the clue. Weights are chosen: 3 for the cap and for the one contract.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import ibis

from jianwei.kit import Cite, Kind, Line, Model, Sign, Tables, Threshold, days_between, evidence
from jianwei.kit.litigation import DEFENDANT, FIRST, PLAINTIFF, same_name_only, settled_key, suits
from jianwei.kit.windows import busiest
from jianwei.law import jurisdiction, regions
from jianwei.records import CivilCase, CivilParty, EnforcementCase

CARD = "建议值"


class SplitSuits(Model):
    ref = "M10"
    version = "3"
    title = "拆案规避级别管辖"
    line = Line.CIVIL
    basis = (
        Cite("中华人民共和国民事诉讼法", "第十八条、第十九条、第一百一十五条", "2023年修正"),
        Cite(
            "最高人民法院关于调整中级人民法院管辖第一审民事案件标准的通知",
            "法发〔2021〕27号及此前各级别管辖标准",
            verified=False,
        ),
        Cite("人民检察院民事诉讼监督规则", "第三十七条、第七十五条", "2021年"),
    )
    reads = (CivilCase, CivilParty)
    helps = (EnforcementCase,)
    asks = (
        "数案是否出自同一合同、同一笔款项，分期债务是否确已分别到期",
        "拆分起诉有无正当理由，立案、审理是否由特定人员经手",
        "双方对事实有无真实争议，调解协议是否损害国家、社会公共利益或者他人合法权益",
        "双方住所地是否均在本省，受理时的级别管辖标准是否如所引",
    )
    headline = "{plaintiff}与{defendant}之间在{court}自{window_from}起{window_days}日内立案{n}件同案由案件，标的额{least_fen}至{most_fen}不等，合计{sum_fen}{doubt}"

    window_days = Threshold(60, unit="天", source=CARD + "；检例第53号四案同日受理，窗口宜宽")
    least_parts = Threshold(2, unit="件", source=CARD)
    number_gap = Threshold(3, unit="号", source=CARD + "；案号连续或者相近")
    fast_days = Threshold(5, unit="天", source="检例第53号：五日内调解结案；" + CARD)
    near_share = Threshold(0.9, unit="（与上限之比）", source=CARD)

    signs = (
        Sign("below_cap", Kind.SUBSTANCE, 3, "每件均不超过当时基层法院{locality}的标的额上限{cap_fen}{cap_doubt}，合计则超过上限，依法应由中级人民法院管辖", source="law/jurisdiction", about=("amount_fen", "decided_fen")),
        Sign("one_contract", Kind.SUBSTANCE, 3, "各案依据同一份合同：{contract}", about=("contract", "contract_on")),
        Sign("consecutive", Kind.FORM, 2, "案号连续或者相近：{first_no}至{last_no}", about=("case_no",)),
        Sign("near_cap", Kind.FORM, 1, "其中标的额最高的一件为{most_fen}，贴近上限", about=("amount_fen",)),
        Sign("same_judge", Kind.FORM, 1, "均由{judge}承办", about=("judge",)),
        Sign("fast", Kind.FORM, 1, "自立案至结案最长{slowest}日", about=("closed_on",)),
        Sign("mediated", Kind.FORM, 1, "均以调解结案或者被告全部认可", about=("close_mode", "admitted")),
        Sign("enforced", Kind.CONTEXT, 1, "其中{enforced_n}件已申请执行，到位{paid_fen}", needs=(EnforcementCase,)),
    )  # fmt: skip
    least_score = 5

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        parts = busiest(self._pairs(lake), key="pair", on="on", days=int(self.window_days.value))
        parts = parts.filter(parts.window_n >= self.least_parts.at(parts.region))
        facts = self._enforced(lake, parts, self._facts(parts))
        found = self._judged(facts)
        split = found.below_cap & (found.one_contract.fill_null(False) | found.consecutive)
        blind = found.cap_fen.isnull() & found.one_contract & found.consecutive
        found = found.filter(found.one_contract.fill_null(True) & (split.fill_null(False) | blind.fill_null(False)))
        # The same suits seen through a second defendant are one clue.
        once = ibis.row_number().over(ibis.window(group_by="suits", order_by=["subject_key"]))
        return found.mutate(_nth=once).filter(ibis._._nth == 0).drop("_nth", "suits", "pair")

    @staticmethod
    def _pairs(lake: Tables) -> Any:
        """One row a case and pair of opponents, at first instance, with an amount."""
        cases = suits(lake[CivilCase])
        cases = cases.mutate(sued_fen=ibis.coalesce(cases.amount_fen, cases.decided_fen))
        cases = cases.filter((cases.stage == FIRST) & cases.sued_fen.notnull() & cases.case_no.re_search("[0-9]+号"))
        cases = cases.mutate(
            serial=cases.case_no.re_extract("([0-9]+)号", 1).cast("int64"),
            series=cases.case_no.re_extract("^(.*[^0-9])[0-9]+号", 1),
        )
        parties = lake[CivilParty].select("case_no", "role", "name", "party", "addr")
        sues = (
            parties.filter(parties.role.re_search(PLAINTIFF))
            .drop("role")
            .rename(a_name="name", a="party", a_addr="addr")
        )
        sued = (
            parties.filter(parties.role.re_search(DEFENDANT))
            .drop("role")
            .rename(b_name="name", b="party", b_addr="addr")
        )
        rows = cases.inner_join(sues, "case_no").inner_join(sued, "case_no")
        # Two masked names that meet again at one court tell little; such a pair counts only with consecutive numbers.
        left = settled_key(rows.a, rows.a_name, rows.court, rows.b_name)
        right = settled_key(rows.b, rows.b_name, rows.court, rows.a_name)
        return rows.mutate(pair=left + "|" + right + "|" + rows.court.fill_null("") + "|" + rows.cause.fill_null(""))

    @staticmethod
    def _facts(rows: Any) -> Any:
        """One row a pair: what its parts have in common."""
        days = days_between(rows.closed_on, rows.filed_on)
        settled = rows.close_mode.contains("调解") | rows.admitted.fill_null(False)
        # A bare form name such as 借款合同 says nothing; a number or a date of signing makes it one contract.
        named = (rows.contract.re_search("[0-9]") | rows.contract_on.notnull()) & (rows.contract.length() > 0)
        away = _abroad(rows.a_addr, rows.region) | _abroad(rows.b_addr, rows.region)
        return rows.group_by("pair").agg(
            n=rows.case_no.nunique(),
            plaintiff=rows.a_name.min(),
            defendant=rows.b_name.min(),
            court=rows.court.max(),
            court_level=rows.court_level.max(),
            region=rows.region.max(),
            window_from=rows.window_from.min(),
            sum_fen=rows.sued_fen.sum().cast("int64"),
            most_fen=rows.sued_fen.max(),
            least_fen=rows.sued_fen.min(),
            first_serial=rows.serial.min(),
            last_serial=rows.serial.max(),
            series_n=rows.series.nunique(),
            first_no=rows.case_no.min(),
            last_no=rows.case_no.max(),
            contract=rows.contract.max(),
            contracts=rows.contract.nunique(where=rows.contract.length() > 0),
            contract_days=rows.contract_on.nunique(),
            named_n=named.fill_null(False).sum(),
            judge=rows.judge.max(),
            judges=rows.judge.nunique(),
            judged_n=rows.judge.notnull().sum(),
            slowest=days.max(),
            timed_n=days.notnull().sum(),
            settled_n=settled.fill_null(False).sum(),
            mode_n=rows.close_mode.notnull().sum(),
            abroad=away.any(),
            rows=evidence(rows.row_id),
            suits=rows.case_no.collect().sort().join("、"),
            numbers=rows.case_no.collect(),
        )

    @staticmethod
    def _enforced(lake: Tables, parts: Any, facts: Any) -> Any:
        enforced = lake[EnforcementCase]
        joined = parts.select("pair", "case_no").inner_join(
            enforced.select("base_case_no", "paid_fen", enf_row="row_id"), [("case_no", "base_case_no")]
        )
        sums = joined.group_by("pair").agg(
            enforced_n=joined.case_no.nunique(),
            paid_fen=joined.paid_fen.sum().cast("int64"),
            enforced__rows=evidence(joined.enf_row),
        )
        return facts.left_join(sums, "pair").drop("pair_right")

    def _judged(self, f: Any) -> Any:
        both = ~f.abroad.fill_null(False)
        basic = f.court_level.fill_null("基层") == "基层"
        fen = _in_force(
            f, lambda cap: ibis.ifelse(both, ibis.literal(cap.both_fen, "int64"), ibis.literal(cap.one_fen, "int64"))
        )
        read = _in_force(
            f, lambda cap: ibis.ifelse(both, ibis.literal(cap.both_verified), ibis.literal(cap.one_verified))
        )
        f = f.mutate(cap_fen=ibis.ifelse(basic, fen, None), cap_doubt=ibis.ifelse(read, "", "（未核对原文）"))
        weak = f.pair.contains("同名:")
        consecutive = (f.series_n == 1) & (f.last_serial - f.first_serial <= f.n - 1 + int(self.number_gap.value))
        same = (f.contracts == 1) & (f.contract_days <= 1)
        differs = (f.contracts > 1) | (f.contract_days > 1)
        return f.mutate(
            below_cap=(f.most_fen <= f.cap_fen) & (f.sum_fen > f.cap_fen),
            one_contract=ibis.ifelse(differs, False, ibis.ifelse(same & (f.named_n == f.n) & ~weak, True, None)),
            consecutive=consecutive,
            near_cap=f.most_fen >= f.cap_fen * self.near_share.value,
            same_judge=ibis.ifelse(f.judged_n == f.n, f.judges == 1, None),
            fast=ibis.ifelse(f.timed_n == f.n, f.slowest <= self.fast_days.value, None),
            mediated=ibis.ifelse(f.mode_n > 0, f.settled_n == f.n, None),
            enforced=f.enforced_n.fill_null(0) > 0,
            locality=ibis.ifelse(both, "（双方住所地均在本省）", "（一方住所地不在本省）"),
            subject=f.plaintiff + "诉" + f.defendant,
            subject_key=f.pair,
            period=f.window_from.year().cast("string"),
            doubt=ibis.ifelse(
                same_name_only(f.pair) | weak, "。文书未载当事人身份信息，按同名同法院归并，请先核对是否同一人", ""
            ),
        )


def _in_force(f: Any, told: Callable[[jurisdiction.Cap], Any]) -> Any:
    """What ``told`` says of the cap in force at the court on the day; null where none is known. Longest prefix first."""
    return ibis.cases(
        *(
            (f.region.startswith(cap.region) & f.window_from.between(cap.from_on, cap.to_on), told(cap))
            for cap in jurisdiction.versions()
        )
    )


def _abroad(addr: Any, region: Any) -> Any:
    """Whether an address names another province than that of the court; an address that names none is taken for local."""
    named = ibis.cases(*((addr.re_search(f"^(住所地|住|户籍地)?[：:]?{words}"), code) for code, words in _PROVINCES))
    return (named != region.substr(0, 2)).fill_null(False)


_PROVINCES = tuple(
    (code, regions.short(regions.province(code) or ""))
    for code in sorted({cap.region for cap in jurisdiction.versions() if len(cap.region) == 2} - {"66"})
)
