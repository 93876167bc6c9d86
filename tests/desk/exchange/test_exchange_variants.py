"""P12: a package cannot be replayed, re-ordered or altered. Each variant is refused with its code; the same again changes nothing."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exchange_packages import CONTENT, TO, Said, Sender, packed
from sealed_homes import COUNTY, SealedHome, copied

from jianwei.desk.evidence.models import Custody, Material
from jianwei.desk.exchange import answering, container, receiving, sending
from jianwei.desk.exchange.container import Broken, _end, _headers
from jianwei.desk.exchange.errors import Refused, Rejected
from jianwei.desk.exchange.manifest import NAME, RECORD, Invalid, Item, Manifest, Organ
from jianwei.desk.exchange.models import Counterpart, Received, Stand, Taken
from jianwei.desk.people.acting import Acting
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.vault import ulid
from jianwei.seal.vault.hashing import digests

pytestmark = pytest.mark.django_db
Receive = Callable[..., Received]
Who = Callable[..., Acting]
HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def one_home(pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> SealedHome:
    """For all variants: what one leaves in a log or a folder is of no package of another."""
    return copied(pattern, tmp_path_factory.mktemp("variants") / "home")


@pytest.fixture
def sealed(one_home: SealedHome, settings: Any) -> SealedHome:
    settings.JIANWEI_HOME = one_home.path
    return one_home


def codes(receive: Receive, content: bytes) -> set[str]:
    """The codes of what was found; of what was not even kept, with nothing kept."""
    folder = sending.place()
    before = set(folder.iterdir())
    try:
        return {finding["code"] for finding in receive(content).findings}
    except Rejected as refused:
        assert not Received.objects.exists() and set(folder.iterdir()) == before
        return {finding.code for finding in refused.findings}


def rows(home: SealedHome) -> tuple[object, ...]:
    with EvidenceLog.open(home.folder()) as log:
        entries = len(log.entries(limit=1000))
    return (
        entries,
        *(model.objects.count() for model in (Received, Taken, Material, Custody)),
        list(Received.objects.values()),
    )


def test_a_right_package_passes_and_is_in_the_log(sender: Sender, receive: Receive, sealed: SealedHome) -> None:
    one = receive(sender.of())
    assert (one.findings, one.barred, one.state) == ([], False, Stand.CHECKED)
    with EvidenceLog.open(sealed.folder()) as log:
        entry = log.entry(str(one.record_id))
    assert entry.kind is Kind.EXCHANGE and entry.manifest and entry.manifest.prev[0].index == one.proof["index"]


def test_the_same_package_again_changes_nothing_before_and_after_the_answer(
    sender: Sender, receive: Receive, sealed: SealedHome, acting: Who
) -> None:
    content = sender.of()
    one = receive(content)
    before = rows(sealed)
    assert receive(content).pk == one.pk and rows(sealed) == before
    answering.accept(acting(), one.pk)
    before = rows(sealed)
    again = receive(content)
    assert (again.state, again.receipt_id) == (Stand.ACCEPTED, Received.objects.get().receipt_id)
    assert rows(sealed) == before and not receiving.stored(one.pk).exists()


def test_a_damaged_one_that_waits_is_judged_anew_from_a_better_disc(
    sender: Sender, receive: Receive, acting: Who
) -> None:
    manifest = sender.manifest()
    record = sender.record(manifest)
    one = receive(sender.of(manifest, record=record, members={manifest.items[0].path: CONTENT[:-1] + b"?"}))
    assert one.barred
    with pytest.raises(Refused, match="不能签收"):
        answering.accept(acting(), one.pk, why="仍要签收看看")
    better = receive(sender.of(manifest, record=record))
    assert (better.pk, better.barred, better.findings) == (one.pk, False, [])
    assert answering.accept(acting(), one.pk).state == Stand.ACCEPTED


def test_one_that_comes_late_or_after_a_gap_is_left_to_a_person(sender: Sender, receive: Receive, acting: Who) -> None:
    first = sender.manifest(made_at=dt.datetime.now(dt.UTC).replace(microsecond=0) - HOUR)
    second = sender.following(first)
    assert codes(receive, sender.of(second)) == {"31"}
    assert codes(receive, sender.of(first)) == {"32"}
    with pytest.raises(Refused, match="理由"):
        answering.accept(acting(), first.id)
    assert answering.accept(acting(), first.id, why="光盘途中延误，已核对").state == Stand.ACCEPTED


def test_a_number_is_used_once_and_the_packages_follow_each_other(sender: Sender, receive: Receive) -> None:
    first = sender.manifest()
    assert codes(receive, sender.of(first)) == set()
    assert codes(receive, sender.of(sender.manifest())) == {"19"}
    Received.objects.filter(pk=first.id).update(sha256="0" * 64)
    with pytest.raises(Rejected, match="清单不同"):
        receive(sender.of(first))
    other = sender.manifest()
    assert "19" in codes(receive, sender.of(sender.following(other)))


def _variants() -> Iterator[tuple[str, str, Callable[[Sender], bytes]]]:
    def altered(sender: Sender, name: str, change: Callable[[bytes], bytes]) -> bytes:
        one = sender.manifest()
        members = {NAME: one.encode(), RECORD: sender.record(one), one.items[0].path: CONTENT}
        return packed(members | {name: change(members.get(name, b""))})

    def recorded(sender: Sender, **how: Any) -> bytes:
        one = sender.manifest()
        return sender.of(one, record=sender.record(one, **how))

    def renamed(sender: Sender, name: str) -> bytes:
        one = sender.manifest()
        return packed({NAME: one.encode(), RECORD: sender.record(one), name: CONTENT})

    def reordered(sender: Sender) -> bytes:
        one = sender.manifest()
        return packed({one.items[0].path: CONTENT, NAME: one.encode(), RECORD: sender.record(one)})

    def of_another(sender: Sender) -> bytes:
        one, other = sender.manifest(), sender.manifest()
        return sender.of(one, record=sender.record(other))

    def by_another(sender: Sender) -> bytes:
        """An office signs in the name of the one beside it."""
        one = sender.manifest()
        return sender.of(one, record=Sender(sender.home, COUNTY).record(one))

    def flipped(content: bytes) -> bytes:
        """One bit of what is proved: of a bundle its salt, of a file its first byte."""
        place = content.index(b"salt") + 4 if b"salt" in content else 0
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    def now(hours: int) -> dt.datetime:
        return dt.datetime.now(dt.UTC).replace(microsecond=0) + hours * HOUR

    yield "no package at all", "11", lambda s: b"%PDF-1.7 not a package"
    yield "empty", "11", lambda s: b"PK\x05\x06" + bytes(18)
    yield "truncated by a byte", "11", lambda s: s.of()[:-1]
    yield "truncated in the middle", "11", lambda s: s.of()[:2000]
    yield "a byte behind", "11", lambda s: s.of() + b"\0"
    yield "a byte before", "11", lambda s: b"\0" + s.of()
    yield "out of order", "11", reordered
    yield (
        "list altered",
        "14",
        lambda s: altered(s, NAME, lambda body: body.replace("审查起诉".encode(), "立案监督".encode())),
    )
    yield "list in another form", "12", lambda s: altered(s, NAME, lambda body: body.replace(b"\n", b"\n "))
    yield "list no JSON", "12", lambda s: altered(s, NAME, lambda body: b"[" * 100_000)
    yield "bundle altered", "14", lambda s: altered(s, RECORD, flipped)
    yield "bundle of another list", "14", of_another
    yield "signed by another office", "14", by_another
    yield "record of another kind", "14", lambda s: recorded(s, kind=Kind.MATERIAL)
    yield "record of other bytes", "14", lambda s: recorded(s, content=b"{}")
    yield (
        "unknown log",
        "13",
        lambda s: s.of(s.manifest(sender=Organ("330603", "某院", "procuratorate", "jcy.example/evlog/1")), record=b"x"),
    )
    yield (
        "log of one office, code of another",
        "13",
        lambda s: s.of(s.manifest(sender=replace(s.manifest().sender, code="330106"))),
    )
    yield "for another recipient", "15", lambda s: s.of(s.manifest(recipient=replace(TO, code="330106")))
    yield "item missing", "16", lambda s: s.of(members={})
    yield "item too many", "16", lambda s: altered(s, "files/002-夹带.txt", lambda body: b"more")
    yield "path upwards", "16", lambda s: renamed(s, "../../etc/passwd")
    yield "absolute path", "16", lambda s: renamed(s, "/etc/passwd")
    yield "path of Windows", "16", lambda s: renamed(s, "files\\001-清单.txt")
    yield "file altered", "17", lambda s: altered(s, "files/001-清单.txt", flipped)
    yield "file longer", "17", lambda s: altered(s, "files/001-清单.txt", lambda body: body + b".")
    yield "clock a day ahead", "20", lambda s: s.of(s.manifest(made_at=now(24)))
    yield "clock a day ahead, nobody outside signed", "20", lambda s: s.of(s.manifest(made_at=now(24)), witnessed=False)
    yield "in the list a path upwards", "12", lambda s: s.of(_with_path(s, "files/../../x"), record=b"x")
    yield "in the list a path that hides", "12", lambda s: s.of(_with_path(s, "files/001-a\u202etxt.exe"), record=b"x")


def _with_path(sender: Sender, path: str) -> Manifest:
    one = sender.manifest()
    return replace(one, items=(replace(one.items[0], path=path),))


VARIANTS = {name: (code, make) for name, code, make in _variants()}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_refused_with_its_code(name: str, sender: Sender, receive: Receive, acting: Who) -> None:
    code, make = VARIANTS[name]
    found = codes(receive, make(sender))
    assert code in found, found
    for one in Received.objects.all():
        assert one.barred
        with pytest.raises(Refused):
            answering.accept(acting(), one.pk, why="仍要签收看看")


def test_the_clock_put_back_by_a_day_is_seen(sender: Sender, receive: Receive) -> None:
    first = sender.manifest()
    assert codes(receive, sender.of(first)) == set()
    back = sender.following(first, made_at=first.made_at - 24 * HOUR)
    assert codes(receive, sender.of(back)) == {"20"}


def test_a_time_after_that_of_the_witnesses_is_seen(
    sender: Sender, receive: Receive, pattern: Path, tmp_path: Path, settings: Any
) -> None:
    """Witnesses whose clocks were never ahead of that: a home of their own."""
    sealed = copied(pattern, tmp_path / "home")
    settings.JIANWEI_HOME, sender.home = sealed.path, sealed
    one = sender.manifest()
    sender.record(one, witnessed=False)
    sealed.witness(sender.code, at=int(one.made_at.timestamp()) - 86400)
    out = io.BytesIO()
    with EvidenceLog.open(sealed.folder(sender.code)) as log:
        log.bundle(one.id, out)
    assert codes(receive, sender.of(one, record=out.getvalue())) == {"20"}


def test_a_material_of_another_case_cannot_stand_in_for_the_one_listed(
    sender: Sender, receive: Receive, sealed: SealedHome
) -> None:
    """Both bundles are genuine; the list names one of them."""

    def bundle(content: bytes, at: int) -> tuple[str, bytes]:
        key, size = ulid.new(at, lambda n: bytes(n - 1) + b"\1"), digests(io.BytesIO(content))
        said = Said(Kind.MATERIAL, key, "某院", name="录像.mp4", size=size.size, sha256=size.sha256, sm3=size.sm3)
        with EvidenceLog.open(sealed.folder(sender.code)) as log:
            log.put(Kind.MATERIAL, said, io.BytesIO(content), now=at, entropy=lambda n: bytes(n))
        sealed.witnessed(sender.code)
        out = io.BytesIO()
        with EvidenceLog.open(sealed.folder(sender.code)) as log:
            log.bundle(key, out)
        return key, out.getvalue()

    (key, right), (_, wrong) = bundle(b"the right film", 1_700_000_000), bundle(b"another film", 1_700_000_001)
    size = digests(io.BytesIO(b"the right film"))
    path = f"evidence/{key}.evb"
    item = Item(path, "evidence", "录像.mp4", "video/mp4", size.size, size.sha256, size.sm3, evidence=key)
    one = sender.manifest(items=(item,))
    record = sender.record(one)
    assert codes(receive, sender.of(one, record=record, members={path: wrong})) == {"18"}
    assert codes(receive, sender.of(one, record=record, members={path: right[:-1]})) == {"18"}
    assert codes(receive, sender.of(one, record=record, members={path: right})) == set()


def test_an_organ_outside_is_believed_by_the_register_alone(
    sender: Sender, receive: Receive, sealed: SealedHome, acting: Who, tmp_path: Path, settings: Any
) -> None:
    """The log of the office beside is taken out of this installation; its policy is registered, or not."""
    sealed = copied(sealed.path, tmp_path / "home")
    settings.JIANWEI_HOME, sender.home = sealed.path, sealed
    one = sender.manifest(sender=replace(sender.manifest().sender, code="OUTSIDE-1"))
    content = sender.of(one)
    policy = (sealed.folder(sender.code) / "policy.txt").read_text()
    sealed.folder(sender.code).rename(tmp_path / "elsewhere")
    with pytest.raises(Rejected, match="13"):
        receive(content)
    who = acting("security_admin")
    organ = Counterpart.objects.create(
        office=who.user.office, code="OUTSIDE-2", name="外地某院", kind="procuratorate", origin=str(one.sender.origin), policy=policy, by=who.user,
        updated_at=who.at,
    )  # fmt: skip
    with pytest.raises(Rejected, match="13"):
        receive(content)
    Counterpart.objects.filter(pk=organ.pk).update(code="OUTSIDE-1")
    assert receive(content).findings == []


def test_the_reader_takes_what_the_writer_wrote_and_no_changed_byte_of_the_frame() -> None:
    content = packed({"a": b"alpha", "b": b"", "目录.txt": "内容".encode()})
    found = container.members(io.BytesIO(content))
    assert [(name, held.size) for name, held in found.items()] == [("a", 5), ("b", 0), ("目录.txt", 6)]
    inside = {place for held in found.values() for place in range(held.offset, held.offset + held.size)}
    for place in range(len(content)):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(Broken):
            again = container.members(io.BytesIO(changed))
            for held in again.values():
                container.small(io.BytesIO(changed), held, 100)
        assert place in inside or content[place] != changed[place]


def test_sizes_that_lie_cost_no_memory() -> None:
    """A directory that promises terabytes is refused before anything is read."""
    header, entry = _headers(b"bomb", 0, 1 << 45, 0)
    content = header + entry + _end(1, len(entry), len(header))
    with pytest.raises(Broken):
        container.members(io.BytesIO(content))


def test_a_list_has_one_form() -> None:
    one = Manifest(
        "01" + "A" * 24, Organ("1", "甲", "police", "o/1"), TO, 1, dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC), "某人", "移送",
        (Item("files/001-a.txt", "document", "a.txt", "text/plain", 1, "0" * 64, "1" * 64),),
    )  # fmt: skip
    assert Manifest.parse(one.encode()) == replace(one, made_at=one.made_at.astimezone(dt.timezone(8 * HOUR)))
    for wrong in (
        one.encode()[:-1], one.encode() + b"\n", one.encode().replace(b'"number": 1', b'"number": 1.0'),
        one.encode().replace(b'"number": 1', b'"number": 2'), one.encode().replace(b'"number": 1,', b'"number": 1, "number": 1,'),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            Manifest.parse(wrong)
