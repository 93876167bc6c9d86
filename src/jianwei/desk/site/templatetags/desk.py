"""Tags of the design system."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

import jianwei
from jianwei.desk.site.lists import Column, Plan, saying

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon that says nothing to a screen reader: its words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        asset("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, new with every release."""
    return f"{static(path)}?v={jianwei.__version__}"


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key, "")


@register.filter
def signed(number: int) -> str:
    return f"+{number}" if number >= 0 else str(number)


@register.filter
def says(column: Column, row: Any) -> str | int:
    """What a column of a list says of a row."""
    return saying.said(column, row)


@register.filter
def whole(column: Column, row: Any) -> str:
    """The class of what stands on one line."""
    return " num" if saying.whole(column, row) else ""


@register.simple_tag
def address(plan: Plan, row: Any) -> str:
    """Where a row of a list leads."""
    return plan.link(row) if plan.link else ""
