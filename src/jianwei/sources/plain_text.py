"""A document as plain text, passed on as it is but for stray HTML entities."""

from __future__ import annotations

from collections.abc import Iterator

from jianwei.sources.content import Content, Fault, Piece, TooLarge
from jianwei.sources.encoding import Undecodable, decode
from jianwei.sources.html import html_text
from jianwei.sources.wenshu_json import piece

SUFFIXES = (".txt", ".text", ".htm", ".html")
HOSTILE = False


def recognises(head: bytes) -> bool:
    if not head.strip() or b"\x00" in head:
        return False
    # A judgment in a file of no known name: text in Chinese, not a program or a log.
    for encoding in ("utf-8", "gb18030"):
        text = head.decode(encoding, "ignore")
        if sum("一" <= sign <= "龥" for sign in text) > len(text) // 3:
            return True
    return False


def read(content: Content) -> Iterator[Piece]:
    try:
        text = decode(content.whole())
    except (TooLarge, Undecodable) as error:
        yield Fault(content.entry, None, None, str(error))
        return
    if content.name.lower().endswith((".htm", ".html")):
        text = html_text(text)
    yield from piece((text, {}), content.entry, None)
