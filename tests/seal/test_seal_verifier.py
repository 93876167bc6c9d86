"""The stand-alone verifiers: what they say of sound bundles, to people and to programs, and what they are made of."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from both_verifiers import failed, judged, node, office, sound, stranger, unstamped

from jianwei.seal import ml_dsa
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.proof import LogProof
from jianwei.seal.verifier import verify
from jianwei.seal.verifier.differential.opinions import of_python
from jianwei.seal.verifier.differential.subjects import ORDER, QUORUMS, SEEN_AT, STAMPED_AT, Case

FOLDER = Path(verify.__file__).parent
SCRIPT, PAGE = FOLDER / "verify.py", FOLDER / "verify.html"


@pytest.mark.parametrize("number", range(8))
def test_a_sound_bundle_is_accepted_and_what_it_proves_is_told(number: int) -> None:
    subject = sound()[number]
    verdict = judged(subject.case())
    assert (verdict["ok"], verdict["step"], verdict["message"]) == (True, "done", "核验通过。")
    facts = verdict["facts"]
    assert facts["manifest"] == json.loads(subject.members["manifest.json"])
    assert (facts["original"] is None) == ("original" not in subject.members)
    assert facts["log"]["index"] == number
    assert [each["at"] for each in facts["log"]["witnesses"]] == [
        SEEN_AT + 10 * number + 7 * place for place in range(3)
    ]
    assert facts["log"]["policy"] == hashlib.sha256(subject.policy).hexdigest()


def test_the_time_that_is_proved_is_when_the_quorum_was_reached() -> None:
    times = {"police": SEEN_AT + 200, "court": SEEN_AT + 100, "upper": SEEN_AT}
    side = office().side
    shown = side.proof(office().leaves, 1, times).encode()
    reached = []
    for quorum in (*QUORUMS, "quorum upper\n"):
        case = replace(unstamped(sound()[1], shown), policy=side.policy(quorum))
        reached.append(judged(case)["facts"]["log"]["quorum_at"] - SEEN_AT)
    # police and court · two of three · court · upper and either of the others · upper
    assert reached == [200, 100, 100, 100, 0]


def test_without_witnesses_no_time_is_proved_and_this_is_said() -> None:
    case = replace(sound()[1].case(), policy=office().side.policy("quorum none\n"))
    verdict = judged(case)
    assert verdict["ok"] and verdict["facts"]["log"]["quorum_at"] is None
    assert "所用策略不要求见证，时间没有得到证明。" in verdict["warnings"]


def test_a_timestamp_is_a_fact_only_under_the_certificate_that_was_given() -> None:
    case = sound()[0].case()
    assert judged(case)["facts"]["token"]["at"] == STAMPED_AT
    verdict = judged(replace(case, tsa_cert=None))
    assert verdict["ok"] and verdict["facts"]["token"] is None
    assert any("时间戳签名未验证" in each for each in verdict["warnings"])


def test_what_was_not_checked_is_said() -> None:
    subject = sound()[0]
    warnings = judged(replace(subject.case(), policy_sm=None))["warnings"]
    assert any("未给出国密策略" in each for each in warnings) and any("锚定" in each for each in warnings)
    assert "采集人不足二人。" in warnings


def test_what_was_asked_for_must_be_there() -> None:
    """Whoever strips a proof from a bundle is seen by whoever asked for it, and by nobody else."""
    whole = sound()[0]
    assert judged(whole.case())["ok"]
    for name, step, question in (("proof-sm.tlog-proof", "sm", "policy_sm"), ("checkpoint.tsr", "token", "tsa_cert")):
        stripped = whole.case({name: None})
        assert failed(stripped) == step
        assert "包内没有" in judged(stripped)["message"]
        assert judged(replace(stripped, **{question: None}))["ok"]


def test_a_second_suite_without_witnesses_proves_no_time_and_this_is_said() -> None:
    case = replace(sound()[0].case(), policy_sm=office().side_sm.policy("quorum none\n"))
    assert "所用国密策略不要求见证，国密证明没有证明时间。" in judged(case)["warnings"]


def test_a_second_suite_of_another_log_proves_nothing_of_this_one() -> None:
    """Both logs are in the policy, and an office holds the same record at the same place in its own."""
    other, subject = stranger().side_sm, sound()[0]
    told = LogProof.parse(subject.members["proof-sm.tlog-proof"])
    shown = other.proof(office().leaves, told.index, dict.fromkeys(other.witnesses, SEEN_AT)).encode()
    rules = subject.policy_sm.partition(b"group")[0] if subject.policy_sm else b""
    added = other.policy("").replace(b"witness ", b"witness other-")
    case = replace(subject.case({"proof-sm.tlog-proof": shown}), policy_sm=rules + added + b"quorum other-court\n")
    assert failed(case) == "sm" and "不是同一日志" in judged(case)["message"]


def test_witnesses_whose_clocks_differ_are_named_in_a_warning() -> None:
    for apart, said in ((300, False), (301, True)):
        shown = office().side.proof(office().leaves, 1, {"police": SEEN_AT, "court": SEEN_AT + apart}).encode()
        warnings = judged(unstamped(sound()[1], shown))["warnings"]
        assert ("见证方之间的时间相差超过 5 分钟。" in warnings) == said


def test_a_key_counts_for_the_checkpoints_its_policy_says() -> None:
    subject = sound()[1]
    size = judged(subject.case())["facts"]["log"]["size"]
    for sizes, step in (
        (f"{size}..{size}", "done"),
        ("..", "done"),
        (f"..{size - 1}", "log-signature"),
        (f"{size + 1}..", "log-signature"),
    ):
        rules = subject.policy.replace(b"log ", f"#: sizes {sizes}\nlog ".encode(), 1)
        assert judged(replace(subject.case(), policy=rules))["step"] == step
    rules = subject.policy.replace(b"witness court", b"#: sizes ..2\nwitness court", 1)
    assert judged(replace(subject.case(), policy=rules))["step"] == "done"  # police and upper are two of three
    assert judged(replace(subject.case(), policy=rules.replace(b"any2 2", b"any2 3")))["step"] == "quorum"


def test_a_key_of_a_kind_the_verifiers_do_not_know_is_named_and_counts_for_nothing() -> None:
    """ML-DSA, which the log's own modules know: an extra line beside the others, until these programs are replaced."""
    upper = WitnessSigner("upper.example/pq", ml_dsa.PrivateKey.generate(lambda count: bytes(range(count))))
    told = LogProof.parse(sound()[1].members["proof.tlog-proof"])
    whole = told.checkpoint.with_signature(upper.cosign(told.checkpoint.text, SEEN_AT))
    case = unstamped(sound()[1], replace(told, checkpoint=whole).encode())
    rules = sound()[1].policy.partition(b"group")[0] + f"witness pq {upper.verifier.vkey}\n".encode()
    verdict = judged(replace(case, policy=rules + b"group both all police court\nquorum both\n"))
    assert verdict["ok"] and "pq" not in {each["name"] for each in verdict["facts"]["log"]["witnesses"]}
    case = replace(case, policy=rules + b"quorum pq\n")
    node().send_cases([case])
    assert node().fetch(1) == [{"answer": of_python(case)}]
    assert of_python(case)["message"].endswith("策略中有本程序不能核验的公钥。")


