"""民间借贷二审: the same dispute once more, one court higher."""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox import courts
from jianwei.sandbox.chinese import date, days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.document import Doc
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, fee, party_lines
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import World


def loan_appeal(
    w: World,
    court: Court,
    lender: Person,
    borrower: Person,
    principal: int,
    below: str,
    filed_on: dt.date,
    rich: bool = True,
) -> str:
    """The borrower appeals against ``below`` and loses."""
    higher, style = courts.upper()[court.city], w.style(rich)
    on = w.after(filed_on, 30, 80)
    laws = [
        (
            statutes.PROCEDURE,
            "第一百七十七条第一款第一项" if on >= statutes.PROCEDURE_2021 else "第一百七十条第一款第一项",
        )
    ]
    roles = ("上诉人（原审被告）", "被上诉人（原审原告）")
    doc = Doc(
        case_no=w.case_no(higher, filed_on.year, "民终"),
        court=higher,
        kind="民事判决书",
        case_type="民事",
        procedure="民事二审",
        cause="民间借贷纠纷",
        title=f"{borrower.name}与{lender.name}民间借贷纠纷二审民事判决书",
        names=[borrower.name, lender.name],
        parties=party_lines(style, roles[0], Side(borrower)) + party_lines(style, roles[1], Side(lender)),
        record=[
            f"上诉人{borrower.name}因与被上诉人{lender.name}民间借贷纠纷一案，不服{court.name}{below}民事判决，向本院提起上诉。本院于{date(filed_on)}立案后，依法组成合议庭进行了审理。本案现已审理终结。"
        ],
        body=[
            f"上诉人{borrower.name}上诉请求：撤销原判，依法改判驳回被上诉人的诉讼请求。",
            f"被上诉人{lender.name}辩称：原判认定事实清楚，请求维持。",
            f"一审法院认定事实：{borrower.name}向{lender.name}借款{principal}元未还。本院对一审查明的事实予以确认。",
        ],
        reasons=f"本院认为，上诉人{borrower.name}的上诉请求不能成立，应予驳回。依照{statutes.cite(laws)}规定，判决如下：",
        ruling=[
            "驳回上诉，维持原判。",
            f"二审案件受理费{fee(principal)}元，由上诉人{borrower.name}负担。",
            "本判决为终审判决。",
        ],
        signers=[
            ("审判长", w.pick(w.bench(higher).judges)),
            *(("审判员", n) for n in w.rng.sample(w.bench(higher).judges, 2)),
        ],
        clerk=w.pick(w.bench(higher).clerks),
        decided_on=max(on, days(filed_on, 20)),
        statutes=laws,
        style=style,
        rich=rich,
    )
    return w.emit(doc)
