"""`jianwei due`, `jianwei procedures` and `jianwei limits` as a person and as a machine call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jianwei import cli

MATTER = """
程序: 审查起诉
acts:
  - {act: 受理, on: 2026-01-15, 犯罪嫌疑人: 张某、李某, 移送罪名: 诈骗罪, 是否在押: 是}
  - {act: 退回补充侦查, on: 2026年2月10日}
  - {act: 补查重报, on: 2026-03-10}
"""


def due(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, *more: str) -> tuple[int, dict]:
    file = tmp_path / "matter.yaml"
    file.write_text(text, "utf-8")
    code = cli.main(["due", str(file), "--json", *more])
    return code, json.loads(capsys.readouterr().out)


def test_the_answer_lists_stage_clocks_and_acts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = due(tmp_path, capsys, MATTER, "--as-of", "2026-04-05")
    assert code == 0
    assert found["stage"] == "审查"
    review = next(clock for clock in found["clocks"] if clock["clock"] == "review")
    assert (review["due_on"], review["state"], review["days_left"]) == ("2026-04-10", "within_7", 5)
    assert review["steps"]
    assert "第一百七十二条" in review["article"]
    assert {"send_back", "prosecute"} <= {act["act"] for act in found["allowed"]}
    assert {clock["person"] for clock in found["clocks"] if clock["clock"] == "held"} == {"张某", "李某"}


def test_acts_after_the_day_are_not_yet_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = due(tmp_path, capsys, MATTER, "--as-of", "2026-02-20")
    assert found["stage"] == "退回补充侦查"


def test_a_third_return_is_refused_with_the_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "".join(
        f"  - {{act: {act}, on: {on}}}\n"
        for act, on in [("退查", "2026-04-01"), ("重报", "2026-04-28"), ("退查", "2026-05-20")]
    )
    code, found = due(tmp_path, capsys, MATTER + more, "--as-of", "2026-05-21")
    assert code == 1
    (refused,) = found["refused"]
    assert refused["on"] == "2026-05-20"
    assert "第三百四十六条" in refused["article"]
    assert found["stage"] == "审查"


def test_a_bad_fact_is_named_and_spoils_only_its_act(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = MATTER + "  - {act: 提起公诉, on: 2026-02-30, court: 甲县人民法院, charge: 诈骗罪, 色: 红}\n"
    code, found = due(tmp_path, capsys, text, "--as-of", "2026-04-05")
    assert code == 1
    (refused,) = found["refused"]
    assert set(refused["fields"]) == {"on", "色"}
    assert "没有“2026-02-30”这一天" in refused["reason"]
    assert found["stage"] == "审查"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1, 2", "不合YAML格式"),
        ("- 1", "应当写明"),
        ("acts: []", "没有写明 procedure"),
        ("procedure: 没有这个", "没有名为“没有这个”的办案程序"),
        ("procedure: 审查起诉\nacts: 受理", "应当是一个列表"),
    ],
)
def test_a_file_that_is_no_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str) -> None:
    code, found = due(tmp_path, capsys, text)
    assert code == 2
    assert says in found["error"]


def test_procedures_describe_what_they_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["procedures", "审查起诉", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    accept = next(act for act in found["acts"] if act["act"] == "accept")
    assert {"suspects", "in_custody"} <= {fact["fact"] for fact in accept["facts"]}
    assert cli.main(["procedures"]) == 0
    assert "criminal/prosecution_review　审查起诉" in capsys.readouterr().out


def test_limits_give_a_day_with_its_reasoning(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["limits", "审查起诉期限", "--start", "2026-01-15", "--no-custody", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["due_on"] == "2026-02-24"
    assert "顺延" in found["reasoning"]


def test_a_limit_asked_for_wrongly_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["limits", "criminal/prosecution_review", "--start", "2026-01-15", "--extended", "无"]) != 0
    assert "没有代号为'无'的延长" in capsys.readouterr().err


def test_a_limit_in_hours_is_counted_on_the_clock(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["limits", "criminal/summons", "--start", "2026-01-15 08:20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due_at"] == "2026-01-15T20:20"
    assert cli.main(["limits", "criminal/summons", "--start", "2026-01-15"]) != 0
    assert "要写明时分" in capsys.readouterr().err


OPENED = "犯罪嫌疑人: 张某、李某, 移送罪名: 诈骗罪, 是否在押: 是"


@pytest.mark.parametrize(
    "text",
    [
        "procedure：审查起诉\nacts：\n  - {act: 受理, on: 2026-01-15, " + OPENED + "}",
        "程序: 审查起诉程序\n行为:\n  - {行为: 受理移送起诉, 日期: 2026年1月15日, " + OPENED + "}",
        "程序: 审查起诉\n行为:\n  - 受理移送起诉: {日期: 20260115, 犯罪嫌疑人: [张某, 李某], 移送罪名: 诈骗罪, 是否在押: 在押}",
        "程序: 审查起诉\n行为:\n  - 名称: 受理\n    时间: 2026-01-15 9:30\n    事实: {犯罪嫌疑人: 张某 李某, 移送罪名: 诈骗罪, 是否在押: true}",
        '{"procedure": "criminal/prosecution_review", "acts": [{"act": "accept", "on": "2026-01-15T09:30", "facts":'
        ' {"suspects": ["张某", "李某"], "charge": "诈骗罪", "in_custody": true}}]}',
    ],
)
def test_a_matter_is_read_as_people_write_it(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    code, found = due(tmp_path, capsys, text, "--as-of", "2026-02-01")
    assert code == 0, found
    held = {clock["person"]: clock["due_on"] for clock in found["clocks"] if clock["clock"] == "held"}
    assert held == {"张某": "2026-02-15", "李某": "2026-02-15"}


def test_an_act_may_be_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = due(tmp_path, capsys, MATTER + "  - 2026-04-01 退查\n  - 重报: 2026-04-28\n", "--as-of", "2026-05-01")
    assert code == 0
    assert next(clock["due_on"] for clock in found["clocks"] if clock["clock"] == "review") == "2026-05-28"


def test_several_matters_of_a_file_are_answered_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "matters.yaml"
    file.write_text(f"{MATTER}\n---\nprocedure: 没有这个\n---\n{MATTER}", "utf-8")
    code = cli.main(["due", str(file), "--json", "--as-of", "2026-04-05"])
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert code == 2
    assert first["clocks"] == third["clocks"]
    assert "没有这个" in second["error"]
    assert third["file"] == "matters.yaml第3件"


def test_a_text_of_the_national_coding_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "matter.yaml"
    file.write_bytes(MATTER.encode("gb18030"))
    assert cli.main(["due", str(file), "--json", "--as-of", "2026-04-05"]) == 0
    assert json.loads(capsys.readouterr().out)["stage"] == "审查"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("procedure: 审查起诉\nacts: [{act: 退回, on: 2026-01-15}]", "是不是“退回补充侦查”"),
        ("procedure: 审查起诉\nacts: [{act: 受理, on: 2026-01-15, 嫌疑人: 张某}]", "可填：suspects（犯罪嫌疑人）"),
        ("procedure: 审查起诉\nacts: [{act: 讯问犯罪嫌疑人, on: 2026-01-15, person: [张某, 李某]}]", "只填一人"),
        ("procedure: 审查起诉\nacts: [{on: 2026-01-15}]", "没有写明行为"),
    ],
)
def test_what_is_not_understood_is_told_with_what_would_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    code, found = due(tmp_path, capsys, text)
    assert code == 1
    assert says in found["refused"][0]["reason"]


def test_a_name_of_several_procedures_is_not_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = due(tmp_path, capsys, "procedure: judgment_supervision\nacts: []")
    assert "civil/judgment_supervision" in found["error"]
    assert "administrative/judgment_supervision" in found["error"]
    _, found = due(tmp_path, capsys, "procedure: 二审\nacts: []")
    assert "是不是“二审抗诉”" in found["error"]


def test_a_tab_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = due(tmp_path, capsys, "procedure: 审查起诉\nacts:\n\t- act: 受理")
    assert "第3行" in found["error"]
    assert "制表符" in found["error"]


def test_what_a_procedure_shows_as_an_example_is_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from jianwei.procedures import shelf

    for key in shelf.procedures():
        cli.main(["procedures", key])
        shown = capsys.readouterr().out
        text = "\n".join(line[6:] for line in shown[shown.index("      procedure: ") :].splitlines())
        _, found = due(tmp_path, capsys, text, "--as-of", "2026-02-01")
        unread = [
            refused
            for refused in found["refused"]
            if refused["reason"].startswith(tuple(f"{name}：" for name in refused["fields"]) or ("？",))
        ]
        assert not unread, (key, unread)


def test_a_correction_is_read_as_the_act_it_corrects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correct = "  - {act: 更正, on: 2026-01-20, 被更正的行为: 1, 更正理由: 录错, 是否在押: %s}\n"
    code, found = due(tmp_path, capsys, MATTER + correct % "否", "--as-of", "2026-04-05")
    assert code == 0
    assert not [clock for clock in found["clocks"] if clock["clock"] == "held"]
    code, found = due(tmp_path, capsys, MATTER + correct % "大概", "--as-of", "2026-04-05")
    assert code == 1
    assert "不是“是”或“否”" in found["refused"][0]["reason"]
    assert [clock["state"] for clock in found["clocks"] if clock["clock"] == "held"] == ["within_7", "within_7"]


def test_a_law_that_is_not_loaded_is_a_missing_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = due(tmp_path, capsys, MATTER.replace("2026", "2011"), "--as-of", "2011-03-20")
    review = next(clock for clock in found["clocks"] if clock["clock"] == "review")
    assert (review["state"], review["due_on"]) == ("missing", None)
    assert "没有载入2011-03-10时有效的条文" in review["says"]
    assert any(missing["fact"] == "law" for missing in found["missing"])


def test_an_act_of_no_hour_stays_behind_what_was_recorded_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = """
procedure: 审查逮捕
acts:
  - {act: 受理, on: 2026-03-02 10:00, suspects: 甲某, detained: 是, source: own, detained_on: 2026-02-27, must_question: 否}
  - {act: 决定逮捕, on: 2026-03-06 16:00}
  - {act: 执行逮捕, on: 2026-03-06, suspects: 甲某}