# ---- as a program ---------------------------------------------------------------------------------------------------


def run(folder: Path, case: Case, *more: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    given = {"x.evb": case.bundle, "p": case.policy, "q": case.policy_sm, "c": case.tsa_cert}
    for name, content in given.items():
        if content is not None:
            (folder / name).write_bytes(content)
    arguments = ["x.evb", "--policy", "p", *(["--policy-sm", "q"] if case.policy_sm else [])]
    arguments += ["--tsa-cert", "c"] if case.tsa_cert else []
    command = [python, "-I", str(SCRIPT), *arguments, "--now", str(case.now), *more]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_people_are_told_every_step_and_what_is_not_proved(tmp_path: Path) -> None:
    done = run(tmp_path, sound()[0].case())
    assert done.returncode == 0 and done.stderr == ""
    for title in verify.STEPS.values():
        assert f"✓ {title}" in done.stdout
    for words in (
        "一、证明了什么",
        "三、没有证明什么",
        "自述，未经证明",
        "至迟在 2026-09-21",
        "police（police.example/w1）于 2026-09-21",
        "时间戳机构于",
    ):
        assert words in done.stdout


def test_people_are_told_the_first_step_that_failed(tmp_path: Path) -> None:
    done = run(tmp_path, sound()[1].case({"original": bytes(256)}))
    assert done.returncode == 1
    assert "✗ 原件与材料说明的哈希不一致，原件已被改动。" in done.stdout and "✓ 材料说明合规" in done.stdout
    assert (
        "— 该记录在日志之内" in done.stdout
        and "任何内容都没有得到证明" in done.stdout
        and "police（" not in done.stdout
    )


def test_programs_are_told_json_and_an_exit_code(tmp_path: Path) -> None:
    case = sound()[2].case()
    done = run(tmp_path, case, "--json")
    assert done.returncode == 0 and json.loads(done.stdout) == judged(case)
    assert run(tmp_path, replace(case, bundle=b""), "--json").returncode == 1
    unread = run(tmp_path, replace(case, policy=b"quorum none\nlog x\n"), "--json")
    assert unread.returncode == 2 and json.loads(unread.stdout)["step"] == "policy"
    (tmp_path / "x.evb").unlink()
    assert (
        subprocess.run([sys.executable, SCRIPT, "x.evb", "--policy", "p"], cwd=tmp_path, capture_output=True).returncode
        == 2
    )
    assert subprocess.run([sys.executable, SCRIPT, "x.evb"], cwd=tmp_path, capture_output=True).returncode == 2


def test_a_machine_with_another_encoding_writes_utf_8(tmp_path: Path) -> None:
    case = sound()[1].case()
    (tmp_path / "x.evb").write_bytes(case.bundle)
    (tmp_path / "p").write_bytes(case.policy)
    command = [sys.executable, str(SCRIPT), "x.evb", "--policy", "p", "--now", str(case.now)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env={"PYTHONIOENCODING": "gbk"}, check=False)
    assert done.returncode == 0 and "✓ 存证包的结构" in done.stdout.decode()


def test_an_older_python_says_the_same(tmp_path: Path) -> None:
    older = sorted(Path("~/.pyenv/versions").expanduser().glob("3.8.*/bin/python"))
    if not older:
        pytest.skip("no Python 3.8 on this machine")
    for number in (0, 2):
        case = sound()[number].case()
        assert json.loads(run(tmp_path, case, "--json", python=str(older[0])).stdout) == judged(case)


def test_the_program_is_one_file_of_the_standard_library() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {alias.name for each in ast.walk(tree) if isinstance(each, ast.Import) for alias in each.names}
    names |= {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    assert "zipfile" not in names and "ssl" not in names


def test_sm3_without_openssl_is_the_same_only_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str, *content: bytes) -> object:
        if name == "sm3":
            raise ValueError("unsupported hash type sm3")
        return known(name, *content)

    expected = judged(sound()[0].case())
    known = hashlib.new
    for length in (0, 1, 55, 56, 63, 64, 65, 200):
        content = bytes(range(length))
        own = verify.Sm3()
        for start in range(0, length, 7):
            own.update(content[start : start + 7])
        assert own.digest() == known("sm3", content).digest()
    monkeypatch.setattr(hashlib, "new", lacking)
    case = sound()[0].case()
    assert of_python(case) == expected


# ---- as a page ------------------------------------------------------------------------------------------------------


def test_the_page_runs_its_own_script_and_nothing_else() -> None:
    """Its policy names its scripts and its style by their hashes; when one is changed the new hash goes there."""
    page = PAGE.read_text(encoding="utf-8")
    rules = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert rules
    blocks = re.findall(r"<(script|style)[^>]*>(.*?)</\1>", page, re.DOTALL)
    for kind, content in blocks:
        named = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{named}'" in rules[1], f"the {kind} must be named by sha256-{named}"
    assert len(blocks) == rules[1].count("sha256-") == 3
    assert rules[1].startswith("default-src 'none'; ") and "unsafe" not in rules[1]
    assert not re.search(r"https?:|\bsrc=|<link|<iframe|<object|innerHTML|eval\(|fetch\(|XMLHttpRequest|import\(", page)
    assert not re.search(r'\son\w+="|style="', page)


def test_both_verifiers_name_the_same_steps_members_and_sentences() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for step, title in verify.STEPS.items():
        assert f'"{step}": "{title}"' in page
    assert re.findall(r'"([^"]+)": (?:2 \*\* 62|64 \* 1024|32|128 \* 1024),', page) == list(verify.NAMES) == list(ORDER)
    sentences = re.findall(
        r'"([^"\n{}]{4,}。)"', SCRIPT.read_text(encoding="utf-8").partition("# ==== what people read")[0]
    )
    assert len(sentences) > 60
    assert [each for each in sentences if each not in page] == ["本机没有所需的哈希算法。"]  # a page has its own
