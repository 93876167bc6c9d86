"""A file of a shelf with a slip in it is named with its line, and the rest of the shelf works: models, card rules, sources."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jianwei.cards import checking as cards_checking
from jianwei.cards import shelf as cards_shelf
from jianwei.cards.card import columns
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cli import main
from jianwei.lake import Lake
from jianwei.law import limits
from jianwei.screening import screen
from jianwei.screening import shelf as models_shelf
from jianwei.shelving import BrokenUnit
from jianwei.sources import Problem, RawRow, kinds, read

MODEL = """
from jianwei.kit import Cite, Kind, Line, Model, Sign
from jianwei.records import Death

class {name}(Model):
    ref, title, line = "{ref}", "{title}", Line.CIVIL
    basis, asks, headline = (Cite("某法", "第一条"),), ("是否属实",), "一件"
    reads = (Death,)
    signs = (Sign("seen", Kind.SUBSTANCE, 1, "见过"),)

    def find(self, lake, as_of):
        return {find}
"""
GOOD_KIND = """
SUFFIXES, HOSTILE = (".list",), False

def recognises(head):
    return False

def read(content):
    from jianwei.sources.content import Grid
    yield Grid("", "", 1, [("姓名", "公民身份号码"), ("甲", "")], None)
"""
RULE = """
from jianwei.cards.law import XS
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Group, Severity, rule
from jianwei.kit import Cite

@rule("{ref}", "{title}", on=ProsecutionCard, group=Group.TERM, severity=Severity.LOW, basis=(Cite(XS, "第一条"),),
      needs=("accepted_on",), says="{{accepted_on}}")
