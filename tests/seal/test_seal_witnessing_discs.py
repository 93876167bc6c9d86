"""Witnesses that only a disc reaches."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from a_witness import NOW
from an_office import Neighbour, Office, entropy, grow

from jianwei.seal import note, policy
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.witness import folder as witness_folder
from jianwei.seal.witness.disc import sign_file
from jianwei.seal.witness.folder import open_witness
from jianwei.seal.witnessing.discs import AnswerUnfitting, Imported, UnknownWitness, take_in, write_requests
from jianwei.seal.witnessing.forks import Forked
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.seal.witnessing.rounds import Witnessing


def signed(place: Path, requests: list[Path], now: int = NOW) -> list[bytes]:
    """What the witness in a folder gives back."""
    one = open_witness(place)
    answers = [sign_file(one, each, now) for each in requests]
    one.memory.close()
    assert [answer.status for answer in answers] == [200] * len(requests)
    return [each.with_suffix(".tlcos").read_bytes() for each in requests]


def judged(office: Office, suite: str, name: str) -> policy.Seen:
    rules = policy.parse(office.folder.policy(suite).read_bytes())
    return rules.judge(note.parse((office.path / name).read_bytes()), TREES[suite].suite)


def test_two_witnesses_by_disc_come_to_sign_the_same_checkpoint(tmp_path: Path) -> None:
    office = Office(tmp_path)
    publisher = Publisher(office.folder)
    disc = tmp_path / "disc"
    disc.mkdir()
    assert write_requests(publisher, "police", disc, NOW) == []  # nothing to sign yet
    office.grow(5)
    to_police = write_requests(publisher, "police", disc, NOW)
    assert [each.name for each in to_police] == [
        "jcy.example_evlog_110105.5.tlreq",
        "jcy.example_evlog_110105_sm.5.tlreq",
    ]
    office.grow(9)  # the log goes on meanwhile
    to_court = write_requests(publisher, "court", tmp_path, NOW)
    from_police, from_court = signed(tmp_path / "police", to_police), signed(tmp_path / "court", to_court, NOW + 7)
    assert take_in(publisher, from_police[0], NOW) == Imported("sha256", "police", 5, NOW, False)
    assert take_in(publisher, from_court[0], NOW) == Imported("sha256", "court", 5, NOW + 7, True)
    assert take_in(publisher, from_court[1], NOW) == Imported("sm3", "court", 5, NOW + 7, False)
    assert take_in(publisher, from_police[1], NOW) == Imported("sm3", "police", 5, NOW, True)
    assert judged(office, "sha256", "published").witnessed_at == {"police": NOW, "court": NOW + 7}
    assert judged(office, "sm3", "published.sm").checkpoint.size == 5

    again = write_requests(publisher, "police", disc, NOW + 60)
    assert [each.name for each in again] == ["jcy.example_evlog_110105.9.tlreq", "jcy.example_evlog_110105_sm.9.tlreq"]
    assert again[0].read_bytes().startswith(b"old 5\n")
    assert len(signed(tmp_path / "police", again, NOW + 60)) == 2
    publisher.close()


def test_the_same_disc_again_changes_nothing_and_says_the_same(tmp_path: Path) -> None:
    """Attack 27."""
    office = Office(tmp_path, ("sha256",))
    publisher = Publisher(office.folder)
    office.grow(5)
    lines = {
        name: signed(tmp_path / name, write_requests(publisher, name, tmp_path, NOW))[0] for name in ("police", "court")
    }
    first = [take_in(publisher, lines[name], NOW) for name in ("police", "court")]
    kept = publisher.cosigs._rows("SELECT * FROM cosignature"), publisher.cosigs._rows("SELECT * FROM publication")
    published = (office.path / "published").read_bytes()
    again = take_in(publisher, lines["court"], NOW + 3600)
    assert again == first[1]
    office.grow(9)
    for name in ("police", "court"):
        take_in(publisher, signed(tmp_path / name, write_requests(publisher, name, tmp_path, NOW))[0], NOW)
    assert take_in(publisher, lines["court"], NOW + 7200) == first[1]  # even when it is long past
    assert [kept[0][0] in publisher.cosigs._rows("SELECT * FROM cosignature"), len(kept[1])] == [True, 1]
    assert (
        judged(office, "sha256", "published").checkpoint.size == 9
        and published != (office.path / "published").read_bytes()
    )
    publisher.close()


def test_a_disc_that_comes_back_late_is_kept_though_newer_is_published(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    publisher = Publisher(office.folder)
    office.grow(5)
    late = write_requests(publisher, "upper", tmp_path, NOW)
    for size in (5, 9):
        office.grow(size)
        for name in ("police", "court"):
            told = take_in(publisher, signed(tmp_path / name, write_requests(publisher, name, tmp_path, NOW))[0], NOW)
        assert (told.size, told.published) == (size, True)
    came = take_in(publisher, signed(tmp_path / "upper", late, NOW + 50)[0], NOW + 99)
    assert came == Imported("sha256", "upper", 5, NOW + 50, True)
    assert judged(office, "sha256", "published").checkpoint.size == 9
    publisher.close()


def test_lines_of_others_and_of_other_logs_fit_nothing(tmp_path: Path) -> None:
    office, other = Office(tmp_path / "a", ("sha256",)), Office(tmp_path / "b", ("sha256",))
    publisher, elsewhere = Publisher(office.folder), Publisher(other.folder)
    office.grow(5)
    other.grow(6)
    write_requests(publisher, "police", tmp_path / "a", NOW)
    (theirs,) = signed(tmp_path / "b/police", write_requests(elsewhere, "police", tmp_path / "b", NOW))
    for lines in (theirs, b"", b"x", theirs * 2000, "—\n".encode(), b"\xff\xfe"):
        with pytest.raises(AnswerUnfitting):
            take_in(publisher, lines, NOW)
    with pytest.raises(UnknownWitness, match="nobody"):
        write_requests(publisher, "nobody", tmp_path, NOW)
    publisher.close()
    elsewhere.close()


def test_a_witness_by_disc_and_one_by_network_meet_at_one_checkpoint(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    court = Neighbour(tmp_path / "court")
    office.joined({"court": court.url})
    log = Witnessing(office.path, 2)
    office.grow(5)
    log.step(NOW)
    to_police = write_requests(log.publisher, "police", tmp_path, NOW)
    for size in (7, 9):
        office.grow(size)
        assert log.step(NOW).published == []
    told = take_in(log.publisher, signed(tmp_path / "police", to_police)[0], NOW)
    assert told.published and judged(office, "sha256", "published").checkpoint.size == 5
    log.close()
    court.stop()


def stood(place: Path, request: Path) -> bytes:
    """What a witness that stands elsewhere sends back."""
    one = open_witness(place)
    assert sign_file(one, request, NOW + 30).status == 409
    one.memory.close()
    return request.with_suffix(".tlhead").read_bytes()


def test_a_witness_whose_disc_was_lost_says_where_it_stands(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    shutil.copytree(office.path, tmp_path / "before")
    publisher = Publisher(office.folder)
    signed(tmp_path / "police", write_requests(publisher, "police", tmp_path, NOW))
    publisher.close()
    publisher = Publisher(LogFolder(tmp_path / "before"))  # knows nothing of that request
    grow(tmp_path / "before", 9)
    (request,) = write_requests(publisher, "police", tmp_path, NOW)
    head = stood(tmp_path / "police", request)
    assert take_in(publisher, head, NOW) == take_in(publisher, head, NOW) == Imported("sha256", "police", 5, NOW, False)
    (request,) = write_requests(publisher, "police", tmp_path, NOW)
    assert request.read_bytes().startswith(b"old 5\n")
    assert take_in(publisher, signed(tmp_path / "police", [request], NOW + 40)[0], NOW + 40).size == 9
    publisher.close()


def test_a_witness_with_a_new_key_begins_anew(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    publisher = Publisher(office.folder)
    take_in(publisher, signed(tmp_path / "police", write_requests(publisher, "police", tmp_path, NOW))[0], NOW)
    publisher.close()
    (vkey,) = witness_folder.create(tmp_path / "police2", "police.example/w", office.vkeys, entropy, ["ed25519"])
    rules = office.folder.policy("sha256")
    rules.write_text(re.sub(r"witness police \S+", f"witness police {vkey}", rules.read_text()))
    office.grow(9)
    publisher = Publisher(office.folder)
    (request,) = write_requests(publisher, "police", tmp_path, NOW)
    assert request.read_bytes().startswith(b"old 0\n")
    assert take_in(publisher, signed(tmp_path / "police2", [request])[0], NOW).size == 9
    publisher.close()


@pytest.mark.parametrize(("size", "history", "found"), [(6, 0, "只有 6 条"), (12, 1, "内容与之不同")])
def test_a_restored_log_is_found_out_by_disc(tmp_path: Path, size: int, history: int, found: str) -> None:
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    shutil.copytree(office.path, tmp_path / "restored")
    publisher = Publisher(office.folder)
    office.grow(9)
    signed(tmp_path / "police", write_requests(publisher, "police", tmp_path, NOW))
    publisher.close()
    publisher = Publisher(LogFolder(tmp_path / "restored"))
    grow(tmp_path / "restored", size, history)
    (request,) = write_requests(publisher, "police", tmp_path / "restored", NOW)
    head = stood(tmp_path / "police", request)
    with pytest.raises(Forked, match=found):
        take_in(publisher, head, NOW)
    with pytest.raises(Forked, match=found):
        publisher.check_own(NOW)
    publisher.close()


def test_a_head_of_another_log_or_witness_fits_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    publisher = Publisher(office.folder)
    (tree,) = publisher.trees
    whole, _ = tree.newest(publisher.store.disk)
    stranger = WitnessSigner("stranger.example/w", b"X" * 32).cosign(whole.text, NOW)
    (court,) = open_witness(tmp_path / "court").signers["sha256"]
    early = court.cosign(whole.text, NOW + 3600)
    for content in (whole.encode(), whole.with_signature(stranger).encode(), whole.with_signature(early).encode()):
        with pytest.raises(AnswerUnfitting):
            take_in(publisher, content, NOW)
    unsigned = note.Note(whole.text, (court.cosign(whole.text, NOW),))
    with pytest.raises(note.NoteInvalid):
        take_in(publisher, unsigned.encode(), NOW)
    assert publisher.cosigs.last_of("sha256") == {}
    publisher.close()
