"""The curve of SM2 (GB/T 32918.5): adding points, and whether a point is on it. Plain arithmetic, not in constant time.

It serves checking, where nothing is secret. Whoever signs uses a library for what depends on the secret.
"""

from __future__ import annotations

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
"""The number of points; a prime, so that every point but the neutral one has full order."""

Point = tuple[int, int]

G: Point = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)


def holds(point: Point) -> bool:
    """Whether two coordinates are written in their one form and lie on the curve."""
    x, y = point
    return 0 <= x < P and 0 <= y < P and (y * y - (x * x + A) * x - B) % P == 0


def added(one: Point | None, other: Point | None) -> Point | None:
    """The sum of two points of the curve; ``None`` is the neutral point."""
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 != x2:
        slope = (y2 - y1) * pow(x2 - x1, -1, P)
    elif y1 == y2 and y1:
        slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P)
    else:
        return None
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def combined(s: int, one: Point, t: int, other: Point) -> Point | None:
    """``s`` times one point plus ``t`` times another, for numbers from 0 on."""
    both = added(one, other)
    total: Point | None = None
    for bit in reversed(range(max(s.bit_length(), t.bit_length()))):
        total = added(total, total)
        step = (s >> bit & 1) + 2 * (t >> bit & 1)
        if step:
            total = added(total, (one, other, both)[step - 1])
    return total
