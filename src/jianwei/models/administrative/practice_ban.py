"""从业禁止未落实。已被判处刑罚、依法不得再执业或者从业的人，仍持有有效证照，或者仍在密切接触未成年人等岗位上。

按身份标识比对（号码，或者姓名、出生日期、户籍地一致），从不只按姓名。各行业的禁止性规定见 ``law/practice_bans.yaml``，按查询日的现行
版本适用；有年限的自刑罚执行完毕起算，期满的不报。封存的未成年人犯罪记录在数据湖即已滤除。权重为自定：一项现行有效的法定禁止即为
实质迹象（4），判决另行宣告的从业禁止同此。
"""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any

import ibis

from jianwei.kit import Absence, Cite, Kind, Line, Model, Sign, Tables, Threshold, evidence
from jianwei.law import practice_bans
from jianwei.records import CriminalJudgment, Licence, Staff

ENDED = "吊销|注销|撤销|失效|收回|作废"
"""证照状态中表明已不再有效的。"""
IMPRISONED = "有期徒刑|无期徒刑|死刑"
NEGLIGENT = "过失|交通肇事|失火|重大责任事故|重大劳动安全事故|玩忽职守|医疗事故"
"""罪名中表明过失的；判决另载有是否故意的，以判决为准。"""


class PracticeBan(Model):
    ref = "M54"
    title = "从业禁止未落实"
    line = Line.ADMINISTRATIVE
    basis = (
        Cite("中华人民共和国刑法", "第三十七条之一"),
        Cite("中华人民共和国未成年人保护法", "第六十二条", verified=False),
        Cite("人民检察院检察建议工作规定", "第十一条", verified=False),
    )
    reads = (CriminalJudgment,)
    helps = (Licence, Staff)
    absences = (
        Absence(Licence, "未见证照被吊销、注销", signs=("barred", "court_ban")),
        Absence(Staff, "未见离职、解聘", signs=("barred_post", "child_contact")),
    )
    asks = (
        "判决是否已经生效，有无二审、再审改判",
        "持证人、从业人员与被告人是否同一人",
        "主管机关是否已作出吊销、注销决定而未同步数据",
        "所任岗位是否属于法律禁止的范围",
    )
    headline = "{name}因{charge}于{decided_on}被判处刑罚，案号{court_no}，现仍{holding}"
    signs = (
        Sign("barred", Kind.SUBSTANCE, 4, "{says}（{cite}，{lasts}）；该证照至今有效", about=("charge", "status"), needs=(Licence,)),
        Sign("barred_post", Kind.SUBSTANCE, 4, "{says}（{cite}，{lasts}）；至今在岗", about=("charge", "post"), needs=(Staff,)),
        Sign("child_contact", Kind.SUBSTANCE, 4, "在密切接触未成年人的岗位，有{charge}前科", about=("charge", "post"), needs=(Staff,)),
        Sign("court_ban", Kind.SUBSTANCE, 4, "判决宣告从业禁止，自刑罚执行完毕起未满{court_ban_years}年", about=("banned",), source="刑法第三十七条之一"),
        Sign("granted_after", Kind.FORM, 1, "证照核发、人员录用在判决之后（{began_on}），入口审查未发现", about=("issued_on", "hired_on")),
        Sign("serving", Kind.CONTEXT, 1, "刑罚或者缓刑考验期尚未届满"),
    )  # fmt: skip

    court_ban_years = Threshold(3, unit="年", source="刑法第三十七条之一：期限为三年至五年，取最短", verified=True)
    effective_days = Threshold(10, unit="日", source="未载生效日期的，按判决后十日上诉期满推定")

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        held = self._licences(lake[Licence], as_of).union(self._posts(lake[Staff], as_of))
        pairs = self._convictions(lake[CriminalJudgment], as_of).inner_join(held, "person")
        pairs = self._bans(pairs, as_of)
        pairs = pairs.filter(pairs.ban.notnull() | pairs.court_ban)
        found = pairs.group_by("person", "thing").agg(
            **{name: pairs[name].max() for name in ("name", "region", "holding", "began_on", "of_post", "contact")},
            **{
                name: pairs[name].argmax(pairs.place) for name in ("ban", "says", "cite", "lasts", "charge", "court_no")
            },
            decided_on=pairs.decided_on.argmax(pairs.place),
            court_ban=pairs.court_ban.max(),
            granted_after=(pairs.began_on > pairs.effective).max(),
            serving=pairs.serving.max(),
            judgment_rows=evidence(pairs.judgment_row),
            holding_rows=evidence(pairs.holding_row),
        )
        return found.select(
            "name", "region", "holding", "began_on", "says", "cite", "lasts", "charge", "court_no", "decided_on",
            "court_ban", "granted_after", "serving",
            subject_key=found.person + "|" + found.thing,
            subject=found["name"] + "（" + found.thing + "）",
            period=ibis.literal(""),
            rows=found.judgment_rows.concat(found.holding_rows),
            barred=found.ban.notnull() & ~found.of_post,
            barred_post=found.ban.notnull() & found.of_post & (found.ban != "minors"),
            child_contact=found.ban.notnull() & found.of_post & (found.ban == "minors"),
        )  # fmt: skip

    def _licences(self, t: Any, as_of: dt.date) -> Any:
        """Licences good on ``as_of``."""
        good = t.filter(
            t.person.notnull(),
            t.revoked_on.isnull() | (t.revoked_on > as_of),
            t.expires_on.isnull() | (t.expires_on >= as_of),
            ~t.status.re_search(ENDED).fill_null(False),
        )
        return good.select(
            person="person",
            thing="kind",
            holding=ibis.literal("持有有效的") + good.kind + ibis.coalesce("（" + good.no + "）", ""),
            began_on="issued_on",
            of_post=ibis.literal(False),
            contact=ibis.literal(False),
            held_in=ibis.coalesce(good.region, ""),
            holding_row="row_id",
        )

    def _posts(self, t: Any, as_of: dt.date) -> Any:
        """Posts still held on ``as_of``."""
        here = t.filter(t.person.notnull(), t.left_on.isnull() | (t.left_on > as_of))
        place = ibis.coalesce(here.employer, "某单位")
        post = ibis.coalesce(here.post, "工作人员")
        return here.select(
            person="person",
            thing=place + post,
            holding=ibis.literal("在") + place + "任" + post,
            began_on="hired_on",
            of_post=ibis.literal(True),
            contact=ibis.coalesce(here.minors_contact, False),
            held_in=ibis.coalesce(here.region, ""),
            holding_row="row_id",
        )

    def _convictions(self, t: Any, as_of: dt.date) -> Any:
        """Punishments in force on ``as_of``, with the day they end as a number 20261031 and what each was for."""
        grace = ibis.interval(days=int(self.effective_days.value))
        t = t.mutate(effective=ibis.coalesce(t.effective_on, (t.decided_on + grace).cast("date")))
        t = t.filter(
            t.person.notnull(),
            t.effective <= as_of,
            ~t.sealed.fill_null(False),
            ~t.main_penalty.contains("免予").fill_null(False),
        )
        named = ibis.coalesce(t.charges.join("、"), "")
        charge = ibis.ifelse(named == "", ibis.coalesce(t.charge, ""), named)
        months = t.effective.year() * 12 + t.effective.month() - 1 + ibis.coalesce(t.probation_months, 0)
        probation_end = (months // 12) * 10_000 + (months % 12 + 1) * 100 + t.effective.day()
        term_end = t.term_end_on.year() * 10_000 + t.term_end_on.month() * 100 + t.term_end_on.day()
        ended = ibis.ifelse(t.probation_months > 0, probation_end, ibis.coalesce(term_end, probation_end))
        return t.select(
            "person", "name", "court_no", "decided_on", "effective",
            tried_in=t.region,
            charge=charge,
            # a bare name of a crime with nothing of negligence in it is intentional
            wilful=ibis.coalesce(t.intentional, ~charge.re_search(NEGLIGENT)),
            imprisoned=ibis.coalesce(t.months > 0, False) & ~t.main_penalty.re_search("拘役|管制").fill_null(False)
            | ibis.coalesce(t.life_or_death.length() > 0, False)
            | t.main_penalty.re_search(IMPRISONED).fill_null(False),
            served=ibis.ifelse(ibis.coalesce(t.life_or_death.length() > 0, False), 99_991_231, ended).cast("int64"),
            banned=ibis.coalesce(t.banned, False),
            judgment_row=t.row_id,
        )  # fmt: skip

    def _bans(self, t: Any, as_of: dt.date) -> Any:
        """The first statutory ban that applies to each pair, in words, and whether the court's own still runs."""
        today = as_of.year * 10_000 + as_of.month * 100 + as_of.day
        rules = practice_bans.in_force(as_of)
        applies = [self._applies(t, ban, rule, today) for ban, rule in rules]

        def of_rule(value: Any) -> Any:
            branches = [(hit, ibis.literal(value(ban, rule))) for hit, (ban, rule) in zip(applies, rules, strict=True)]
            return ibis.cases(*branches, else_=ibis.null("string"))

        t = t.mutate(
            ban=of_rule(lambda ban, rule: ban.key),
            says=of_rule(lambda ban, rule: rule.says),
            cite=of_rule(lambda ban, rule: rule.cite + ("" if rule.verified else "，未核对原文")),
            lasts=of_rule(lambda ban, rule: f"刑罚执行完毕后{rule.years}年内" if rule.years else "没有期限"),
            court_ban=t.banned & (t.served + int(self.court_ban_years.value) * 10_000 > today),
            serving=t.served > today,
            region=ibis.ifelse(t.held_in == "", t.tried_in, t.held_in),
        )
        # a pair under a statute speaks for the clue before one under the court's ban alone; later judgments first
        when = t.decided_on.year() * 10_000 + t.decided_on.month() * 100 + t.decided_on.day()
        return t.mutate(place=ibis.ifelse(t.ban.notnull(), 100_000_000, 0) + ibis.coalesce(when, 0))

    def _applies(self, t: Any, ban: practice_bans.Ban, rule: practice_bans.Rule, today: int) -> Any:
        concerned = [~t.of_post & t.thing.re_search("|".join(ban.licences))] if ban.licences else []
        concerned += [t.of_post & t.thing.re_search("|".join(ban.posts))] if ban.posts else []
        concerned += [t.of_post & t.contact] if ban.contact else []
        hit = reduce(or_, concerned)
        if rule.charges:
            hit &= t.charge.re_search("|".join(rule.charges))
        if rule.intentional_only:
            hit &= t.wilful
        if rule.imprisonment_only:
            hit &= t.imprisoned
        if rule.years:
            hit &= t.served + rule.years * 10_000 > today
        return hit.fill_null(False)
