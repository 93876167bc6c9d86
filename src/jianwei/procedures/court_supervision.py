"""民事、行政诉讼监督共同的部分：监督申请期限的计算和补明，调查核实，再审检察建议、抗诉的移送和人民法院的处理。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from jianwei.law.limits import Limit
from jianwei.procedures import (
    ActKind,
    Cite,
    Clock,
    Fact,
    Guard,
    State,
    act,
    choice,
    day,
    long_text,
    number,
    only_past,
    text,
)
from jianwei.procedures.kernel.act import Facts, day_of
from jianwei.procedures.kernel.reckoning import ClockState, reckon
from jianwei.procedures.kernel.state import MATTER

UNANSWERED = "unanswered"
"""The court did not rule on the application for retrial in time."""
NOT_BEFORE = only_past("effective_on", says="监督申请期限起算之日不能晚于申请之日")


def counted_from(grounds: Mapping[str, str]) -> tuple[Fact, Fact]:
    """From which event, and from which day, the time to apply for supervision runs."""
    return (
        choice("counted_from", "监督申请期限从何起算", grounds).optional(),
        day("effective_on", "监督申请期限起算之日", "未填的，无法判断申请是否逾期").optional(),
    )


@lru_cache(maxsize=4096)
def _last_day(limit: Limit, since: dt.date) -> dt.date:
    return limit.due(since).on


def applied_in_time(application: Clock, says: str, cite: Cite, *, free: str = "") -> tuple[Guard, ...]:
    """Forbidden when the application came after the last day; where it is counted from ``free`` there is none."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        since = facts.get("effective_on")
        unbounded = bool(free) and facts.get("counted_from") == free
        return since is not None and not unbounded and day_of(on) > _last_day(application.limit, since)

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


def verify(basis: tuple[Cite, ...], pairs: Cite) -> ActKind:
    """An inquiry, by two at least (``pairs``)."""
    too_few = Guard(
        "调查核实应当由二人以上共同进行",
        pairs,
        lambda state, facts, on: facts.get("investigators", 2) < 2,
        of_facts=True,
        fact="investigators",
    )
    return act(
        "调查核实",
        at="审查",
        facts=(text("measure", "措施"), text("from_whom", "调查对象"), number("investigators", "调查人数", least=0)),
        guards=(too_few,),
        basis=basis,
        documents=("调查笔录",),
    )


def unpause(review: Clock, basis: Cite) -> ActKind:
    """Time counts again."""
    return act(
        "不计入审查期限的事项结束",
        also=("收到卷宗", "收到鉴定意见"),
        at="审查",
        after="pause",
        does=(review.resume(),),
        basis=basis,
    )


def send_suggestion(service: Clock, answer: Clock, basis: Cite) -> ActKind:
    """The suggestion of a retrial goes to the court, whose time to answer begins."""
    return act(
        "移送再审检察建议书",
        sends=("再审检察建议书",),
        at="已作出决定",
        to="等待法院",
        after="suggest",
        does=(service.meet(), answer.start()),
        basis=basis,
    )


def deliver_protest(service: Clock, ruling: Clock, basis: tuple[Cite, ...]) -> ActKind:
    """The court has the protest, and thirty days to rule that the case be retried."""
    return act(
        "移送抗诉书",
        sends=("民事抗诉书", "行政抗诉书"),
        at="等待法院",
        after="protest",
        does=(service.meet(), ruling.start()),
        basis=basis,
    )


def retrial(answer: Clock, ruling: Clock, basis: tuple[Cite, ...], *facts: Fact) -> ActKind:
    """The court retries the case."""
    return act(
        "人民法院裁定再审",
        also=("裁定再审",),
        at="等待法院",
        to="再审",
        facts=facts,
        does=(answer.meet(), ruling.meet()),
        basis=basis,
    )


def refuse_retrial(answer: Clock, basis: Cite) -> ActKind:
    """The court does not follow the suggestion."""
    return act(
        "人民法院决定不予再审",
        also=("不予再审",),
        at="等待法院",
        to="已作出决定",
        after="send_suggestion",
        does=(answer.meet(),),
        basis=basis,
    )


def follow_up(answer: Clock, ruling: Clock, basis: Cite) -> ActKind:
    """The upper office takes it up: the court did nothing in time, or not rightly."""
    return act(
        "跟进监督",
        at=("等待法院", "已作出决定"),
        to="上级审查",
        facts=(long_text("reason", "人民法院逾期未处理或者处理不当的情形"),),
        after=("send_suggestion", "deliver_protest"),
        does=(answer.stop(reason="跟进监督"), ruling.stop(reason="跟进监督")),
        basis=basis,
    )
