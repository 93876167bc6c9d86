"""Tags of the documents room."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jianwei.desk.documents.wording import GAP

register = template.Library()


@register.filter
def gaps_marked(text: str) -> SafeString:
    """A paragraph with its gaps marked; line ends inside it are kept."""
    pieces, at = [], 0
    for found in GAP.finditer(text):
        pieces += [(_lines(text[at : found.start()]),), (format_html("<mark>{}</mark>", found[0]),)]
        at = found.end()
    return format_html_join("", "{}", [*pieces, (_lines(text[at:]),)])


def _lines(text: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.split("\n")))
