"""Handle Word files from outside in a limited process."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from jianwei.desk.documents.archive import BadPackage
from jianwei.desk.documents.reading import Block, NoPlace

LARGEST = 10 << 20
"""Bytes of an uploaded document (chosen: fifty times a long indictment)."""
_SECONDS = 40


def checked(docx: bytes) -> list[Block]:
    """What is on the page of an uploaded document. Raises ``BadPackage``."""
    if len(docx) > LARGEST:
        raise BadPackage(f"文件超过 {LARGEST >> 20} MB")
    blocks: list[Block] = _answer({"do": "check"}, docx)["blocks"]
    return blocks


def filled(template: bytes, values: Mapping[str, Any]) -> bytes:
    """An office's own template, filled. Raises ``BadPackage``."""
    return base64.b64decode(_answer({"do": "fill", "values": values}, template)["docx"])


def stamped(docx: bytes, words: Mapping[str, str]) -> bytes:
    """An uploaded document with number and date. Raises ``NoPlace`` and ``BadPackage``."""
    return base64.b64decode(_answer({"do": "stamp", "words": words}, docx)["docx"])


def _answer(order: dict[str, Any], docx: bytes) -> dict[str, Any]:
    sent = json.dumps(order | {"docx": base64.b64encode(docx).decode()}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "jianwei.desk.documents.child"],
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
            cwd="/",
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "LANG": "C.UTF-8"},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise BadPackage("解析超出限制（内存或时间），或内容异常") from error
    if "refused" in answer:
        raise BadPackage(answer["refused"])
    if "no_place" in answer:
        raise NoPlace(answer["no_place"])
    return answer
