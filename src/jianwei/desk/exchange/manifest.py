"""What a package says of itself: from whom, to whom, which number, about what, and every item with its digests.

One content has one form: what is taken is written again byte for byte the same. These bytes are the original of the kind-9
record in the sender's log, so that the log's signature and its witnesses' are the package's.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Self

from jianwei.seal.vault.fields import Fields, ManifestInvalid
from jianwei.seal.vault.manifest import CHINA

FORMAT = "jianwei-exchange/1"
NAME, RECORD = "manifest.json", "package.evb"
MOST_BYTES = 4 << 20
MOST_ITEMS = 2_000
PATHS = {
    "summary": r"files/[0-9]{3,4}-[^/\\<>:\"|?*]{1,120}", "acts": r"files/[0-9]{3,4}-[^/\\<>:\"|?*]{1,120}",
    "document": r"files/[0-9]{3,4}-[^/\\<>:\"|?*]{1,120}", "evidence": r"evidence/[0-7][0-9A-HJKMNP-TV-Z]{25}\.evb",
}  # fmt: skip
"""Where an item of each sort lies."""


class Invalid(Exception):
    """The list of a package says something impossible, or in another form than the one there is."""


_DEEPEST = 4
_FIRST_YEAR, _LAST_YEAR = 2000, 9000
"""A day outside of which other zones and databases may have no time for (chosen)."""
_MOST_NUMBER = 1_000_000_000
_TEXT, _BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL), re.compile(rb"[][{}]")


@dataclass(frozen=True)
class Organ:
    """An organ as a package names it: code, name, kind; ``origin`` of its log, where it has one."""

    code: str
    name: str
    kind: str
    origin: str | None = None

    def as_json(self) -> dict[str, object]:
        return _present(code=self.code, name=self.name, kind=self.kind, origin=self.origin)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(
            fields.needed_text("code"), fields.needed_text("name"), fields.needed_text("kind"), fields.text("origin")
        )


@dataclass(frozen=True)
class About:
    """The matter that is handed over."""

    number: str
    title: str
    procedure: str
    procedure_title: str
    case_type: str
    stage: str
    restriction: str | None = None

    def as_json(self) -> dict[str, object]:
        return _present(**vars(self))

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(
            fields.needed_text("number"), fields.needed_text("title"), fields.needed_text("procedure"), fields.needed_text("procedure_title"),
            fields.needed_text("case_type"), fields.needed_text("stage"), fields.text("restriction"),
        )  # fmt: skip


@dataclass(frozen=True)
class Previous:
    """The package before this one from the same sender to the same recipient."""

    id: str
    sha256: str
    """Of its list."""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(fields.ulid("id"), fields.needed_hash("sha256"))


@dataclass(frozen=True)
class Item:
    """``size`` (bytes) and digests (hex) are of the file; of a material, of its original, not of the bundle around it."""

    path: str
    sort: str
    title: str
    media_type: str
    size: int
    sha256: str
    sm3: str
    number: str | None = None
    evidence: str | None = None
    """The material's id in the sender's log."""

    def as_json(self) -> dict[str, object]:
        return _present(**vars(self))

    @classmethod
    def read(cls, fields: Fields) -> Self:
        path, sort = fields.needed_text("path"), fields.needed_text("sort")
        if sort not in PATHS or not re.fullmatch(PATHS[sort], path) or "\n" in path:
            raise ManifestInvalid("path", f"“{path}”不是规定的路径")
        item = cls(
            path, sort, fields.needed_text("title"), fields.needed_text("media_type"), fields.needed_number("size"),
            fields.needed_hash("sha256"), fields.needed_hash("sm3"), fields.text("number"), fields.text("evidence"),
        )  # fmt: skip
        if (sort == "evidence") != (item.evidence is not None) or (item.evidence and item.evidence not in path):
            raise ManifestInvalid("evidence", "与路径不符")
        return item


@dataclass(frozen=True)
class Manifest:
    id: str
    sender: Organ
    recipient: Organ
    number: int
    """Runs from 1 for each recipient of a sender."""
    made_at: dt.datetime
    made_by: str
    purpose: str
    items: tuple[Item, ...]
    about: About | None = None
    previous: Previous | None = None
    reply_by: str | None = None
    """The day until which the sender asks for a receipt, ``2026-11-29``."""

    def encode(self) -> bytes:
        return (json.dumps(self.as_json(), ensure_ascii=False, indent=2) + "\n").encode()

    def as_json(self) -> dict[str, object]:
        return _present(
            format=FORMAT,
            id=self.id,
            sender=self.sender.as_json(),
            recipient=self.recipient.as_json(),
            number=self.number,
            previous=self.previous and vars(self.previous),
            made_at=self.made_at.astimezone(CHINA).isoformat(timespec="seconds"),
            made_by=self.made_by,
            purpose=self.purpose,
            reply_by=self.reply_by,
            about=self.about and self.about.as_json(),
            items=[item.as_json() for item in self.items],
        )

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Raise ``Invalid``."""
        try:
            if len(content) > MOST_BYTES or _deep(content):
                raise Invalid("清单过大或者写法不规范。")
            manifest = cls._read(Fields(json.loads(content.decode())))
        except ManifestInvalid as problem:
            where = f"的“{problem.field}”" if problem.field else ""
            raise Invalid(f"清单{where}{problem.problem}。") from problem
        except (ValueError, RecursionError):
            raise Invalid("清单不是 UTF-8 编码的 JSON。") from None
        if manifest.encode() != content:
            raise Invalid("清单的写法不规范（字段顺序、空白、重复或者转义）。")
        return manifest

    @classmethod
    def _read(cls, fields: Fields) -> Self:
        if fields.needed_text("format") != FORMAT:
            raise ManifestInvalid("format", "是本系统不认识的格式版本")
        made_at, reply_by = fields.moment("made_at"), fields.text("reply_by")
        if made_at is None or not _FIRST_YEAR <= made_at.year < _LAST_YEAR:
            raise ManifestInvalid("made_at", "缺失或者不是可能的时间")
        if reply_by is not None:
            _day(reply_by)
        manifest = cls(
            id=fields.ulid("id"),
            sender=_needed(fields.inner("sender", Organ.read), "sender"),
            recipient=_needed(fields.inner("recipient", Organ.read), "recipient"),
            number=fields.needed_number("number"),
            previous=fields.inner("previous", Previous.read),
            made_at=made_at,
            made_by=fields.needed_text("made_by"),
            purpose=fields.needed_text("purpose"),
            reply_by=reply_by,
            about=fields.inner("about", About.read),
            items=fields.inners("items", Item.read),
        )
        fields.finish()
        paths = {item.path.casefold() for item in manifest.items}
        if len(paths) != len(manifest.items) or not 0 < len(paths) <= MOST_ITEMS:
            raise ManifestInvalid("items", "为空、重复或者过多")
        if (
            not 0 < manifest.number < _MOST_NUMBER
            or (manifest.number == 1) != (manifest.previous is None)
            or not manifest.sender.origin
        ):
            raise ManifestInvalid("number", "与前一包的记载不符，或者没有发送方的日志名称")
        return manifest


def _deep(content: bytes) -> bool:
    """Whether brackets outside of texts lie deeper than any list has them: a reader of JSON may die of it."""
    depth = 0
    for bracket in _BRACKET.findall(_TEXT.sub(b"", content)):
        depth += 1 if bracket in b"[{" else -1
        if depth > _DEEPEST:
            return True
    return False


def _needed(value: Organ | None, name: str) -> Organ:
    if value is None:
        raise ManifestInvalid(name, "缺失")
    return value


def _day(text: str) -> None:
    try:
        if dt.date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass
    raise ManifestInvalid("reply_by", "应为日期，如 2026-11-29")


def _present(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
