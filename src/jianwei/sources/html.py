"""The text of an HTML judgment: blocks become lines, entities their characters, nothing else changes."""

from __future__ import annotations

import html
import re

_UNSEEN = re.compile(r"<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"<(?:br|/?(?:p|div|tr|li|h[1-6]|table|ul|ol|center|blockquote))\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<![^>]*>")
_RUNS = re.compile(r"[ \t\r]*\n[ \t\r\n]*")


def html_text(source: str) -> str:
    """``source`` without tags; a string without any tag comes back with entities resolved only."""
    if "<" not in source:
        return html.unescape(source) if "&" in source else source
    text = _UNSEEN.sub("", source)
    text = _TAG.sub("", _BLOCK.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    return _RUNS.sub("\n", text.replace("\xa0", " ")).strip()
