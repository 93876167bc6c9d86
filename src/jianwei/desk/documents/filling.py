"""Fill a Word template. What people typed arrives as they typed it: it is never read as template, XML or markup."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from jianwei.desk.documents import wording
from jianwei.desk.documents.archive import zipped
from jianwei.desk.errors import DeskError

_PARAGRAPH = "\a"
"""What docxtpl makes a new paragraph of."""


class BadTemplate(DeskError):
    """A template that an office changed and that can no longer be filled."""

    def __init__(self, why: str) -> None:
        super().__init__(f"模板不能套用：{why}。请用 Word 检查双花括号和百分号标记是否成对。")
        self.why = why


class _Gap(Undefined):
    """A name that the document does not know is a gap on the page, not a failure."""

    def __str__(self) -> str:
        return wording.gap(self._undefined_name or "？")


def filled(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The .docx that ``template`` gives with ``values``: text, lists of text, rows (see ``wording.value``).

    The same arguments give the same bytes. Raises ``BadTemplate``.
    """
    document = DocxTemplate(io.BytesIO(template))
    try:
        document.render(dict(values), jinja_env=_environment())
    except (
        TemplateError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        raise BadTemplate(str(error)[:120]) from error
    out = io.BytesIO()
    document.save(out)
    return zipped(out.getvalue())


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=_Gap, finalize=_written, autoescape=True)
    environment.filters |= {
        "names": wording.names,
        "identity": wording.identity,
        "party": wording.party,
        "capital": _capital,
    }
    return environment


def _capital(text: str) -> str:
    """``12,345.67元`` as the page has it → in capitals; a gap stays a gap."""
    digits = text.removesuffix("元").replace(",", "")
    whole, _, cents = digits.partition(".")
    return wording.capital_yuan(int(whole) * 100 + int(cents or 0)) if whole.isdecimal() else text


def _written(value: Any) -> Markup:
    """One value as XML text. Braces become entities: docxtpl looks for its own marks after Jinja is done."""
    text = "、".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    text = wording.clean(text).strip("\n").replace("\n", _PARAGRAPH)
    return Markup(str(escape(text)).replace("{", "&#123;").replace("}", "&#125;"))
