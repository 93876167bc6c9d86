"""The rows of the list of matters, in ways that stay quick among a hundred thousand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When

from jianwei.desk.matters import queries
from jianwei.desk.matters.listing import CLOCKS, PLAN, clock_ranges, procedure_title
from jianwei.desk.matters.models import Matter
from jianwei.desk.matters.showing import tone_of_day
from jianwei.desk.people.acting import Acting
from jianwei.desk.site.lists import Listing, Rows


@dataclass(frozen=True)
class Row:
    """A matter with the colour and the word of its nearest last day."""

    matter: Matter
    procedure: str
    tone: str
    word: str
    elsewhere: bool
    """Whether an office out of scope handles it: it was handed over, or somebody was named for it."""


class Matters(Rows):
    def __init__(self, who: Acting) -> None:
        super().__init__(PLAN, who, queries.visible(who).select_related("office", "handler"))
        self._clocks: dict[str, int] | None = None

    @property
    def today(self) -> dt.date:
        return queries.today(self.who)

    def clocks(self, listing: Listing) -> list[tuple[str, str, int]]:
        """The states of the nearest last day with their numbers, counted without the filter on them, once."""
        if self._clocks is None:
            ranges = clock_ranges(self.who)
            state = Case(*(When(ranges[key], then=Value(key)) for key in CLOCKS), output_field=CharField())
            found = self.narrowed(listing, leaving_out="clock").annotate(state=state).order_by()
            self._clocks = dict(found.values_list("state").annotate(n=Count("pk")))
        return [(key, title, self._clocks.get(key, 0)) for key, title in CLOCKS.items()]

    def count(self, listing: Listing) -> int:
        chosen = listing.chosen["clock"]
        return sum(number for key, _, number in self.clocks(listing) if not chosen or key in chosen)

    def ordered(self, listing: Listing) -> QuerySet[Matter]:
        """By one column and the id in the same direction, which an index walks either way."""
        name, *_ = listing.order()
        down, name = name.startswith("-"), name.lstrip("-")
        column = F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True)
        nullable = Matter._meta.get_field(name).null
        return self.narrowed(listing).order_by(
            column if nullable else f"{'-' if down else ''}{name}", "-id" if down else "id"
        )

    def page(self, listing: Listing, start: int, size: int) -> list[Row]:
        """First the ids, which an index alone gives in order, then their rows."""
        ids = list(self.ordered(listing).values_list("pk", flat=True)[start : start + size])
        found = Matter.objects.select_related("office", "handler").in_bulk(ids)
        return [self._row(found[pk]) for pk in ids if pk in found]

    def _row(self, matter: Matter) -> Row:
        elsewhere = not matter.office.path.startswith(self.who.path)
        return Row(matter, procedure_title(matter.procedure), *tone_of_day(matter.due_on, self.today), elsewhere)
