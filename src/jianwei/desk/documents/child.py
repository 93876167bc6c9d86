"""The process that handles Word files from outside: ``python -m jianwei.desk.documents.child``.

One order on stdin, one answer on stdout, both JSON: plain data, so that whoever takes over this process can at most
send strange text. It has little memory and time, no network, and writes no file.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

from jianwei.desk.documents import reading
from jianwei.desk.documents.archive import BadPackage
from jianwei.desk.documents.confining import confine
from jianwei.desk.documents.filling import BadTemplate, filled

MEMORY = 1 << 30
SECONDS = 30


def main() -> None:
    confine(memory=MEMORY, file_bytes=0, seconds=SECONDS)
    order = json.loads(sys.stdin.buffer.read())
    try:
        answer = _done(order, base64.b64decode(order["docx"]))
    except BadPackage as error:
        answer = {"refused": str(error)}
    except BadTemplate as error:
        answer = {"refused": error.why}
    except reading.NoPlace as error:
        answer = {"no_place": str(error)}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def _done(order: dict[str, Any], docx: bytes) -> dict[str, Any]:
    match order["do"]:
        case "check":
            return {"blocks": reading.checked(docx)}
        case "fill":
            reading.checked(docx)
            return {"docx": _sent(filled(docx, order["values"]))}
        case _:
            return {"docx": _sent(reading.stamped(docx, order["words"]))}


def _sent(docx: bytes) -> str:
    return base64.b64encode(docx).decode()


if __name__ == "__main__":
    main()
