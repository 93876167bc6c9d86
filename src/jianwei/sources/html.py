"""The text of an HTML judgment: blocks become lines, entities their characters, nothing else changes.

Entities also stray into plain texts that were copied out of a page (审&nbsp;判&nbsp;员); there they are resolved alone.
"""

from __future__ import annotations

import html
import re

_UNSEEN = re.compile(r"<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"<(?:br|/?(?:p|div|tr|li|h[1-6]|table|ul|ol|center|blockquote))\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<![^>]*>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
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


def without_entities(text: str) -> str:
    """``text`` with its entities resolved, also those that were escaped once more on their way (``&amp;nbsp;``)."""
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(_character, text)
    return text


def _character(entity: re.Match[str]) -> str:
    found = html.unescape(entity.group())
    return " " if found == "\xa0" else found
