"""The units run verbs that exist, as nobody in particular, and see no more of the machine than they need."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jianwei import cli

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
PYTHON = "/opt/jianwei/.venv/bin/python"
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
}


def settings(path: Path) -> dict[tuple[str, str], list[str]]:
    """By section and name, all that is set."""
    found: dict[tuple[str, str], list[str]] = {}
    section = ""
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if heading := re.fullmatch(r"\[(Unit|Service|Timer|Install)\]", line):
            section = heading[1]
            continue
        name, equals, value = line.partition("=")
        assert section and equals and re.fullmatch(r"[A-Z][A-Za-z]+", name), f"{path.name}: {line}"
        found.setdefault((section, name), []).append(value)
    return found


def test_there_is_a_unit_for_each_process_of_an_installation() -> None:
    assert {path.name for path in UNITS.iterdir()} == {
        "jianwei-desk.service",
        "jianwei-worker.service",
        "jianwei-seal.service",
        "jianwei-witness.service",
        "jianwei-seal-backup@.service",
        "jianwei-seal-backup@.timer",
    }


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_what_a_unit_starts_is_a_verb_with_these_options(path: Path) -> None:
    [command] = settings(path)["Service", "ExecStart"]
    interpreter, flag, module, *words = command.replace("%i", "110105").split()
    assert (interpreter, flag, module) == (PYTHON, "-m", "jianwei.cli")
    assert cli.parser().parse_args(words).verb == words[0]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_is_confined_and_writes_in_its_own_folder_alone(path: Path) -> None:
    found = settings(path)
    service = {name: values[-1] for (section, name), values in found.items() if section == "Service"}
    assert HARDENED.items() <= service.items()
    assert (
        service["User"] not in ("", "root") and service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"
    )
    assert f"JIANWEI_HOME={service['WorkingDirectory']}" in " ".join(found["Service", "Environment"])
    assert service.get("ReadWritePaths", "/var/backups/jianwei") == "/var/backups/jianwei"


def test_a_fork_is_not_started_over() -> None:
    from jianwei.seal.service import FORKED

    assert settings(UNITS / "jianwei-seal.service")["Service", "RestartPreventExitStatus"] == [str(FORKED)]


def test_the_desk_leaves_the_worker_and_the_seal_to_their_units() -> None:
    [command] = settings(UNITS / "jianwei-desk.service")["Service", "ExecStart"]
    assert " --alone " in command


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    for path in UNITS.iterdir():
        text = path.read_text().replace(PYTHON, sys.executable)
        (tmp_path / path.name.replace("@.", "@110105.")).write_text(text)
    units = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False, timeout=60
    )
    said = [line for line in done.stderr.splitlines() if "jianwei-" in line]
    assert not said
