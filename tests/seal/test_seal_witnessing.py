"""The log asks its witnesses, believes what it has checked, and publishes what the policy is satisfied with."""

from __future__ import annotations

import base64
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from a_witness import NOW
from an_office import NAMES, Neighbour, Office

from jianwei.seal import note, policy
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import cosigned_at
from jianwei.seal.log_folder import TREES
from jianwei.seal.note import Signature
from jianwei.seal.witness.folder import open_witness
from jianwei.seal.witness.judging import Answer
from jianwei.seal.witnessing.asking import WitnessStrange, accepted
from jianwei.seal.witnessing.cosigs import Cosignature, Cosigs
from jianwei.seal.witnessing.exchange import NoAnswer, exchange
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.seal.witnessing.rounds import Witnessing


class Town:
    """An office and its witnesses."""

    def __init__(self, place: Path) -> None:
        self.office = Office(place)
        self.witnesses = {name: Neighbour(place / name) for name in NAMES}
        self.office.joined({name: each.url for name, each in self.witnesses.items()})
        self.path = self.office.path
        self._open: list[Witnessing] = []

    def witnessing(self, seconds: float = 2.0) -> Witnessing:
        self._open.append(Witnessing(self.path, seconds))
        return self._open[-1]

    def close(self) -> None:
        for each in self._open:
            each.close()
        for each in self.witnesses.values():
            each.stop()

    def published(self, suite: str = "sha256") -> policy.Seen:
        name = "published" if suite == "sha256" else "published.sm"
        rules = policy.parse(self.office.folder.policy(suite).read_bytes())
        return rules.judge(note.parse((self.path / name).read_bytes()), TREES[suite].suite)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


def test_both_trees_are_published_once_the_outside_has_signed(town: Town) -> None:
    log = town.witnessing()
    assert log.startup_check(NOW) == {}
    assert log.step(NOW).published == []
    town.office.grow(5)
    done = log.step(NOW)
    assert sorted(done.signed) == [(tree, name, 5) for tree in ("sha256", "sm3") for name in sorted(NAMES)]
    assert [(tree, each.size) for tree, each in done.published] == [("sha256", 5), ("sm3", 5)]
    for suite in ("sha256", "sm3"):
        seen = town.published(suite)
        assert seen.checkpoint.size == 5 and seen.witnessed_at == dict.fromkeys(NAMES, NOW)
    quiet = log.step(NOW + 1)
    assert (quiet.signed, quiet.published, quiet.troubles) == ([], [], {})
    town.office.grow(300)
    assert log.step(NOW + 2).published[0][1].size == 300
    kept = log.publisher.cosigs
    assert [kept.earliest_covering("sha256", index).size for index in (0, 4, 5, 299)] == [5, 5, 300, 300]  # type: ignore[union-attr]
    assert kept.earliest_covering("sha256", 300) is None
    assert kept.last_of("sm3")["court"].size == 300


def test_one_silent_witness_outside_the_quorum_holds_up_nothing(town: Town) -> None:
    town.witnesses["upper"].stop()
    log = town.witnessing()
    silent = log.startup_check(NOW)
    assert set(silent) == {("sha256", "upper"), ("sm3", "upper")} and "未答复" in silent["sha256", "upper"]
    town.office.grow(5)
    done = log.step(NOW)
    assert len(done.published) == 2 and set(town.published().witnessed_at) == {"police", "court"}
    assert {(each.tree, each.witness, each.since) for each in log.publisher.cosigs.troubles()} == {
        ("sha256", "upper", NOW), ("sm3", "upper", NOW)}  # fmt: skip
    town.office.grow(6)
    assert log.step(NOW + 1).troubles == {}  # left alone for a while
    town.witnesses["upper"].start()
    town.office.grow(7)
    again = log.step(NOW + 90)
    assert ("sha256", "upper", 7) in again.signed and log.publisher.cosigs.troubles() == []


def test_without_the_quorum_nothing_is_published_until_it_is_back(town: Town) -> None:
    town.witnesses["court"].stop()
    log = town.witnessing()
    for size in (5, 9):
        town.office.grow(size)
        assert log.step(NOW + size).published == []
    assert not (town.path / "published").exists()
    town.witnesses["court"].start()
    town.office.grow(12)
    assert [each.size for _, each in log.step(NOW + 100).published] == [12, 12]


def test_a_clock_put_back_leaves_no_witness_alone_for_a_year(town: Town) -> None:
    town.witnesses["court"].stop()
    log = town.witnessing()
    town.office.grow(5)
    assert log.step(NOW + 365 * 86400).troubles
    town.witnesses["court"].start()
    assert [each.size for _, each in log.step(NOW).published] == [5, 5]


