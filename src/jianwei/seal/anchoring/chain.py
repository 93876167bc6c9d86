"""Writing heads of a log into an EVM chain and reading them there, by ``web3``.

A chain is trusted as far as its keepers are; the contract's address and the chain's number come from who checks, never
from what is checked. That the code at the address is ours is compared byte for byte.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

from jianwei.seal.anchoring.anchor import Anchor, AnchorInvalid, Head, origin_hash
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.errors import SealError

if TYPE_CHECKING:
    from web3 import Web3

TIMEOUT_SECONDS = 10
RECEIPT_SECONDS = 60
"""How long a transaction is waited for. What is written later is found by the next anchoring."""


class ChainUnreachable(SealError):
    """The chain did not do as asked. Nothing is lost: the next hour anchors a newer head."""


class AnchorConflict(SealError):
    """The chain holds another history of this log: it was rolled back or split."""


class AnchoringMissing(SealError):
    def __init__(self) -> None:
        super().__init__("未安装 web3，不能锚定到区块链。")


@contextmanager
def recursion_as_it_is() -> Iterator[None]:
    """web3 allows, when it is imported, recursion so deep that a hostile text kills the process; that is taken back."""
    limit = sys.getrecursionlimit()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def connect(url: str) -> Web3:
    """A node's JSON-RPC over HTTP, without a proxy of the environment."""
    try:
        with recursion_as_it_is():
            import requests
            from web3 import HTTPProvider, Web3
            from web3.middleware import ExtraDataToPOAMiddleware
    except ImportError:
        raise AnchoringMissing from None
    session = requests.Session()
    session.trust_env = False
    web3 = Web3(HTTPProvider(url, request_kwargs={"timeout": TIMEOUT_SECONDS}, session=session))
    web3.middleware_onion.inject(ExtraDataToPOAMiddleware, layer=0)  # consortium chains put signatures into blocks
    return web3


