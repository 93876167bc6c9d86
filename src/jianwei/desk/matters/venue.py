"""Which office a matter from a clue belongs to: the one of the level and place of the court whose case it is about."""

from __future__ import annotations

from dataclasses import dataclass

from jianwei.desk.clues.gist import Gist
from jianwei.desk.clues.models import Clue
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.kit import Cite
from jianwei.law import courts
from jianwei.procedures import Line

RULES = "人民检察院民事诉讼监督规则"
BASIS = (Cite(RULES, "第二十九条"), Cite(RULES, "第三十条"))
"""生效裁判由作出裁判的、审判和执行活动由审理、执行案件的人民法院所在地同级人民检察院受理。"""


@dataclass(frozen=True)
class Venue:
    """The office that should receive a matter, why, and the offices that the person may choose from."""

    proposed: Office
    """The office that the form proposes; the person's own where the right one is out of scope."""
    right: Office
    why: str
    basis: tuple[Cite, ...]
    choices: tuple[Office, ...]

    @property
    def elsewhere(self) -> bool:
        """Whether the right office is out of the person's scope."""
        return self.right != self.proposed


def of_clue(who: Acting, clue: Clue, gist: Gist) -> Venue:
    """The venue of a matter from a clue."""
    court = next((found for name in gist.courts if (found := courts.find(name))), None)
    right = people.office(court.region) if court else None
    why = f"本案由{court.name}审理或者执行，由同级的{right.name}受理。" if court and right else ""
    basis = BASIS if why and clue.line == Line.CIVIL.value else ()
    right = right or clue.office
    why = why or f"证据中没有写明人民法院，按线索所在地由{right.name}受理。"
    inside = right.path.startswith(who.path)
    choices = dict.fromkeys([*([right] if inside else []), who.user.office, *people.offices_near(who, right)])
    return Venue(right if inside else who.user.office, right, why, basis, tuple(choices))
