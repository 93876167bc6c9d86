"""民间借贷批量原告。同一出借人（含其控制的企业、配偶）在一年内反复起诉，且缺席、撤诉、格式借条、现金交付等异常成堆。

Shape of the published 绍兴 series: 101 suits of one lender, 44 withdrawn, notes of ten times the sum lent. Three signs
of eight are asked for (domain card M01); weights are chosen: 1 for what a busy but honest lender may also show, 3 for a
note that says twice what was paid. Not counted: licensed lenders, bank debts that were bought, loans among relatives or
within one group, and anything but first-instance cases.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from jianwei.kit import Cite, Kind, Line, Model, Sign, Tables, Threshold, evidence
from jianwei.kit.litigation import (
    DEFENDANT,
    FIRST,
    LENDING_TRADE,
    PLAINTIFF,
    grouped,
    same_name_only,
    settled_key,
    suits,
    ties,
)
from jianwei.kit.windows import busiest
from jianwei.records import CivilAgent, CivilCase, CivilParty, LicensedLender, LoanElement, SocialInsurance

CARD = "建议值，结合各地公布案例拟定"


class BulkLending(Model):
    ref = "M01"
    title = "民间借贷批量原告"
    line = Line.CIVIL
    basis = (
        Cite(
            "最高人民法院关于审理民间借贷案件适用法律若干问题的规定", "第十三条、第十七条、第十八条", "2020年第二次修正"
        ),
        Cite("中华人民共和国民事诉讼法", "第一百一十五条", "2023年修正"),
        Cite("中华人民共和国刑法", "第三百零七条之一"),
        Cite("最高人民法院、最高人民检察院关于办理虚假诉讼刑事案件适用法律若干问题的解释", "第一条至第三条", "2018年"),
        Cite("人民检察院民事诉讼监督规则", "第三十七条", "2021年"),
    )
    reads = (CivilCase, CivilParty)
    helps = (CivilAgent, LoanElement, LicensedLender, SocialInsurance)
    uses = ("controllers", "note_groups")
    asks = (
        "借条金额与实际交付金额是否一致，款项来源是否为原告自有资金",
        "撤诉案件是真实还款，还是以诉讼催收后未经审查即撤回",
        "各案被告之间、原告与代理人之间有无关联，被告是否收到应诉材料",
        "原告是否取得放贷资格，是否受让银行或资产管理公司债权",
    )
    headline = "{subject}自{window_from}起十二个月内作为原告提起民间借贷类诉讼{n}件（只计一审），涉案金额合计{total_fen}，被告{borrowers}人，出现下列{hits}项异常{doubt}"

    least_cases = Threshold(5, unit="件", source=CARD)
    window_days = Threshold(365, unit="天", source="domain M01：十二个月内，起点不限")
    least_signs = Threshold(3, unit="项", source=CARD)
    agent_share = Threshold(0.5, unit="（占比）", source=CARD)
    absent_share = Threshold(0.5, unit="（占比）", source=CARD)
    note_share = Threshold(0.5, unit="（占比）", source=CARD)
    cash_share = Threshold(0.3, unit="（占比）", source=CARD)
    withdrawn_share = Threshold(0.3, unit="（占比）", source="绍兴检察机关公布案例中撤诉率44%；" + CARD)
    inflation = Threshold(2, unit="倍", source="借条金额与已证实交付金额之比；" + CARD)
    young_years = Threshold(25, unit="周岁", source=CARD)

    signs = (
        Sign("same_agent", Kind.FORM, 1, "{agent_n}件由同一代理人{agent_name}代理，占{agent_part:.0%}", needs=(CivilAgent,), about=("name",)),
        Sign("absent", Kind.FORM, 1, "{absent_n}件被告缺席或经公告送达，占{absent_part:.0%}", about=("absent", "noticed")),
        Sign("uniform_notes", Kind.FORM, 1, "{note_n}件使用措辞雷同的格式借条，占{note_part:.0%}", needs=(LoanElement,), about=("note_text", "note_form")),
        Sign("cash", Kind.FORM, 1, "{cash_n}件主张以现金或者现金加转账交付，占{cash_part:.0%}", needs=(LoanElement,), about=("delivery",)),
        Sign("withdrawn", Kind.CONTEXT, 1, "{withdrawn_n}件以撤诉结案，占{withdrawn_part:.0%}", about=("close_mode",)),
        Sign("inflated", Kind.SUBSTANCE, 3, "{inflated_n}件借条金额达到已证实交付金额的{inflation}倍以上，合计借条{noted_fen}、交付{delivered_sum_fen}", needs=(LoanElement,), about=("principal_fen", "delivered_fen")),
        Sign("never_there", Kind.FORM, 1, "{n}件中原告本人均未到庭", about=("absent",)),
        Sign("several_names", Kind.CONTEXT, 1, "以{names_n}个名义起诉而控制人相同：{ties}"),
        Sign("alike_debtors", Kind.CONTEXT, 1, "被告高度集中：{alike_says}"),
    )  # fmt: skip
    least_score = 3

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        counted = busiest(self._suits(lake), key="lender", on="on", days=int(self.window_days.value))
        counted = lake.kept(counted.filter(counted.window_n >= self.least_cases.at(counted.region)))
        facts = self._facts(lake, counted)
        found = self._judged(facts)
        found = found.filter(found.hits >= self.least_signs.at(found.region))
        found = found.left_join(ties(lake), found.subject_key == ties(lake).group_id).drop("group_id")
        return found.mutate(several_names=(found.names_n > 1) & (found.ties.length() > 0)).rename(
            several_names__rows="ties__rows"
        )

    def _suits(self, lake: Tables) -> Any:
        """One row a lender and case: first-instance lending suits of those who need a licence and have none."""
        cases = suits(lake[CivilCase])
        cases = cases.filter(
            (cases.stage == FIRST)
            & cases.cause.re_search("民间借贷|追偿权|借款合同")
            & ~cases.cause.re_search("金融借款|小额借款|储蓄|担保追偿")
        )
        parties = lake[CivilParty]
        agents = lake[CivilAgent]
        advocate = agents.filter(agents.side.re_search(PLAINTIFF)).group_by("case_no").agg(advocate=ibis._.agent.min())
        sues = parties.filter(parties.role.re_search(PLAINTIFF)).select(
            "case_no", "name", "party", stayed_away="absent"
        )
        rows = cases.inner_join(sues, "case_no").left_join(advocate, "case_no").drop("case_no_right")
        rows = rows.mutate(lender=settled_key(rows.party, rows["name"], rows.court, rows.advocate))
        rows = rows.filter(rows.lender.notnull() & ~rows["name"].re_search(LENDING_TRADE))
        rows = rows.anti_join(lake[LicensedLender], rows.party == lake[LicensedLender].lender)
        loans = lake[LoanElement]
        bought = loans.filter(loans.payer.re_search(LENDING_TRADE)).select("case_no").distinct()
        rows = grouped(rows.anti_join(bought, "case_no"), "lender", lake.derived("controllers"))
        rows = self._outside(lake, rows)
        # A lender and his wife in one suit are one plaintiff.
        once = ibis.row_number().over(ibis.window(group_by=["lender", "case_no"], order_by=["party"]))
        return rows.mutate(_nth=once).filter(ibis._._nth == 0).drop("_nth")

    @staticmethod
    def _outside(lake: Tables, rows: Any) -> Any:
        """Without suits where a borrower belongs to the lender's own group: kin, or one enterprise."""
        members = lake.derived("controllers")
        sued = lake[CivilParty].inner_join(members, [("party", "member")])
        sued = (
            sued.filter(sued.role.re_search(DEFENDANT))
            .group_by("case_no")
            .agg(own=sued.group_id.collect(distinct=True))
        )
        joined = rows.left_join(sued, "case_no").drop("case_no_right")
        return joined.filter(~joined.own.contains(joined.lender).fill_null(False)).drop("own")

    def _facts(self, lake: Tables, rows: Any) -> Any:
        """One row a lender: what the suits in his window show, each count with its rows."""
        gone = rows.absent.fill_null(False) | rows.noticed.fill_null(False)
        quit_ = rows.close_mode.contains("撤")
        base = rows.group_by("lender").agg(
            n=rows.count(),
            names=rows["name"].collect(distinct=True),
            region=rows.region.max(),
            window_from=rows.window_from.min(),
            total_fen=rows.amount_fen.fill_null(0).sum().cast("int64"),
            rows=evidence(rows.row_id),
            absent_n=gone.sum(),
            absent_known=(rows.absent.notnull() | rows.noticed.notnull()).sum(),
            absent__rows=evidence(rows.row_id, gone),
            withdrawn_n=quit_.fill_null(False).sum(),
            withdrawn_known=rows.close_mode.notnull().sum(),
            withdrawn__rows=evidence(rows.row_id, quit_),
            there_n=(~rows.stayed_away).fill_null(False).sum(),
            away_n=rows.stayed_away.fill_null(False).sum(),
        )
        for part in (self._agents, self._notes, self._forms, self._debtors, self._workmates):
            base = base.left_join(part(lake, rows.select("lender", "case_no", "on")), "lender").drop("lender_right")
        return base

    @staticmethod
    def _agents(lake: Tables, rows: Any) -> Any:
        agents = lake[CivilAgent]
        acts = agents.filter(agents.side.re_search(PLAINTIFF)).inner_join(rows, "case_no")
        # An agent known by name alone is taken for one within one lender's suits.
        acts = acts.mutate(who=ibis.ifelse(acts.agent.startswith("row:"), acts["name"], acts.agent))
        each = acts.group_by(["lender", "who"]).agg(
            agent_n=acts.case_no.nunique(), agent_name=acts["name"].min(), same_agent__rows=evidence(acts.row_id)
        )
        first = ibis.window(group_by="lender", order_by=[ibis.desc("agent_n"), ibis.asc("who")])
        return each.mutate(_nth=ibis.row_number().over(first)).filter(ibis._._nth == 0).drop("_nth", "who")

    def _notes(self, lake: Tables, rows: Any) -> Any:
        loans = lake[LoanElement].inner_join(rows, "case_no")
        cash = loans.delivery.contains("现金") | loans.delivery.contains("混合")
        swollen = (loans.delivered_fen > 0) & (loans.principal_fen >= loans.delivered_fen * self.inflation.value)
        return loans.group_by("lender").agg(
            loans_known=loans.count(),
            form_n=loans.case_no.nunique(where=loans.note_form),
            form__rows=evidence(loans.row_id, loans.note_form),
            cash_n=loans.case_no.nunique(where=cash),
            cash_known=loans.delivery.notnull().sum(),
            cash__rows=evidence(loans.row_id, cash),
            inflated_n=loans.case_no.nunique(where=swollen),
            noted_fen=loans.principal_fen.sum(where=swollen).cast("int64"),
            delivered_sum_fen=loans.delivered_fen.sum(where=swollen).cast("int64"),
            delivered_known=loans.delivered_fen.notnull().sum(),
            inflated__rows=evidence(loans.row_id, swollen),
        )

    @staticmethod
    def _forms(lake: Tables, rows: Any) -> Any:
        notes = (
            lake.derived("note_groups").select("case_no", "note_group", note_row="row_id").inner_join(rows, "case_no")
        )
        each = notes.group_by(["lender", "note_group"]).agg(
            alike_n=notes.case_no.nunique(), alike__rows=evidence(notes.note_row)
        )
        first = ibis.window(group_by="lender", order_by=[ibis.desc("alike_n"), ibis.asc("note_group")])
        return each.mutate(_nth=ibis.row_number().over(first)).filter(ibis._._nth == 0).drop("_nth", "note_group")

    def _debtors(self, lake: Tables, rows: Any) -> Any:
        parties = lake[CivilParty]
        sued = parties.filter(parties.role.re_search(DEFENDANT)).inner_join(rows, "case_no")
        young = sued.born_on + ibis.interval(years=int(self.young_years.value)) > sued.on
        who = ibis.ifelse(sued.party.startswith("row:"), sued["name"], sued.party)
        return sued.group_by("lender").agg(
            borrowers=who.nunique(),
            young_n=who.nunique(where=young),
            born_known=who.nunique(where=sued.born_on.notnull()),
            young__rows=evidence(sued.row_id, young),
        )

    @staticmethod
    def _workmates(lake: Tables, rows: Any) -> Any:
        parties, insured = lake[CivilParty], lake[SocialInsurance]
        sued = parties.filter(parties.role.re_search(DEFENDANT) & ~parties.party.startswith("row:")).inner_join(
            rows, "case_no"
        )
        posts = insured.select("person", "company", post_row="row_id")
        at_work = sued.select("lender", "party").distinct().inner_join(posts, [("party", "person")])
        each = at_work.group_by(["lender", "company"]).agg(
            workmates_n=at_work.party.nunique(), workmates__rows=evidence(at_work.post_row)
        )
        first = ibis.window(group_by="lender", order_by=[ibis.desc("workmates_n"), ibis.asc("company")])
        return each.mutate(_nth=ibis.row_number().over(first)).filter(ibis._._nth == 0).drop("_nth", "company")

    def _judged(self, f: Any) -> Any:
        name_only = same_name_only(f.lender)
        note_n = ibis.greatest(f.alike_n.fill_null(0), f.form_n.fill_null(0))
        f = f.mutate(
            note_n=note_n,
            workmates_n=f.workmates_n.fill_null(0),
            agent_part=f.agent_n / f.n,
            absent_part=f.absent_n / f.n,
            note_part=note_n / f.n,
            cash_part=f.cash_n / f.n,
            withdrawn_part=f.withdrawn_n / f.n,
        )
        young = (f.born_known >= 3) & (f.young_n / f.born_known >= 0.5)
        age = int(self.young_years.value)
        alike_says = ibis.ifelse(young, f.young_n.cast("string") + f"人立案时不满{age}周岁", "")
        works = ibis.ifelse(f.workmates_n >= 3, f.workmates_n.cast("string") + "人参保于同一单位", "")
        signs = {
            "same_agent": f.agent_part >= self.agent_share.value,
            "absent": ibis.ifelse(f.absent_known > 0, f.absent_part >= self.absent_share.value, None),
            "uniform_notes": (f.note_n >= 3) & (f.note_part >= self.note_share.value),
            "cash": ibis.ifelse(f.cash_known > 0, f.cash_part >= self.cash_share.value, None),
            "withdrawn": ibis.ifelse(f.withdrawn_known > 0, f.withdrawn_part >= self.withdrawn_share.value, None),
            # Of people who share a name and no more, a contradiction between rows proves nothing.
            "inflated": ibis.ifelse((f.delivered_known > 0) & ~name_only, f.inflated_n >= 2, None),
            "never_there": ibis.ifelse(f.there_n + f.away_n >= self.least_cases.value, f.there_n == 0, None),
            "alike_debtors": young | (f.workmates_n >= 3),
        }
        f = f.mutate(**signs)
        hits = sum((f[key].fill_null(False).cast("int64") for key in signs), ibis.literal(0))
        doubt = ibis.ifelse(name_only, "。文书未载身份信息，按同名同法院归并，请先核对是否同一人", "")
        return f.mutate(
            hits=hits,
            doubt=doubt,
            alike_says=alike_says + ibis.ifelse((alike_says != "") & (works != ""), "，", "") + works,
            names_n=f.names.length(),
            subject=f.names.sort().join("、"),
            subject_key=f.lender,
            period=f.window_from.year().cast("string"),
            uniform_notes__rows=ibis.ifelse(
                f.alike_n.fill_null(0) >= f.form_n.fill_null(0), f.alike__rows, f.form__rows
            ),
            alike_debtors__rows=ibis.ifelse(young, f.young__rows, f.workmates__rows),
        ).drop("lender", "names", "alike__rows", "form__rows", "young__rows", "workmates__rows")
