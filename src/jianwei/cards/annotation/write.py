"""Write the findings of a report into a copy of the file that they were found in."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from jianwei.cards.annotation.comments import boxes, comments
from jianwei.cards.annotation.package import OFFICE, NotWritable, Package
from jianwei.cards.annotation.summary import TITLE, sheet
from jianwei.cards.finding import Finding, Report

__all__ = ["NotWritable", "annotate"]

_END_OF_ROWS = re.compile(rb"</(?:(\w+):)?sheetData>|<(?:(\w+):)?sheetData\s*/>")
_LATER = re.compile(
    rb"<(?:\w+:)?(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b"
    rb"|</(?:\w+:)?worksheet>"
)
_LEGACY = re.compile(rb"<(?:\w+:)?legacyDrawing\s[^>]*?\w+:id=\"([^\"]+)\"")
_LARGEST_TAIL = 64 << 20
_OVERLAP = 64


def annotate(source: Path, file: str, report: Report, out: IO[bytes]) -> int:
    """Copy the workbook at ``source`` (named ``file`` in ``report``) to ``out`` with a comment on every cell that a
    finding names, and a list of all findings as a last worksheet. Returns how many cells bear a comment.
    A table of text becomes a workbook. Raises ``NotWritable``.
    """
    with tempfile.TemporaryFile() as made, source.open("rb") as given:
        stream: IO[bytes] = given
        if given.read(2) != b"PK":
            from jianwei.cards.annotation.plain_table import workbook

            workbook(source, file, made)
            stream = made
        stream.seek(0)
        package = Package(stream)
        by_sheet = _words(report, file)
        tails = {}
        for title, words in by_sheet.items():
            part = package.sheet_part(title) if title else _only_sheet(package)
            tails[part] = _comment(package, part, words)
        package.add_sheet(TITLE, sheet(report))
        _write(package, tails, out)
    return sum(len(words) for words in by_sheet.values())


def _words(report: Report, file: str) -> Mapping[str, Mapping[str, str]]:
    """What to say at each cell, by worksheet."""
    found: dict[str, dict[str, list[str]]] = {}
    for finding in report.findings:
        for cell in finding.cells:
            if cell.file == file and cell.ref:
                found.setdefault(cell.sheet, {}).setdefault(cell.ref, []).append(_said(finding))
    return {
        title: {ref: "\n\n".join(dict.fromkeys(said)) for ref, said in cells.items()} for title, cells in found.items()
    }


def _said(finding: Finding) -> str:
    lines = [
        f"【{finding.ref}·{finding.verdict}】{finding.title}",
        f"{finding.sentence}。",
        f"依据：{'；'.join(finding.basis)}",
    ]
    lines += [f"例外：{e.name}（{e.cite}）——{e.standing}" for e in finding.exceptions]
    if finding.accepted:
        lines.append(f"已接受：{finding.accepted}")
    return "\n".join(lines)


def _only_sheet(package: Package) -> str:
    part = next((t for t in package.targets(package.workbook_part).values() if "/worksheets/" in t), None)
    if part is None:
        raise NotWritable("Excel 文件中没有工作表，不能写入批注")
    return part


def _comment(package: Package, part: str, words: Mapping[str, str]) -> bytes:
    """Add the comments of one worksheet; returns the end of its part, from the end of the rows on, as it must become."""
    tail = _tail(package, part)
    legacy = _LEGACY.search(tail)
    drawing = package.targets(part).get(legacy[1].decode()) if legacy else None
    comments(package, part, words)
    relation = boxes(package, part, drawing, words)
    if relation is None:
        return tail
    before = _LATER.search(tail)
    if before is None:
        raise NotWritable("Excel 文件的工作表结构特殊，不能写入批注")
    close = re.search(rb"</(\w+:)?worksheet>", tail)
    prefix = (close[1] or b"").decode() if close else ""
    link = f'<{prefix}legacyDrawing xmlns:r="{OFFICE}" r:id="{relation}"/>'.encode()
    return tail[: before.start()] + link + tail[before.start() :]


def _tail(package: Package, part: str) -> bytes:
    """The end of a worksheet, from the end of its rows on."""
    held = b""
    found = False
    for chunk in package.chunks(part):
        held += chunk
        if not found:
            end = _END_OF_ROWS.search(held)
            found = end is not None
            held = held[end.start() :] if end else held[-_OVERLAP:]
        if len(held) > _LARGEST_TAIL:
            break
    if not found or len(held) > _LARGEST_TAIL:
        raise NotWritable("Excel 文件的工作表结构特殊，不能写入批注")
    return held


def _write(package: Package, tails: Mapping[str, bytes], out: IO[bytes]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as target:
        for info in package.zip.infolist():
            if info.is_dir():
                continue
            if info.filename in package.changed:
                target.writestr(info.filename, package.changed.pop(info.filename))
                continue
            with target.open(info.filename, "w", force_zip64=True) as part:
                if info.filename in tails:
                    _until_rows_end(package, info.filename, part)
                    part.write(tails[info.filename])
                else:
                    for chunk in package.chunks(info.filename):
                        part.write(chunk)
        for name, content in package.changed.items():
            target.writestr(name, content)


def _until_rows_end(package: Package, name: str, part: IO[bytes]) -> None:
    held = b""
    for chunk in package.chunks(name):
        held += chunk
        if end := _END_OF_ROWS.search(held):
            part.write(held[: end.start()])
            return
        part.write(held[:-_OVERLAP])
        held = held[-_OVERLAP:]
