"""Evidence bundles (.evb): everything an outsider needs to check one record, in one ZIP that opens by double click.

Stored, never compressed, so that the original plays as it lies. There is one form only: the members in one order, no
dates, no attributes, and the same parts give the same bytes. The verifiers build every byte again that is not content,
and refuse what differs.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from jianwei.seal.errors import SealError

CHUNK = 1 << 20

_FULL = 0xFFFFFFFF
_UTF8 = 0x0800
_FIRST_DAY = 0x0021
"""1980-01-01, the first day a ZIP can say."""
_FILE = 0o100644 << 16

UNWITNESSED = """\
【尚未见证】制作本包时，外部见证方还没有签名。它只表明材料已在本院日志之内，不证明任何时间，核验不会通过。
待见证后请重新制作。

"""
LEAFLET = """\
说明：这是一份存证包

一、这是什么
本包由检察机关的存证日志导出，用来向法庭、当事人和辩护人证明：包内的材料在某一时刻之前已经存在，此后没有被改动。
  original              材料的原件（没有文件的记录没有此项）。按 manifest.json 所记的文件名另存，即可打开
  manifest.json         材料说明：名称、大小、SHA-256 与 SM3 哈希、采集的时间地点人员方式
  salt                  盐值，32 字节。没有它，任何人都不能从日志推知本材料
  proof.tlog-proof      证明：本材料在日志中的位置，日志与见证方（公安、法院等）的签名
  proof-sm.tlog-proof   同上，国密算法（SM3、SM2）
  checkpoint.tsr        可信时间戳（RFC 3161）
  anchor.json           在联盟链上锚定的记载
  policy.txt            信任策略，仅供参考

二、怎样核验
1. 从法院或者检察院的公告、手册取得信任策略，并逐位核对其指纹。不要使用本包自带的 policy.txt：造假的人可以一并伪造它。
2. 用核验网页：在不联网的电脑上双击打开 verify.html，放入本包和信任策略。
   或者用核验程序：python verify.py 本包.evb --policy 信任策略.txt
   要求核验国密证明、时间戳的，一并放入国密信任策略、时间戳机构的签名证书：包内没有的，不通过。
   两者互不依赖，结论应当一致。它们也从上述公告、手册取得，不随本包提供；程序公开，可请专家阅读，也可自行编写。
3. 第一个不通过的步骤会写明原因。任何一步不通过，本包就什么也没有证明。
4. 时间戳另可用 openssl ts -verify 核验。

三、通过核验证明了什么
包内原件与材料说明，逐字节，至迟在核验结果所写的时刻已在该日志之内；此后要改动或者倒填日期而不被发现，须由策略所列的
见证方共同在谎言上签名。

四、没有证明什么
1. 材料在存证之前是否真实、来源是否合法。这须结合采集记录、笔录、见证人和其他证据审查，必要时申请鉴定。
2. 材料说明所写的人员、时间、地点是否属实。只证明当时就是这样记载的。
3. 办案单位是否把应当存证的材料全部存证。
4. 由策略以外的人签名的任何内容。
"""


class BundleInvalid(SealError):
    """These parts make no bundle."""


@dataclass(frozen=True)
class Parts:
    """What goes into a bundle; absent parts are ``None``."""

    manifest: bytes
    """As the log commits to it."""
    salt: bytes
    proof: bytes
    original: BinaryIO | None = None
    """Read once, from where it stands; as long as the manifest's ``size``."""
    proof_sm: bytes | None = None
    token: bytes | None = None
    """RFC 3161, over the SHA-256 of the note in ``proof``."""
    anchor: bytes | None = None
    policy: bytes | None = None
    witnessed: bool = True
    """Whether a policy's witnesses have signed; a bundle without them says first thing that it proves no time."""


@dataclass(frozen=True)
class _Member:
    name: bytes
    crc: int
    size: int
    offset: int

    def header(self) -> bytes:
        sizes = struct.pack("<QQ", self.size, self.size) if self.size >= _FULL else b""
        return struct.pack("<IH", 0x04034B50, 45 if sizes else 20) + self._shape(sizes) + self.name + _extra(sizes)

    def entry(self) -> bytes:
        """In the directory."""
        large = struct.pack("<QQ", self.size, self.size) if self.size >= _FULL else b""
        large += struct.pack("<Q", self.offset) if self.offset >= _FULL else b""
        head = struct.pack("<IHH", 0x02014B50, 0x032D, 45 if large else 20) + self._shape(large)
        return head + struct.pack("<HHHII", 0, 0, 0, _FILE, min(self.offset, _FULL)) + self.name + _extra(large)

    def _shape(self, large: bytes) -> bytes:
        size = min(self.size, _FULL)
        numbers = (_UTF8, 0, 0, _FIRST_DAY, self.crc, size, size, len(self.name), len(_extra(large)))
        return struct.pack("<HHHHIIIHH", *numbers)


Content = tuple[str, int, Iterable[bytes]]
"""A member: its name, its bytes in number, and in pieces."""


def write(out: BinaryIO, parts: Parts) -> int:
    """Write the bundle; ``out`` must be able to seek, for the original is read only once. Returns its bytes."""
    return pack(out, _contents(parts))


def pack(out: BinaryIO, contents: Iterable[Content]) -> int:
    """Put members into the one form of ZIP there is for bundles. Raise ``BundleInvalid`` for other bytes than said."""
    start, offset = out.tell(), 0
    members: list[_Member] = []
    for name, size, content in contents:
        member = _Member(name.encode(), 0, size, offset)
        out.write(member.header())
        crc, written = 0, 0
        for chunk in content:
            crc, written = zlib.crc32(chunk, crc), written + len(chunk)
            out.write(chunk)
        if written != size:
            raise BundleInvalid(f"{name} 为 {written} 字节，与所记的 {size} 字节不符。")
        members.append(replace(member, crc=crc))
        out.seek(start + offset)
        out.write(members[-1].header())
        offset += len(member.header()) + size
        out.seek(start + offset)
    directory = b"".join(member.entry() for member in members)
    end = _end(len(members), len(directory), offset)
    out.write(directory + end)
    return offset + len(directory) + len(end)


def _contents(parts: Parts) -> Iterator[Content]:
    """The members in their order."""
    if parts.original is not None:
        size = json.loads(parts.manifest).get("size")
        if not isinstance(size, int):
            raise BundleInvalid("材料说明没有文件大小，不能附上原件。")
        yield "original", size, iter(partial(parts.original.read, CHUNK), b"")
    others = {
        "manifest.json": parts.manifest,
        "salt": parts.salt,
        "proof.tlog-proof": parts.proof,
        "proof-sm.tlog-proof": parts.proof_sm,
        "checkpoint.tsr": parts.token,
        "anchor.json": parts.anchor,
        "policy.txt": parts.policy,
        "说明.txt": ("" if parts.witnessed else UNWITNESSED).encode() + LEAFLET.encode(),
    }
    for name, content in others.items():
        if content is not None:
            yield name, len(content), (content,)


def _extra(large: bytes) -> bytes:
    """The field that holds numbers of 8 bytes."""
    return struct.pack("<HH", 1, len(large)) + large if large else b""


def _end(count: int, length: int, offset: int) -> bytes:
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, length, min(offset, _FULL), 0)
    if offset < _FULL:
        return end
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, length, offset)
    return record + struct.pack("<IIQI", 0x07064B50, 0, offset + length, 1) + end
