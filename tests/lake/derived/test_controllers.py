"""谁站在谁身后：该合并的合并，共用地址、挂名的人和同名的人不合并。"""

import datetime as dt

import pytest

from jianwei.lake.derived.control_edges import kinship
from jianwei.lake.lake import Lake
from jianwei.records import CivilParty, CompanyRole
from jianwei.records.identifiers import check_digit, uscc_check


def citizen(n: int) -> str:
    stem = f"33060219800101{n:03d}"
    return stem + check_digit(stem)


def code(n: int) -> str:
    stem = f"91330600MA{n:07d}"
    return stem + uscc_check(stem)


def groups(tmp_path, rows):
    with Lake.from_rows(tmp_path, rows).connect() as tables:
        members = tables.to_pyarrow(tables.derived("controllers")).to_pylist()
        edges = tables.to_pyarrow(tables.derived("control_edges")).to_pylist()
        parties = tables.to_pyarrow(tables[CivilParty].select("name", "party")).to_pylist()
        parties += [
            {"name": r["person_name"], "party": r["person"]}
            for r in tables.to_pyarrow(tables[CompanyRole].select("person_name", "person")).to_pylist()
        ]
    names = {p["party"]: p["name"] for p in parties}
    found: dict[str, set[str]] = {}
    for row in members:
        found.setdefault(row["group_id"], set()).add(names.get(row["member"], "公司"))
    return sorted(map(sorted, found.values())), edges


def role(person, n, firm, what, share=None):
    return {
        "person_name": person,
        "person_idno": citizen(n),
        "company_name": f"第{firm}公司",
        "uscc": code(firm),
        "role": what,
        "share": share,
    }


@pytest.mark.parametrize(("what", "share"), [("法定代表人", None), ("股东", 51), ("股东", 0.6), ("实际控制人", None)])
def test_who_runs_or_owns_a_company_stands_behind_it(tmp_path, what, share):
    found, edges = groups(tmp_path, {"company_role": [role("甲某人", 1, 1, what, share)]})
    assert len(found) == 1
    assert "第1公司" in edges[0]["says"]
    assert edges[0]["row_ids"] == ["company_role#1"]


@pytest.mark.parametrize(("what", "share"), [("股东", 49), ("股东", 0.3), ("监事", None)])
def test_a_minority_share_is_no_control(tmp_path, what, share):
    assert groups(tmp_path, {"company_role": [role("甲某人", 1, 1, what, share)]})[0] == []


def test_a_nominee_of_many_companies_joins_none(tmp_path):
    assert groups(tmp_path, {"company_role": [role("挂名人", 1, n, "法定代表人") for n in range(1, 13)]})[0] == []


def test_spouses_and_their_companies_are_one(tmp_path):
    rows = {
        "marriage": [{"a_name": "甲", "a_idno": citizen(1), "b_name": "乙", "b_idno": citizen(2), "status": "已婚"}],
        "company_role": [role("乙", 2, 1, "法定代表人")],
    }
    assert len(groups(tmp_path, rows)[0]) == 1


def test_the_divorced_are_not(tmp_path):
    married = {"a_name": "甲", "a_idno": citizen(1), "b_name": "乙", "b_idno": citizen(2), "status": "已离婚"}
    assert groups(tmp_path, {"marriage": [married]})[0] == []


@pytest.mark.parametrize(("sharing", "joined"), [(2, True), (3, True), (4, False)])
def test_a_door_that_many_companies_share_joins_none(tmp_path, sharing, joined):
    rows = {
        "company": [
            {"name": f"第{n}公司", "uscc": code(n), "addr": "绍兴市越城区解放路18号301室"}
            for n in range(1, sharing + 1)
        ]
    }
    assert bool(groups(tmp_path, rows)[0]) is joined


def test_an_address_without_a_door_joins_none(tmp_path):
    rows = {"company": [{"name": f"第{n}公司", "uscc": code(n), "addr": "绍兴市越城区某某工业园区"} for n in (1, 2)]}
    assert groups(tmp_path, rows)[0] == []


def test_same_name_alone_joins_nobody(tmp_path):
    rows = {
        "company_role": [
            {"person_name": "张三", "company_name": f"第{n}公司", "uscc": code(n), "role": "法定代表人"} for n in (1, 2)
        ]
    }
    assert groups(tmp_path, rows)[0] == []


@pytest.mark.parametrize(
    ("relation", "kind"),
    [
        ("妻", "配偶"),
        ("长子", "父母子女"),
        ("母亲", "父母子女"),
        ("胞弟", "兄弟姐妹"),
        ("孙子", None),
        ("岳父", None),
        ("儿媳", None),
        ("非亲属", None),
    ],
)
def test_kin_as_registers_write_them(relation, kind):
    assert kinship(relation) == kind


def note(n, text, name="周敬之"):
    no = f"（2020）浙0602民初{n}号"
    return [
        {"case_no": no, "role": "原告", "name": name, "idno": citizen(1)},
        {"case_no": no, "role": "被告", "name": f"借款人{n}"},
    ], {"case_no": no, "note_text": text, "loaned_on": dt.date(2020, 1, 1)}


FORM = "今向{p}借到人民币{a}元整，借期一个月，逾期按日百分之一支付违约金，诉讼费、律师费由借款人承担。借款人：{d}"


def test_notes_of_one_form_are_one_group_whoever_signs(tmp_path):
    made = [note(n, FORM.format(p="周敬之", a=n * 1000, d=f"借款人{n}")) for n in range(1, 5)]
    made.append(note(9, "我因装修房屋向周敬之借了钱，年底前还清，口说无凭写此条为据，绝不反悔，特此立据为证。"))
    rows = {"civ_party": [p for parties, _ in made for p in parties], "civ_loan_elem": [loan for _, loan in made]}
    with Lake.from_rows(tmp_path, rows).connect() as tables:
        found = tables.to_pyarrow(tables.derived("note_groups")).to_pylist()
    assert sorted(r["case_no"] for r in found) == [f"（2020）浙0602民初{n}号" for n in range(1, 5)]
    assert {r["size"] for r in found} == {4}
