"""A criminal judgment of first instance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jianwei.sandbox import names
from jianwei.sandbox.chinese import date, days, money, term
from jianwei.sandbox.courts import Court
from jianwei.sandbox.document import Doc, Style
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.charges import CHARGES, Charge
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import World


@dataclass(slots=True)
class Count:
    """One charge and its punishment. ``kind`` is 有期徒刑, 拘役 or 管制; ``fine`` in yuan."""

    charge: str
    months: int
    kind: str = "有期徒刑"
    extra_days: int = 0
    fine: int = 0


@dataclass(slots=True)
class Accused:
    """A defendant. ``custody`` are the header's own words about arrest and release."""

    person: Person
    counts: list[Count]
    custody: str = ""
    prior: str = ""
    total: Count | None = None
    probation: int = 0
    term: tuple[dt.date, dt.date] | None = None
    circumstances: tuple[str, ...] = ("坦白", "认罪认罚")
    revoked: str = ""
    """Words of the ruling that revoke an earlier suspension."""
    with_remainder: str = ""
    work: str = ""
    note: str = ""
    """Further words in the brackets after the term."""

    @property
    def final(self) -> Count:
        return self.total or self.counts[0]


@dataclass(slots=True)
class Trial:
    """One criminal case."""

    court: Court
    accused: list[Accused]
    crime_on: dt.date
    indicted_on: dt.date
    decided_on: dt.date
    facts: str = ""
    quick: str = "简易程序"
    rich: bool = False
    style: Style | None = None
    case_no: str = ""
    ban: str = ""
    extra_reasons: str = ""
    statutes_extra: list[statutes.Law] = field(default_factory=list)


_WORDS = {
    "自首": "犯罪后自动投案，并如实供述自己的罪行，系自首，依法可以从轻处罚",
    "坦白": "归案后如实供述自己的罪行，依法可以从轻处罚",
    "累犯": "曾因故意犯罪被判处有期徒刑以上刑罚，刑罚执行完毕后五年内再犯应当判处有期徒刑以上刑罚之罪，系累犯，依法应当从重处罚",
    "认罪认罚": "自愿认罪认罚，依法可以从宽处理",
    "从犯": "在共同犯罪中起次要作用，系从犯，依法应当从轻处罚",
    "退赃": "已退缴全部违法所得，酌情从轻处罚",
    "谅解": "已赔偿被害人经济损失并取得谅解，酌情从轻处罚",
    "未成年": "犯罪时未满十八周岁，依法应当从轻处罚",
}
_ARTICLES = {"自首": "第六十七条第一款", "坦白": "第六十七条第三款", "累犯": "第六十五条第一款", "从犯": "第二十七条", "退赃": "第六十四条", "未成年": "第十七条第三款"}


def _defendant(style: Style, w: World, accused: Accused, court: Court) -> str:
    p = accused.person
    number = f"，公民身份号码{p.idno}" if style.print_ids else ""
    where = p.place
    job = accused.work or w.pick(names.WORK)
    alias = f"（{w.pick(('自报', '绰号“阿' + p.name[-1] + '”', '曾用名' + p.name[0] + '小' + p.name[-1]))}）" if w.chance(0.02) else ""
    out = f"被告人{style.colon if w.chance(0.3) else ''}{p.name}{alias}，{p.sex}，{date(p.born_on)}出生{'于' + where if w.chance(0.4) else ''}{number}，{w.pick(names.ETHNIC)}，{w.pick(names.SCHOOLING)}，{job}，{w.pick(('户籍地', '户籍所在地', '住'))}{p.addr if w.chance(0.5) else where}。"
    return out + accused.prior + accused.custody


def _punishment(count: Count) -> str:
    charge = CHARGES[count.charge]
    fine = f"，并处罚金人民币{money(count.fine)}元" if count.fine else ""
    return f"犯{charge.name}，判处{count.kind}{term(count.months, count.extra_days)}{fine}"


