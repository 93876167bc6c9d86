"""Who is who: by number, else by name, birth and place; never by name alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from lake_corpus import ZHANG, idno, uscc

from jianwei.lake import Lake
from jianwei.records import ArbitrationCase, CivilAgent, CivilParty, Company, Death, Record

HOME = "浙江省宁波市海曙区某路1号"
BORN = dt.date(1980, 1, 1)
FIRM_CODE = uscc("91330203MA2XTE5T1")
OTHER_CODE = uscc("91330203MA2XTE5T2")


def keys(lake: Lake, record: type[Record], key: str) -> list[str]:
    with lake.connect() as t:
        table = t[record]
        return list(t.execute(table.order_by("row_no").select(key))[key])


def party(name: str, **more: Any) -> dict[str, Any]:
    return {"case_no": "（2024）浙0203民初1号", "name": name, **more}


def test_name_birth_and_county_link_to_the_one_number_that_has_them(tmp_path: Path) -> None:
    lake = Lake.from_rows(
        tmp_path,
        {
            "civ_party": [
                party("张三", born_on=BORN, addr=HOME),
                party("张 三（曾用名张小三）", born_on=BORN, addr="宁波市海曙区别的路2号"),
                party("张三", born_on=dt.date(1980, 1, 2), addr=HOME),
                party("张三", born_on=BORN, addr="浙江省宁波市鄞州区某路1号"),
                party("张三", addr=HOME),
            ],
            "death": [{"name": "张三", "idno": ZHANG, "died_on": dt.date(2024, 1, 1)}],
        },
    )
    first, again, another_birth, another_county, name_only = keys(lake, CivilParty, "party")
    assert [first] == keys(lake, Death, "person") and first == again
    assert len({first, another_birth, another_county, name_only}) == 4
    assert name_only.startswith("row:")


def test_two_numbers_with_the_same_name_birth_and_county_link_nobody(tmp_path: Path) -> None:
    twin = idno("33020319800101125")
    lake = Lake.from_rows(
        tmp_path,
        {
            "civ_party": [party("张三", born_on=BORN, addr=HOME)],
            "death": [{"name": "张三", "idno": number, "died_on": dt.date(2024, 1, 1)} for number in (ZHANG, twin)],
        },
    )
    assert keys(lake, CivilParty, "party")[0].startswith("nbp:")


def test_an_old_number_of_fifteen_digits_is_the_same_person(tmp_path: Path) -> None:
    lake = Lake.from_rows(
        tmp_path, {"civ_party": [party("张三", idno=ZHANG), party("张三", idno=ZHANG[:6] + ZHANG[8:17])]}
    )
    assert len(set(keys(lake, CivilParty, "party"))) == 1


def test_a_company_is_one_under_its_former_name_and_any_brackets(tmp_path: Path) -> None:
    lake = Lake.from_rows(
        tmp_path,
        {
            "company": [{"name": "某某（宁波）贸易有限公司", "uscc": FIRM_CODE, "former_name": "宁波旧名有限公司"}],
            "civ_party": [party("某某(宁波)贸易有限公司"), party("宁波旧名有限公司"), party("别家有限公司")],
        },
    )
    now, before, other = keys(lake, CivilParty, "party")
    assert [now] == keys(lake, Company, "company") and now == before
    assert other == "org:别家有限公司"


def test_a_name_that_two_codes_bear_links_to_neither_but_the_registry_outranks_a_mention(tmp_path: Path) -> None:
    shared = {"company": [{"name": "同名有限公司", "uscc": c} for c in (FIRM_CODE, OTHER_CODE)]}
    both = Lake.from_rows(tmp_path / "a", {**shared, "civ_party": [party("同名有限公司")]})
    assert keys(both, CivilParty, "party") == ["org:同名有限公司"]
    rows = {
        "company": shared["company"][:1],
        "civ_party": [party("同名有限公司"), party("同名有限公司", idno=OTHER_CODE)],
    }
    one = Lake.from_rows(tmp_path / "b", rows)
    assert keys(one, CivilParty, "party")[0] == keys(one, Company, "company")[0]


def test_an_agent_is_known_by_name_and_firm_or_address(tmp_path: Path) -> None:
    case = {"case_no": "（2024）浙0203民初1号"}
    lake = Lake.from_rows(
        tmp_path,
        {
            "civ_agent": [
                {**case, "name": "李四", "firm": "某某律师事务所"},
                {**case, "name": "李四", "firm": "某某律师事务所 "},
                {**case, "name": "李四", "firm": "别的律师事务所"},
                {**case, "name": "李四"},
                {**case, "name": "李四"},
                {**case, "name": "王五", "addr": "某某村1号"},
            ],
            "arb_case": [{"arb_no": "1", "agent": "王五", "agent_addr": "某某村1号"}],
        },
    )
    a, same, other_firm, bare, bare_too, by_address = keys(lake, CivilAgent, "agent")
    assert a == same and len({a, other_firm, bare, bare_too}) == 4
    assert keys(lake, ArbitrationCase, "agent_key") == [by_address]


def test_numbers_reach_no_file_in_the_clear_and_open_only_with_the_secret(tmp_path: Path) -> None:
    lake = Lake.from_rows(tmp_path / "lake", {"civ_party": [party("张三", idno=ZHANG)]})
    held = b"".join(p.read_bytes() for p in (tmp_path / "lake").rglob("*") if p.is_file())
    assert ZHANG.encode() not in held
    (row,) = lake.rows("civ_party", ["civ_party#1"])
    assert row["idno"] == "330203" + "*" * 10 + ZHANG[-2:]
    assert lake.rows("civ_party", ["civ_party#1"], reveal=True)[0]["idno"] == ZHANG
    assert (tmp_path / "lake" / "secret").stat().st_mode & 0o777 == 0o600
    other = Lake.from_rows(
        tmp_path / "other", {"civ_party": [party("张三", idno=ZHANG)]}, secret=b"another secret of 32 bytes......"
    )
    assert keys(other, CivilParty, "party") != keys(lake, CivilParty, "party")


@pytest.mark.spark
def test_spark_sees_the_same_lake(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    lake = Lake.from_rows(
        tmp_path,
        {
            "civ_party": [party("张三", born_on=BORN, addr=HOME), party("李四")],
            "death": [{"name": "张三", "idno": ZHANG, "died_on": dt.date(2024, 1, 1)}],
            "bank_txn": [{"at": dt.datetime(2024, 1, 2, 3, 4, 5), "amount_fen": 1}],  # noqa: DTZ001
            "crim_judg": [
                {"court_no": "（2024）浙0203刑初1号", "name": "某少年", "minor_at_crime": True, "months": 12},
                {"court_no": "（2024）浙0203刑初1号", "name": "某成年", "charges": ["盗窃罪", "诈骗罪"], "months": 12},
            ],
        },
    )
    try:
        spark = lake.connect("spark")
    except Exception as error:
        pytest.skip(f"no Java runtime: {error}")
    from jianwei.records import BankTransaction, CriminalJudgment, Staff

    with spark, lake.connect() as duck:
        for record in (CivilParty, Death, BankTransaction, CriminalJudgment, Staff):
            one = duck.to_pyarrow(duck[record]).to_pylist()
            two = spark.to_pyarrow(spark[record]).to_pylist()
            assert sorted(map(_plain, one)) == sorted(map(_plain, two)), record.table


def _plain(row: dict[str, Any]) -> str:
    return repr(
        {
            k: v.replace(tzinfo=None) if isinstance(v, dt.datetime) else list(v) if isinstance(v, list) else v
            for k, v in row.items()
        }
    )
