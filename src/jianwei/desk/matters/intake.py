"""What is told when a matter is opened, beside the opening act: office, parties, source, who may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from jianwei.desk.clues.gist import Person
from jianwei.desk.matters import reading
from jianwei.desk.matters.errors import Refused
from jianwei.desk.matters.models import Restriction
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.procedures import Line, Procedure


@dataclass(frozen=True)
class Intake:
    """What is told when a matter is opened, beside the opening act. ``clue`` is a clue's id and the version seen."""

    title: str = ""
    department: str = ""
    restriction: str = ""
    handler: str = ""
    case_type: str = ""
    office: str = ""
    """Code of the office that receives it; "" for one's own. Another one must lie below."""
    source: str = ""
    """案件来源, kept as a remark beside the opening act."""
    parties: tuple[Person, ...] = ()
    """Parties to be registered with the opening act."""
    clue: tuple[str, int] | None = None
    from_matter: int | None = None


def receiving(who: Acting, code: str) -> Office:
    """The office that receives a matter: one's own, or one below it that is named."""
    if code in ("", who.user.office.code):
        return who.user.office
    office = people.offices(who).filter(code=code).first()
    if office is None:
        raise Refused("请选择本院或者下级院。", fields={"office": "请选择本院或者下级院"})
    return office


def told(procedure: type[Procedure], intake: Intake, on: str, today: dt.date) -> Iterator[reading.NewAct]:
    """The acts that go with the opening one: the parties and 案件来源."""
    for one in intake.parties:
        typed = {"name": one.name, "role": one.role, "kind": one.kind}
        yield reading.read(procedure, procedure.acts["party"], typed, on, today=today)
    if source := intake.source.strip():
        text = {"text": f"案件来源：{source}"[:4000]}
        yield reading.read(procedure, procedure.acts["remark"], text, on, today=today)


def least(procedure: type[Procedure]) -> str:
    """The circle of those who see a new matter at first: narrow for juveniles (未成年人保护法第一百零三条)."""
    return Restriction.JUVENILE if procedure.line is Line.JUVENILE else Restriction.NONE
