"""What is said of a record when it is fixed. Its bytes, as stored, are what the log commits to.

Read strictly: what is taken is written again byte for byte the same, so that one content has one form.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from jianwei.seal.leaf import MANIFEST_LIMIT, Kind
from jianwei.seal.vault.fields import Fields, ManifestInvalid

VERSION = 1
CHINA = dt.timezone(dt.timedelta(hours=8))
_DEEPEST = 8
_TEXT, _BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL), re.compile(rb"[][{}]")
COLLECTORS = 2
"""法发〔2016〕22号第七条：收集、提取电子数据，应当由二名以上侦查人员进行。"""


@dataclass(frozen=True)
class Collected:
    """How it came to be there: what the log cannot prove and a court asks after."""

    at: dt.datetime | None = None
    place: str | None = None
    method: str | None = None
    by: tuple[str, ...] = ()
    holder: str | None = None
    witness_person: str | None = None
    device: str | None = None
    device_sig: str | None = None

    def as_json(self) -> dict[str, object]:
        return _present(
            at=self.at and self.at.astimezone(CHINA).isoformat(timespec="seconds"),
            place=self.place,
            method=self.method,
            by=list(self.by),
            holder=self.holder,
            witness_person=self.witness_person,
            device=self.device,
            device_sig=self.device_sig,
        )

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(
            fields.moment("at"),
            fields.text("place"),
            fields.text("method"),
            fields.texts("by"),
            fields.text("holder"),
            fields.text("witness_person"),
            fields.text("device"),
            fields.text("device_sig"),
        )


@dataclass(frozen=True)
class Reference:
    """An earlier leaf this record speaks of."""

    index: int
    leaf: str
    """Its hash in the SHA-256 tree, in hex."""
    relation: str
    """更正, 删除, 移送, 接收, 验真 …"""
    origin: str | None = None
    """Of the log it lies in; this one where absent."""

    def as_json(self) -> dict[str, object]:
        return _present(index=self.index, leaf=self.leaf, relation=self.relation, origin=self.origin)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(
            fields.needed_number("index"),
            fields.needed_hash("leaf"),
            fields.needed_text("relation"),
            fields.text("origin"),
        )


@dataclass(frozen=True)
class Root:
    """Of a list kept outside the log: a changed row of it is found by computing the root again."""

    audit_root: str
    rows: int
    begin: str
    end: str
    of: str | None = None
    """Which list."""

    def as_json(self) -> dict[str, object]:
        return _present(audit_root=self.audit_root, rows=self.rows, **{"from": self.begin, "to": self.end}, of=self.of)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(
            fields.needed_hash("audit_root"),
            fields.needed_number("rows"),
            fields.needed_text("from"),
            fields.needed_text("to"),
            fields.text("of"),
        )


@dataclass(frozen=True)
class Manifest:
    """``size`` (bytes), ``sha256`` and ``sm3`` (hex) are of the file; a record without a file has none of them."""

    kind: Kind
    id: str
    office: str
    case_ref: str | None = None
    doc_no: str | None = None
    name: str | None = None
    media_type: str | None = None
    category: str | None = None
    size: int | None = None
    sha256: str | None = None
    sm3: str | None = None
    held: str | None = None
    """Who keeps the file, where it was hashed outside and only this record of it was sent."""
    collected: Collected | None = None
    prev: tuple[Reference, ...] = ()
    seal: str | None = None
    note: str | None = None
    root: Root | None = None
    event: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The exact bytes. Raise ``ManifestInvalid`` for a content that could not be read again."""
        return self._content

    @cached_property
    def _content(self) -> bytes:
        content = self._bytes()
        Manifest.parse(content)
        return content

    def _bytes(self) -> bytes:
        whole = _present(
            v=VERSION,
            kind=int(self.kind),
            id=self.id,
            office=self.office,
            case_ref=self.case_ref,
            doc_no=self.doc_no,
            name=self.name,
            media_type=self.media_type,
            category=self.category,
            size=self.size,
            sha256=self.sha256,
            sm3=self.sm3,
            held=self.held,
            collected=self.collected and self.collected.as_json(),
            prev=[each.as_json() for each in self.prev],
            seal=self.seal,
            note=self.note,
            root=self.root and self.root.as_json(),
            event=dict(self.event),
        )
        try:
            return _written(whole)
        except UnicodeEncodeError:
            raise ManifestInvalid(None, "含有不能编码的字符") from None

    @classmethod
    def parse(cls, content: bytes) -> Self:
        if len(content) > MANIFEST_LIMIT:
            raise ManifestInvalid(None, "超过 64 KiB")
        if _depth(content) > _DEEPEST:
            raise ManifestInvalid(None, "不是 UTF-8 编码的 JSON")
        return cls._checked(_json(content), content)

    @classmethod
    def parse_line(cls, line: bytes) -> Self:
        """One that is written in one line, as many in one request are: the same without line breaks and indentation."""
        if _depth(line) > _DEEPEST:
            raise ManifestInvalid(None, "不是 UTF-8 编码的 JSON")
        whole = _json(line, _once)
        try:
            content = _written(whole)
        except UnicodeEncodeError:
            raise ManifestInvalid(None, "含有不能编码的字符") from None
        if len(content) > MANIFEST_LIMIT:
            raise ManifestInvalid(None, "超过 64 KiB")
        return cls._checked(whole, content)

    @classmethod
    def _checked(cls, whole: object, content: bytes) -> Self:
        manifest = cls._read(Fields(whole))
        if manifest._bytes() != content:
            raise ManifestInvalid(None, "写法不规范（字段顺序、空白、重复或者转义）")
        vars(manifest)["_content"] = content  # what was just compared need not be written and read again
        return manifest

    @classmethod
    def _read(cls, fields: Fields) -> Self:
        if (version := fields.needed_number("v")) != VERSION:
            raise ManifestInvalid("v", f"是本系统不认识的版本 {version}")
        manifest = cls(
            fields.kind("kind"),
            fields.ulid("id"),
            fields.needed_text("office"),
            case_ref=fields.text("case_ref"),
            doc_no=fields.text("doc_no"),
            name=fields.text("name"),
            media_type=fields.text("media_type"),
            category=fields.text("category"),
            size=fields.number("size"),
            sha256=fields.hash("sha256"),
            sm3=fields.hash("sm3"),
            held=fields.text("held"),
            collected=fields.inner("collected", Collected.read),
            prev=fields.inners("prev", Reference.read),
            seal=fields.text("seal"),
            note=fields.text("note"),
            root=fields.inner("root", Root.read),
            event=fields.mapping("event"),
        )
        fields.finish()
        manifest._check_whole()
        return manifest

    def _check_whole(self) -> None:
        of_file = (self.name, self.size, self.sha256, self.sm3)
        if any(each is not None for each in of_file) and any(each is None for each in of_file):
            raise ManifestInvalid(None, "文件名、大小、SHA-256、SM3 须同时有或者同时没有")
        if self.held is not None and self.sha256 is None:
            raise ManifestInvalid("held", "只能用于有文件的记录")
        if self.kind is Kind.MATERIAL and self.sha256 is None:
            raise ManifestInvalid(None, "固证记录须有文件")
        if (self.kind is Kind.AUDIT_ROOT) != (self.root is not None):
            raise ManifestInvalid("root", "应当且仅应当出现在审计日志根记录中")
        if (self.kind is Kind.KEY_EVENT) != bool(self.event):
            raise ManifestInvalid("event", "应当且仅应当出现在密钥变更记录中")

    def warnings(self) -> list[str]:
        """What the law asks of the collection and this record does not show. It is fixed all the same."""
        if self.kind is not Kind.MATERIAL:
            return []
        collected = self.collected or Collected()
        found = []
        if len(set(collected.by)) < COLLECTORS:
            found.append("收集人员少于二人")
        if collected.at is None:
            found.append("没有收集时间")
        if not collected.place:
            found.append("没有收集地点")
        if not collected.method:
            found.append("没有收集方式")
        if not collected.holder and not collected.witness_person:
            found.append("没有持有人，也没有见证人")
        return found


def _json(content: bytes, hook: Callable[[list[tuple[str, object]]], object] | None = None) -> object:
    try:
        return json.loads(content.decode(), object_pairs_hook=hook)
    except (ValueError, RecursionError):
        raise ManifestInvalid(None, "不是 UTF-8 编码的 JSON") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object each of whose names stands in it once."""
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise ManifestInvalid(None, "写法不规范（字段顺序、空白、重复或者转义）")
    return whole


def _written(whole: object) -> bytes:
    """The one form of a manifest."""
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _depth(content: bytes) -> int:
    """How deep brackets lie, counting no more of texts than their ends: where it is great, reading JSON may kill the process."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_TEXT.sub(b"", content)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(depth, deepest)
    return deepest


def _present(**values: object) -> dict[str, object]:
    """Without what is absent: ``None`` and empty lists. Zero is a value."""
    return {name: value for name, value in values.items() if value is not None and value != [] and value != {}}
