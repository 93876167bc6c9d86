"""A log changes its key: old proofs hold, the old key is worth nothing later, and both say so over their signatures."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from logs import leaves

from jianwei.seal import note, policy, sm2
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.note import NoteInvalid, NoteSigner
from jianwei.seal.rotation import Change, Retirement, StatementInvalid, log_lines, read, sign
from jianwei.seal.sequencer import Sequencer, SignedTree
from jianwei.seal.store import Tree
from jianwei.seal.suites import SHA256

ORIGIN = "jcy.example/evlog/110105"
OLD, NEW, NEXT = (NoteSigner(ORIGIN, seed * 32) for seed in (b"O", b"N", b"X"))
COURT = WitnessSigner("fy.example/w1", b"C" * 32)

CHANGE = Change(OLD.verifier, NEW.verifier, 6, "按年度更换")
RETIREMENT = Retirement(OLD.verifier, NEW.verifier, 9, "更换完毕")


def rules(lines: str) -> policy.Policy:
    return policy.parse(f"{lines}witness court {COURT.verifier.vkey}\nquorum court\n".encode())


def head(size: int, *signers: NoteSigner) -> note.Note:
    whole = Checkpoint(ORIGIN, size, SHA256.digest(b"%d" % size)).signed(*signers)
    return whole.with_signature(COURT.cosign(whole.text, 1_790_000_000))


def test_the_log_goes_on_while_its_key_is_changed(tmp_path: Path) -> None:
    heads = []
    for signer, also in ((OLD, ()), (OLD, (NEW,)), (NEW, (OLD,)), (NEW, ())):
        trees = [SignedTree(Tree(SHA256), signer, also=also)]
        with closing(Folder(tmp_path)) as disk:
            log = Sequencer(disk, trees) if heads else Sequencer.create(disk, trees)
            log.append(leaves(log.size, log.size + 3))
            heads.append(note.parse(log.checkpoints[0]))
    assert [len(each.signatures) for each in heads] == [1, 2, 2, 1]
    follows = rules(log_lines(OLD.verifier, [CHANGE, RETIREMENT]))
    for each in heads:
        seen = each.with_signature(COURT.cosign(each.text, 1_790_000_000))
        assert follows.judge(seen, SHA256).witnessed_at == {"court": 1_790_000_000}


def test_a_log_is_not_opened_by_a_key_that_did_not_sign_its_head(tmp_path: Path) -> None:
    with closing(Folder(tmp_path)) as disk:
        Sequencer.create(disk, [SignedTree(Tree(SHA256), OLD)])
        with pytest.raises(NoteInvalid):
            Sequencer(disk, [SignedTree(Tree(SHA256), NEW)])


@pytest.mark.parametrize(
    ("size", "signers", "holds"),
    [
        (3, [OLD], True),
        (9, [OLD], True),
        (10, [OLD], False),
        (5, [NEW], False),
        (6, [NEW], True),
        (99, [NEW], True),
        (5, [OLD, NEW], True),
        (10, [OLD, NEW], True),
        (7, [NEXT], False),
    ],
)
def test_each_key_counts_for_its_sizes_alone(size: int, signers: list[NoteSigner], holds: bool) -> None:
    lines = log_lines(OLD.verifier, [CHANGE, RETIREMENT])
    assert lines.count("#: sizes ") == 2
    if holds:
        assert rules(lines).judge(head(size, *signers), SHA256).checkpoint.size == size
    else:
        with pytest.raises(NoteInvalid, match="没有一个已知密钥"):
            rules(lines).judge(head(size, *signers), SHA256)


def test_other_tools_read_the_same_policy_without_the_sizes() -> None:
    plain = "".join(line for line in log_lines(OLD.verifier, [CHANGE, RETIREMENT]).splitlines(True) if line[0] != "#")
    assert [key.vkey for key in rules(plain).logs] == [OLD.verifier.vkey, NEW.verifier.vkey]
    assert rules(plain).judge(head(10, OLD), SHA256)


def test_a_witness_s_key_may_have_its_sizes_too() -> None:
    upto = f"log {OLD.verifier.vkey}\n#: sizes ..9\nwitness court {COURT.verifier.vkey}\nquorum court"
    assert policy.parse(upto.encode()).judge(head(9, OLD), SHA256)
    with pytest.raises(policy.QuorumMissing):
        policy.parse(upto.encode()).judge(head(10, OLD), SHA256)


def test_a_statement_needs_the_signatures_of_those_it_binds() -> None:
    for statement, signers in ((CHANGE, [OLD, NEW]), (RETIREMENT, [NEW]), (RETIREMENT, [OLD, NEW])):
        again = read(sign(statement, signers).encode())
        assert type(again) is type(statement) and again.text() == statement.text()
    for statement, signers in ((CHANGE, [OLD]), (CHANGE, [NEW]), (RETIREMENT, [OLD]), (CHANGE, [OLD, NEXT])):
        with pytest.raises(SealError):
            sign(statement, signers)


def test_a_changed_statement_is_refused() -> None:
    content = sign(CHANGE, [OLD, NEW]).encode()
    for change in (
        lambda raw: raw.replace(b"size 6", b"size 5"),
        lambda raw: raw.replace(b"size 6", b"size 06"),
        lambda raw: raw.replace("年度".encode(), "季度".encode()),
        lambda raw: raw.replace(b"change", b"retirement"),
        lambda raw: raw.replace(b"change", b"changes"),
        lambda raw: raw.replace(b"/v1", b"/v2"),
        lambda raw: raw.replace(b"\nold ", b"\nolder "),
    ):
        assert change(content) != content
        with pytest.raises(SealError):
            read(change(content))


def test_a_statement_is_about_one_log_and_gives_a_reason() -> None:
    stranger = NoteSigner("jcy.example/evlog/110106", b"N" * 32)
    with pytest.raises(StatementInvalid, match="同一日志"):
        sign(replace(CHANGE, new=stranger.verifier), [OLD, stranger])
    for reason in ("", " ", "一\n二"):
        with pytest.raises(StatementInvalid, match="事由"):
            sign(replace(CHANGE, reason=reason), [OLD, NEW])


def test_a_key_of_sm2_is_changed_alike() -> None:
    old, new = (NoteSigner(ORIGIN + "/sm", sm2.PrivateKey(seed * 32)) for seed in (b"O", b"N"))
    statement = Change(old.verifier, new.verifier, 6, "按年度更换")
    assert read(sign(statement, [old, new]).encode()).text() == statement.text()


@pytest.mark.parametrize(
    "statements",
    [
        [replace(CHANGE, old=NEXT.verifier)],
        [CHANGE, CHANGE],
        [RETIREMENT],
        [CHANGE, replace(RETIREMENT, last=5)],
        [CHANGE, RETIREMENT, RETIREMENT],
        [CHANGE, RETIREMENT, replace(CHANGE, new=NEXT.verifier)],
        [CHANGE, replace(CHANGE, old=NEW.verifier, new=OLD.verifier)],
    ],
)
def test_statements_that_do_not_follow_from_each_other_make_no_policy(statements: list[Change | Retirement]) -> None:
    with pytest.raises(StatementInvalid):
        log_lines(OLD.verifier, statements)


def test_keys_are_changed_again_and_again() -> None:
    later = [Change(NEW.verifier, NEXT.verifier, 20, "再换"), Retirement(NEW.verifier, NEXT.verifier, 25, "再换完毕")]
    follows = rules(log_lines(OLD.verifier, [CHANGE, RETIREMENT, *later]))
    for size, signer in ((9, OLD), (9, NEW), (25, NEW), (26, NEXT)):
        assert follows.judge(head(size, signer), SHA256)
    with pytest.raises(NoteInvalid):
        follows.judge(head(26, NEW), SHA256)
