"""A changed, removed or inserted row is named; a changed segment differs from the log; nothing else is accused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from jianwei.desk.people.models import AuditEntry
from jianwei.desk.trails import checking, sealing
from jianwei.desk.trails.models import Finding, Segment
from jianwei.desk.trails.trail import TRAILS
from jianwei.seal import merkle
from jianwei.seal.suites import SHA256

TABLE = "people_auditentry"


def test_what_was_left_alone_is_as_it_was_sealed(log: Any, trail: Callable[..., list[int]]) -> None:
    trail(5)
    assert log.seal(timezone.now()) == 1
    assert log.check() == []
    assert Segment.objects.get().rows == 5


def test_a_row_without_which_others_may_still_come_waits(log: Any, trail: Callable[..., list[int]]) -> None:
    trail(3, minutes_ago=10)
    trail(2, minutes_ago=0)
    log.seal(timezone.now())
    assert Segment.objects.get().rows == 3


def test_a_row_that_says_it_is_older_than_one_before_it_waits_with_that_one(
    log: Any, trail: Callable[..., list[int]]
) -> None:
    trail(3, minutes_ago=10)
    trail(1, minutes_ago=0)
    late = trail(2, minutes_ago=30)
    log.seal(timezone.now())
    assert Segment.objects.get().rows == 3
    log.seal(timezone.now() + dt.timedelta(hours=2))
    assert Segment.objects.get(n=2).last == late[-1]
    assert log.check() == []


def test_a_segment_an_hour(log: Any, trail: Callable[..., list[int]]) -> None:
    trail(3)
    now = timezone.now()
    assert log.seal(now) == 1
    trail(2)
    assert log.seal(now + dt.timedelta(minutes=59)) == 0
    assert log.seal(now + dt.timedelta(minutes=61)) == 1
    first, second = Segment.objects.order_by("n")
    assert (second.n, second.first, second.rows) == (2, first.last + 1, 2)
    assert log.check() == []


def test_long_trails_are_cut_at_once(
    log: Any, trail: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "MOST", 4)
    trail(10)
    assert log.seal(timezone.now()) == 3
    assert [one.rows for one in Segment.objects.order_by("n")] == [4, 4, 2]


@pytest.mark.parametrize("column", TRAILS["audit"].columns)
def test_every_column_of_a_row_is_sealed(
    column: str, log: Any, trail: Callable[..., list[int]], force: Callable[..., None], acting: Callable[..., Any]
) -> None:
    keys = trail(5)
    other = acting("head", "sibling").user
    log.seal(timezone.now())
    value = {
        "at": "'2020-01-01 00:00:00+00:00'", "user_id": other.pk, "office_id": other.office_id, "detail": "'{\"b\": 9}'",
    }.get(column, "'另'")  # fmt: skip
    force(TABLE, f"UPDATE {TABLE} SET {column} = {value} WHERE id = {keys[2]}")
    assert log.check() == [("audit", "changed", keys[2])]


def test_a_removed_row_and_an_inserted_one_are_named(
    log: Any, trail: Callable[..., list[int]], force: Callable[..., None]
) -> None:
    keys = trail(5)
    force(TABLE, f"DELETE FROM {TABLE} WHERE id = {keys[1]}")
    log.seal(timezone.now())
    force(TABLE, f"DELETE FROM {TABLE} WHERE id = {keys[3]}")
    copy = AuditEntry.objects.get(pk=keys[0])
    copy.pk, copy._state.adding = keys[1], True
    copy.save(force_insert=True)
    assert log.check() == [("audit", "added", keys[1]), ("audit", "missing", keys[3])]


def test_whoever_changes_the_seal_along_with_the_row_is_betrayed_by_the_log(
    log: Any, trail: Callable[..., list[int]], force: Callable[..., None]
) -> None:
    keys = trail(5)
    log.seal(timezone.now())
    force(TABLE, f"UPDATE {TABLE} SET username = '另' WHERE id = {keys[0]}")
    hashes = b"".join(each for _, each in TRAILS["audit"].hashed(keys[0], keys[-1]))
    Segment.objects.update(hashes=hashes, root=sealing.root(hashes).hex())
    assert log.check() == [("audit", "log", None)]


def test_hashes_that_do_not_make_the_root_are_seen(log: Any, trail: Callable[..., list[int]]) -> None:
    trail(5)
    log.seal(timezone.now())
    hashes = bytes(Segment.objects.get().hashes)
    Segment.objects.update(hashes=hashes[:-1] + bytes([hashes[-1] ^ 1]))
    assert ("audit", "segment", None) in log.check()


@pytest.mark.parametrize("column", ["hashes", "ids"])
def test_what_was_put_behind_the_last_row_of_a_segment_is_seen(
    column: str, log: Any, trail: Callable[..., list[int]]
) -> None:
    """A few bytes that are neither a hash nor a key, and change neither the root nor a row."""
    trail(3)
    log.seal(timezone.now())
    Segment.objects.update(**{column: bytes(getattr(Segment.objects.get(), column)) + b"more"})
    assert log.check() == [("audit", "segment", None)]


def test_a_segment_taken_away_is_missed(log: Any, trail: Callable[..., list[int]]) -> None:
    trail(5)
    log.seal(timezone.now())
    Segment.objects.all().delete()
    assert log.check() == [("audit", "lost", None)]


def test_a_segment_that_is_said_to_wait_still_is_compared_with_the_log(
    log: Any, trail: Callable[..., list[int]], force: Callable[..., None]
) -> None:
    keys = trail(5)
    log.seal(timezone.now())
    force(TABLE, f"UPDATE {TABLE} SET username = '另' WHERE id = {keys[0]}")
    hashes = b"".join(each for _, each in TRAILS["audit"].hashed(keys[0], keys[-1]))
    Segment.objects.update(hashes=hashes, root=sealing.root(hashes).hex(), in_log=False)
    assert log.check() == [("audit", "log", None)]


def test_a_segment_cut_again_does_not_replace_the_first(
    log: Any, trail: Callable[..., list[int]], force: Callable[..., None]
) -> None:
    keys = trail(5)
    log.seal(timezone.now())
    force(TABLE, f"UPDATE {TABLE} SET username = '另' WHERE id = {keys[0]}")
    Segment.objects.all().delete()
    assert log.seal(timezone.now()) == 1
    assert log.check() == [("audit", "log", None)]


def test_a_range_that_was_narrowed_is_seen(
    log: Any, trail: Callable[..., list[int]], force: Callable[..., None]
) -> None:
    keys = trail(5)
    force(TABLE, f"DELETE FROM {TABLE} WHERE id = {keys[0]}")
    log.seal(timezone.now())
    copy = AuditEntry.objects.get(pk=keys[1])
    copy.pk, copy._state.adding = keys[0], True
    copy.save(force_insert=True)
    Segment.objects.update(first=keys[1])
    assert log.check() == [("audit", "log", None)]


def test_a_row_from_the_future_does_not_stop_the_sealing(log: Any, trail: Callable[..., list[int]]) -> None:
    trail(1)
    trail(1, minutes_ago=-60 * 24 * 365)
    trail(3)
    now = timezone.now()
    assert log.seal(now) == 1
    assert Segment.objects.get().rows == 5


def test_a_clock_put_back_does_not_stop_the_sealing(log: Any, trail: Callable[..., list[int]]) -> None:
    trail(3)
    log.seal(timezone.now() + dt.timedelta(days=365))
    trail(2)
    assert log.seal(timezone.now()) == 1
    assert log.check() == []


def test_what_was_not_looked_at_is_not_called_put_right(
    log: Any, trail: Callable[..., list[int]], force: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check ends with the first segment, and the row is in the second."""
    first = trail(5, minutes_ago=300)
    log.seal(timezone.now() - dt.timedelta(hours=2))
    (second,) = trail(1)
    log.seal(timezone.now())
    force(TABLE, f"UPDATE {TABLE} SET username = '另' WHERE id = {second}")
    assert log.check() == [("audit", "changed", second)]
    monkeypatch.setattr(checking, "MOST_FOUND", 2)
    force(TABLE, f"UPDATE {TABLE} SET username = '另' WHERE id <= {first[-1]}")
    assert ("audit", "changed", second) in log.check()


