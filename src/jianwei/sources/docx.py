"""Word documents: the text of the body, paragraph by paragraph. Streams the XML; nothing outside the file is opened."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from lxml import etree

from jianwei.sources.content import LONGEST_TEXT, Content, Fault, Piece
from jianwei.sources.wenshu_json import piece

SUFFIXES = (".docx", ".docm")
HOSTILE = True

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def recognises(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"word/" in head


def read(content: Content) -> Iterator[Piece]:
    try:
        with content.open() as stream, zipfile.ZipFile(stream) as archive, archive.open("word/document.xml") as body:
            text = "\n".join(_paragraphs(body)).strip("\n")
    except KeyError:
        yield Fault(content.entry, None, None, "不是 Word 文档（缺少 word/document.xml）")
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, OverflowError):
        yield Fault(content.entry, None, None, "Word 文档已损坏、加密或内容异常，无法读取")
    else:
        yield from piece((text, {}), content.entry, None)


def _paragraphs(body: object) -> Iterator[str]:
    length = 0
    words: list[str] = []
    skipped = 0
    events = etree.iterparse(
        body,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for event, element in events:
        if element.tag == _FALLBACK:
            skipped += 1 if event == "start" else -1
        if event == "start":
            continue
        if not skipped:
            if element.tag == f"{_W}t":
                words.append(element.text or "")
            elif element.tag in _SIGNS and element.getparent() is not None and element.getparent().tag == f"{_W}r":
                words.append(_SIGNS[str(element.tag)])
        if element.tag == f"{_W}p":
            length += 1 + sum(map(len, words))
            if length > LONGEST_TEXT:
                raise OverflowError
            yield "".join(words)
            words.clear()
            _drop(element)
        elif element.tag in (f"{_W}tbl", f"{_W}sectPr"):
            _drop(element)


def _drop(element: etree._Element) -> None:
    """Free what was read: the element's content and its earlier siblings."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
