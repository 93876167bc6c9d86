"""What stands between a fresh checkout and its first verb: made once, never twice, and never over somebody's own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from jianwei import bootstrap


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with locks and nothing installed."""
    for name in ("requirements", "requirements-test", "requirements-engine", "requirements-node"):
        (tmp_path / f"{name}.lock").write_text(f"# {name}\n")
    (tmp_path / "package-lock.json").write_text("{}")
    assets = tmp_path / "src/jianwei/desk/site/assets.py"
    assets.parent.mkdir(parents=True)
    assets.write_text("")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "ENGINE_ENVIRONMENT", tmp_path / ".venv-engine")
    monkeypatch.setattr(bootstrap, "VENDOR", tmp_path / "vendor")
    (tmp_path / "vendor").mkdir()
    return tmp_path


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run: no network is asked."""
    noted: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "_run", lambda command, failure: noted.append([str(part) for part in command]))
    return noted


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    noted: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "_become", lambda arguments: noted.append(list(arguments)))
    return noted


def installs(commands: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """(environment, lock) of each installation."""
    return [(Path(c[0]).parents[1].name, Path(c[-1]).name) for c in commands if "install" in c]


def test_an_environment_is_made_once(checkout: Path, commands: list[list[str]]) -> None:
    lock = checkout / "requirements.lock"
    bootstrap.ready(bootstrap.ENVIRONMENT, lock)
    assert [c[1:3] for c in commands] == [["-m", "ensurepip"], ["-m", "pip"]]
    assert {"--require-hashes", "--no-deps"} <= set(commands[1])
    (site,) = (checkout / ".venv/lib").glob("python3*/site-packages")
    assert (site / "jianwei.pth").read_text().strip() == str(checkout / "src")
    bootstrap.ready(bootstrap.ENVIRONMENT, lock)
    assert len(commands) == 2


def test_a_changed_lock_makes_the_environment_anew(checkout: Path, commands: list[list[str]]) -> None:
    lock = checkout / "requirements.lock"
    bootstrap.ready(bootstrap.ENVIRONMENT, lock)
    (checkout / ".venv/stale").touch()
    lock.write_text("# another\n")
    bootstrap.ready(bootstrap.ENVIRONMENT, lock)
    assert not (checkout / ".venv/stale").exists()
    assert installs(commands) == [(".venv", "requirements.lock")] * 2


def test_tests_add_to_the_environment_of_an_open_desk(checkout: Path, commands: list[list[str]]) -> None:
    bootstrap.ready(bootstrap.ENVIRONMENT, checkout / "requirements.lock")
    (checkout / ".venv/in-use").touch()
    bootstrap.ready(bootstrap.ENVIRONMENT, checkout / "requirements-test.lock")
    assert (checkout / ".venv/in-use").exists()
    assert installs(commands)[-1] == (".venv", "requirements-test.lock")


def test_an_interrupted_installation_is_begun_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: Sequence[str | Path], failure: str) -> None:
        raise bootstrap.SetupError(failure)

    lock = checkout / "requirements.lock"
    monkeypatch.setattr(bootstrap, "_run", fail)
    for _ in range(2):
        with pytest.raises(bootstrap.SetupError, match="python3-venv"):
            bootstrap.ready(bootstrap.ENVIRONMENT, lock)


def test_an_environment_of_somebody_else_is_left_alone(checkout: Path, commands: list[list[str]]) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv/theirs").touch()
    with pytest.raises(bootstrap.SetupError, match="不是由本程序建立的"):
        bootstrap.ready(bootstrap.ENVIRONMENT, checkout / "requirements.lock")
    assert (checkout / ".venv/theirs").exists() and not commands


def test_another_python_is_refused_in_a_sentence(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    with pytest.raises(bootstrap.SetupError, match=r"需要 Python 3\.11"):
        bootstrap.ready(bootstrap.ENVIRONMENT, checkout / "requirements.lock")


@pytest.mark.parametrize(
    ("words", "environments", "asks_npm"),
    [
        (["--help"], [(".venv", "requirements.lock")], False),
        (["up", "--prepare-only"], [(".venv", "requirements.lock")], True),
        (["test", "--help"], [(".venv", "requirements.lock")], False),
        (["bench", "extract"], [(".venv", "requirements-test.lock")], False),
        (["test"], [(".venv", "requirements-test.lock"), (".venv-engine", "requirements-engine.lock")], True),
    ],
)
def test_a_verb_gets_what_it_needs_and_no_more(
    words: list[str],
    environments: list[tuple[str, str]],
    asks_npm: bool,
    commands: list[list[str]],
    become: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    bootstrap.main(words)
    assert installs(commands) == environments
    assert any("ci" in c for c in commands) == asks_npm
    assert become == [words]


def test_an_environment_with_more_serves_every_verb(
    checkout: Path, commands: list[list[str]], become: list[list[str]]
) -> None:
    bootstrap.ready(bootstrap.ENVIRONMENT, checkout / "requirements-test.lock")
    bootstrap.main(["models"])
    assert installs(commands) == [(".venv", "requirements-test.lock")]


def test_assets_are_placed_once_and_again_when_their_list_changes(
    checkout: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    bootstrap.place_assets()
    bootstrap.place_assets()
    assert len(commands) == 2 and "--ignore-scripts" in commands[0]
    (checkout / "src/jianwei/desk/site/assets.py").write_text("ICONS = ()")
    bootstrap.place_assets()
    assert len(commands) == 4


def test_only_the_tests_get_what_is_for_the_tests(
    commands: list[list[str]], become: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opened the desk first gets it for the tests later; whoever has it keeps it."""
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    for words in (["up"], ["serve"], ["test"], ["up"], ["test"]):
        bootstrap.main(words)
    fetched = [command for command in commands if "ci" in command]
    assert [("--omit=dev" in each, "--omit=optional" in each) for each in fetched] == [(True, True), (False, False)]


def test_without_node_npm_comes_from_a_wheel(
    checkout: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    bootstrap.place_assets()
    assert installs(commands) == [(".venv", "requirements-node.lock")]
    assert commands[1][:2] == [str(checkout / ".venv/bin/npm"), "ci"]


def test_a_failed_step_ends_with_its_sentence(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(bootstrap.SetupError, match="取不到"):
        bootstrap._run([sys.executable, "-c", "import sys; print('noise'); sys.exit('why')"], "取不到")
    shown = capfd.readouterr()
    assert "noise" not in shown.out and "why" in shown.err


def test_the_locks_of_the_repository_grow_from_one_another() -> None:
    """Adding the tests' packages to an open desk is right only while no version differs."""
    root = Path(__file__).parents[2]
    pins = {
        name: {line.split(" ")[0] for line in (root / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-engine.lock", "requirements-test.lock")
    }
    assert pins["requirements.lock"] < pins["requirements-test.lock"]
    assert pins["requirements-engine.lock"] < pins["requirements-test.lock"]
