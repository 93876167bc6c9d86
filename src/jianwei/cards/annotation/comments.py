"""The parts of a worksheet that hold its comments: their words, and the little boxes they are shown in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from jianwei.cards.annotation.package import MAIN, NotWritable, Package, parsed

AUTHOR = "见微"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 30_000
"""Characters of one comment; Excel takes 32,767 a cell."""


def text(words: str) -> str:
    """Words as XML may hold them."""
    return _NOT_XML.sub("", words)


def comments(package: Package, sheet: str, words: Mapping[str, str]) -> None:
    """Write ``words`` by cell into the part of comments that ``sheet`` has or is given."""
    part = next((t for t in package.targets(sheet).values() if "/comments" in t and "hreaded" not in t), None)
    if part is None:
        part = package.free("xl/comments{}.xml")
        package.declare(part, _COMMENTS)
        package.relate(sheet, "comments", part)
        held = parsed(f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode())
    else:
        held = parsed(package.read(part))
    space = etree.QName(held).namespace
    authors, listed = held.find(f"{{{space}}}authors"), held.find(f"{{{space}}}commentList")
    if authors is None or listed is None:
        raise NotWritable("Excel 文件原有批注的结构特殊，不能写入批注")
    etree.SubElement(authors, f"{{{space}}}author").text = AUTHOR
    number = str(len(authors) - 1)
    known = {comment.get("ref"): comment for comment in listed}
    for ref, said in words.items():
        body = known[ref].find(f"{{{space}}}text") if ref in known else None
        if body is None:
            comment = etree.SubElement(listed, f"{{{space}}}comment", ref=ref, authorId=number)
            body = etree.SubElement(comment, f"{{{space}}}text")
        else:
            said = "\n" + said
        run = etree.SubElement(body, f"{{{space}}}r")
        shown = etree.SubElement(run, f"{{{space}}}t")
        shown.text = text(said)[:_LONGEST]
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    package.changed[part] = etree.tostring(held, xml_declaration=True, encoding="UTF-8", standalone=True)


def boxes(package: Package, sheet: str, drawing: str | None, words: Mapping[str, str]) -> str | None:
    """Write a box for every new comment into ``drawing``, or into a new one, whose relation is then returned."""
    if drawing is not None:
        raw = package.read(drawing).decode("utf-8", "replace")
        close = raw.rfind("</")
        had = set(_HAD.findall(raw))
        first = max(map(int, re.findall(r"_x0000_s(\d{1,9})\"", raw)), default=_FIRST) + 1
        new = [ref for ref in words if _place(ref) not in had]
        package.changed[drawing] = (raw[:close] + _boxes(new, first) + raw[close:]).encode()
        return None
    part = package.free("xl/drawings/vmlDrawing{}.vml")
    blocks = ",".join(str(n) for n in range(1, len(words) // 1024 + 2))
    package.changed[part] = (_HEAD.format(blocks) + _boxes(words, _FIRST + 1) + "</xml>").encode()
    package.declare(part, _DRAWING)
    return package.relate(sheet, "vmlDrawing", part)


_FIRST = 1024
"""Shapes are numbered from above this, in blocks of as many."""
_HAD = re.compile(r"<\w+:Row>(\d+)</\w+:Row>\s*<\w+:Column>(\d+)</\w+:Column>")
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
_HEAD = (
    f'<xml {_VML}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{}}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def _place(ref: str) -> tuple[str, str]:
    """``C5`` → ``("4", "2")``: row and column from 0."""
    found = _REF.match(ref)
    assert found, ref
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return str(int(found[2]) - 1), str(column - 1)


def _boxes(refs: Iterable[str], first: int) -> str:
    return "".join(_box(ref, number) for number, ref in enumerate(refs, first))


def _box(ref: str, number: int) -> str:
    row, column = _place(ref)
    left, top = int(column) + 1, int(row)
    anchor = f"{left}, 15, {top}, 2, {left + 4}, 20, {top + 8}, 4"
    return (
        f'<v:shape {_VML} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