def test_a_slow_witness_outside_the_quorum_is_not_waited_for(town: Town) -> None:
    upper, held = town.witnesses["upper"].witness, threading.Event()
    slow = replace(upper)
    object.__setattr__(slow, "add_checkpoint", lambda body, now: (held.wait(5), upper.add_checkpoint(body, now))[1])
    town.witnesses["upper"].server.witness = slow
    log = town.witnessing(5)
    town.office.grow(5)
    began = time.monotonic()
    done = log.step(NOW)
    assert len(done.published) == 2 and time.monotonic() - began < 2
    held.set()
    town.office.grow(8)
    late = log.step(NOW + 1)
    assert ("sha256", "upper", 5) in late.signed and [each.size for _, each in late.published] == [8, 8]
    assert "upper" in log.publisher.cosigs.cosignatures("sha256", 5)
    assert set(town.published().witnessed_at) == {"police", "court"}


def test_a_witness_that_forgot_is_told_all_from_where_it_stands(town: Town) -> None:
    log = town.witnessing()
    for size in (5, 300):
        town.office.grow(size)
        assert log.step(NOW).published
    log.publisher.cosigs._write("DELETE FROM cosignature")  # the log's own memory, not the witness's
    town.office.grow(400)
    done = log.step(NOW + 1)
    assert not done.troubles and [each.size for _, each in done.published] == [400, 400]


def test_published_is_put_right_after_a_crash_between_row_and_file(town: Town) -> None:
    log = town.witnessing()
    town.office.grow(5)
    log.step(NOW)
    whole = (town.path / "published").read_bytes()
    (town.path / "published").write_bytes(b"old")
    town.witnessing()
    assert (town.path / "published").read_bytes() == whole


