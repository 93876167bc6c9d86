"""A browser, a desk full of hostile data, and one on which nothing has happened yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import desk_sample as sample
import pytest
from browsed import LONG, PAYLOADS, Browsed
from served import prepared, served


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    from chromium import FLAGS, needed
    from playwright.sync_api import sync_playwright

    path = needed()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A desk with 500 rows of evidence, long names, and payloads in every text that came by import."""
    home = tmp_path_factory.mktemp("browsed")
    hostile = [sample.judgment(100 + n, borrower=f"苏{p}", found=p) for n, p in enumerate(PAYLOADS)]
    rows = sample.transactions(500) + [
        r | {"memo": p, "counterparty": p} for r, p in zip(sample.transactions(20), PAYLOADS, strict=False)
    ]
    lake = sample.lake(
        home / "lake", judgments=[sample.judgment(n) for n in range(23)] + hostile, rows={"bank_txn": rows}
    )
    evidence = sample.evidence(lake, transactions=len(rows))
    text = {e["document"]: (lake.document(e["document"]) or {})["text"] for e in evidence if e["document"]}
    bad = [
        e
        for e in evidence
        if (any(p in text[e["document"]] for p in PAYLOADS) if e["document"] else int(e["row"].split("#")[1]) > 500)
    ]
    good = [e for e in evidence if e not in bad]
    mess = " ".join(PAYLOADS)
    clues = [sample.clue(n) for n in range(60) if n not in (0, 4, 20)]
    clues.append(sample.clue(0, evidence=good, score=9, region="330602"))
    clues.append(sample.clue(4, subject=LONG, reasons=[f"{LONG}在 12 个月内以 128 件民间借贷起诉 97 名被告，" * 3]))
    signs = {kind: [{"key": "x", "text": mess, "weight": 1}] for kind in ("substance", "context", "form", "unknown")}
    clues.append(
        sample.clue(
            20,
            subject=mess,
            subject_key=mess,
            reasons=[mess],
            period=mess[:60],
            signs=signs,
            law=[mess],
            asks=[PAYLOADS[0]],
            notes=[mess],
            searched=[mess],
            evidence=[e | {"signs": ["x"]} for e in bad],
            region="330602",
            score=9,
        )  # fmt: skip
    )
    skipped = [
        {
            "model": "civil.sham_wage_claims",
            "ref": "M04",
            "title": PAYLOADS[1],
            "reason": f"未评价，因为缺少数据：{PAYLOADS[0]}",
        }
    ]
    sample.write_run(home / "lake" / "runs" / ("b" * 20), clues, skipped=skipped)
    passwords = prepared(home)
    with served(home) as address:
        yield address, passwords


@pytest.fixture(scope="package")
def bare_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A desk on which nothing has happened yet."""
    home = tmp_path_factory.mktemp("bare")
    passwords = prepared(home)
    with served(home) as address:
        yield address, passwords


@pytest.fixture
def window(chromium: Any, desk: Any) -> Iterator[Callable[..., Browsed]]:
    opened: list[Browsed] = []

    def open_one(on: Any = None, **context: Any) -> Browsed:
        opened.append(Browsed(chromium, on or desk, **context))
        return opened[-1]

    yield open_one
    for one in opened:
        one.page.context.close()
