"""Chains for the tests: one in the process, and one of ``anvil`` where it is installed."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jianwei.seal.anchoring.chain import recursion_as_it_is

_KEYS = [bytes([number] * 32) for number in (1, 2)]
_KIND = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
_ANVIL = Path("node_modules/@foundry-rs") / f"anvil-{platform.system().lower()}-{_KIND}" / "bin" / "anvil"


@contextmanager
def in_process() -> Iterator[tuple[Any, list[bytes]]]:
    """A chain of eth-tester and the keys of two accounts with money."""
    with recursion_as_it_is():
        pytest.importorskip("eth_tester")
        from eth_tester.exceptions import TransactionFailed
        from web3 import EthereumTesterProvider, Web3
        from web3.exceptions import ContractLogicError

        class Provider(EthereumTesterProvider):
            def make_request(self, method: Any, params: Any) -> Any:
                """A revert is told as a node over HTTP tells it."""
                try:
                    return super().make_request(method, params)
                except TransactionFailed as problem:
                    raise ContractLogicError(str(problem)) from None

        provider = Provider()
        keys = provider.ethereum_tester.backend.account_keys
        yield Web3(provider), [key.to_bytes() for key in keys[:2]]


@contextmanager
def of_anvil() -> Iterator[tuple[Any, list[bytes]]]:
    from jianwei.seal.anchoring.chain import connect

    roots = [Path(each) for each in (os.environ.get("JIANWEI_ANVIL"), Path(__file__).parents[2]) if each]
    binary = next((root / _ANVIL for root in roots if (root / _ANVIL).exists()), None)
    if binary is None:
        pytest.skip("no anvil: run npm ci with the optional packages")
    with subprocess.Popen([binary, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stdout or ():
                if listening := re.search(r"Listening on (\S+)", line):
                    web3 = connect(f"http://{listening[1]}")
                    for key in _KEYS:
                        account = web3.eth.account.from_key(key).address
                        web3.provider.make_request("anvil_setBalance", [account, hex(10**18)])
                    yield web3, _KEYS
                    return
        finally:
            process.terminate()
    pytest.fail("anvil did not start")
