"""Evidence in a real browser: a file is fixed, witnessed and stamped before one's eyes, taken out, changed and found out."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import desk_sample as sample
import pytest
from browsed import PAYLOADS, Browsed
from served import demo, prepared, served

from jianwei.seal import demo as outside_parties

pytestmark = pytest.mark.browser
SAID = {
    "case_ref": "虞见山诈骗案", "collected_at": "2026-03-01 09:30", "place": "塔下弄3号", "method": "现场提取", "collectors": "闻知秋、郎听雨",
    "holder": "虞见山", "witness_person": "容怀远",
}  # fmt: skip
REACHED = ".way .done b"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A desk whose county has a log; three witnesses and a timestamp authority run as processes of their own."""
    home = tmp_path_factory.mktemp("evidence")
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


def fixed(here: Browsed, file: Path, **said: str) -> Any:
    """Fill in the form and send a file; the page of the material."""
    page = here.go("/evidence/new/")
    page.set_input_files("#file", str(file))
    for name, value in {**SAID, **said}.items():
        page.fill(f"#id_{name}", value)
    page.select_option("#id_category", "视听资料、电子数据")
    page.click("form[data-fix] button.btn-primary")
    page.wait_for_url(re.compile(r"/evidence/0[0-9A-Z]{25}/$"))
    return page


def taken(page: Any, what: str, to: Path) -> Path:
    page.fill("#purpose", "随案移送法院")
    with page.expect_download() as download:
        page.click(f"button[value={what}]")
    download.value.save_as(to)
    return to


def verified(here: Browsed, file: Path) -> str:
    page = here.go("/evidence/verify/")
    page.set_input_files("#file", str(file))
    page.click("form[data-verify] button.btn-primary")
    page.wait_for_url("**/evidence/verifications/**")
    return str(page.inner_text("#verdict-title"))


def test_a_film_is_fixed_witnessed_stamped_taken_out_and_verified(
    at_desk: Callable[..., Browsed], tmp_path: Path
) -> None:
    from chromium import violations

    film = tmp_path / "录像.mp4"
    film.write_bytes(random.Random(3).randbytes(20 << 20))
    here = at_desk()
    page = fixed(here, film)
    page.locator(REACHED, has_text="已盖时间戳").wait_for(timeout=60_000)
    assert "公安局" in page.inner_text("#state") and "法院" in page.inner_text("#state")
    assert page.get_attribute("#state", "hx-trigger") is None
    assert violations(page) == []
    assert taken(page, "original", tmp_path / "out.mp4").read_bytes() == film.read_bytes()
    assert taken(page, "certificate", tmp_path / "out.pdf").read_bytes()[:5] == b"%PDF-"
    bundle = taken(page, "bundle", tmp_path / "out.evb")
    assert "经技术核验一致" in verified(here, bundle)
    assert violations(here.page) == []
    assert "一致" in here.page.locator("tr", has_text="时间戳与检查点相符").inner_text()
    changed = bytearray(bundle.read_bytes())
    changed[10 << 20] ^= 1
    bundle.write_bytes(changed)
    assert "核验没有通过" in verified(here, bundle)
    assert "不一致" in here.page.locator("tr", has_text="原件与材料说明的哈希一致").inner_text()
    assert "经技术核验一致" in verified(here, film)
    assert here.wrong == []


def test_an_upload_that_broke_off_goes_on_and_another_file_is_found_out(
    at_desk: Callable[..., Browsed], tmp_path: Path
) -> None:
    film, other = tmp_path / "长录像.mp4", tmp_path / "别的.mp4"
    content = random.Random(5).randbytes(20 << 20)
    film.write_bytes(content)
    other.write_bytes(b"!" + content[1:])
    here = at_desk()
    page = here.go("/evidence/new/")
    page.route("**/api/evidence/uploads/*?offset=16777216", lambda route: route.abort())
    page.set_input_files("#file", str(film))
    for name, value in {**SAID, "place": "别处"}.items():
        page.fill(f"#id_{name}", value)
    page.select_option("#id_category", "电子数据")
    page.click("form[data-fix] button.btn-primary")
    page.locator("[data-said]", has_text="连接中断").wait_for()
    page.unroute_all()
    page = here.go("/evidence/new/")
    assert "16.0 MB / 20.0 MB" in page.inner_text("#unfinished")
    page.set_input_files("[data-resume]", str(other))
    page.wait_for_selector("[data-refused]:not([hidden])")
    assert "不是先前上传的那个文件" in page.inner_text("[data-refused]")
    page.set_input_files("[data-resume]", str(film))
    page.wait_for_url(re.compile(r"/evidence/0[0-9A-Z]{25}/$"))
    assert "长录像.mp4" in page.inner_text("h1")


def test_what_is_wrong_is_said_by_its_field_and_what_was_typed_stays(at_desk: Callable[..., Browsed]) -> None:
    from chromium import violations

    page = at_desk().go("/evidence/new/")
    page.fill("#id_place", "塔下弄3号")
    page.fill("#id_collectors", "闻知秋")
    page.click("form[data-fix] button.btn-primary")
    page.wait_for_selector("[data-refused]:not([hidden])")
    assert page.input_value("#id_place") == "塔下弄3号"
    assert "二名以上" in page.inner_text("[data-wrong=alone_why]") and page.is_visible("#id_alone_why")
    assert violations(page) == []


def test_no_name_of_a_file_runs(at_desk: Callable[..., Browsed], tmp_path: Path) -> None:
    here = at_desk()
    mess = " ".join(PAYLOADS)
    small = tmp_path / "x.png"
    small.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    page = fixed(here, small, name=mess[:200], place=mess[:200], holder=mess[:120])
    at = page.url.removeprefix(here.address)
    page.fill("#purpose", mess[:200])
    page.click("button[value=certificate]")
    for path in (at, f"{at}correct/", "/evidence/", "/evidence/verify/", "/evidence/presentations/new/"):
        here.go(path)
        assert page.locator("main img, main iframe, main form[action^='//']").count() == 0
    assert not [one for one in here.wrong if "dialog" in one], here.wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_evidence_is_accessible_without_data_too(scheme: str, at_desk: Callable[..., Browsed]) -> None:
    from chromium import violations

    for name in ("county", "prosecutor"):
        here = at_desk(name, color_scheme=scheme)
        for path in (
            "/evidence/",
            "/evidence/new/",
            "/evidence/verify/",
            "/evidence/log/",
            "/evidence/presentations/",
            "/evidence/presentations/new/",
        ):
            here.go(path)
            assert violations(here.page) == [], path
            assert here.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
