"""Conditions on what was done in a matter, read against what the procedure declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from jianwei.desk.search import grams, reading, words
from jianwei.desk.search.grams import fold
from jianwei.desk.search.listing import CONDITIONS
from jianwei.desk.search.models import Entry, Kind, Told
from jianwei.desk.site.lists import Listing
from jianwei.procedures import COMMON, ActKind, BadFact, Fact, FactKind
from jianwei.procedures.shelf import procedures

ORDERED = frozenset({FactKind.NUMBER, FactKind.MONEY, FactKind.DAY, FactKind.MOMENT})
"""Kinds of facts that can be asked for by least and most."""


@dataclass(frozen=True)
class Conditions:
    """What the rows must fulfil, or, field by field, why that cannot be asked."""

    wanted: Q
    wrong: dict[str, str]


def read(listing: Listing) -> Conditions:
    """The conditions of a search. What cannot be read is said, not ignored."""
    asked, wrong, wanted = listing.asked, {}, Q()
    if asked:
        wanted &= Q(kind=Kind.MATTER)
    if party := asked.get("party"):
        named = Entry.objects.filter(pk=OuterRef("pk"), matter__parties__name__icontains=party)
        wanted &= Q(pk__in=words.matching(party, head=True)) & Q(Exists(named)) if grams.wanted(party) else Q(pk__in=())
    if handler := asked.get("handler"):
        wanted &= Q(matter__handler__name=handler) | Q(matter__handler__username=handler.lower())
    if any(asked.get(key) for key in ("act", "fact", "value", "least", "most", "act_from", "act_until")):
        if not asked.get("act"):
            wrong["act"] = "请先选择行为，再写它的事实或日期"
        else:
            told, wrong = _told(listing)
            wanted &= Q(pk__in=Told.objects.filter(told, act=asked["act"]).order_by().values("entry"))
    return Conditions(wanted, wrong)


def _told(listing: Listing) -> tuple[Q, dict[str, str]]:
    """The rows of facts that are asked for."""
    asked, wrong = listing.asked, {}
    told = Q(fact=asked.get("fact", ""))
    fact = next((f for f in facts(listing) if f.name == asked.get("fact")), None)
    if value := asked.get("value"):
        told &= Q(value__contains=fold(value).strip())
    for key, lookup in (("value", ""), ("least", "amount__gte"), ("most", "amount__lte")):
        if not asked.get(key):
            continue
        if fact is None:
            wrong["fact"] = f"请选择要比较“{CONDITIONS[key]}”的事实"
        elif lookup and fact.kind not in ORDERED:
            wrong[key] = f"“{fact.label}”不是数、金额或者日期，不能比较大小"
        elif lookup:
            try:
                told &= Q(**{lookup: reading.amount(fact, _bound(fact, asked[key]))})
            except BadFact as bad:
                wrong[key] = bad.says
    for key, lookup in (("act_from", "on__gte"), ("act_until", "on__lte")):
        if asked.get(key):
            try:
                told &= Q(**{lookup: _DAY.read(asked[key])})
            except BadFact as bad:
                wrong[key] = bad.says
    return told, wrong


_DAY = Fact("on", "行为日期", FactKind.DAY)


def _bound(fact: Fact, typed: str) -> object:
    """A bound as typed; of a moment the day is enough."""
    return (_DAY if fact.kind is FactKind.MOMENT else Fact(fact.name, fact.label, fact.kind)).read(typed)


def acts(listing: Listing) -> dict[str, ActKind]:
    """The acts that can be asked for: of the chosen procedures, or those every matter knows."""
    found: dict[str, ActKind] = {}
    for key in listing.chosen.get("unit", ()):
        if procedure := procedures().get(key):
            found |= procedure.acts
    return found or dict(COMMON)


def facts(listing: Listing) -> Iterator[Fact]:
    """The facts of the chosen act that can be asked for."""
    kind = acts(listing).get(listing.asked.get("act", ""))
    return (fact for fact in (kind.facts if kind else ()) if fact.name not in reading.LEFT_OUT)