def {name}(card, look):
    return {find}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A package of its own, for a shelf to be laid out in; its name is the test's."""
    place = tmp_path / f"crooked_{request.node.name}"
    place.mkdir()
    (place / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return place


@pytest.fixture
def models(folder: Path, monkeypatch: pytest.MonkeyPatch) -> models_shelf.Shelf:
    line = folder / "civil"
    line.mkdir()
    (line / "__init__.py").touch()
    fine = MODEL.format(name="Fine", ref="M01", title="好的模型", find="lake.no_such_word")
    (line / "fine.py").write_text(fine, "utf-8")
    (line / "unclosed.py").write_text("from jianwei.kit import Model\n\nx = (", "utf-8")
    (line / "unknown_word.py").write_text(fine.replace("Kind, ", "Kindd, "), "utf-8")
    (line / "missing_name.py").write_text(fine.replace("Line.CIVIL", "Line.CIVIC"), "utf-8")
    (line / "nothing.py").write_text('"""空的。"""', "utf-8")
    laid = models_shelf.shelf.__wrapped__(folder.name)
    monkeypatch.setattr(models_shelf, "shelf", lambda: laid)
    monkeypatch.setattr("jianwei.screening.runner.shelf", lambda: laid)
    return laid


def test_broken_models_are_named_with_their_line(models: models_shelf.Shelf) -> None:
    says = {broken.file: str(broken) for broken in models.broken}
    assert set(says) == {f"civil/{n}.py" for n in ("unclosed", "unknown_word", "missing_name", "nothing")}
    assert says["civil/unclosed.py"].startswith("监督模型文件 civil/unclosed.py 第 3 行有误（写法不合语法：")
    assert "第 2 行有误（引用的模块或名称不存在：" in says["civil/unknown_word.py"]
    assert "第 6 行有误（用了没有的属性：" in says["civil/missing_name.py"]
    assert "应恰好定义一个监督模型，现有 0 个：无" in says["civil/nothing.py"]
    assert list(models.models) == ["civil.fine"]


def test_a_broken_model_asked_for_by_name_says_why(models: models_shelf.Shelf) -> None:
    with pytest.raises(BrokenUnit, match=r"civil/unclosed\.py"):
        models_shelf.choose(["civil.unclosed"])
    assert [model.title for model in models_shelf.choose(["civil.fine"])] == ["好的模型"]


def test_a_run_leaves_broken_models_out_and_says_so(models: models_shelf.Shelf, tmp_path: Path) -> None:
    """Those that cannot be loaded, and one whose expression cannot be made: the run ends all the same."""
    lake = Lake.from_rows(tmp_path / "lake", {"death": [{"name": "郝春和", "died_on": dt.date(2025, 2, 10)}]})
    found = screen(lake, as_of=dt.date(2025, 6, 30))
    *unread, asked = found.skipped
    assert [skipped.model for skipped in unread] == [one.key for one in models.broken]
    assert all(skipped.broken for skipped in found.skipped)
    assert str(asked).startswith("M01 好的模型：未评价，因为") and "civil/fine.py 第 12 行" in str(asked)


def test_the_exit_code_of_the_verbs_tells(
    models: models_shelf.Shelf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("jianwei.verbs.models.shelf", lambda: models)
    assert main(["models"]) == 1
    assert "好的模型" in capsys.readouterr().out


def test_broken_card_rules_spoil_only_themselves(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fine = RULE.format(ref="X01", title="好的规则", name="fine", find="{}")
    (folder / "fine.py").write_text(fine, "utf-8")
    (folder / "odd.py").write_text(
        RULE.format(ref="X02", title="坏的规则", name="odd", find="card.no_such_column"), "utf-8"
    )
    (folder / "unclosed.py").write_text("x = [", "utf-8")
    laid = cards_shelf.shelf.__wrapped__(folder.name)
    assert [rule.title for rule in laid.rules] == ["好的规则", "坏的规则"]
    monkeypatch.setattr(cards_checking, "the_shelf", lambda: laid)
    export = tmp_path / "020101.csv"
    cells = {"dept_no": "甲检刑诉受〔2025〕1号", "person": "张甲", "accepted_on": "2025-01-02"}
    heads = columns(ProsecutionCard)
    lines = ([column.title for column in heads.values()], [cells.get(name, "") for name in heads])
    export.write_text("".join(f"{','.join(line)}\n" for line in lines), "utf-8")
    assert main(["cards", str(export), "--as-of", "2025-06-30"]) == 1
    told = capsys.readouterr()
    assert "X01" in told.out and "X02" not in told.out
    assert "unclosed.py 中的全部规则：未检查，因案卡规则文件 unclosed.py 第 1 行有误" in told.err
    assert "X02 坏的规则：未检查，因案卡规则文件 odd.py 第 10 行有误（用了没有的属性：" in told.err


def test_broken_kinds_of_input_spoil_only_themselves(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (folder / "list.py").write_text(GOOD_KIND, "utf-8")
    (folder / "scroll.py").write_text("import no_such_module", "utf-8")
    (folder / "half.py").write_text('SUFFIXES = (".half",)\n', "utf-8")
    laid = kinds.shelf.__wrapped__(folder.name)
    assert [kind.name for kind in laid.kinds] == ["list"]
    assert {broken.file for broken in laid.broken} == {"scroll.py", "half.py"}
    monkeypatch.setattr(kinds, "shelf", lambda: laid)
    inputs = tmp_path / "in"
    inputs.mkdir()
    for name in ("a.list", "b.scroll", "c.other"):
        (inputs / name).write_text("内容", "utf-8")
    items: list[Any] = list(read([inputs]))
    problems = {item.file: item.reason for item in items if isinstance(item, Problem)}
    assert "暂时不能读取，因为数据来源文件 scroll.py 第 1 行有误" in problems["b.scroll"]
    assert problems["c.other"].startswith("不认识的文件类型，也可能因为")
    assert [item for item in items if isinstance(item, RawRow)] or "a.list" in problems


def test_a_broken_limit_is_named_and_the_others_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Path(limits.__file__).parent / "civil" / "appeal.yaml"
    line = tmp_path / "limits" / "civil"
    line.mkdir(parents=True)
    (line / "appeal.yaml").write_bytes(own.read_bytes())
    (line / "unclosed.yaml").write_text("title: 某期限\nrow: [\n", "utf-8")
    (line / "untitled.yaml").write_text("row: 1\n", "utf-8")
    monkeypatch.setattr(limits, "files", lambda package: tmp_path)
    for cached in (limits.limit, limits.shelf):
        monkeypatch.setattr(limits, cached.__name__, cache(cached.__wrapped__))
    assert main(["limits"]) == 1
    assert capsys.readouterr().out.count("\n") == 1
    says = {broken.file: str(broken) for broken in limits.shelf().broken}
    assert says["civil/unclosed.yaml"].startswith("期限文件 civil/unclosed.yaml 第 3 行有误（写法不合 YAML：")
    assert "缺少所需的项：'title'" in says["civil/untitled.yaml"]
    assert main(["limits", "civil/appeal"]) == 0
    assert main(["limits", "civil/untitled"]) == 1
    assert "civil/untitled.yaml" in capsys.readouterr().err


def test_nothing_on_our_own_shelves_is_broken() -> None:
    assert [shelf.broken for shelf in (models_shelf.shelf(), cards_shelf.shelf(), kinds.shelf(), limits.shelf())] == [
        ()
    ] * 4
