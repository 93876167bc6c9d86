"""A .docx as PDF, by LibreOffice where it is installed: in a limited process with a profile of its own and no network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from jianwei.desk.documents.confining import confine
from jianwei.desk.errors import DeskError

FONTS = Path(__file__).with_name("fonts.conf")
SECONDS = 90
"""For one document, the first start of LibreOffice included (chosen: a hundred pages take some ten seconds)."""
_MEMORY = 4 << 30
_LARGEST = 200 << 20


class NoConverter(DeskError):
    """LibreOffice is not installed; the print view of the page serves instead."""

    def __init__(self) -> None:
        super().__init__("服务器未安装 LibreOffice，不能生成 PDF。请用“打印”在浏览器中打印或另存为 PDF。")


class NotConverted(DeskError):
    """LibreOffice failed, or took too long."""

    def __init__(self) -> None:
        super().__init__("这份文书未能转成 PDF（超时或内容异常）。可下载 Word 文件，或用“打印”。")


def available() -> bool:
    return _program() is not None


def converted(docx: bytes) -> bytes:
    """The PDF of a document. Raises ``NoConverter`` and ``NotConverted``."""
    program = _program()
    if program is None:
        raise NoConverter
    with tempfile.TemporaryDirectory(prefix="jianwei-pdf-") as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(docx)
        command = [
            program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, str(source),
        ]  # fmt: skip
        _run(command, folder)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise NotConverted
        return made.read_bytes()


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _run(command: list[str], folder: str) -> None:
    """Run the converter in a group of its own and end the whole group when it is late."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": folder,
        "TMPDIR": folder,
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(FONTS),
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_confine,
    )
    try:
        code = process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NotConverted from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code != 0:
        raise NotConverted


def _confine() -> None:
    confine(memory=_MEMORY, file_bytes=_LARGEST, seconds=SECONDS)
