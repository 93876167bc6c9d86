"""How a document leaves the court: raw records of the judgments site, HTML, plain text, everything on one line."""

from __future__ import annotations

import html
from typing import Any

import orjson

from jianwei.sandbox.document import Doc

_DIV = "<div style='LINE-HEIGHT: 25pt;TEXT-ALIGN:justify;TEXT-JUSTIFY:inter-ideograph; TEXT-INDENT: 30pt; MARGIN: 0.5pt 0cm;FONT-FAMILY: 仿宋; FONT-SIZE: 16pt;'>"
_CENTRE = "<div style='TEXT-ALIGN: center; LINE-HEIGHT: 25pt; MARGIN: 0.5pt 0cm; FONT-FAMILY: 宋体; FONT-SIZE: 22pt;'>"
_RIGHT = "<div style='TEXT-ALIGN: right; LINE-HEIGHT: 30pt; MARGIN: 0.5pt 0cm;  FONT-FAMILY: 仿宋;FONT-SIZE: 16pt; '>"
_TYPE = {"判决书": "01", "裁定书": "02", "调解书": "03", "决定书": "04", "支付令": "06"}


def _metadata(doc: Doc, key: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "s1": doc.title,
        "s2": doc.shown_court(),
        "s5": key,
        "s6": next((code for kind, code in _TYPE.items() if doc.kind.endswith(kind)), "05"),
        "s7": doc.case_no,
        "s8": f"{doc.case_type}案件",
        "s9": doc.procedure,
        "s11": [doc.cause] if doc.cause else [],
        "s17": doc.names,
        "s31": doc.decided_on.isoformat(),
    }
    if doc.statutes:
        record["s47"] = [{"tkx": article, "fgmc": f"《{law}》", "fgid": ""} for law, article in doc.statutes]
    return record


def segments(doc: Doc, key: str, with_parties: bool) -> bytes:
    """A raw record whose text is cut into s22 首部, s23 诉讼记录, s25 事实, s26 理由, s27 结果, s28 尾部."""
    record = _metadata(doc, key)
    head = doc.head()
    if with_parties:
        head += doc.parties
    record["s22"] = "\n".join(head)
    if doc.record:
        record["s23"] = "\n".join(doc.record)
    if doc.body:
        record["s25"] = "\n".join(doc.body)
    record["s26"] = doc.reasons
    record["s27"] = "\n".join(doc.ruling)
    record["s28"] = "\n".join(doc.signed())
    if doc.appended:
        record["s51"] = "\n".join(doc.appended)
    return orjson.dumps(record)


def html_text(doc: Doc) -> str:
    """The text as the site's pages carry it, with the anchors of its sections."""
    court, kind, no = doc.head()
    out = ["<a type='dir' name='WBSB'></a>", _CENTRE, court, "</div>", _CENTRE, kind, "</div>", _RIGHT, no, "</div>"]

    def section(anchor: str, lines: list[str]) -> None:
        out.append(f"<a type='dir' name='{anchor}'></a>")
        for line in lines:
            out.append(_DIV)
            text = html.escape(line, quote=False) if ("<" in line or "&" in line) else line
            out.append(text.replace("“", "&ldquo;").replace("”", "&rdquo;"))
            out.append("</div>")

    section("DSRXX", doc.parties)
    section("SSJL", doc.record)
    section("AJJBQK", doc.body)
    section("CPYZ", [doc.reasons])
    section("PJJG", doc.ruling)
    section("WBWW", doc.signed() + doc.appended)
    return "".join(out)


def html_record(doc: Doc, key: str) -> bytes:
    record = _metadata(doc, key)
    record["qwContent"] = html_text(doc)
    return orjson.dumps(record)


def wrapped_html(doc: Doc, key: str) -> bytes:
    """A page kept whole by a collector: the record is a JSON string inside the record."""
    source = {"Title": doc.title, "PubDate": doc.decided_on.isoformat(), "Html": html_text(doc)}
    return orjson.dumps({"id": key, "doc_id": key, "source": orjson.dumps(source).decode()})


def plain(doc: Doc) -> str:
    return "\n".join(doc.lines()) + "\n"


def one_line(doc: Doc) -> str:
    """Everything on one line, as texts copied out of old systems are."""
    return " ".join(doc.lines())


def indented(doc: Doc) -> str:
    """Paragraphs with a leading tab or two ideographic spaces, blank lines between parts."""
    return doc.lines()[0] + "\n" + "\n".join("　　" + line for line in doc.lines()[1:]) + "\n"
