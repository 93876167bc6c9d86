"""The only way to read the index. Scope is part of the one query: what is out of scope is not found and not counted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from jianwei.desk.clues import queries as clues
from jianwei.desk.documents import queries as documents
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting
from jianwei.desk.search import conditions, words
from jianwei.desk.search.grams import wanted
from jianwei.desk.search.listing import PLAN
from jianwei.desk.search.models import Entry
from jianwei.desk.search.snippets import Hit, hit
from jianwei.desk.site.lists import Listing, Rows


def visible(who: Acting) -> QuerySet[Entry]:
    """The entries whose matter, clue or document that person sees now, asked of the live tables in the same query."""
    seen = (
        Q(matter__in=matters.visible(who).order_by().values("pk"))
        | Q(clue__in=clues.visible(who).order_by().values("pk"))
        | Q(document__in=documents.visible(who).order_by().values("pk"))
    )
    return Entry.objects.filter(seen)


class Found(Rows):
    """What a search finds."""

    def __init__(self, who: Acting) -> None:
        super().__init__(PLAN, who, visible(who).select_related("office", "matter__handler"))
        self._kinds: dict[str, int] | None = None

    def narrowed(self, listing: Listing, leaving_out: str = "") -> QuerySet[Entry]:
        """Nothing where nothing is asked, or where a condition cannot be read."""
        asked = conditions.read(listing)
        if not listing.narrowed or asked.wrong or (listing.text and not wanted(listing.text)):
            return Entry.objects.none()
        rows = super().narrowed(listing, leaving_out).filter(asked.wanted)
        return rows.filter(pk__in=words.matching(listing.text)) if listing.text else rows

    def ordered(self, listing: Listing) -> QuerySet[Entry]:
        """What is called so first, then the newest; or as asked."""
        if listing.sort or not wanted(listing.text):
            return super().ordered(listing)
        called = When(pk__in=words.matching(listing.text, head=True), then=Value(0))
        first = Case(called, default=Value(1), output_field=IntegerField())
        return self.narrowed(listing).order_by(first, *self.plan.order)

    def kinds(self, listing: Listing) -> dict[str, int]:
        """How many of each kind a search finds, whichever kind is chosen; counted once."""
        if self._kinds is None:
            rows = self.narrowed(listing, leaving_out="kind").order_by()
            self._kinds = dict(rows.values_list("kind").annotate(n=Count("pk")))
        return self._kinds

    def count(self, listing: Listing) -> int:
        chosen = listing.chosen["kind"]
        return sum(number for kind, number in self.kinds(listing).items() if not chosen or kind in chosen)

    def page(self, listing: Listing, start: int, size: int) -> list[Hit]:
        """First the ids, so that texts are not carried through the sorting of all, then their rows."""
        ids = list(self.ordered(listing).values_list("pk", flat=True)[start : start + size])
        return [hit(entry, listing.text) for entry in entries(ids)]

    def condition(self, listing: Listing, key: str) -> str:
        """A condition as its chip says it: the act and the fact by their titles."""
        if key == "act" and (act := conditions.acts(listing).get(listing.asked[key])):
            return act.title
        told = (fact.label for fact in conditions.facts(listing) if key == "fact" and fact.name == listing.asked[key])
        return next(told, listing.asked[key])


def entries(ids: Iterable[int]) -> list[Entry]:
    """The entries of one page, found a moment ago, in their order."""
    order = list(ids)
    held = Entry.objects.select_related("office", "matter__handler").in_bulk(order)
    return [held[pk] for pk in order if pk in held]
