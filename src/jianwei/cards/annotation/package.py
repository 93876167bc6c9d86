"""An Excel workbook as the package of parts that it is. Parts that are not changed are copied byte for byte."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO

from lxml import etree

from jianwei.errors import JianweiError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MOST_PARTS = 5_000
_MOST_BYTES = 1 << 30
_LARGEST_PARSED = 32 << 20
_CHUNK = 1 << 20


class NotWritable(JianweiError):
    """The workbook cannot be written into; ``str(error)`` says why."""


def parsed(raw: bytes) -> etree._Element:
    """XML that may be hostile: no entities, no network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise NotWritable("Excel 文件的内部结构已损坏，不能写入批注") from error


class Package:
    """A workbook opened for reading, with the parts that are to be different or new."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self.zip = zipfile.ZipFile(stream)
        except zipfile.BadZipFile as error:
            raise NotWritable("文件不是 Excel 工作簿（.xlsx），不能写入批注") from error
        infos = self.zip.infolist()
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
            raise NotWritable("Excel 文件展开后过大，不能写入批注")
        self.names = {info.filename for info in infos}
        self.changed: dict[str, bytes] = {}
        self.workbook_part = self._workbook()

    def read(self, name: str) -> bytes:
        """A part that is parsed whole, as it now is."""
        if name in self.changed:
            return self.changed[name]
        if name not in self.names:
            raise NotWritable(f"Excel 文件缺少内部部件 {name}，不能写入批注")
        if self.zip.getinfo(name).file_size > _LARGEST_PARSED:
            raise NotWritable("Excel 文件的一个内部部件过大，不能写入批注")
        try:
            return self.zip.read(name)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise NotWritable("Excel 文件已损坏或加密，不能写入批注") from error

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part piece by piece, as the file has it."""
        try:
            with self.zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise NotWritable("Excel 文件已损坏或加密，不能写入批注") from error

    def free(self, pattern: str) -> str:
        """A name of that pattern (``xl/comments{}.xml``) that is not taken."""
        number = 1
        while (name := pattern.format(number)) in self.names or name in self.changed:
            number += 1
        return name

    def sheet_part(self, title: str) -> str:
        """The part of the worksheet with that title."""
        book = parsed(self.read(self.workbook_part))
        targets = self.targets(self.workbook_part)
        for sheet in book.iter(f"{{{MAIN}}}sheet"):
            key = sheet.get(f"{{{OFFICE}}}id") or ""
            if sheet.get("name") == title and key in targets:
                return targets[key]
        raise NotWritable(f"在 Excel 文件中找不到工作表“{title}”，不能写入批注")

    def targets(self, part: str) -> dict[str, str]:
        """The relations of a part: id → the part meant."""
        name = _rels_of(part)
        if name not in self.names and name not in self.changed:
            return {}
        relations = parsed(self.read(name))
        folder = posixpath.dirname(part)
        return {
            str(r.get("Id")): posixpath.normpath(posixpath.join("/" + folder, str(r.get("Target")))).lstrip("/")
            for r in relations
            if r.get("TargetMode") != "External"
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation from ``part`` to ``target``; returns its id."""
        name = _rels_of(part)
        known = name in self.names or name in self.changed
        relations = parsed(self.read(name) if known else f'<Relationships xmlns="{_RELS}"/>'.encode())
        taken = {r.get("Id") for r in relations}
        number = 1
        while (key := f"jw{number}") in taken:
            number += 1
        etree.SubElement(relations, f"{{{_RELS}}}Relationship", Id=key, Type=f"{OFFICE}/{kind}", Target="/" + target)
        self.changed[name] = etree.tostring(relations, xml_declaration=True, encoding="UTF-8", standalone=True)
        return key

    def declare(self, part: str, kind: str) -> None:
        """Say in the list of types what a new part is."""
        types = parsed(self.read("[Content_Types].xml"))
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName="/" + part, ContentType=kind)
        self.changed["[Content_Types].xml"] = etree.tostring(
            types, xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def add_sheet(self, title: str, content: bytes) -> None:
        """A new worksheet at the end of the workbook."""
        part = self.free("xl/worksheets/sheet{}.xml")
        self.changed[part] = content
        self.declare(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
        key = self.relate(self.workbook_part, "worksheet", part)
        book = parsed(self.read(self.workbook_part))
        (sheets,) = book.iter(f"{{{MAIN}}}sheets")
        names = {sheet.get("name") for sheet in sheets}
        free, number = title, 2
        while free in names:
            free, number = f"{title}{number}", number + 1
        used = max((int(sheet.get("sheetId") or 0) for sheet in sheets), default=0)
        etree.SubElement(sheets, f"{{{MAIN}}}sheet", {"name": free, "sheetId": str(used + 1), f"{{{OFFICE}}}id": key})
        self.changed[self.workbook_part] = etree.tostring(book, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _workbook(self) -> str:
        for target in self.targets("").values():
            if posixpath.basename(target).startswith("workbook"):
                if etree.QName(parsed(self.read(target))).namespace != MAIN:
                    raise NotWritable("文件是“严格 Open XML”工作簿，请另存为普通 Excel 工作簿（.xlsx）后再写入批注")
                if b"macroEnabled" in self.read("[Content_Types].xml"):
                    raise NotWritable("文件是带宏的工作簿（.xlsm），请另存为普通 Excel 工作簿（.xlsx）后再写入批注")
                return target
        raise NotWritable("文件不是 Excel 工作簿（.xlsx），不能写入批注")


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
