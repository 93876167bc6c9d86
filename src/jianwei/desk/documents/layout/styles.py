"""The official look: A4, margins 37/35/28/26 mm, 仿宋 of 16 pt on exact lines of 28 pt (GB/T 9704-2012, 5 and 7).

Font names are those of offices; ``ALTERNATIVES`` tell other machines what to take instead, here and in ``fonts.conf``.
"""

from __future__ import annotations

from dataclasses import dataclass

TWIPS_A_MM = 56.6929
PAGE_MM = (210, 297)
MARGINS_MM = {"top": 37, "bottom": 35, "left": 28, "right": 26}
TEXT_WIDTH = round((210 - 28 - 26) * TWIPS_A_MM)
"""Twips between the margins."""

FANGSONG, SONG_TITLE, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
ALTERNATIVES = {FANGSONG: "仿宋", SONG_TITLE: "华文中宋", HEI: "SimHei", KAI: "楷体", SONG: "SimSun"}


@dataclass(frozen=True)
class Style:
    """A paragraph style. ``size`` in points, ``line`` in points (exact), ``indent`` and ``right`` in characters."""

    key: str
    name: str
    font: str = FANGSONG
    size: float = 16
    line: float = 28
    align: str = "both"
    indent: int = 0
    right: int = 0
    before: float = 0
    after: float = 0
    keeps: bool = False


STYLES = (
    Style("Normal", "Normal", indent=2),
    Style("Title", "Title", SONG_TITLE, 22, 36, "center", after=4, keeps=True),
    Style("Part", "文书联名", KAI, 16, 28, "center", keeps=True),
    Style("Copy", "联次", FANGSONG, 12, 20, "right", keeps=True),
    Style("Number", "文号", align="right", after=14, keeps=True),
    Style("Addressee", "抬头", align="left"),
    Style("Heading", "heading 1", HEI, indent=2, align="left", keeps=True),
    Style("Subheading", "heading 2", KAI, indent=2, align="left", keeps=True),
    Style("Signer", "落款署名", align="right", right=2, before=28, keeps=True),
    Style("Closing", "落款", align="right", right=2, keeps=True),
    Style("Stub", "存根项", align="left", indent=2, line=32),
    Style("Note", "附注", size=14, line=24, indent=2, align="left"),
    Style("Cell", "表格文字", size=12, line=20, align="left"),
    Style("Gap", "表后间隔", size=4, line=10),
    Style("CellHeading", "表格标题", HEI, 12, 20, "center"),
)


def styles_xml() -> str:
    """``word/styles.xml``."""
    first = _style(STYLES[0], ' w:default="1"')
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>" + _run(FANGSONG, 16) + '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>" + first + "".join(_style(s) for s in STYLES[1:])
        + '<w:style w:type="table" w:default="1" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
        + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in
                  ("top", "left", "bottom", "right", "insideH", "insideV"))
        + '</w:tblBorders><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
        + "</w:tblPr></w:style>"
    )  # fmt: skip


def _style(style: Style, default: str = "") -> str:
    keeps = "<w:keepNext/><w:keepLines/>" if style.keeps else ""
    spacing = f'<w:spacing w:before="{_twips(style.before)}" w:after="{_twips(style.after)}" w:line="{_twips(style.line)}" w:lineRule="exact"/>'
    indent = (
        f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{_twips(style.indent * style.size)}"'
        f' w:rightChars="{style.right * 100}" w:right="{_twips(style.right * style.size)}"/>'
    )
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.key}"><w:name w:val="{style.name}"/>{based}<w:qFormat/>'
        f'<w:pPr>{keeps}<w:widowControl/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{spacing}{indent}<w:jc w:val="{style.align}"/></w:pPr>'
        f"<w:rPr>{_run(style.font, style.size)}</w:rPr></w:style>"
    )


def _run(font: str, size: float) -> str:
    half_points = round(size * 2)
    return (
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def _twips(points: float) -> int:
    return round(points * 20)


def font_table_xml() -> str:
    """``word/fontTable.xml``: what to take where a font is missing."""
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