def test_what_is_put_right_stays_on_the_record(
    log: Any, trail: Callable[..., list[int]], force: Callable[..., None]
) -> None:
    keys = trail(2)
    log.seal(timezone.now())
    before = AuditEntry.objects.get(pk=keys[0]).username
    force(TABLE, f"UPDATE {TABLE} SET username = '另' WHERE id = {keys[0]}")
    assert len(log.check()) == 1
    assert len(log.check()) == 1, "found twice, kept once"
    force(TABLE, f"UPDATE {TABLE} SET username = '{before}' WHERE id = {keys[0]}")
    assert log.check() == []
    assert Finding.objects.get().gone_at is not None


def test_a_round_that_was_cut_off_enters_the_same_segment(log: Any, trail: Callable[..., list[int]]) -> None:
    trail(3)

    def broken(segment: Segment) -> None:
        raise OSError

    with pytest.raises(OSError):
        sealing.seal(timezone.now(), lambda: "0" * 26, broken)
    assert log.seal(timezone.now()) == 1
    assert [one.entry_id for one in Segment.objects.all()] == ["0" * 26]
    assert log.check() == []


def test_a_round_that_was_killed_in_a_long_backlog_is_gone_on_with_at_once(
    log: Any, trail: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "MOST", 3)
    trail(5)
    now, cut, cuts = timezone.now(), sealing._cut, iter([True])

    def once(*args: Any) -> bool:
        if next(cuts, False):
            return cut(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "_cut", once)
        with pytest.raises(KeyboardInterrupt):
            log.seal(now)
    assert [one.rows for one in Segment.objects.all()] == [3]
    assert log.seal(now) == 2
    assert [one.rows for one in Segment.objects.order_by("n")] == [3, 2]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 100])
def test_the_root_is_that_of_the_log_itself(size: int) -> None:
    leaves = [SHA256.leaf(bytes([n])) for n in range(size)]

    def slow(part: list[bytes]) -> bytes:
        if len(part) == 1:
            return part[0]
        middle = 1 << (len(part) - 1).bit_length() - 1
        return SHA256.node(slow(part[:middle]), slow(part[middle:]))

    assert sealing.root(b"".join(leaves)) == slow(leaves)
    proof = merkle.inclusion_proof(
        SHA256,
        lambda height, at: SHA256.parents(b"".join(leaves)[at << height << 5 : (at + 1) << height << 5], height),
        0,
        size,
    )
    merkle.check_inclusion(SHA256, leaves[0], 0, size, proof, slow(leaves))


def test_a_row_put_before_the_first_is_named(log: Any, trail: Callable[..., list[int]]) -> None:
    keys = trail(2)
    log.seal(timezone.now())
    hidden = AuditEntry.objects.get(pk=keys[0])
    hidden.pk, hidden._state.adding = -5, True
    hidden.save(force_insert=True)
    assert log.check() == [("audit", "added", -5)]
