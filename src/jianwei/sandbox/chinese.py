"""Numbers, money and dates as official Chinese documents write them."""

from __future__ import annotations

import calendar
import datetime as dt

_DIGITS = "〇一二三四五六七八九"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_SMALL = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def small(n: int) -> str:
    """1–9999 as 一, 十二, 一百零五, 三千."""
    if n <= 10:
        return _SMALL[n] or "零"
    if n < 20:
        return "十" + _SMALL[n - 10]
    out: list[str] = []
    zero = False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            if zero and out:
                out.append("零")
            out.append(_SMALL[digit] + word)
            zero = False
        else:
            zero = True
    return "".join(out)


_YEARS = {y: "".join(_DIGITS[int(c)] for c in str(y)) for y in range(1990, 2061)}
_MONTHS = tuple(small(m) for m in range(13))
_DAYS = tuple(small(d) for d in range(32))


def date(on: dt.date) -> str:
    """2024年3月5日."""
    return f"{on.year}年{on.month}月{on.day}日"


def sealed_date(on: dt.date, zero: str = "〇") -> str:
    """二〇二四年三月五日, with the court's own way of writing the nought."""
    year = _YEARS[on.year]
    if zero != "〇":
        year = year.replace("〇", zero)
    return f"{year}年{_MONTHS[on.month]}月{_DAYS[on.day]}日"


def term(months: int, days: int = 0) -> str:
    """30 → 二年六个月; 6 → 六个月; 5, 15 → 五个月十五日."""
    years, rest = divmod(months, 12)
    out = (small(years) + "年" if years else "") + (small(rest) + "个月" if rest else "")
    return out + (small(days) + "日" if days else "")


def money(yuan: int) -> str:
    """5000 → 五千, 20000 → 二万, 125000 → 十二万五千."""
    high, low = divmod(yuan, 10000)
    if not high:
        return small(low)
    if not low:
        return small(high) + "万"
    return small(high) + "万" + ("零" if low < 1000 else "") + small(low)


def capital(yuan: int) -> str:
    """85000 → 捌万伍仟元整."""
    text = money(yuan)
    for i, c in enumerate(_SMALL[1:10], 1):
        text = text.replace(c, _CAPITAL[i])
    text = text.replace("十", "拾").replace("百", "佰").replace("千", "仟")
    return (("壹" + text) if text.startswith("拾") else text) + "元整"


def add_months(on: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the last day of that month where it has none."""
    index = on.year * 12 + on.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    if on.day <= 28:
        return dt.date(year, month, on.day)
    return dt.date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


def days(on: dt.date, n: int) -> dt.date:
    """``n`` days later."""
    return dt.date.fromordinal(on.toordinal() + n)