"""
    code, found = due(tmp_path, capsys, text, "--as-of", "2026-03-07")
    assert code == 0
    assert {missing["fact"] for missing in found["missing"]} == {"moment"}


def test_no_day_is_made_up_for_an_act_whose_day_does_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "matter.yaml"
    file.write_text(MATTER.replace("2026-01-15", "2026-02-30"), "utf-8")
    assert cli.main(["due", str(file)]) == 1
    refused = next(line for line in capsys.readouterr().out.splitlines() if "没有“2026-02-30”这一天" in line)
    assert refused.startswith("  不予接受：受理移送起诉　")


def test_custody_that_was_exceeded_keeps_its_mark_after_the_clock_has_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, within = due(tmp_path, capsys, MATTER, "--as-of", "2026-04-05")
    assert within["overheld"] == []
    late = MATTER.replace("2026年2月10日", "2026年3月13日").replace("2026-03-10", "2026-04-02")
    _, found = due(tmp_path, capsys, late, "--as-of", "2026-04-05")
    (mark,) = found["overheld"]
    assert (mark["persons"], mark["due_on"], mark["days"]) == (["张某", "李某"], "2026-02-15", 26)
    assert mark["says"].startswith("羁押曾超期26日：张某、李某，2026-02-15届满") and "第一百七十二条" in mark["article"]
    assert cli.main(["due", str(tmp_path / "matter.yaml"), "--as-of", "2026-04-05"]) == 0
    assert "羁押曾超期26日" in capsys.readouterr().out.splitlines()[1]


def test_acts_out_of_order_are_said_to_be_put_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, inorder = due(tmp_path, capsys, MATTER, "--as-of", "2026-04-05")
    assert not any("按日期排列" in says for says in inorder["notices"])
    mixed = MATTER + "  - {act: 讯问犯罪嫌疑人, on: 2026-01-20, person: 张某}\n"
    _, found = due(tmp_path, capsys, mixed, "--as-of", "2026-04-05")
    assert found["notices"][0] == "第4个行为（2026-01-20的“讯问犯罪嫌疑人”）的日期早于前一个（2026-03-10），按日期排列"


def test_acts_after_the_day_are_named_as_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = due(tmp_path, capsys, MATTER, "--as-of", "2026-02-05")
    assert (
        found["notices"][0]
        == "2026-02-10的“退回补充侦查”、2026-03-10的“补充侦查完毕移送”晚于截至日期2026-02-05，没有计入"
    )


def test_what_is_missing_for_several_reasons_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = MATTER.replace(", 是否在押: 是", "") + "  - {act: 退查, on: 2026-03-20}\n"
    _, found = due(tmp_path, capsys, twice, "--as-of", "2026-03-25")
    assert len(found["missing"]) == len({(one["fact"], one["why"]) for one in found["missing"]})
    cli.main(["due", str(tmp_path / "matter.yaml"), "--as-of", "2026-03-25"])
    missing = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  缺少：")]
    labels = [line.split("　")[0] for line in missing]
    assert "  缺少：是否在押" in labels and len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MATTER.replace("是否在押: 是", "是否在押: 也许"), "是否在押：“也许”不是“是”或“否”"),
        (MATTER.replace("犯罪嫌疑人: 张某、李某", "suspects: 3"), "犯罪嫌疑人：“3”不是姓名"),
        (MATTER.replace("犯罪嫌疑人: 张某、李某", "suspects: [张某, 4]"), "犯罪嫌疑人：“4”不是姓名"),
        (MATTER.replace("2026-01-15", "2026-02-30"), "日期：没有“2026-02-30”这一天"),
    ],
)
def test_a_field_that_is_wrong_is_called_by_its_label(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    _, found = due(tmp_path, capsys, text)
    assert found["refused"][0]["reason"].startswith(says)


def test_a_file_that_is_not_there_is_said_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["due", str(tmp_path / "none.yaml")]) == 2
    assert "打不开（没有这个文件）" in capsys.readouterr().out


def test_a_limit_of_nearly_that_name_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["limits", "审查起诉"]) != 0
    assert "没有名为“审查起诉”的法定期限，是不是“" in (said := capsys.readouterr().err)
    assert "“审查起诉期限”" in said
    assert cli.main(["limits", "criminal/prosecution_reveiw"]) != 0
    assert "“criminal/prosecution_review”" in capsys.readouterr().err


def test_a_case_that_went_to_another_office_says_who_handles_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = MATTER + "  - {act: 改变管辖, on: 2026-03-20, to_office: 乙县人民检察院}\n"
    _, found = due(tmp_path, capsys, moved, "--as-of", "2026-04-05")
    assert found["notices"][0].startswith("案件已于2026-03-20改变管辖，移送材料后由乙县人民检察院办理")
    _, found = due(tmp_path, capsys, MATTER, "--as-of", "2026-04-05")
    assert not any("改变管辖" in says for says in found["notices"])
