"""Heads of a log on a chain: they only grow, only the office writes them, and a pointer to one is checked on the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from chains import in_process, of_anvil

from jianwei.seal.anchoring import account
from jianwei.seal.anchoring.anchor import Anchor, AnchorInvalid, origin_hash
from jianwei.seal.anchoring.chain import AnchorConflict, Chain, ChainUnreachable, connect, recursion_as_it_is
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.keys import KeyFileInvalid

with recursion_as_it_is():
    pytest.importorskip("web3")

ORIGIN = "jcy.example/evlog/110105"
Chains = tuple[Any, list[bytes]]


def head(size: int, origin: str = ORIGIN, of: str = "log") -> Checkpoint:
    return Checkpoint(origin, size, hashlib.sha256(f"{of} {size}".encode()).digest())


@pytest.fixture(scope="module", params=[in_process, of_anvil], ids=["eth-tester", "anvil"])
def chains(request: pytest.FixtureRequest) -> Iterator[Chains]:
    with request.param() as running:
        yield running


@pytest.fixture
def chain(chains: Chains) -> Chain:
    web3, keys = chains
    return Chain.deploy(web3, keys[0])


def test_what_is_committed_was_compiled_of_this_source() -> None:
    folder = files("jianwei.seal.anchoring")
    source = (folder / "anchor.sol").read_bytes()
    assert json.loads((folder / "anchor.json").read_text())["source_sha256"] == hashlib.sha256(source).hexdigest()
    assert len(source.splitlines()) <= 30


def test_heads_are_anchored_and_found_by_who_only_reads(chains: Chains, chain: Chain) -> None:
    reader = Chain(chains[0], chain.address)
    assert reader.newest(ORIGIN).size == 0
    anchors = [chain.put(head(size)) for size in (3, 8, 2**63 - 1)]
    assert reader.newest(ORIGIN).of(head(2**63 - 1))
    for anchor, size in zip(anchors, (3, 8, 2**63 - 1), strict=True):
        again = Anchor.parse(anchor.encode())
        assert again == anchor
        at = reader.check(again, head(size))
        assert at == chains[0].eth.get_block(anchor.block)["timestamp"] > 0


def test_each_log_has_its_own_heads(chain: Chain) -> None:
    chain.put(head(9))
    assert chain.put(head(2, ORIGIN + "/sm")).size == 2
    assert chain.newest(ORIGIN).size == 9


@pytest.mark.parametrize(("size", "of"), [(5, "log"), (9, "other"), (1, "other")])
def test_a_log_that_went_back_is_refused_by_the_contract_itself(
    chains: Chains, chain: Chain, size: int, of: str
) -> None:
    """Past our own care, straight to the contract."""
    from web3.exceptions import ContractLogicError

    chain.put(head(9))
    web3, keys = chains
    contract = web3.eth.contract(address=chain.address, abi=chain._contract.abi)
    owner = web3.eth.account.from_key(keys[0]).address
    wrong = head(size, of=of)
    with pytest.raises(ContractLogicError, match="not append-only"):
        contract.functions.anchor(origin_hash(ORIGIN), wrong.size, wrong.root).call({"from": owner})
    assert contract.functions.anchor(origin_hash(ORIGIN), 10, wrong.root).call({"from": owner}) == []
    terms = {
        "from": owner,
        "nonce": web3.eth.get_transaction_count(owner),
        "gas": 200_000,
        "gasPrice": web3.eth.gas_price,
    }
    terms["chainId"] = chain.chain_id
    forced = contract.functions.anchor(origin_hash(ORIGIN), wrong.size, wrong.root).build_transaction(terms)
    signed = web3.eth.account.from_key(keys[0]).sign_transaction(forced)
    receipt = web3.eth.wait_for_transaction_receipt(web3.eth.send_raw_transaction(signed.raw_transaction))
    assert receipt["status"] == 0 and chain.newest(ORIGIN).of(head(9))
    sunk = Anchor(
        chain.chain_id, chain.address, "0x" + receipt["transactionHash"].hex(), receipt["blockNumber"], 0, size
    )
    with pytest.raises(AnchorInvalid, match="没有锚定"):
        chain.check(sunk, wrong)


def test_a_log_that_went_back_is_an_alarm(chain: Chain) -> None:
    chain.put(head(9))
    for wrong in (head(8), head(9, of="other")):
        with pytest.raises(AnchorConflict, match="回退或者分叉"):
            chain.put(wrong)


def test_only_the_owner_writes(chains: Chains, chain: Chain) -> None:
    web3, keys = chains
    with pytest.raises(ChainUnreachable, match="not the owner"):
        Chain(web3, chain.address, keys[1]).put(head(3))
    with pytest.raises(AnchorInvalid, match="没有配置"):
        Chain(web3, chain.address).put(head(3))
    assert chain.newest(ORIGIN).size == 0


def test_the_same_head_again_is_one_anchoring(chains: Chains, chain: Chain) -> None:
    first = chain.put(head(3))
    height = chains[0].eth.block_number
    assert chain.put(head(3)) == first and chains[0].eth.block_number == height
    with pytest.raises(AnchorInvalid, match="尚无记录"):
        chain.put(head(0))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"chain_id": 5}, "不是所信任的链"),
        ({"contract": "0x" + "1" * 40}, "不是所信任的链或者合约"),
        ({"transaction": "0x" + "1" * 64}, "没有这笔交易"),
        ({"block": 1_000_000}, "不一致"),
        ({"at": 1}, "不一致"),
        ({"size": 4}, "不一致"),
    ],
)
def test_a_pointer_that_says_otherwise_than_the_chain(chain: Chain, change: dict[str, Any], problem: str) -> None:
    anchor = chain.put(head(3))
    assert chain.check(anchor, head(3))
    with pytest.raises(AnchorInvalid, match=problem):
        chain.check(replace(anchor, **change), head(3))


def test_an_anchoring_of_another_head_proves_nothing_of_this_one(chain: Chain) -> None:
    anchor = chain.put(head(3))
    for other in (head(4), head(3, of="other"), head(3, ORIGIN + "6")):
        with pytest.raises(AnchorInvalid, match="没有锚定"):
            chain.check(anchor, other)
    with pytest.raises(AnchorInvalid, match="尚不足 3 个区块"):
        chain.check(anchor, head(3), confirmations=3)


def test_an_event_of_another_contract_is_not_ours(chains: Chains, chain: Chain) -> None:
    """Anybody can deploy the same code and anchor anything there."""
    web3, keys = chains
    elsewhere = Chain.deploy(web3, keys[1])
    foreign = elsewhere.put(head(3))
    with pytest.raises(AnchorInvalid, match="没有锚定"):
        chain.check(replace(foreign, contract=chain.address), head(3))


def test_an_address_with_other_code_is_no_contract_of_ours(chains: Chains) -> None:
    web3, keys = chains
    with pytest.raises(AnchorInvalid, match="不是锚定合约"):
        Chain(web3, web3.eth.account.from_key(keys[1]).address)
    with pytest.raises(ChainUnreachable):
        Chain(web3, "nonsense")


def test_a_node_that_is_away_is_one_error() -> None:
    with pytest.raises(ChainUnreachable, match="没有完成请求"):
        Chain(connect("http://127.0.0.1:1"), "0x" + "1" * 40)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"nan",
        b"\xff",
        b"{" * 5000,
        Anchor(1, "c", "0x" + "1" * 64, 1, 1, 1).encode().replace(b'"v": 1', b'"v": 2'),
        Anchor(1, "c", "0x" + "1" * 64, 1, 1, 1).encode().replace(b'"block": 1', b'"block": true'),
        Anchor(1, "c", "0x" + "1" * 64, 1, 1, 1).encode().replace(b'"at": 1', b'"at": 1.0'),
        Anchor(1, "c", "0x" + "1" * 63, 1, 1, 1).encode(),
    ],
)
def test_what_is_no_pointer_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(AnchorInvalid):
        Anchor.parse(content)


def test_the_account_s_key_is_kept_like_any_secret(tmp_path: Path) -> None:
    path = tmp_path / "account"
    drawn = iter([bytes(32), b"\xff" * 32, b"\x07" * 32])
    assert account.create(path, lambda size: next(drawn)) == account.read(path) == b"\x07" * 32
    path.write_text("0x" + "07" * 32)
    assert account.read(path) == b"\x07" * 32
    for content in ("", "07" * 31, "00" * 32, "ff" * 32, "zz" * 32):
        path.write_text(content)
        with pytest.raises(KeyFileInvalid, match="锚定账户"):
            account.read(path)
    path.chmod(0o644)
    with pytest.raises(KeyFileInvalid, match="其他用户"):
        account.read(path)
