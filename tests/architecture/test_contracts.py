"""The house plan holds, and each contract is seen to fail when it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("importlinter")

ROOT = Path(__file__).parents[2]

VIOLATIONS = {
    "house": ("law/dated.py", "import jianwei.kit"),
    "django": ("lake/__init__.py", "import django"),
    "models": ("models/__init__.py", "import jianwei.lake"),
    "sandbox": ("sandbox/__init__.py", "import jianwei.extract"),
}


def lint(directory: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    chosen = ["--contract", contract] if contract else []
    return subprocess.run(
        [*command, "--no-cache", *chosen],
        cwd=directory,
        env={"PYTHONPATH": str(directory / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_violation_breaks_its_contract(contract: str, tmp_path: Path) -> None:
    file, line = VIOLATIONS[contract]
    python_only = shutil.ignore_patterns("static", "templates", "*.csv", "*.yaml", "__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=python_only)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    broken = tmp_path / "src/jianwei" / file
    broken.write_text(f"{broken.read_text()}\n{line}\n")
    result = lint(tmp_path, contract)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout
