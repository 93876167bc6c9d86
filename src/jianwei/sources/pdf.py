"""PDF with a text layer. Lines that the page width broke are joined again."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from jianwei.sources.content import LONGEST_TEXT, Content, Fault, Piece
from jianwei.sources.wenshu_json import piece

SUFFIXES = (".pdf",)
HOSTILE = True

_ENDS = "。：:；;！？!?）)”"
_PAGES = 3000


def recognises(head: bytes) -> bool:
    return head.lstrip().startswith(b"%PDF-")


def read(content: Content) -> Iterator[Piece]:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with content.open() as stream:
            reader = pypdf.PdfReader(stream)
            if reader.is_encrypted and not reader.decrypt(""):
                yield Fault(content.entry, None, None, "PDF 已加密，无法读取")
                return
            if len(reader.pages) > _PAGES:
                yield Fault(content.entry, None, None, f"PDF 超过 {_PAGES} 页，不像一份文书")
                return
            lines: list[str] = []
            for page in reader.pages:
                lines += (page.extract_text() or "").splitlines()
                if sum(map(len, lines)) > LONGEST_TEXT:
                    break
    except MemoryError:
        raise
    except Exception:  # pypdf raises many kinds on broken files
        yield Fault(content.entry, None, None, "PDF 已损坏，无法读取")
        return
    if not any(line.strip() for line in lines):
        yield Fault(content.entry, None, None, "PDF 没有文字层（多半是扫描件），请先做文字识别")
        return
    # A broken font table gives half characters, which no file can hold.
    text = joined(lines).encode("utf-8", "replace").decode()
    yield from piece((text, {}), content.entry, None)


def joined(lines: list[str]) -> str:
    """``lines`` with those joined that ended only because the page did: full lines without a closing sign."""
    lines = [line.strip() for line in lines if line.strip()]
    full = max((len(line) for line in lines), default=0) * 0.85
    text: list[str] = []
    broken = False
    for line in lines:
        if broken and not _page_number(line):
            text[-1] += line
        elif not _page_number(line):
            text.append(line)
        else:
            continue
        broken = len(line) >= full and line[-1] not in _ENDS
    return "\n".join(text)


def _page_number(line: str) -> bool:
    return line.strip("—-–－ 第页共/·").isdigit() and len(line) <= 12
