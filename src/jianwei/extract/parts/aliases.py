"""Short names: 某某有限公司（以下简称某公司）."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Party

ALIAS = re.compile(r"（(?:以下|下)?(?:均|统)?(?:简称|下称|称)为?[：“\" ]*(?P<alias>[^”\"）\n]{2,20})[”\"]?）")


def short_names(parties: list[Party], norm: str, start: int, end: int) -> list[tuple[str, Party]]:
    """What each party is called between two offsets: the name, and the short form that follows it in brackets."""
    names = [(party.name.value, party) for party in parties]
    if norm.find("称", start, end) < 0:
        return names
    for match in ALIAS.finditer(norm, start, end):
        for party in parties:
            if norm.endswith(party.name.value, start, match.start()):
                names.append((match["alias"], party))
    return names