class Strange:
    """A server that answers as the test says."""

    def __init__(self, answers: Callable[[BaseHTTPRequestHandler, bytes], None]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                answers(self, self.rfile.read(int(self.headers["Content-Length"])))

            do_GET = lambda self: answers(self, b"")  # noqa: E731
            log_message = lambda *_: None  # noqa: E731

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


def said(status: int, body: bytes) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def trickle(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 90000\r\n\r\n")
    for _ in range(200):
        handler.wfile.write("—".encode()[:1])
        handler.wfile.flush()
        time.sleep(0.05)


def headers_without_end(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(b"X-%d: y\r\n" % number)
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    while True:
        handler.wfile.write(b"x" * 65536)


def cut_short(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 500\r\n\r\n\xe2\x80\x94 a")


LINE = "— a.example/w " + base64.b64encode(bytes(76)).decode() + "\n"
STRANGE = {
    "10,000 lines": said(200, LINE.encode() * 10_000),
    "10,000 short lines": said(200, b"\xe2\x80\x94 a AAAAAAA=\n" * 10_000),
    "1,000 lines": said(200, LINE.encode() * 900),
    "trickling": trickle,
    "trickling headers": headers_without_end,
    "endless": endless,
    "cut short": cut_short,
    "nothing signed": said(200, b""),
    "no lines": said(200, b"<html></html>"),
    "another's lines": said(200, LINE.encode()),
    "a thousand lines": said(200, LINE.encode() * 700),
    "ten thousand lines": said(200, LINE.encode() * 10_000),
    "moved": said(301, b""),
    "busy": said(503, b""),
    "a size that is none": said(409, b"-1\n"),
    "says it is far ahead": said(409, b"999999\n"),
    "always elsewhere": said(409, b"0\n"),
    "a note of its own": said(200, f"\nx\n1\n{'A' * 43}=\n\n{LINE}".encode()),
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_witness_that_answers_strangely_is_named_and_nothing_else_happens(tmp_path: Path, what: str) -> None:
    office = Office(tmp_path, ("sha256",))
    police, strange = Neighbour(tmp_path / "police"), Strange(STRANGE[what])
    office.joined({"police": police.url, "court": strange.url})
    office.grow(5)
    log = Witnessing(office.path, 0.4)
    began = time.monotonic()
    log.startup_check(NOW)
    done = log.step(NOW)
    assert time.monotonic() - began < 4
    log.close()
    assert done.published == [] and done.signed == [("sha256", "police", 5)]
    assert done.troubles["sha256", "court"]
    police.stop()
    strange.server.shutdown()


def altered(office: Office, tmp_path: Path, change: Callable[[Signature, str], Signature]) -> str:
    """What comes of a court that answers with a true line, changed."""
    court = Neighbour(tmp_path / "court")
    true = court.witness.add_checkpoint

    def false(body: bytes, now: int) -> Answer:
        answer = true(body, now)
        if answer.status != 200:
            return answer
        line = change(Signature.parse(answer.body.decode()[:-1]), body.decode())
        return Answer(200, line.line().encode(), "")

    wrong = replace(court.witness)
    object.__setattr__(wrong, "add_checkpoint", false)
    court.server.witness = wrong
    police = Neighbour(tmp_path / "police")
    office.joined({"police": police.url, "court": court.url})
    log = Witnessing(office.path, 2)
    office.grow(5)
    done = log.step(NOW)
    assert done.published == []
    log.close()
    police.stop()
    court.stop()
    return done.troubles["sha256", "court"]


def test_a_cosignature_of_another_checkpoint_or_time_or_name_is_not_taken(tmp_path: Path) -> None:
    """Attacks 7, 8 and 9."""

    def earlier(line: Signature, _: str) -> Signature:
        at = cosigned_at(line.content) - 3600
        return Signature(line.name, line.key_id, at.to_bytes(8, "big") + line.content[8:])

    def log_s_own(line: Signature, body: str) -> Signature:
        return note.parse(body.partition("\n\n")[2].encode()).signatures[0]

    def under_the_name_of_the_log(line: Signature, body: str) -> Signature:
        return Signature(note.parse(body.partition("\n\n")[2].encode()).signatures[0].name, line.key_id, line.content)

    for number, (change, trouble) in enumerate([
        (earlier, "签名验证不通过"),
        (log_s_own, "没有一个已知密钥"),
        (under_the_name_of_the_log, "没有一个已知密钥"),
        (lambda line, _: Signature(line.name, line.key_id, line.content[:8] + bytes(64)), "签名验证不通过"),
        (lambda line, _: Signature("police.example/w", line.key_id, line.content), "没有一个已知密钥"),
    ]):  # fmt: skip
        place = tmp_path / str(number)
        assert trouble in altered(Office(place, ("sha256",)), place, change)


def test_a_witness_whose_clock_is_ahead_is_not_taken(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    neighbours = [Neighbour(tmp_path / "police"), Neighbour(tmp_path / "court", NOW + 3600)]
    office.joined({"police": neighbours[0].url, "court": neighbours[1].url})
    office.grow(5)
    log = Witnessing(office.path, 2)
    done = log.step(NOW)
    assert "时钟不准" in done.troubles["sha256", "court"] and done.published == []
    log.close()
    for each in neighbours:
        each.stop()


def test_an_answer_too_long_or_not_whole_is_none(tmp_path: Path) -> None:
    for answers, problem in ((said(200, b"x" * 1001), "答复超过"), (cut_short, "不完整"), (trickle, "未答复|不完整")):
        strange = Strange(answers)
        with pytest.raises(NoAnswer, match=problem):
            exchange("GET", strange.url, seconds=0.5, limit=1000 if "超过" in problem else 99_999)
        strange.server.shutdown()


def test_a_witness_cannot_slip_in_another_text(tmp_path: Path) -> None:
    """Its own true signature, but of a text that only begins with the checkpoint."""
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    publisher = Publisher(office.folder)
    (tree,) = publisher.trees
    whole, _ = publisher.offer(tree, NOW)
    (signer,) = open_witness(tmp_path / "court").signers["sha256"]
    more = "\nanother text\n"
    longer = whole.encode().decode() + more
    lines = (more + "\n" + signer.cosign(longer, NOW).line()).encode()
    with pytest.raises(WitnessStrange, match="不是签名行"):
        accepted(tree, tree.policy.witnesses["court"], whole, lines, NOW)
    publisher.close()


def test_the_first_signature_of_a_size_stays(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    publisher = Publisher(office.folder)
    (tree,) = publisher.trees
    whole, _ = publisher.offer(tree, NOW)
    (signer,) = open_witness(tmp_path / "court").signers["sha256"]
    for at in (NOW, NOW + 60):
        publisher.keep(tree, "court", whole, signer.cosign(whole.text, at))
    assert publisher.cosigs.cosignatures("sha256", 5)["court"].at == NOW
    publisher.close()


def test_no_question_of_a_round_reads_through_all_that_was_ever_signed(tmp_path: Path) -> None:
    cosigs = Cosigs(tmp_path / "cosigs.db")
    for size in range(1, 40):
        for witness in NAMES:
            cosigs.keep("sha256", Cosignature(size, b"r" * 32, witness, f"{witness} {size}", size))
    assert {name: each.size for name, each in cosigs.last_of("sha256").items()} == dict.fromkeys(NAMES, 39)
    assert set(cosigs.cosignatures("sha256", 7)) == set(NAMES) and cosigs.last_of("sm3") == {}
    plans: list[str] = []
    asked = cosigs._rows

    def watched(query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        plans.extend(row[3] for row in asked(f"EXPLAIN QUERY PLAN {query}", *values))
        return asked(query, *values)

    cosigs._rows = watched  # type: ignore[method-assign]
    cosigs.last_of("sha256")
    cosigs.cosignatures("sha256", 7)
    cosigs.newest("sha256")
    cosigs.earliest_covering("sha256", 7)
    assert plans and all(plan.startswith("SEARCH") for plan in plans), plans
    cosigs.close()


def test_an_address_that_is_none_or_nobody_s(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for url in ("ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1", f"http://127.0.0.1:{port}/"):
        with pytest.raises(NoAnswer):
            exchange("GET", url, seconds=1)


def test_a_policy_that_asks_nobody_publishes_at_once(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",), "quorum none\n")
    office.grow(3)
    log = Witnessing(office.path)
    ((tree, fresh),) = log.step(NOW).published
    assert tree == "sha256" and Checkpoint.parse(note.parse(fresh.note).text).size == 3
    log.close()
