"""Filters of the evidence pages."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from jianwei.desk.evidence import categories, listing

register = template.Library()


@register.filter
def octets(number: int | None) -> str:
    """``1536`` → ``1.5 KB``."""
    return listing.size(number)


@register.simple_tag
def chosen_once(group: int, kind: str) -> SafeString:
    """`` selected`` in the first group that has this kind: several laws name the same."""
    first = next((place for place, law in enumerate(categories.procedures(), 2) if kind in law.kinds), 0)
    return mark_safe(" selected") if first == group else SafeString()
