"""A real browser with a made-up camera records a matter, loses the network and comes back; a device exports meanwhile."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import desk_sample as sample
import pytest
from browsed import LONG, PAYLOADS, Browsed
from chromium import violations
from served import demo, prepared, served

from jianwei.seal import demo as outside_parties

pytestmark = pytest.mark.browser
PATIENCE = 120_000
"""Milliseconds, as the browser counts."""


ROOM = "recordings/330602/听证室"
NAMES = [*(f"{n}{payload.replace('/', '／')}.mp4" for n, payload in enumerate(PAYLOADS)), f"{LONG[:60]}.mp4"]
LAST = hashlib.sha256(NAMES[-1].encode()).hexdigest()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a device that has exported files under hostile and long names, each holding its own name, and an empty one."""
    path = tmp_path_factory.mktemp("recorded")
    (path / ROOM).mkdir(parents=True)
    for name in NAMES:
        (path / ROOM / name).write_bytes(name.encode())
    (path / ROOM / "空.mp4").touch()
    return path


@pytest.fixture(scope="module")
def office(home: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A desk whose county has a log and a worker."""
    sample.lake(home / "lake", judgments=[sample.judgment(n) for n in range(4)])
    passwords = prepared(home)
    demo(home)
    outside_parties.found(home, ["330602"], os.urandom)
    with served(home) as address:
        yield address, passwords


@pytest.fixture
def at_desk(window: Callable[..., Browsed], office: Any) -> Callable[..., Browsed]:
    def come(name: str = "county", **context: Any) -> Browsed:
        here = window(on=office, **context)
        here.log_in(name)
        return here

    return come


def until(page: Any, says: str) -> None:
    """Wait for what holds in the page; its policy lets no other program wait in it."""
    patience = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(says):
        assert time.monotonic() < patience, says
        time.sleep(0.1)


SENT = "/已传 [1-9]/.test(document.querySelector('[data-sent]').textContent)"


def matter(here: Browsed) -> str:
    """The address of the county's first matter."""
    page = here.go("/matters/?office=330602")
    return str(page.get_attribute("td a.subject", "href"))


def begun(here: Browsed, what: str = "film") -> Any:
    page = here.go(f"{matter(here)}recordings/new/")
    page.select_option("#id_purpose", "讯问")
    assert "第一百八十七条" in page.inner_text("[data-tell='讯问']")
    page.fill("#id_place", "塔下弄讯问室")
    page.fill("#id_officers", "闻知秋、郎听雨")
    page.fill("#id_present", "虞见山")
    page.check(f"[name=what][value={what}]")
    page.click("[data-start]")
    page.wait_for_selector("[data-stop]:visible")
    return page


def stopped(page: Any) -> None:
    page.click("[data-stop]")
    page.wait_for_url(re.compile(r"/recordings/0[0-9A-Z]{25}/$"), timeout=PATIENCE)


LENGTH = """async () => {
  const film = document.querySelector("[data-player]");
  while (!(film.duration > 0 && film.duration < Infinity)) await new Promise((on) => setTimeout(on, 50));
  return film.duration;
}"""


def test_it_records_loses_the_network_comes_back_and_is_in_the_log_when_it_stops(
    at_desk: Callable[..., Browsed],
) -> None:
    here = at_desk()
    page = begun(here)
    until(page, SENT)
    assert not here.wrong, here.wrong
    page.context.set_offline(True)
    page.wait_for_selector("[data-says]:text('网络中断')", timeout=PATIENCE)
    page.context.set_offline(False)
    page.wait_for_selector("[data-says]:text('正在录制')", timeout=PATIENCE)
    here.wrong.clear()  # the browser's own words about the network
    ran = page.evaluate("() => performance.now()")
    stopped(page)
    assert ran > 0 and page.evaluate(LENGTH) > 3
    assert "闻知秋、郎听雨" in page.inner_text("main") and "录制中断" not in page.inner_text("main")
    page.wait_for_selector(".way .done b:text('已见证')", timeout=PATIENCE)
    page.evaluate("document.querySelector('[data-player]').currentTime = 2")
    until(page, "document.querySelector('.at').value === '00:02'")
    page.keyboard.press("m")
    page.keyboard.type("对量刑建议提出异议")
    page.keyboard.press("Enter")
    page.wait_for_selector(".moments li:has-text('对量刑建议提出异议')")
    page.click(".moments button")
    until(page, "document.querySelector('[data-player]').currentTime >= 2")
    assert not violations(page) and not here.wrong, here.wrong


def test_sound_alone_is_recorded_and_heard(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    page = begun(here, "sound")
    until(page, SENT)
    stopped(page)
    assert page.query_selector("audio[data-player]") and page.evaluate(LENGTH) > 1 and not here.wrong


def test_without_a_secure_connection_it_says_so(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    here.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page = here.go(f"{matter(here)}recordings/new/")
    assert "https://" in page.inner_text("[data-unable]") and page.is_disabled("[data-start]")


def test_a_camera_that_is_not_allowed_is_said_and_nothing_begins(at_desk: Callable[..., Browsed]) -> None:
    here = at_desk()
    here.page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); }"
    )
    page = here.go(f"{matter(here)}recordings/new/")
    page.click("[data-start]")
    page.wait_for_selector("[data-refused]:visible")
    assert "没有允许" in page.inner_text("[data-refused]") and page.is_enabled("[data-start]")


def test_what_a_device_exports_stands_on_its_pages_however_it_is_called(
    at_desk: Callable[..., Browsed], home: Path
) -> None:
    room, patience = home / ROOM, time.monotonic() + PATIENCE / 1000
    while len(list((room / "已存证").glob("*.mp4"))) < len(NAMES) or not (room / "空.mp4.未存证.txt").exists():
        assert time.monotonic() < patience, "the worker has not taken what was exported"
        time.sleep(0.5)
    for width in (1280, 1920):
        here = at_desk(viewport={"width": width, "height": 900})
        for address in ("/recordings/", "/recordings/waiting/", f"/recordings/?q={LAST}"):
            page = here.go(address)
            assert "见微" in page.title() and not violations(page), address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, width)
        page.click("td a.subject")
        assert page.inner_text("main code.digest >> nth=0") == LAST
        page.wait_for_selector("[data-cannot]:visible")
        assert not here.wrong, here.wrong
