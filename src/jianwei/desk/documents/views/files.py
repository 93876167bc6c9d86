"""Files in and out of the documents room."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.isolated import LARGEST

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def uploaded(request: HttpRequest) -> bytes:
    """The file of an upload. Raises ``Refused``."""
    file = request.FILES.get("docx")
    if file is None or not file.size:
        raise Refused("请选择一个 Word 文件（.docx）。", {"docx": "请选择文件"})
    if file.size > LARGEST:
        raise Refused(f"文件超过 {LARGEST >> 20} MB。", {"docx": "文件过大"})
    return bytes(file.read())


def word_file(docx: bytes, name: str) -> HttpResponse:
    return _file(docx, WORD, name, "attachment")


def pdf_file(pdf: bytes, name: str) -> HttpResponse:
    return _file(pdf, "application/pdf", name, "inline")


def _file(content: bytes, kind: str, name: str, shown: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(name)}"
    return response
