"""Filters of the recording pages."""

from __future__ import annotations

from django import template

from jianwei.desk.recordings import listing

register = template.Library()


@register.filter
def clock(seconds: int | None) -> str:
    """``751`` → ``12:31``."""
    return listing.length(seconds)
