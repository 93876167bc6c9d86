"""verify.html as people open it: from a file, without a network, by mouse and by keyboard."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from both_verifiers import office, sound
from holes import Sparse, zeros

from jianwei.seal import bundle
from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.verifier import verify
from jianwei.seal.verifier.differential.opinions import of_python
from jianwei.seal.verifier.differential.subjects import SEEN_AT, Case, Subject, encoded, manifest

pytestmark = pytest.mark.browser

PAGE = Path(verify.__file__).with_name("verify.html")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AT = "2026-09-21T14:20:00"
"""Of the browser's clock in UTC, after all that was signed."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("BROWSER TESTS SKIPPED: Chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """What it asked of a network, and what it complained of, must be nothing."""
    context = browser.new_context(timezone_id="UTC", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    noise: list[str] = []
    opened.on("console", lambda message: noise.append(message.text))
    opened.on("pageerror", lambda error: noise.append(str(error)))
    opened.on("request", lambda request: noise.append(request.url) if not request.url.startswith("file:") else None)
    opened.goto(PAGE.as_uri())
    yield opened
    assert noise == []
    context.close()


def given(page: Any, case: Case, **more: Any) -> None:
    """Choose the files as a person does."""
    files = {"bundle": ("材料.evb", case.bundle), "policy-file": ("policy.txt", case.policy)}
    files |= {"policy-sm": ("policy-sm.txt", case.policy_sm), "tsa": ("tsa.der", case.tsa_cert)}
    page.click("summary")
    for field, (name, content) in files.items():
        if content is not None:
            page.set_input_files(f"#{field}", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.locator("#policy-told .fingerprint").wait_for()
    page.fill("#now", AT)


def result(page: Any) -> str:
    page.wait_for_selector(".verdict h2")
    return str(page.inner_text(".verdict h2"))


def test_a_sound_bundle_and_the_same_json(page: Any) -> None:
    case = sound()[0].case()
    given(page, case)
    page.click("#go")
    assert result(page) == "✓ 核验通过"
    shown = json.loads(page.evaluate("document.querySelector('pre').textContent"))
    assert shown == of_python(case)
    text = page.inner_text("#result")
    for words in (
        "一、证明了什么",
        "police 见证",
        "时间戳机构签发",
        "三、没有证明什么",
        "自述，未经证明",
        "没有填写印发的指纹",
    ):
        assert words in text
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_a_bundle_that_was_changed(page: Any) -> None:
    given(page, sound()[1].case({"original": bytes(256)}))
    page.click("#go")
    assert result(page) == "✗ 核验不通过"
    assert "原件已被改动" in page.inner_text("li.failed") and page.locator("li.skipped").count() == 9
    assert "police" not in page.inner_text("#result")


def test_what_is_written_in_a_bundle_is_shown_as_text_and_nothing_else(page: Any) -> None:
    """Names that are HTML: of the file, of the material, of the people, of the log's witnesses."""
    odd = "<img src=x onerror=alert(1)><script>alert(2)</script>&lt;b&gt;"
    told = manifest(0, None, 2) | {"name": odd, "doc_no": [odd], "case_ref": {"a": odd}}
    told["collected"] = {"by": [odd, {"b": odd}, 3], "place": odd, "at": [], "holder": True}
    leaf, side, salt = Leaf.of(Kind(2), bytes(32), encoded(told)).encode(), office().side, bytes(32)
    proof = side.proof([leaf], 0, dict.fromkeys(side.witnesses, SEEN_AT)).encode()
    members = {"manifest.json": encoded(told), "salt": salt, "proof.tlog-proof": proof, "policy.txt": odd.encode()}
    name = "<i>police</i>"
    rules = side.policy(f"quorum {name}\n").replace(b"witness police", f"witness {name}".encode())
    given(page, Subject(members, rules).case())
    content = {"name": odd.replace("/", "") + ".evb", "mimeType": "", "buffer": Subject(members, rules).case().bundle}
    page.set_input_files("#bundle", content)
    page.click("#go")
    assert result(page) == "✓ 核验通过"
    assert page.locator("main").locator("img, script, b, i").count() == 0
    assert page.inner_text("#result").count("<img src=x onerror=alert(1)>") == 7
    assert f"{name} 见证" in page.inner_text("#result")


def test_what_is_printed_is_the_report_without_the_form(page: Any) -> None:
    given(page, sound()[0].case())
    page.click("#go")
    result(page)
    page.emulate_media(media="print")
    assert not page.is_visible("#form") and not page.is_visible("button") and page.is_visible(".verdict")


def test_the_printed_fingerprint_is_compared(page: Any) -> None:
    case = sound()[3].case()
    given(page, case)
    digits = verify.Policy(case.policy).fingerprint
    page.fill("#printed", verify.fingerprint(digits).upper())
    assert "✓ 与印发的指纹一致" in page.inner_text("#policy-told")
    page.click("#go")
    assert result(page) == "✓ 核验通过" and "没有填写" not in page.inner_text("#result")
    page.fill("#printed", "0" + digits[1:] if digits[0] != "0" else "1" + digits[1:])
    assert "不一致" in page.inner_text("#policy-told")
    page.click("#go")
    page.wait_for_selector(".verdict.bad")
    assert result(page) == "✗ 信任策略不是印发的策略"


def test_a_policy_may_be_pasted_and_is_told_off_by_line(page: Any) -> None:
    case = sound()[3].case()
    given(page, case)
    page.fill("#policy", "quorum none\nlog x")
    assert "第 2 行" in page.inner_text("#policy-told")
    page.fill("#policy", case.policy.decode().rstrip("\n"))
    assert page.inner_text("#policy-told .fingerprint").replace(" ", "") == verify.Policy(case.policy).fingerprint


def test_nothing_given_is_asked_for(page: Any) -> None:
    page.click("#go")
    assert page.inner_text("#state") == "请先选择存证包。" and page.evaluate("document.activeElement.id") == "bundle"


def test_everything_by_keyboard(page: Any) -> None:
    given(page, sound()[3].case())
    page.focus("#bundle")
    reached = [page.evaluate("document.activeElement.id || document.activeElement.tagName")]
    while reached[-1] != "go" and len(reached) < 30:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"policy-file", "policy", "printed", "SUMMARY", "policy-sm", "tsa", "now"} <= set(reached)
    page.keyboard.press("Enter")
    assert result(page) == "✓ 核验通过"


def test_stopping_gives_no_verdict(page: Any, tmp_path: Path) -> None:
    size = 1 << 29
    told = encoded(manifest(1, b"", 1) | {"size": size})
    members = [("original", size, zeros(size)), ("manifest.json", len(told), [told]), ("salt", 32, [bytes(32)])]
    with Sparse(tmp_path / "large.evb", "w+") as out:
        bundle.pack(out, [*members, ("proof.tlog-proof", 1, [b"."])])
    given(page, sound()[1].case())
    page.set_input_files("#bundle", tmp_path / "large.evb")
    page.click("#go")
    page.click("#stop")
    page.locator("#state", has_text="已停止").wait_for()
    assert page.locator(".verdict").count() == 0 and page.is_enabled("#go")


def test_a_file_that_cannot_be_read_gives_no_verdict(page: Any, tmp_path: Path) -> None:
    given(page, sound()[1].case())
    (tmp_path / "gone.evb").write_bytes(sound()[1].case().bundle)
    page.set_input_files("#bundle", tmp_path / "gone.evb")
    (tmp_path / "gone.evb").unlink()
    page.click("#go")
    page.locator("#state", has_text="已被移走，没有结论").wait_for()
    given_again = {"name": "x.evb", "mimeType": "", "buffer": sound()[1].case().bundle}
    page.set_input_files("#bundle", given_again)
    page.evaluate("() => { File.prototype.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('坏道')) }); }")
    page.click("#go")
    page.locator("#state", has_text="文件无法读取，没有结论：坏道").wait_for()
    assert page.locator(".verdict").count() == 0


def test_files_may_be_dropped_together(page: Any) -> None:
    case = sound()[3].case()
    dropped = [("x.evb", case.bundle), ("policy.txt", case.policy), ("tsa.pem", case.tsa_cert or b"")]
    page.evaluate(
        """files => {
          const held = new DataTransfer();
          for (const [name, content] of files) {
            held.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name));
          }
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }""",
        [[name, base64.b64encode(content).decode()] for name, content in dropped],
    )
    page.locator("#policy-told .fingerprint").wait_for()
    page.fill("#now", AT)
    page.click("#go")
    assert result(page) == "✓ 核验通过"


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_is_cut_off_and_axe_finds_nothing(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    given(page, sound()[0].case())
    page.click("#go")
    result(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    assert [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]] == []
