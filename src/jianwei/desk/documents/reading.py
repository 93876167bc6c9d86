"""A .docx as blocks for the screen, its gaps, and the stamp of number and date at issue. Only body text is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from jianwei.desk.documents.archive import BODY, BadPackage, members, written

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_SIGNS = {f"{_W}tab": "　", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_KNOWN = (
    "Title",
    "Part",
    "Copy",
    "Number",
    "Addressee",
    "Heading",
    "Subheading",
    "Signer",
    "Closing",
    "Stub",
    "Note",
    "Cell",
    "CellHeading",
    "Gap",
)
_ALIGNED = {"center": "center", "right": "right", "end": "right"}

Block = dict[str, Any]
"""``{"p": text, "style": …, "align": …, "breaks": bool}`` or ``{"table": [[(text, style, span), …], …]}``: plain JSON."""

FORBIDDEN = ("word/vbaProject.bin", "word/embeddings/", "word/activeX/", "customUI/")


class NoPlace(ValueError):
    """The content controls for number or date are gone."""


def blocks(docx: bytes) -> list[Block]:
    """What is on the page, in order. Raises ``BadPackage``."""
    return list(_blocks(_body(members(docx))))


def text(found: list[Block]) -> str:
    """The blocks as plain text."""
    lines = []
    for block in found:
        lines += [block["p"]] if "p" in block else [cell[0] for row in block["table"] for cell in row]
    return "\n".join(lines)


def checked(docx: bytes) -> list[Block]:
    """The blocks of a document from outside. Raises ``BadPackage`` for macros, embedded objects and outside references."""
    parts = members(docx)
    if any(name.startswith(FORBIDDEN) for name in parts):
        raise BadPackage("含有宏、控件或嵌入对象")
    for name, content in parts.items():
        if name.endswith(".rels") and b"External" in content and _reaches_out(content):
            raise BadPackage("引用了文件以外的内容（外部图片、模板或对象）")
    found = list(_blocks(_body(parts)))
    if not text(found).strip():
        raise BadPackage("没有文字")
    return found


def stamped(docx: bytes, words: Mapping[str, str]) -> bytes:
    """The document with its content controls filled: ``{"number": …, "issued_on": …}``.

    Raises ``NoPlace`` when the number has no place in it; date and signer are not in every kind.
    """
    parts = members(docx)
    body = _body(parts)
    placed = set()
    for control in body.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        name = str(tag.get(f"{_W}val")) if tag is not None else ""
        if name in words and _write(control, words[name]):
            placed.add(name)
    if "number" in words and "number" not in placed:
        raise NoPlace("number")
    parts[BODY] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written(parts)


def _write(control: etree._Element, words: str) -> bool:
    pieces = list(control.iter(f"{_W}t"))
    for piece in pieces:
        piece.text = ""
    if pieces:
        pieces[0].text = words
    return bool(pieces)


def _body(parts: Mapping[str, bytes]) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(parts[BODY], parser)
    except etree.XMLSyntaxError as error:
        raise BadPackage("文档内容已损坏") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadPackage("文档内容异常（带有 DTD）")
    return root


def _reaches_out(relations: bytes) -> bool:
    root = etree.fromstring(relations, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    return any(r.get("TargetMode") == "External" and not str(r.get("Type", "")).endswith("/hyperlink") for r in root)


def _blocks(root: etree._Element) -> Iterator[Block]:
    body = root.find(f"{_W}body")
    for element in _flat(body if body is not None else root):
        if element.tag == f"{_W}p":
            yield _paragraph(element)
        else:
            yield {"table": [[_cell(cell) for cell in row.iter(f"{_W}tc")] for row in element.iter(f"{_W}tr")]}


def _flat(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, also those in content controls that span paragraphs."""
    for element in parent:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag == f"{_W}sdt":
            content = element.find(f"{_W}sdtContent")
            yield from _flat(content) if content is not None else ()


def _paragraph(element: etree._Element) -> Block:
    style = _value(element, f"{_W}pPr/{_W}pStyle")
    align = _ALIGNED.get(_value(element, f"{_W}pPr/{_W}jc"), "")
    breaks = element.find(f"{_W}pPr/{_W}pageBreakBefore") is not None or any(
        br.get(f"{_W}type") == "page" for br in element.iter(f"{_W}br")
    )
    return {"p": _text(element), "style": style if style in _KNOWN else "Normal", "align": align, "breaks": breaks}


def _cell(cell: etree._Element) -> tuple[str, str, int]:
    style = _value(cell, f"{_W}p/{_W}pPr/{_W}pStyle")
    span = _value(cell, f"{_W}tcPr/{_W}gridSpan")
    words = "\n".join(_text(p) for p in cell.iter(f"{_W}p"))
    return words, "CellHeading" if style == "CellHeading" else "Cell", int(span) if span.isdecimal() else 1


def _value(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return str(found.get(f"{_W}val", "")) if found is not None else ""


def _text(element: etree._Element) -> str:
    words = []
    for part in element.iter():
        if part.tag == f"{_W}t":
            words.append(part.text or "")
        elif part.tag in _SIGNS and part.get(f"{_W}type") != "page" and _in_run(part):
            words.append(_SIGNS[str(part.tag)])
    return "".join(words)


def _in_run(part: etree._Element) -> bool:
    """Whether a tab or break is one of the text, not a tab stop of the paragraph's properties."""
    parent = part.getparent()
    return parent is not None and parent.tag == f"{_W}r"
