"""交通事故保险理赔虚假诉讼。同一代理人包揽理赔诉讼，以伪造的居住、务工证明和拔高的伤残等级多得赔款，赔款进了代理人口袋。

检例第56号: one agent in more than ten suits within two years, now for the injured, now for the driver; forged proofs of
residence; the injured got 5万 of 10.67万. One agent on both sides *across* suits is ordinary for a county lawyer
(correction 1.6), so it is form and nothing fires without substance: both sides of one suit, money to the agent, proofs
from one issuer, grades lowered on re-appraisal, receipts short of the award. Since 2022-05-01 town and country are
compensated alike, so proofs of residence only count before. Weights are chosen after table 7.2.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Cite, Kind, Line, Model, Sign, Tables, Threshold, evidence, with_substance
from jianwei.kit.litigation import DEFENDANT, MASKED, PLAINTIFF, suits
from jianwei.kit.windows import busiest
from jianwei.records import CaseProof, CivilAgent, CivilCase, InsuranceSettlement, RoadAccident

CARD = "建议值"
ONE_STANDARD_FROM = dt.date(2022, 5, 1)
"""法释〔2022〕14号：残疾、死亡赔偿金统一按城镇居民标准计算之日。"""
_GRADES = "一二三四五六七八九十"


class TrafficClaims(Model):
    ref = "M05"
    version = "2"
    title = "交通事故保险理赔虚假诉讼"
    line = Line.CIVIL
    basis = (
        Cite("中华人民共和国刑法", "第一百九十八条、第二百六十六条、第三百零七条之一"),
        Cite("中华人民共和国民事诉讼法", "第一百一十五条", "2023年修正"),
        Cite(
            "最高人民法院关于审理人身损害赔偿案件适用法律若干问题的解释", "2022年5月1日起统一城乡标准", verified=False
        ),
        Cite("人民检察院民事诉讼监督规则", "第三十七条、第七十五条", "2021年"),
    )
    reads = (CivilCase, CivilAgent)
    helps = (InsuranceSettlement, RoadAccident, CaseProof)
    asks = (
        "居住、务工证明是否真实，出具单位有无登记、能否查到伤者居住或者务工的痕迹",
        "赔款由谁领取，伤者实得多少，代理费用如何约定",
        "伤残等级由谁鉴定，重新鉴定为何降级",
        "代理人与伤者、肇事方、保险公司人员、鉴定人之间有无往来",
    )
    headline = "{subject}自{window_from}起两年内代理机动车交通事故责任纠纷{n}件，其中代理受害方{victim_n}件、代理肇事方或保险公司{driver_n}件{doubt}"

    window_days = Threshold(730, unit="天", source="domain M05：二十四个月；" + CARD)
    series_cases = Threshold(5, unit="件", source="检例第56号为两年内十余件；" + CARD)
    same_issuer = Threshold(3, unit="人", source=CARD)
    lowered_cases = Threshold(2, unit="件", source=CARD)
    short_share = Threshold(0.3, unit="（占比）", source="伤者实得比赔款少的比例；" + CARD)
    late_hours = Threshold(24, unit="小时", source=CARD)

    signs = (
        Sign("series", Kind.CONTEXT, 2, "两年内代理同类案件{n}件", about=("name",)),
        Sign("both_across", Kind.FORM, 1, "在不同案件中分别代理受害方和肇事方", about=("side", "name")),
        Sign("both_in_one", Kind.SUBSTANCE, 4, "在同一案件中同时代理原、被告双方，计{both_n}件", about=("side", "name", "principal")),
        Sign("paid_to_agent", Kind.SUBSTANCE, 4, "{paid_n}件的赔款{paid_fen}付入代理人账户，而非伤者本人", needs=(InsuranceSettlement,), about=("payee", "amount_fen")),
        Sign("short", Kind.SUBSTANCE, 3, "{short_n}件伤者实得明显少于赔款：赔款{awarded_fen}，实得{received_fen}", needs=(InsuranceSettlement,), about=("victim_received_fen", "amount_fen")),
        Sign("template_proofs", Kind.SUBSTANCE, 3, "{proof_n}名伤者的居住、务工证明由同一单位（{issuer}）出具", about=("proof_issuer", "issuer")),
        Sign("lowered", Kind.SUBSTANCE, 3, "{lowered_n}件的伤残等级经重新鉴定后降低", needs=(InsuranceSettlement,), about=("grade", "regrade")),
        Sign("same_appraiser", Kind.FORM, 1, "{appraised_n}件由同一鉴定人（{appraiser}）鉴定", needs=(InsuranceSettlement,), about=("appraiser",)),
        Sign("late_report", Kind.FORM, 1, "{late_n}起事故在发生{late_hours}小时之后才报案", needs=(RoadAccident,), about=("at", "reported_at")),
    )  # fmt: skip
    least_score = 5
    needs_substance = True

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        acts = lake.kept(self._acts(lake))
        found = self._base(acts)
        cases = acts.select("who", "case_no", "agent_name", "agent_key", "on").distinct()
        for part in (
            self._payments(lake, cases),
            self._proofs(lake, cases),
            _appraisers(lake, cases),
            self._late(lake, cases),
        ):
            found = found.left_join(part, "who").drop("who_right")
        return with_substance(self._judged(found), self.signs)

    def _acts(self, lake: Tables) -> Any:
        """One row an appearance of an agent in a traffic suit, within the agent's busiest two years."""
        cases = suits(lake[CivilCase])
        cases = cases.filter(cases.cause.re_search("交通事故|保险人代位|责任保险|人身保险|保险合同"))
        agents = lake[CivilAgent]
        agents = agents.filter(agents.kind.fill_null("") != "员工")  # an insurer sends its own people to every suit
        rows = agents.select(
            "case_no", "side", "principal", agent_name="name", agent_key="agent", home="addr", seen="row_id"
        )
        rows = rows.inner_join(cases.select("case_no", "court", "region", "on", case_row="row_id"), "case_no")
        busy = busiest(_named(rows), key="who", on="on", days=int(self.window_days.value))
        return busy.filter(busy.window_n >= 2)

    @staticmethod
    def _base(a: Any) -> Any:
        victim, driver = a.side.re_search(PLAINTIFF), a.side.re_search(DEFENDANT)
        per_case = ibis.window(group_by=["who", "case_no"])
        a = a.mutate(
            _v=victim.fill_null(False).cast("int64").max().over(per_case),
            _d=driver.fill_null(False).cast("int64").max().over(per_case),
            victim=victim,
            driver=driver,
        )
        both = (a._v == 1) & (a._d == 1)
        return a.group_by("who").agg(
            subject=a.agent_name.min(),
            region=a.region.max(),
            window_from=a.window_from.min(),
            n=a.case_no.nunique(),
            victim_n=a.case_no.nunique(where=a.victim),
            driver_n=a.case_no.nunique(where=a.driver),
            both_n=a.case_no.nunique(where=both),
            rows=evidence(a.seen),
            both_in_one__rows=evidence(a.seen, both),
            named_n=a.by_name.sum(),
        )

    def _payments(self, lake: Tables, cases: Any) -> Any:
        paid = lake[InsuranceSettlement].inner_join(cases, "case_no")
        # Within one suit the payee's name and the agent's are compared: the suit, not the name, joins them.
        taken = (paid.payee_key == paid.agent_key) | ((paid.payee == paid.agent_name) & (paid.payee != paid.victim))
        less = paid.victim_received_fen <= paid.amount_fen * (1 - self.short_share.value)
        lowered = _degree(paid.regrade) > _degree(paid.grade)
        return paid.group_by("who").agg(
            paid_n=paid.case_no.nunique(where=taken),
            paid_fen=paid.amount_fen.sum(where=taken).cast("int64"),
            paid_to_agent__rows=evidence(paid.row_id, taken),
            short_n=paid.case_no.nunique(where=less),
            short_known=paid.victim_received_fen.notnull().sum(),
            awarded_fen=paid.amount_fen.sum(where=less).cast("int64"),
            received_fen=paid.victim_received_fen.sum(where=less).cast("int64"),
            short__rows=evidence(paid.row_id, less),
            lowered_n=paid.case_no.nunique(where=lowered),
            regrade_known=paid.regrade.notnull().sum(),
            lowered__rows=evidence(paid.row_id, lowered),
        )

    @staticmethod
    def _proofs(lake: Tables, cases: Any) -> Any:
        paid, told = lake[InsuranceSettlement], lake[CaseProof]
        told = told.filter(told.kind.re_search("证明"))
        proofs = paid.select("case_no", "proof_issuer", "row_id").union(
            told.select("case_no", "issuer", "row_id").rename(proof_issuer="issuer")
        )
        seen = proofs.inner_join(cases, "case_no")
        old = seen.filter((seen.proof_issuer.length() > 0) & (seen.on < ONE_STANDARD_FROM))
        # One injured person a suit: suits are counted, since a judgment rarely gives the number by which people are told apart.
        each = old.group_by(["who", "proof_issuer"]).agg(
            proof_n=old.case_no.nunique(),
            template_proofs__rows=evidence(old.row_id),
        )
        first = ibis.window(group_by="who", order_by=[ibis.desc("proof_n"), ibis.asc("proof_issuer")])
        return (
            each.mutate(_nth=ibis.row_number().over(first))
            .filter(ibis._._nth == 0)
            .drop("_nth")
            .rename(issuer="proof_issuer")
        )

    def _late(self, lake: Tables, cases: Any) -> Any:
        accidents = lake[RoadAccident].inner_join(cases, "case_no")
        seconds = accidents.reported_at.epoch_seconds() - accidents.at.epoch_seconds()
        late = accidents.filter(seconds > int(self.late_hours.value * 3600))
        return late.group_by("who").agg(late_n=late.accident_no.nunique(), late_report__rows=evidence(late.row_id))

    def _judged(self, f: Any) -> Any:
        counts = ("paid_n", "short_n", "lowered_n", "proof_n", "appraised_n", "late_n")
        f = f.mutate(**{name: f[name].fill_null(0) for name in counts})
        weak = f.who.startswith("同名:")
        return f.mutate(
            series=f.n >= self.series_cases.value,
            both_across=(f.victim_n > 0) & (f.driver_n > 0),
            both_in_one=f.both_n > 0,
            paid_to_agent=f.paid_n > 0,
            short=ibis.ifelse(f.short_known > 0, f.short_n > 0, None),
            template_proofs=ibis.ifelse(weak, None, f.proof_n >= self.same_issuer.value),
            lowered=ibis.ifelse((f.regrade_known > 0) & ~weak, f.lowered_n >= self.lowered_cases.value, None),
            same_appraiser=f.appraised_n >= self.series_cases.value,
            late_report=f.late_n > 0,
            subject_key=f.who,
            period=f.window_from.year().cast("string"),
            strength=f.n.cast("float64"),
            doubt=ibis.ifelse(
                f.named_n > 0,
                ibis.ifelse(weak, "。文书", "。部分文书") + "仅载代理人姓名，按同名同法院归并，请先核对是否同一人",
                "",
            ),
        ).drop("who")