def _bracket(accused: Accused, kind: str) -> str:
    fine = "罚金限于判决生效后十日内缴纳。" if accused.final.fine else ""
    if accused.probation:
        return f"（缓刑考验期限，从判决确定之日起计算。{fine}）"
    text = "刑期从判决执行之日起计算，判决执行以前先行羁押的，羁押一日折抵刑期" + ("二日" if kind == "管制" else "一日")
    if accused.term is not None:
        start, end = accused.term
        text += f"，{accused.note}即自{date(start)}起至{date(end)}止"
    return f"（{text}。{fine}）"


def _sentence(accused: Accused, number: str) -> str:
    name = accused.person.name
    text = f"{number}{accused.revoked}被告人{name}"
    text += "；".join(_punishment(c) for c in accused.counts)
    if accused.with_remainder:
        text += accused.with_remainder
    if accused.total is not None:
        fine = f"，并处罚金人民币{money(accused.total.fine)}元" if accused.total.fine else ""
        text += f"{'' if accused.with_remainder or accused.revoked else '；数罪并罚'}，决定执行{accused.total.kind}{term(accused.total.months, accused.total.extra_days)}{fine}"
    if accused.probation:
        final = accused.final
        if final.fine and accused.total is None:
            fine = f"，并处罚金人民币{money(final.fine)}元"
            text = text.removesuffix(fine) + f"，缓刑{term(accused.probation)}{fine}"
        else:
            text += f"，缓刑{term(accused.probation)}"
    return text + "。" + _bracket(accused, accused.final.kind)


def laws_of(trial: Trial) -> list[statutes.Law]:
    """The articles in the order courts cite them: the charges, the circumstances, fine and suspension."""
    articles: list[str] = []
    for accused in trial.accused:
        for count in accused.counts:
            articles += CHARGES[count.charge].articles
    for accused in trial.accused:
        articles += [_ARTICLES[c] for c in accused.circumstances if c in _ARTICLES]
        if accused.probation:
            articles += ["第七十二条第一款", "第七十三条第二款、第三款" if accused.final.kind == "有期徒刑" else "第七十三条第一款、第三款"]
        if accused.revoked:
            articles.append("第七十七条第一款")
        if accused.total is not None:
            articles.append("第六十九条")
        if accused.final.fine:
            articles += ["第五十二条", "第五十三条"]
    if len(trial.accused) > 1:
        articles.append("第二十五条第一款")
    laws = [(statutes.CRIMINAL, a) for a in dict.fromkeys(articles)]
    laws += trial.statutes_extra
    if trial.decided_on.year >= 2019 and any("认罪认罚" in a.circumstances for a in trial.accused):
        laws.append((statutes.CRIMINAL_PROCEDURE, "第十五条"))
    return laws


