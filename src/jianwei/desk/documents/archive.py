"""Word packages as archives: read within bounds, written the same way each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

BODY = "word/document.xml"
MOST_BYTES = 50 << 20
"""Unpacked bytes of one document (chosen: a long indictment with pictures has a tenth)."""
MOST_MEMBERS = 500


class BadPackage(ValueError):
    """Not a Word document, or one that holds what a document of the office must not. One Chinese clause."""


def members(docx: bytes) -> dict[str, bytes]:
    """The parts of a package. Raises ``BadPackage``."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            if len(entries) > MOST_MEMBERS or sum(e.file_size for e in entries) > MOST_BYTES:
                raise BadPackage("内容过大")
            found = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise BadPackage("不是 Word 文档（.docx），或已损坏、加密") from error
    if BODY not in found or "[Content_Types].xml" not in found:
        raise BadPackage("不是 Word 文档（缺少 word/document.xml）")
    return found


def written(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, with no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zipped(docx: bytes) -> bytes:
    """The same package without the moment at which it was written."""
    return written(members(docx))
