"""民事、行政诉讼监督共同的部分：监督申请期限的计算和补明，二人以上调查核实，检察建议的移送和回复。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from jianwei.procedures import ActKind, Cite, Clock, Fact, Guard, State, act, choice, day, only_past
from jianwei.procedures.kernel.act import Facts, day_of
from jianwei.procedures.kernel.reckoning import ClockState, reckon
from jianwei.procedures.kernel.state import MATTER

UNANSWERED = "unanswered"
"""The court did not rule on the application for retrial in time."""
IN_PAIRS = "调查核实应当由二人以上共同进行"
NOT_BEFORE = only_past("effective_on", says="监督申请期限起算之日不能晚于申请之日")


def counted_from(grounds: Mapping[str, str]) -> tuple[Fact, Fact]:
    """From which event, and from which day, the time to apply for supervision runs."""
    return (
        choice("counted_from", "监督申请期限从何起算", grounds).optional(),
        day("effective_on", "监督申请期限起算之日", "未填的，无法判断申请是否逾期").optional(),
    )


def applied_in_time(application: Clock, says: str, cite: Cite, *, free: str = "") -> tuple[Guard, ...]:
    """Forbidden when the application came after the last day; where it is counted from ``free`` there is none."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        since = facts.get("effective_on")
        unbounded = bool(free) and facts.get("counted_from") == free
        return since is not None and not unbounded and day_of(on) > application.limit.due(since).on

    return (NOT_BEFORE, Guard(says, cite, forbids, of_facts=True, fact="effective_on"))


def found_in_time(application: Clock, cite: Cite) -> Guard:
    """Forbidden once it turned out that the application was late: the review is then to be ended."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        run = state.runs.get((application.name, MATTER))
        return run is not None and reckon(run, state, on).state is ClockState.DONE_LATE

    return Guard("补明后查明监督申请已经逾期，不符合受理条件，应当终结审查", cite, forbids)


def completing(application: Clock, facts: tuple[Fact, ...], basis: Cite, *, free: str = "") -> ActKind:
    """What was not told when the application was accepted."""
    unbounded = (
        (application.stop(reason="人民法院逾期未对再审申请作出裁定", when={"counted_from": free}),) if free else ()
    )
    return act(
        "补明监督申请的事项",
        also=("补明起算日", "补明生效日期"),
        at=("审查", "中止审查"),
        after="accept",
        facts=facts,
        does=(application.fix("effective_on"), *unbounded),
        guards=(NOT_BEFORE,),
        basis=basis,
        by=("承办检察官", "控告申诉检察部门"),
    )


def in_pairs(cite: Cite) -> Guard:
    """Two at least inquire."""
    return Guard(
        IN_PAIRS, cite, lambda state, facts, on: facts.get("investigators", 2) < 2, of_facts=True, fact="investigators"
    )
