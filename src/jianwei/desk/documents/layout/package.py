"""Blocks to a .docx: a small package, the same bytes for the same blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from jianwei.desk.documents.archive import written
from jianwei.desk.documents.layout.markup import Block, Line, Row, Table, Tag
from jianwei.desk.documents.layout.styles import (
    MARGINS_MM,
    PAGE_MM,
    SONG,
    TEXT_WIDTH,
    TWIPS_A_MM,
    font_table_xml,
    styles_xml,
)

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CONTROL = re.compile(r"\[\[(\w+)\]\]")
CONTROLS = {"number": "文号", "issued_on": "签发日期", "issued_by": "签发人"}

_LOWEST_ROW = 600
"""Twips: a row that can be written in by hand."""

PARTS = {"styles": "styles", "settings": "settings", "fontTable": "fontTable", "footer1": "footer", "footer2": "footer"}


def packed(title: str, blocks: Iterable[Block]) -> bytes:
    """The .docx of these blocks; ``title`` is in its properties."""
    members = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            {"document": (f"{_RELATIONS}/officeDocument", "word/document.xml"), "core": (_CORE, "docProps/core.xml")}
        ),
        "word/_rels/document.xml.rels": _relations(
            {n: (f"{_RELATIONS}/{kind}", f"{n}.xml") for n, kind in PARTS.items()}
        ),
        "docProps/core.xml": _core(title),
        "word/document.xml": f"{_XML}<w:document {_W} {_R}><w:body>{''.join(_all(blocks))}{_section()}</w:body></w:document>",
        "word/styles.xml": f"{_XML}<w:styles {_W}>{styles_xml()}</w:styles>",
        "word/fontTable.xml": f"{_XML}<w:fonts {_W}>{font_table_xml()}</w:fonts>",
        "word/settings.xml": f"{_XML}<w:settings {_W}><w:evenAndOddHeaders/></w:settings>",
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
    }
    return written({name: text.encode() for name, text in members.items()})


def _all(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _table(block)
            yield _paragraph("Gap", "")
        elif isinstance(block, Tag):
            yield _paragraph("Normal", f"{{%p {block.text} %}}")
        else:
            yield _line(block)


def _line(line: Line) -> str:
    more = ("<w:keepNext/>" if line.keeps else "") + ("<w:pageBreakBefore/>" if line.breaks else "")
    return _paragraph(line.style, line.text, more)


def _paragraph(style: str, text: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{"".join(_runs(text))}</w:p>'


def _runs(text: str) -> Iterator[str]:
    """Plain text as runs, ``[[number]]`` as a content control."""
    for place, piece in enumerate(_CONTROL.split(text)):
        if place % 2:
            blank = _run(f"{{{{ {piece} }}}}")
            yield (
                f'<w:sdt><w:sdtPr><w:alias w:val="{CONTROLS[piece]}"/><w:tag w:val="{piece}"/><w:text/></w:sdtPr>'
                f"<w:sdtContent>{blank}</w:sdtContent></w:sdt>"
            )
        elif piece:
            yield _run(piece)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table(table: Table) -> Iterator[str]:
    whole = sum(table.widths)
    widths = [TEXT_WIDTH * part // whole for part in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    for row in table.rows:
        if isinstance(row, Tag):
            yield f"<w:tr><w:tc><w:p>{_run('{%tr ' + row.text + ' %}')}</w:p></w:tc></w:tr>"
        else:
            yield _row(row, widths)
    yield "</w:tbl>"


def _row(row: Row, widths: list[int]) -> str:
    """A row; when it has fewer cells than columns its last cell takes the rest."""
    span = len(widths) - len(row.cells) + 1
    cells = []
    for place, text in enumerate(row.cells):
        last = place == len(row.cells) - 1
        width = sum(widths[place:]) if last else widths[place]
        merged = f'<w:gridSpan w:val="{span}"/>' if last and span > 1 else ""
        label = row.heading or (place % 2 == 0 and len(row.cells) > 1 and "{" not in text)
        style = "CellHeading" if label else "Cell"
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>{_paragraph(style, text)}</w:tc>'
        )
    heading = "<w:cantSplit/><w:tblHeader/>" if row.heading else ""
    return (
        f'<w:tr><w:trPr>{heading}<w:trHeight w:val="{_LOWEST_ROW}" w:hRule="atLeast"/></w:trPr>{"".join(cells)}</w:tr>'
    )


def _section() -> str:
    width, height = (round(mm * TWIPS_A_MM) for mm in PAGE_MM)
    margins = " ".join(f'w:{side}="{round(mm * TWIPS_A_MM)}"' for side, mm in MARGINS_MM.items())
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar {margins} w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>'
    )


def _footer(align: str) -> str:
    """— 1 — in 宋体 of 14 pt; odd pages one blank from the right, even pages one blank from the left (GB/T 9704, 7.5)."""
    font = f'<w:rPr><w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/><w:sz w:val="28"/></w:rPr>'
    dash = f'<w:r>{font}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    number = f'<w:fldSimple w:instr=" PAGE "><w:r>{font}<w:t>1</w:t></w:r></w:fldSimple>'
    indent = (
        '<w:ind w:firstLineChars="0" w:firstLine="0" w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'
    )
    return (
        f'{_XML}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Normal"/>{indent}<w:jc w:val="{align}"/></w:pPr>'
        f"{dash.format('— ')}{number}{dash.format(' —')}</w:p></w:ftr>"
    )


def _core(title: str) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title><dc:creator>见微</dc:creator></cp:coreProperties>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, (kind, target) in targets.items()
    )
    return f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in PARTS.items()
    )
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{parts}</Types>'
    )
