"""What a ruling orders beside the penalty: bans on a trade or on conduct, and making good."""

from __future__ import annotations

import re

from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.facts import Defendant
from jianwei.extract.crime.names import Names

_BAN = re.compile(r"禁止(?!令)(?P<what>[^。；]{4,160})")
_TRADE = re.compile(r"从事|执业|职业|进入[^，。]{0,10}行业")
_AFTER = re.compile(r"刑罚执行完毕|假释之日|[一二三四五六七八九十0-9]{1,3}年(?:内|之内|以内)|终身")
_START = re.compile(
    r"(?:责令|判令)[^。；]{0,120}?(?:退赔|退还|退缴|退出|赔偿|返还)[^。；]{0,160}|继续(?:追缴|退赔)[^。；]{2,160}|被告人[^。；]{1,30}(?:赔偿|退赔)[^。；]{2,160}"
)
_GOOD = ("退赔", "赔偿", "退还", "退缴", "退出", "返还", "继续追缴")
"""Words of which every order to make good holds one."""


def read(ruling: Compact, names: Names, people: dict[str, Defendant]) -> None:
    """Write bans and orders to make good onto those they name; onto all when they name nobody."""
    text = ruling.text
    if "禁止" in text:
        for match in _BAN.finditer(text):
            lasting = (
                _TRADE.search(match["what"]) and _AFTER.search(match["what"]) and "缓刑考验期" not in match["what"]
            )
            for defendant in _whom(text, match, names, people):
                if defendant.ban is None or lasting:
                    defendant.ban = ruling.leaf("从业禁止" if lasting else "禁止令", match.start(), match.start() + 2)
                    defendant.ban_text = ruling.leaf(match.group(), *match.span())
    for match in _START.finditer(text) if any(word in text for word in _GOOD) else ():
        for defendant in _whom(text, match, names, people):
            if defendant.restitution is None:
                defendant.restitution = ruling.leaf(match.group(), *match.span())


def _whom(text: str, match: re.Match[str], names: Names, people: dict[str, Defendant]) -> list[Defendant]:
    low = max(text.rfind("。", 0, match.start()), text.rfind("；", 0, match.start())) + 1
    named = list(dict.fromkeys(name for _, name in names.within(text, low, match.end())))
    return [people[name] for name in named if name in people] or list(people.values())
