"""The county an address lies in, as far as identity needs it."""

from __future__ import annotations

import re
from functools import lru_cache

from jianwei.law import regions

# Prefecture-level cities without counties: their own code stands in a 公民身份号码.
_WITHOUT_COUNTIES = frozenset({"441900", "442000", "460400", "620200"})
_TO_COUNTY = re.compile(
    r"\A(?:[^省市]{2,9}(?:省|自治区|市))?(?:[^市州盟]{1,9}(?:市|自治州|地区|盟|州))?[^县区市旗]{1,9}(?:自治县|自治旗|县|区|市|旗)"
)


@lru_cache(maxsize=131072)
def county(address: str) -> str | None:
    """The six-digit county code of ``address``; its own words down to the county where no code is known; else None."""
    code = regions.lookup(address)
    if code and (not code.endswith("00") or code in _WITHOUT_COUNTIES):
        return code
    if code:
        return None
    words = _TO_COUNTY.match(address)
    return words[0] if words else None