class Chain:
    """The contract of one office, and, if there is a key, the account that may write there."""

    def __init__(self, web3: Web3, contract: str, key: bytes | None = None) -> None:
        """``contract``: its address; ``key``: the 32 bytes of the owner's secp256k1 key, only for writing."""
        self._web3 = web3
        self._account = web3.eth.account.from_key(key) if key else None
        with _reaching():
            self.address = web3.to_checksum_address(contract)
            self.chain_id = web3.eth.chain_id
            code = bytes(web3.eth.get_code(self.address))
        if code.hex() != _compiled()["runtime"].removeprefix("0x"):
            raise AnchorInvalid(f"地址 {contract} 上不是锚定合约")
        self._contract = web3.eth.contract(address=self.address, abi=_compiled()["abi"])

    @classmethod
    def deploy(cls, web3: Web3, key: bytes) -> Self:
        """Put a contract of one's own on the chain."""
        blank = web3.eth.contract(abi=_compiled()["abi"], bytecode=_compiled()["bytecode"])
        with _reaching():
            receipt = _send(web3, web3.eth.account.from_key(key), blank.constructor())
        return cls(web3, receipt["contractAddress"], key)

    def newest(self, origin: str) -> Head:
        """The greatest head anchored for a log; size 0 when there is none."""
        with _reaching():
            size, root = self._contract.functions.heads(origin_hash(origin)).call()
        return Head(size, root)

    def put(self, checkpoint: Checkpoint) -> Anchor:
        """Anchor a head and wait for its block; for one that is there already, where it is.

        Raise ``AnchorConflict`` when the chain holds a greater head of this log, or another of this size.
        """
        if not checkpoint.size:
            raise AnchorInvalid("日志尚无记录，无须锚定")
        newest = self.newest(checkpoint.origin)
        if newest.of(checkpoint):
            return self._found(checkpoint)
        if newest.size >= checkpoint.size:
            raise AnchorConflict(
                f"链上已锚定“{checkpoint.origin}”第 {newest.size} 条的检查点，"
                f"与现有的第 {checkpoint.size} 条不相容：日志可能被回退或者分叉。"
            )
        if self._account is None:
            raise AnchorInvalid("没有配置锚定账户的密钥")
        call = self._contract.functions.anchor(origin_hash(checkpoint.origin), checkpoint.size, checkpoint.root)
        with _reaching():
            return self._anchor(checkpoint, _send(self._web3, self._account, call))

    def check(self, anchor: Anchor, checkpoint: Checkpoint, *, confirmations: int = 0) -> int:
        """The time, in seconds since 1970, at which the chain says it took this very head.

        ``confirmations``: how many blocks must lie above, for a chain whose newest blocks may still be replaced.
        """
        if (anchor.chain_id, anchor.contract) != (self.chain_id, self.address):
            raise AnchorInvalid("不是所信任的链或者合约")
        from web3.exceptions import TransactionNotFound

        with _reaching():
            try:
                receipt = self._web3.eth.get_transaction_receipt(anchor.transaction)  # type: ignore[arg-type]
            except TransactionNotFound:
                raise AnchorInvalid("链上没有这笔交易") from None
            found = self._anchor(checkpoint, receipt)
            height = self._web3.eth.block_number
        if height - found.block < confirmations:
            raise AnchorInvalid(f"所在区块之后尚不足 {confirmations} 个区块")
        if found != anchor:
            raise AnchorInvalid("锚定记录与链上的交易不一致")
        return found.at

    def _anchor(self, checkpoint: Checkpoint, receipt: Any) -> Anchor:
        """Where a receipt says the head was written, by the contract itself, in a block that the chain still has."""
        events = self._contract.events.Anchored().process_receipt(receipt, errors=_discard())
        if receipt["status"] != 1 or not any(self._says(event, checkpoint) for event in events):
            raise AnchorInvalid("该笔交易没有锚定这个检查点")
        block = self._web3.eth.get_block(receipt["blockNumber"])
        if block["hash"] != receipt["blockHash"]:
            raise AnchorInvalid("该笔交易所在的区块已被替换")
        transaction = "0x" + bytes(receipt["transactionHash"]).hex()
        return Anchor(
            self.chain_id, self.address, transaction, receipt["blockNumber"], block["timestamp"], checkpoint.size
        )

    def _says(self, event: Any, checkpoint: Checkpoint) -> bool:
        said = event["args"]
        named = (event["address"], said["origin"]) == (self.address, origin_hash(checkpoint.origin))
        return named and Head(said["size"], said["root"]).of(checkpoint)

    def _found(self, checkpoint: Checkpoint) -> Anchor:
        """The anchoring of a head that the contract holds, but of which no receipt was kept."""
        with _reaching():
            topic = {"origin": origin_hash(checkpoint.origin)}
            for event in self._contract.events.Anchored().get_logs(from_block=0, argument_filters=topic):
                if self._says(event, checkpoint):
                    return self._anchor(checkpoint, self._web3.eth.get_transaction_receipt(event["transactionHash"]))
        raise AnchorInvalid("节点不再保存这笔锚定的记录")


@cache
def _compiled() -> Any:
    return json.loads((files(__package__) / "anchor.json").read_text())


def _discard() -> Any:
    from web3.logs import DISCARD

    return DISCARD


def _send(web3: Web3, account: Any, call: Any) -> Any:
    """One transaction of the old form, which every EVM chain takes, and its receipt."""
    sender = account.address
    terms: dict[str, Any] = {
        "from": sender,
        "nonce": web3.eth.get_transaction_count(sender, "pending"),
        "gasPrice": web3.eth.gas_price,
        "chainId": web3.eth.chain_id,
    }
    signed = account.sign_transaction(call.build_transaction(terms))
    return web3.eth.wait_for_transaction_receipt(
        web3.eth.send_raw_transaction(signed.raw_transaction), timeout=RECEIPT_SECONDS
    )


@contextmanager
def _reaching() -> Iterator[None]:
    """Whatever a node or the way to it does wrong is one error that the caller can outlive."""
    from web3.exceptions import Web3Exception

    try:
        yield
    except (Web3Exception, OSError, ValueError) as problem:
        raise ChainUnreachable(f"区块链没有完成请求：{str(problem)[:200]}") from problem
