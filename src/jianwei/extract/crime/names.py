"""The defendants' names, and finding them in a ruling or in the reasons."""

from __future__ import annotations

import re

from jianwei.extract.crime.words import Words

_MARKED = re.compile(
    r"(?:被告人|上诉人|被告单位|上诉单位|罪犯)(?:\x00+|（[^）]{0,24}）)?(?P<name>[^，。；：、（）\x00“”]{2,40})$"
)
_ALL = re.compile(
    r"(?:[两二三四五六七八九十]{1,2}(?:名)?|各|上述|上列|以上|全部|全案|本案)(?:[两二三四五六七八九十]{1,2}(?:名)?|各)?(?:被告人|上诉人)|被告人等|均"
)
_JOINTS = frozenset(("、", "和", "及", "与", "，", "、被告人", "及被告人", "和被告人", "以及", "、上诉人", "，被告人"))
_HEAD = re.compile(
    r"(?:^|[，。；：、]|鉴于|对于?|关于|其中|但|且|综上|提出|认为|指控|意见|辩称|根据)(?:(?:本案|该)?(?:被告人|上诉人|原审被告人|被告单位)(?:（[^）]{0,10}）)?)?$"
)

_MANY = 10
"""Chosen: more names than these are looked for all at once."""


class Names:
    """Names known from the header. ``extra`` collects names that only the ruling gives."""

    def __init__(self, known: list[str]) -> None:
        self.known = known
        self.longest = sorted(set(known), key=len, reverse=True)
        self.extra: dict[str, int] = {}
        self._words = Words(self.longest) if len(self.longest) > _MANY else None

    def within(self, text: str, start: int, end: int) -> list[tuple[int, str]]:
        """The names between two positions with where each stands, in the order of the text."""
        if self._words:
            return [(start + at, self.longest[which]) for which, at, _ in self._words.places(text[start:end])]
        taken: list[tuple[int, int]] = []
        found: list[tuple[int, str]] = []
        for name in self.longest:
            at = text.find(name, start, end)
            while at >= 0:
                close = at + len(name)
                if not (taken and any(at < b and a < close for a, b in taken)):
                    taken.append((at, close))
                    found.append((at, name))
                at = text.find(name, close, end)
        found.sort()
        return found

    def before(self, text: str, start: int, end: int) -> list[str]:
        """The names that the words up to ``end`` are about: the last ones joined by 、 or 和, or all of them."""
        cut = max(text.rfind("。", start, end), text.rfind("；", start, end)) + 1
        low = max(start, cut)
        found = self.within(text, low, end)
        if not found:
            if len(self.known) > 1 and _ALL.search(text, low, end):
                return list(self.known)
            return self._marked(text, low, end)
        if len(found) == 1:
            return [found[0][1]]
        group = [found[-1]]
        for earlier in reversed(found[:-1]):
            joint = text[earlier[0] + len(earlier[1]) : group[0][0]]
            if joint.replace("\0", "") in _JOINTS:
                group.insert(0, earlier)
            else:
                break
        return list(dict.fromkeys(name for _, name in group))

    def subject(self, text: str, start: int, end: int) -> list[str]:
        """Whom a statement of the reasons is about: the names that open a clause, not those that are its object."""
        found = self.within(text, start, end)
        if not found:
            return list(self.known) if _ALL.search(text, start, end) else []
        chosen: list[str] = []
        group: list[str] = []
        opens = False
        last = -1
        for at, name in found:
            if last >= 0 and text[last:at].replace("\0", "") in _JOINTS:
                group.append(name)
            else:
                if group and (opens or not chosen):
                    chosen = group
                group = [name]
                opens = _HEAD.search(text, max(start, at - 14), at) is not None
            last = at + len(name)
        if opens or not chosen:
            chosen = group
        return list(dict.fromkeys(chosen))

    def _marked(self, text: str, start: int, end: int) -> list[str]:
        """``被告人某`` just before ``end`` whom the header does not name so."""
        mark = _MARKED.search(text, max(start, end - 60), end)
        if mark is None:
            return []
        if len(self.known) == 1:
            return list(self.known)
        name = mark["name"]
        for known in self.known:
            if known[0] == name[0] and (len(known) == len(name) or "某" in known + name):
                return [known]
        self.extra.setdefault(name, mark.start("name"))
        return [name]

    def unnamed(self, text: str, start: int, end: int) -> list[str]:
        """Whom a conviction without any known name is about."""
        if len(self.known) == 1:
            return list(self.known)
        piece = text[max(start, end - 20) : end]
        cut = max(piece.rfind(c) for c in "，。；：、\0") + 1
        name = piece[cut:].removeprefix("被告人").removesuffix("均")
        if 2 <= len(name) <= 12:
            self.extra.setdefault(name, end - len(name))
            return [name]
        return []

    def note(self, text: str, start: int, end: int) -> list[str]:
        """Whom a note on a term names (即被告人某的刑期自…); all when it speaks of all, none when it names nobody."""
        low = (
            max(text.rfind("（", start, end), text.rfind("；", start, end), text.rfind("。", start, end), start - 1) + 1
        )
        found = self.within(text, low, end)
        if found:
            return self.before(text, low, end)
        if len(self.known) > 1 and _ALL.search(text, max(low, end - 16), end):
            return list(self.known)
        return []