def write(w: World, trial: Trial) -> str:
    """Writes the judgment; returns its case number."""
    court, style = trial.court, trial.style or w.style(trial.rich)
    bench = w.bench(court)
    no = trial.case_no or w.case_no(court, trial.indicted_on.year, "刑初")
    people = "、".join(a.person.name for a in trial.accused)
    first = CHARGES[trial.accused[0].counts[0].charge]
    charges = list(dict.fromkeys(c.charge for a in trial.accused for c in a.counts))
    named = "、".join(charges)
    office = court.office
    left, right = w.pick((("〔", "〕"), ("［", "］"), ("（", "）"), ("[", "]")))
    indictment = f"{court.old}检{w.pick(('刑诉', '公诉刑诉', '一部刑诉', '刑检刑诉'))}{left}{trial.indicted_on.year}{right}{w.among(11, 1900)}号"
    lawyer = w.lawyer(court) if w.chance(0.6) else None
    parties = [f"公诉机关{style.colon if style.colon and w.chance(0.3) else ''}{office}。"]
    for accused in trial.accused:
        parties.append(_defendant(style, w, accused, court))
        if lawyer:
            parties.append(f"辩护人{lawyer.name}，{lawyer.firm}律师。")
    record = _record(w, trial, first, office, indictment, people, named, lawyer is not None)
    facts, day_of = trial.facts, date(trial.crime_on)
    if not facts:
        facts = "".join(first.tell(w, a.person.name, day_of, court.county or court.city) for a in trial.accused[:1])
        for count in trial.accused[0].counts[1:]:
            facts += "另查明，" + CHARGES[count.charge].tell(w, trial.accused[0].person.name, day_of, court.county or court.city)
    body = [w.pick((f"公诉机关指控，{facts}", f"{office}指控：{facts}", f"经审理查明：{facts}")),
            f"上述事实，被告人{people}在开庭审理过程中亦无异议，并有" + w.pick(("证人证言、物证照片、鉴定意见、归案经过、户籍证明", "被害人陈述、辨认笔录、扣押清单、监控录像、户籍信息", "书证、鉴定意见、勘验笔录、到案经过、人口信息")) + "等证据证实，足以认定。"]
    laws = laws_of(trial)
    essence = "；又".join(CHARGES[c].essence for c in charges)
    reasons = f"本院认为，被告人{people}{essence}，其行为{'均' if len(trial.accused) > 1 else ''}已构成{named}。公诉机关指控的罪名成立。"
    for accused in trial.accused:
        words = [_WORDS[c] for c in accused.circumstances]
        if words:
            reasons += f"被告人{accused.person.name}{'；'.join(words)}。"
        if accused.probation:
            reasons += f"根据被告人{accused.person.name}的犯罪情节和悔罪表现，可以宣告缓刑。"
    reasons += f"{trial.extra_reasons}{w.pick(('据此，', '为此，', '综上，'))}依照{statutes.cite(laws)}之规定，判决如下："
    many = len(trial.accused) > 1 or bool(trial.ban)
    numbers = ("一、", "二、", "三、", "四、", "五、")
    ruling = [_sentence(a, numbers[i] if many else "") for i, a in enumerate(trial.accused)]
    if trial.ban:
        ruling.append(numbers[len(trial.accused)] + trial.ban)
    ruling.append(f"如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向{court.upper}提出上诉。书面上诉的，应当提交上诉状正本一份，副本二份。")
    signers = [("审判员", w.pick(bench.judges))] if trial.quick != "普通程序" else [("审判长", w.pick(bench.judges)), *(("人民陪审员", n) for n in w.rng.sample(bench.assessors, 2))]
    doc = Doc(
        case_no=no, court=court, kind="刑事判决书", case_type="刑事", procedure="刑事一审", cause=first.name.removesuffix("罪"), title=f"{people}{named}一审刑事判决书",
        names=[a.person.name for a in trial.accused], parties=parties, record=[record], body=body, reasons=reasons, ruling=ruling, signers=signers,
        clerk=w.pick(bench.clerks), decided_on=trial.decided_on, statutes=laws, style=style, rich=trial.rich,
    )
    if style.appendix:
        doc.appended = ["附：相关法律条文", "《中华人民共和国刑法》", *(a for _, a in laws[:2])]
    return w.emit(doc)


def _record(w: World, trial: Trial, first: Charge, office: str, indictment: str, people: str, named: str, defended: bool) -> str:
    how = {"简易程序": "依法适用简易程序，实行独任审判，", "速裁程序": "依法适用速裁程序，实行独任审判，", "普通程序": "依法组成合议庭，"}[trial.quick]
    opened = f"因涉及个人隐私，{'不公开' if first.private else ''}开庭审理了本案" if first.private else "公开开庭审理了本案"
    on = w.day(days(trial.indicted_on, 5), trial.decided_on) if (trial.decided_on - trial.indicted_on).days > 6 else trial.decided_on
    when = f"于{date(on)}" if w.chance(0.6) else ""
    prosecutor = w.pick(w.bench(trial.court).prosecutors)
    return (f"{office}以{indictment}起诉书指控被告人{people}犯{named}，于{date(trial.indicted_on)}向本院提起公诉。本院受理后，{how}{when}{opened}。"
            f"{office}指派检察员{prosecutor}出庭支持公诉，被告人{people}{'及其辩护人' if defended else ''}到庭参加诉讼。{w.pick(('现已审理终结', '本案现已审理终结'))}。")
