"""M54 从业禁止未落实: a conviction on one side, a post or licence still held on the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from jianwei.sandbox.chinese import add_months, date, days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents.crime import Count
from jianwei.sandbox.people import Person
from jianwei.sandbox.plants.m35_missed_recidivist import convict
from jianwei.sandbox.tables.work import licence, staff
from jianwei.sandbox.world import World

MODEL = "administrative.practice_ban"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(5 * scale))):
        ANOMALIES[(w.shard + i) % len(ANOMALIES)](w)
        for k in range(3):
            DECOYS[(w.shard + 3 * i + k) % len(DECOYS)](w)


def _convicted(
    w: World,
    charge: str,
    count: Count,
    years: tuple[int, int] = (2019, 2023),
    born: tuple[int, int] = (1972, 1995),
    **of: object,
) -> tuple[Person, Court, str, dt.date]:
    court = w.court()
    person = w.person(court, born)
    crime = w.day(dt.date(years[0], 2, 1), dt.date(years[1], 11, 1))
    no, _, decided = convict(w, court, person, charge, crime, count, **of)  # type: ignore[arg-type]
    return person, court, no, decided


def _tell(w: World, kind: str, variant: str, person: Person, keys: list[str], why: str) -> None:
    w.truth(MODEL, kind, variant, person.name, [person.name, person.idno, *keys], why)


def _at_school(w: World) -> None:
    charge = w.pick(("猥亵儿童罪", "强奸罪"))
    person, court, no, decided = _convicted(
        w, charge, Count(charge, w.among(14, 30) if charge == "猥亵儿童罪" else w.among(37, 44)), (2019, 2020)
    )
    hired = dt.date(w.until.year - 1, 9, 1)
    employer = staff(
        w,
        person,
        court,
        hired,
        post=w.pick((("小学", "保安"), ("培训学校", "教练"), ("中学", "宿管"), ("小学", "代课教师"))),
    )
    _tell(
        w,
        "anomaly",
        "性侵前科人员在校任职",
        person,
        [no],
        f"{date(decided)}因{charge}获刑，{date(hired)}入职{employer}，岗位接触未成年人",
    )


def _licensed(w: World, charge: str, kind: str, count: Count, variant: str) -> None:
    person, _, no, decided = _convicted(w, charge, count, (2020, w.until.year - 2))
    licence(w, person, kind, add_months(decided, -w.among(20, 60)))
    _tell(w, "anomaly", variant, person, [no], f"{date(decided)}因{charge}获刑，{kind}仍为有效")


def _lawyer(w: World) -> None:
    _licensed(w, "诈骗罪", "律师执业证", Count("诈骗罪", w.among(12, 30), fine=10000), "律师故意犯罪未吊销")


def _driver(w: World) -> None:
    _licensed(
        w,
        "危险驾驶罪",
        "网络预约出租汽车驾驶员证",
        Count("危险驾驶罪", w.among(1, 3), "拘役", fine=4000),
        "网约车驾驶员醉驾未撤销",
    )


def _cook(w: World) -> None:
    _licensed(
        w,
        "生产、销售有毒、有害食品罪",
        "食品安全管理员证",
        Count("生产、销售有毒、有害食品罪", w.among(8, 16), fine=8000),
        "食品犯罪人员仍任管理人员",
    )


def _teacher(w: World) -> None:
    _licensed(w, "故意伤害罪", "教师资格证", Count("故意伤害罪", w.among(10, 24)), "教师故意犯罪资格未丧失")


def _namesake(w: World) -> None:
    person, court, no, _ = _convicted(w, "猥亵儿童罪", Count("猥亵儿童罪", w.among(14, 30)), (2019, 2021))
    other = w.person(court, (1972, 1995))
    other.name = person.name
    staff(w, other, court, dt.date(w.until.year - 3, 9, 1), post=("小学", "教师"))
    _tell(w, "decoy", "同名异人", other, [no], "在校教师与被告人同名，出生日期不同")


def _revoked(w: World) -> None:
    person, _, no, decided = _convicted(
        w, "诈骗罪", Count("诈骗罪", w.among(12, 30), fine=10000), (2020, w.until.year - 2)
    )
    licence(w, person, "律师执业证", add_months(decided, -40), "吊销", days(decided, w.among(30, 120)))
    _tell(w, "decoy", "执业证已吊销", person, [no], "判决生效后已及时吊销")


def _left(w: World) -> None:
    person, court, no, decided = _convicted(w, "强奸罪", Count("强奸罪", w.among(37, 60)), (2020, 2023))
    staff(w, person, court, add_months(decided, -70), add_months(decided, -9), post=("中学", "教师"))
    _tell(w, "decoy", "案发前已离职", person, [no], "案发前已经离职，未再入职")


def _negligent_lawyer(w: World) -> None:
    person, _, no, decided = _convicted(
        w, "交通肇事罪", Count("交通肇事罪", w.among(10, 18)), (2020, w.until.year - 2), probation=24
    )
    licence(w, person, "律师执业证", add_months(decided, -40))
    _tell(w, "decoy", "律师过失犯罪", person, [no], "交通肇事系过失犯罪，律师法规定的是故意犯罪")


def _drunk_teacher(w: World) -> None:
    person, court, no, decided = _convicted(
        w, "危险驾驶罪", Count("危险驾驶罪", w.among(1, 3), "拘役", fine=4000), (2020, w.until.year - 2)
    )
    staff(w, person, court, add_months(decided, -60), post=("中学", "教师"))
    licence(w, person, "教师资格证", add_months(decided, -80))
    _tell(w, "decoy", "教师被判拘役", person, [no], "教师法规定的是故意犯罪受有期徒刑以上刑罚，拘役不在其列")


def _thief_driving(w: World) -> None:
    person, _, no, decided = _convicted(w, "盗窃罪", Count("盗窃罪", w.among(8, 14), fine=3000), (2019, 2021))
    licence(w, person, "网络预约出租汽车驾驶员证", add_months(decided, w.among(20, 30)))
    _tell(w, "decoy", "网约车驾驶员盗窃前科", person, [no], "网约车规定限于交通肇事、危险驾驶、吸毒、暴力犯罪")


def _sealed(w: World) -> None:
    """A juvenile's record is sealed (刑事诉讼法第二百八十六条): nobody may be told of it."""
    court = w.court()
    crime = w.day(dt.date(2019, 3, 1), dt.date(2020, 6, 30))
    person = w.person(court, (crime.year - 17, crime.year - 17))
    person.born_on = dt.date(crime.year - 17, max(1, crime.month - 2), 9)
    no = convict(w, court, person, "强奸罪", crime, Count("强奸罪", 38), circumstances=("坦白", "未成年"))[0]
    staff(w, person, court, dt.date(w.until.year - 1, 9, 1), post=("小学", "教师"))
    _tell(w, "decoy", "未成年犯罪记录封存", person, [no], "犯罪时不满十八周岁、五年以下，记录依法封存，不得输出")


Plant = Callable[[World], None]
ANOMALIES: tuple[Plant, ...] = (_at_school, _driver, _lawyer, _at_school, _cook, _teacher)
DECOYS: tuple[Plant, ...] = (_namesake, _revoked, _left, _negligent_lawyer, _drunk_teacher, _thief_driving, _sealed)
