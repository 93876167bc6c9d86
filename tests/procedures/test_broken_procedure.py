"""A procedure file with a slip in it is named, and the other procedures stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.procedures import shelf
from jianwei.shelving import BrokenUnit

GOOD = """
from jianwei.procedures import Line, Procedure, act

class Good(Procedure):
    title, line = "好的程序", Line.CRIMINAL
    stages, ends = ("开始",), ()
    begin = act("开始", opens=True, to="开始")
"""
SLIPS = {
    "unclosed": "from jianwei.procedures import act\n\nbegin = act(",
    "missing_import": "from jianwei.procedures import no_such_word",
    "missing_limit": GOOD.replace("begin =", "x = limit('criminal/none')\n    begin =").replace(
        "from jianwei.procedures", "from jianwei.law.limits import limit\nfrom jianwei.procedures", 1
    ),
}


@pytest.fixture
def crooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> shelf.Shelf:
    line = tmp_path / "crooked_shelf" / "criminal"
    line.mkdir(parents=True)
    (line.parent / "__init__.py").touch()
    (line / "__init__.py").touch()
    for name, code in {"good": GOOD, **SLIPS}.items():
        (line / f"{name}.py").write_text(code, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return shelf.shelf.__wrapped__("crooked_shelf")


def test_the_rest_of_the_shelf_stands(crooked: shelf.Shelf) -> None:
    assert [one.title for one in crooked.procedures.values()] == ["好的程序"]


def test_each_broken_file_is_named(crooked: shelf.Shelf, caplog: pytest.LogCaptureFixture) -> None:
    says = {broken.file: str(broken) for broken in crooked.broken}
    assert set(says) == {f"criminal/{name}.py" for name in SLIPS}
    assert "criminal/unclosed.py 第 3 行有误" in says["criminal/unclosed.py"]
    assert "no_such_word" in says["criminal/missing_import.py"]
    assert "其余不受影响" in says["criminal/missing_limit.py"]


def test_a_broken_procedure_asked_for_by_name_says_why(crooked: shelf.Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "shelf", lambda: crooked)
    with pytest.raises(BrokenUnit, match="criminal/unclosed.py"):
        shelf.procedure("criminal/unclosed")
    with pytest.raises(shelf.UnknownProcedure):
        shelf.procedure("没有的程序")
    assert shelf.procedure("好的程序").title == "好的程序"


def test_nothing_on_our_own_shelf_is_broken() -> None:
    assert shelf.shelf().broken == ()