def _named(rows: Any) -> Any:
    """``who``, and ``by_name`` where only a name tells it.

    Without firm or address an agent is the one of that name known at that court, else, where none or several are, one
    name at one court, which the clue says; a masked name is nobody.
    """
    weak = rows.agent_key.startswith("row:")
    known = (
        rows.filter(~weak).group_by(["agent_name", "court"]).agg(only=rows.agent_key.min(), n=rows.agent_key.nunique())
    )
    rows = rows.left_join(known, ["agent_name", "court"]).drop("agent_name_right", "court_right")
    named = ibis.literal("同名:") + rows.agent_name + "@" + rows.court.fill_null("")
    named = ibis.ifelse(rows.agent_name.re_search(MASKED), None, ibis.ifelse(rows.n == 1, rows.only, named))
    by_name = rows.agent_key.startswith("row:")
    rows = rows.mutate(who=ibis.ifelse(by_name, named, rows.agent_key), by_name=by_name)
    return rows.filter(rows.who.notnull()).drop("only", "n")


def _degree(grade: Any) -> Any:
    """十级 → 10; 不构成伤残 → 11, milder than any grade; else null."""
    words = [(grade.contains("不构成") | grade.contains("未达"), 11), (grade.re_search("十级|10级|^10$|Ⅹ"), 10)]
    words += [(grade.re_search(f"{sign}级|(^|[^0-9]){n}级|^{n}$"), n) for n, sign in enumerate(_GRADES[:9], 1)]
    return ibis.cases(*words)


def _appraisers(lake: Tables, cases: Any) -> Any:
    paid = lake[InsuranceSettlement].inner_join(cases, "case_no")
    known = paid.filter(paid.appraiser.length() > 0)
    each = known.group_by(["who", "appraiser"]).agg(
        appraised_n=known.case_no.nunique(), same_appraiser__rows=evidence(known.row_id)
    )
    first = ibis.window(group_by="who", order_by=[ibis.desc("appraised_n"), ibis.asc("appraiser")])
    return each.mutate(_nth=ibis.row_number().over(first)).filter(ibis._._nth == 0).drop("_nth")
