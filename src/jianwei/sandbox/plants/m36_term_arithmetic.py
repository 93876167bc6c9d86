"""M36 刑期折抵与刑期起止: true contradictions, and the lawful ways of counting that only look wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from jianwei.sandbox import terms
from jianwei.sandbox.chinese import add_months, date, days
from jianwei.sandbox.documents import custody
from jianwei.sandbox.documents.crime import Accused, Count, Trial, write
from jianwei.sandbox.documents.custody import jail, then
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import World

MODEL = "criminal.term_arithmetic"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(12 * scale))):
        ANOMALIES[(w.shard + i) % len(ANOMALIES)](w)
        for k in range(3):
            DECOYS[(w.shard + 3 * i + k) % len(DECOYS)](w)


class Draft:
    """A case being written: dates drawn once, to be bent afterwards."""

    def __init__(self, w: World, charge: str = "盗窃罪", months: int | None = None) -> None:
        self.w, self.court = w, w.court()
        self.person: Person = w.person(self.court, (1965, 1998))
        self.caught = w.day(dt.date(2019, 2, 1), w.past(14))
        self.charge = charge
        self.months = months or w.among(10, 30)
        self.indicted = w.after(self.caught, 60, 100)
        self.decided = w.after(self.indicted, 10, 40)
        self.accused = Accused(self.person, [Count(charge, self.months, fine=w.among(2, 8) * 1000)], custody.held(w, self.court, charge, self.caught).text)

    def tell(self, kind: str, variant: str, why: str) -> None:
        no = write(self.w, Trial(self.court, [self.accused], days(self.caught, -self.w.among(1, 40)), self.indicted, self.decided, quick="普通程序", rich=True))
        self.w.truth(MODEL, kind, variant, self.person.name, [no], why)


def _wrong_year(w: World) -> None:
    d = Draft(w)
    end = terms.end(d.caught, d.months)
    d.accused.term = (d.caught, add_months(end, 12 if w.chance(0.5) else -12))
    d.tell("anomaly", "止日年份错误", "刑期与起止日相差一年")


def _wrong_months(w: World) -> None:
    d = Draft(w)
    d.accused.term = (d.caught, add_months(terms.end(d.caught, d.months), w.pick((1, -1, 2, -2))))
    d.tell("anomaly", "止日月份错误", "刑期与起止日相差一个月以上")


def _not_deducted(w: World) -> None:
    d = Draft(w)
    d.accused.term = (d.decided, terms.end(d.decided, d.months))
    d.tell("anomaly", "先行羁押未折抵", "一直在押，刑期却自判决之日起算，羁押期间未折抵")


def _year_before(w: World) -> None:
    d = Draft(w)
    start = add_months(d.caught, -12)
    d.accused.term = (start, terms.end(start, d.months))
    d.tell("anomaly", "起止日自洽但整体早一年", "起止日与刑期吻合，但起日早于犯罪和羁押一年")


def _long_detention(w: World) -> None:
    d = Draft(w)
    count = Count("危险驾驶罪", w.among(7, 9), "拘役", fine=5000)
    d.accused = Accused(d.person, [count], custody.held(w, d.court, "危险驾驶罪", d.caught).text, term=(d.caught, terms.end(d.caught, count.months)))
    d.tell("anomaly", "拘役超过六个月", "单罪拘役超过法定上限")


def _short_probation(w: World) -> None:
    d = Draft(w, months=w.among(20, 34))
    d.accused.custody = custody.bailed(w, d.court, d.charge, d.caught).text
    d.accused.probation = w.pick((12, 14, 66, 72))
    d.tell("anomaly", "缓刑考验期违法", "缓刑考验期短于原判刑期或超过五年")


def _total_outside(w: World) -> None:
    d = Draft(w)
    counts = [Count("盗窃罪", w.among(10, 16), fine=3000), Count("诈骗罪", w.among(12, 18), fine=4000)]
    top, total = max(c.months for c in counts), sum(c.months for c in counts)
    months = total + w.among(2, 6) if w.chance(0.5) else top - w.among(2, 4)
    d.accused = Accused(d.person, counts, custody.held(w, d.court, "盗窃罪", d.caught).text, total=Count("盗窃罪", months, fine=7000))
    d.accused.term = (d.caught, terms.end(d.caught, months))
    d.tell("anomaly", "数罪并罚刑期出界", "决定执行的刑期高于总和或低于最高刑")


def _small_fine(w: World) -> None:
    d = Draft(w)
    d.accused.counts[0].fine = w.pick((500, 600, 800))
    d.accused.term = (d.caught, terms.end(d.caught, d.months))
    d.tell("anomaly", "罚金低于一千元", "成年被告人罚金低于一千元")


def _no_fine(w: World) -> None:
    d = Draft(w, "开设赌场罪")
    d.accused.counts[0].fine = 0
    d.accused.term = (d.caught, terms.end(d.caught, d.months))
    d.tell("anomaly", "应并处罚金而未处", "开设赌场罪应当并处罚金")


def _again(w: World, how: Callable[[dt.date, dt.date, dt.date, int], tuple[dt.date, dt.date]], variant: str, why: str) -> None:
    d = Draft(w)
    again = days(d.decided, -w.among(5, 25))
    held = custody.taken_again(w, d.court, d.charge, d.caught, again)
    assert held.released is not None
    d.accused.custody = held.text
    d.accused.term = how(d.caught, held.released, again, d.months)
    d.tell("decoy", variant, why)


def _silently(w: World) -> None:
    _again(w, lambda first, out, again, m: (again, terms.end(again, m, 0, terms.served(first, out))), "释放前羁押默示折抵", "取保前的羁押已折抵，判决未作说明")


def _one_less(w: World) -> None:
    _again(w, lambda first, out, again, m: (again, terms.end(again, m, 0, terms.served(first, out) - 1)), "释放当日不计", "释放当日不计入，n−1 亦属合法算法")


def _other_method(w: World) -> None:
    _again(w, lambda first, out, again, m: (first, terms.end_from_first_custody(first, out, again, m)), "自首次羁押起算另加在外天数", "另一种合法算法，相差不超过三日")


def _designated(w: World) -> None:
    d = Draft(w)
    length = w.among(12, 40) * 2
    arrested = days(d.caught, length)
    d.indicted, d.decided = w.after(arrested, 40, 70), w.after(arrested, 85, 110)
    d.accused.custody = f"因涉嫌犯{d.charge}，于{date(d.caught)}被{d.court.police}指定居所监视居住，{then(d.caught, arrested)}被逮捕。现羁押于{jail(d.court)}。"
    d.accused.term = (arrested, terms.end(arrested, d.months, 0, length // 2))
    d.tell("decoy", "指定居所监视居住折抵", "指居二日折抵一日")


def _caught_before(w: World) -> None:
    d = Draft(w)
    detained = days(d.caught, 1)
    d.accused.custody = f"因涉嫌犯{d.charge}，于{date(d.caught)}被抓获，次日被{d.court.police}刑事拘留，{then(detained, days(detained, 28))}被逮捕。现羁押于{jail(d.court)}。"
    d.accused.term = (d.caught, terms.end(d.caught, d.months))
    d.tell("decoy", "自抓获之日起算", "抓获早于刑事拘留，自抓获之日起算")


def _planned(w: World) -> None:
    d = Draft(w, months=w.among(8, 20))
    held = custody.bailed(w, d.court, d.charge, d.caught)
    assert held.released is not None
    start = days(d.decided, w.among(10, 18))
    d.accused.custody = held.text
    d.accused.term = (start, terms.end(start, d.months, 0, terms.served(d.caught, held.released)))
    d.tell("decoy", "判决后收监起算", "取保在外，刑期自预定收监之日起算并折抵先行羁押")


def _silent(w: World) -> None:
    d = Draft(w)
    d.accused.custody = f"现羁押于{jail(d.court)}。"
    d.accused.term = (d.caught, terms.end(d.caught, d.months, 0, w.among(0, 12)))
    d.tell("decoy", "首部无羁押信息", "首部未载羁押经过，无法判断")


def _administrative(w: World) -> None:
    d = Draft(w)
    detained = days(d.caught, 10)
    d.accused.custody = f"因本案于{date(d.caught)}被{d.court.police}行政拘留十日，{then(d.caught, detained)}被刑事拘留，{then(detained, days(detained, 25))}被逮捕。现羁押于{jail(d.court)}。"
    d.accused.term = (d.caught, terms.end(d.caught, d.months))
    d.tell("decoy", "同一行为行政拘留折抵", "行政拘留与刑事羁押基于同一行为，应予折抵")


def _odd_days(w: World) -> None:
    d = Draft(w)
    d.accused.counts[0].extra_days = 15
    d.accused.term = (d.caught, terms.end(d.caught, d.months, 15))
    d.tell("decoy", "刑期带零头日", "有期徒刑若干月零十五日，先月后日")


def _young(w: World) -> None:
    d = Draft(w)
    d.person.born_on = add_months(d.caught, -12 * 17 - 4)
    d.accused.counts[0].fine = 500
    d.accused.circumstances = ("坦白", "未成年")
    d.accused.term = (d.caught, terms.end(d.caught, d.months))
    d.tell("decoy", "未成年人罚金五百元", "未成年被告人罚金下限为五百元")


def _remainder(w: World) -> None:
    """刑法第七十一条: the rest of an earlier term, net of custody, is added; the start belongs to the new case."""
    d = Draft(w, months=14)
    rest, total = 7, 18
    d.accused.with_remainder = f"；与前罪尚未执行完毕的有期徒刑七个月，罚金人民币二千元，数罪并罚（前罪余刑{rest}个月）"
    d.accused.total = Count(d.charge, total, fine=d.accused.counts[0].fine + 2000)
    d.accused.term = (d.caught, terms.end(d.caught, total))
    d.tell("decoy", "与前罪余刑并罚", "依刑法第七十一条与余刑并罚，高于新罪单项刑期")


Plant = Callable[[World], None]
ANOMALIES: tuple[Plant, ...] = (_wrong_year, _not_deducted, _long_detention, _wrong_months, _short_probation, _year_before, _total_outside, _small_fine, _no_fine)
DECOYS: tuple[Plant, ...] = (_silently, _one_less, _other_method, _designated, _caught_before, _planned, _silent, _administrative, _odd_days, _young, _remainder)
