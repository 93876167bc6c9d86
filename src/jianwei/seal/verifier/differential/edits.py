"""Changes of a few bytes: blind, as a person with an editor makes them to a text, and to one DER element among others."""

from __future__ import annotations

import base64
from random import Random

from jianwei.seal.verifier.differential.tokens import der


def flip(rng: Random, content: bytes) -> bytes:
    """One bit."""
    if not content:
        return b"\x00"
    changed = bytearray(content)
    changed[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def scramble(rng: Random, content: bytes) -> bytes:
    """Insert, delete, repeat, cut, swap or overwrite a few bytes."""
    begin = rng.randrange(len(content) + 1)
    end = min(len(content), begin + rng.choice((1, 1, 2, 4, 32, 300)))
    piece = content[begin:end]
    return rng.choice(
        (
            lambda: content[:begin] + rng.randbytes(rng.choice((1, 1, 2, 8))) + content[begin:],
            lambda: content[:begin] + content[end:],
            lambda: content[:end] + piece + content[end:],
            lambda: content[:begin],
            lambda: content[begin:],
            lambda: content + rng.randbytes(rng.choice((1, 22, 100))),
            lambda: content[:begin] + piece[::-1] + content[end:],
            lambda: (
                content[:begin]
                + rng.choice((b"\x00", b"\xff", b"\n", b"\r\n", b"=", b"0")) * len(piece)
                + content[end:]
            ),
        )
    )()


def lines(rng: Random, content: bytes) -> bytes:
    """Edit a text as a person with an editor would."""
    found = content.split(b"\n")
    at, other = rng.randrange(len(found)), rng.randrange(len(found))
    line = found[at]
    kind = rng.randrange(10)
    if kind == 0:
        del found[at]
    elif kind == 1:
        found.insert(at, found[other])
    elif kind == 2:
        found[at], found[other] = found[other], line
    elif kind == 3:
        found[at] = line + rng.choice((b" ", b"\t", b"\r", b"=", b"\xc2\xa0", b"0"))
    elif kind == 4:
        found[at] = rng.choice((b" ", b"0", b"+", b"-", b"\xef\xbb\xbf", b"#")) + line
    elif kind == 5:
        digits = [place for place, sign in enumerate(line) if 48 <= sign < 58]
        if digits:
            place = rng.choice(digits)
            found[at] = line[:place] + b"%d" % rng.choice((0, 1, 7, 99, 1 << 53, 1 << 63)) + line[place + 1 :]
    elif kind == 6:
        found.insert(
            at,
            rng.choice(
                (b"", b"extra AAAA", b"more", base64.b64encode(rng.randbytes(32)), "— x.example/w AAAAAAAA".encode())
            ),
        )
    elif kind == 7:
        words = line.split(b" ")
        rng.shuffle(words)
        found[at] = b" ".join(words)
    elif kind == 8:
        found[at] = line.swapcase()
    else:
        found[at] = flip(rng, line)
    return b"\n".join(found)


def elements(rng: Random, content: bytes) -> bytes:
    """Edit DER and keep it well formed outside of the place: another tag, content or number of parts."""

    def edited(whole: bytes) -> bytes:
        tag, body = whole[0], whole[_head(whole) :]
        parts = _parts(body) if tag & 0x20 else []
        if parts and rng.random() < 0.9:
            at = rng.randrange(len(parts))
            kind = rng.randrange(12)
            if kind == 0:
                del parts[at]
            elif kind == 1:
                parts.insert(at, parts[rng.randrange(len(parts))])
            elif kind == 2:
                other = rng.randrange(len(parts))
                parts[at], parts[other] = parts[other], parts[at]
            else:
                parts[at] = edited(parts[at])
            return der(tag, *parts)
        kind = rng.randrange(4)
        if kind == 0:
            return der(rng.randrange(256), body)
        if kind == 1:
            return bytes((tag, 0x82)) + len(body).to_bytes(2, "big") + body
        return der(tag, flip(rng, body) if kind == 2 else scramble(rng, body))

    return edited(content)


def _head(element: bytes) -> int:
    return 2 + (element[1] & 0x7F if element[1] & 0x80 else 0)


def _parts(content: bytes) -> list[bytes]:
    found = []
    while content:
        head = _head(content)
        length = int.from_bytes(content[2:head], "big") if content[1] & 0x80 else content[1]
        found.append(content[: head + length])
        content = content[head + length :]
    return found
