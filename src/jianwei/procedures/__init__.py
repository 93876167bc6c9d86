"""How the office works: the kernel, and one file a procedure."""

from jianwei.kit import Cite, Line
from jianwei.procedures.kernel.act import (
    Act,
    ActKind,
    By,
    Guard,
    act,
    hold,
    never_after,
    only_after_expiry,
    only_if,
    only_while,
    unless,
)
from jianwei.procedures.kernel.clock import Clock, ClockKind, case_clock, custody_clock, notice_clock, others_clock
from jianwei.procedures.kernel.facts import (
    BadFact,
    Fact,
    FactKind,
    choice,
    day,
    long_text,
    moment,
    money,
    number,
    people,
    person,
    text,
    yes_no,
)
from jianwei.procedures.kernel.fold import fold
from jianwei.procedures.kernel.persons import only_of_the_matter, only_running
from jianwei.procedures.kernel.procedure import COMMON, Procedure, Renamed
from jianwei.procedures.kernel.reckoning import ClockStanding, ClockState
from jianwei.procedures.kernel.standing import Missing, Standing, check, read_facts, stand, standing
from jianwei.procedures.kernel.state import Refusal, State

__all__ = [
    "COMMON",
    "Act",
    "ActKind",
    "BadFact",
    "By",
    "Cite",
    "Clock",
    "ClockKind",
    "ClockStanding",
    "ClockState",
    "Fact",
    "FactKind",
    "Guard",
    "Line",
    "Missing",
    "Procedure",
    "Refusal",
    "Renamed",
    "Standing",
    "State",
    "act",
    "case_clock",
    "check",
    "choice",
    "custody_clock",
    "day",
    "fold",
    "hold",
    "long_text",
    "moment",
    "money",
    "never_after",
    "notice_clock",
    "number",
    "only_after_expiry",
    "only_if",
    "only_of_the_matter",
    "only_running",
    "only_while",
    "others_clock",
    "people",
    "person",
    "read_facts",
    "stand",
    "standing",
    "text",
    "unless",
    "yes_no",
]
