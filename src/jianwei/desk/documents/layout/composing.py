"""From a declaration to the blocks of its template: heads, copies on pages of their own, stubs and receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jianwei.desk.documents.kind import FieldKind, Kind, Layout
from jianwei.desk.documents.layout.markup import Block, Line, Tag
from jianwei.desk.documents.layout.markup import blocks as parsed
from jianwei.desk.documents.shelf import plain

ORDINALS = "一二三四五六"
CLOSING = ("Signer", "Closing")
"""Styles of a closing; the first for its first line."""
STUB, RECEIPT, DUPLICATE = "存根", "回执", "副本"


def composed(kind: Kind) -> list[Block]:
    """Every block of the template of ``kind``. A closing never stands alone on a page."""
    blocks = list(_composed(kind))
    for place, block in enumerate(blocks):
        if isinstance(block, Line) and block.style in CLOSING and not _closes(blocks, place - 1):
            blocks[place] = replace(block, style=CLOSING[0])
            _keep_with_next(blocks, place)
    return blocks


def _keep_with_next(blocks: list[Block], place: int) -> None:
    """The nearest paragraph before ``place`` ends on the page of what follows it."""
    for before in range(place - 1, -1, -1):
        block = blocks[before]
        if isinstance(block, Line):
            blocks[before] = replace(block, keeps=True)
            return


def _closes(blocks: list[Block], place: int) -> bool:
    """Whether the paragraph at ``place``, or the one before a Jinja statement there, belongs to a closing."""
    while place >= 0 and isinstance(blocks[place], Tag):
        place -= 1
    block = blocks[place] if place >= 0 else None
    return isinstance(block, Line) and block.style in CLOSING


def _composed(kind: Kind) -> Iterator[Block]:
    if kind.layout is not Layout.FILLED:
        yield from _head(kind)
        yield from parsed(kind.drafting["body"])
        return
    for place, (copy, goes) in enumerate(kind.copies.items()):
        label = f"第{ORDINALS[place]}联　{goes}"
        yield Line("Copy", label, breaks=place > 0)
        yield from _head(kind, copy)
        if copy == STUB:
            yield from _stub(kind)
        else:
            yield from parsed(kind.drafting["receipt" if copy == RECEIPT else "body"])


def _head(kind: Kind, copy: str = "") -> Iterator[Line]:
    if kind.layout in (Layout.NARRATIVE, Layout.FILLED):
        yield Line("Title", "{{ office.name }}")
    yield Line("Title", _title(kind))
    if copy in (STUB, RECEIPT, DUPLICATE):
        yield Line("Part", f"（{copy}）")
    if kind.numbering:
        yield Line("Number", "[[number]]")
    else:
        yield Line("Gap", "")


def _title(kind: Kind) -> str:
    """The title without what its bracket adds, short ones spaced; a general form prints the heading that is typed in."""
    if kind.field("heading"):
        return "{{ heading }}"
    title = kind.title if kind.layout is Layout.TABLE else plain(kind.title)
    return "　".join(title) if len(title) <= 4 else title


def _stub(kind: Kind) -> Iterator[Line]:
    """What the office keeps: the main fields, who approved, who filled it in, and when."""
    for name in kind.drafting["stub"]:
        field = kind.field(name)
        if field is None:
            raise KeyError(f"存根所列 {name} 不是本文书的填写项")
        shown = (
            f"{name}|names"
            if field.kind is FieldKind.ROWS
            else f"{name}|join('、')"
            if field.kind is FieldKind.LINES
            else name
        )
        yield Line("Stub", f"{field.label}：{{{{ {shown} }}}}")
    yield Line("Stub", "批准人：[[issued_by]]")
    yield Line("Stub", "承办人：{{ handler }}")
    yield Line("Stub", "填发时间：[[issued_on]]")
