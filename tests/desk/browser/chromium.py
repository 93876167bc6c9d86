"""Debian's Chromium, driven without a screen and without talking to anybody."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-default-apps", "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip


def needed() -> str:
    """The browser's path; without browser or front-end files the tests skip and say so."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("BROWSER TESTS SKIPPED: Chromium is not installed (apt-get install chromium)")
    if not AXE.is_file() or not (ROOT / "src/jianwei/desk/site/static/vendor/tabler.min.css").is_file():
        pytest.skip("BROWSER TESTS SKIPPED: front-end files are not placed (npm ci, then ./jianwei up)")
    return found


COLOURS = ["color-contrast", "link-in-text-block"]
"""What of axe-core's rules can hold in the light and not in the dark."""


def violations(page: Any) -> list[str]:
    """What axe-core finds wrong with the page as it stands; in the dark, where the page is the same, with its colours."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    asked = {"resultTypes": ["violations"]} | ({"runOnly": COLOURS} if dark else {})
    found = page.evaluate("async asked => (await axe.run(document, asked)).violations", asked)
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found for n in v["nodes"]]
