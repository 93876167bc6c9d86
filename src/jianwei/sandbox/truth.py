"""How the clues of a run compare with what was hidden. It speaks of synthetic data only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

CAUTION = "以下数字只说明合成数据上的表现：异常由沙盘埋设，背景由模板生成，不能据此推断在真实数据上的查准率、查全率。"
_PLANTED = ("anomaly", "guiding")
_ROLE = re.compile(r"^(被告人|原告|被告|代理人|债权人|债务人|被执行人|出借人|用人单位|从业人员|领取人|持证人)")


@dataclass(frozen=True)
class Score:
    """One model. ``on_decoys`` and ``unplanned`` are the clues that hit a decoy, or nothing that was planted."""

    model: str
    planted: int
    found: int
    decoys: int
    clues: int
    right: int
    on_decoys: int
    unplanned: int
    missed: tuple[str, ...]
    """variant and subject of each anomaly that no clue names"""
    alarms: tuple[str, ...]
    """variant or subject of each clue that is wrong"""
    guiding: tuple[tuple[str, int | None], ...]
    """(检例第NN号, rank of the clue that found it or None)"""

    @property
    def precision(self) -> float | None:
        judged = self.right + self.on_decoys + self.unplanned
        return self.right / judged if judged else None

    @property
    def recall(self) -> float | None:
        return self.found / self.planted if self.planted else None


def _words(value: Any) -> str:
    """Everything a clue says, as one string; case numbers with full-width brackets."""
    return orjson.dumps(value, default=str).decode().replace("(", "（").replace(")", "）")


def _names(subject: str) -> list[str]:
    return [name for name in re.split(r"[、诉与]", subject) if len(name) > 1]


def _matches(clue: Mapping[str, Any], said: str, told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The truths that a clue is about: by case numbers and other keys, else by the names of its subject."""
    by_key = [t for t in told if any(key in said for key in t["keys"] if key not in _names(t["subject"]))]
    if by_key:
        return by_key
    subject = str(clue.get("subject", ""))
    tokens = {_ROLE.sub("", token) for token in re.split(r"[、，,；;：:（）()\s]|诉|与|和", subject)} | set(
        re.split(r"[与、诉]", subject)
    )
    return [
        t for t in told if any(name in tokens or (len(name) >= 6 and name in subject) for name in _names(t["subject"]))
    ]


def score(truth: Path, clues: Iterable[Mapping[str, Any]]) -> list[Score]:
    """Compares clues (their JSON keys) with ``truth.jsonl``, one ``Score`` a model that has something planted.

    A clue with a list ``case_nos`` (the case numbers of its evidence) is matched by them too. A clue counts as right
    when one of the truths it is about is an anomaly; ``either`` truths are left out of the precision.
    """
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in truth.read_bytes().splitlines():
        one = orjson.loads(line)
        told[one["model"]].append(one)
    raised: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for clue in clues:
        raised[str(clue["model"])].append(clue)
    return [_score(model, told[model], raised.get(model, [])) for model in sorted(told)]


def _score(model: str, told: Sequence[dict[str, Any]], clues: Sequence[Mapping[str, Any]]) -> Score:
    right = on_decoys = unplanned = 0
    ranks: dict[int, int] = {}
    alarms: list[str] = []
    for position, clue in enumerate(clues, 1):
        about = _matches(clue, _words(clue), told)
        hits = [t for t in about if t["kind"] in _PLANTED]
        rank = int(clue.get("rank") or position)
        for t in hits:
            ranks[id(t)] = min(rank, ranks.get(id(t), rank))
        if hits:
            right += 1
        elif any(t["kind"] == "decoy" for t in about):
            on_decoys += 1
            alarms.append("干扰项：" + about[0]["variant"])
        elif not about:
            unplanned += 1
            alarms.append(f"背景：{clue.get('subject', '')}")
    planted = [t for t in told if t["kind"] in _PLANTED]
    return Score(
        model=model,
        planted=len(planted),
        found=sum(id(t) in ranks for t in planted),
        decoys=sum(t["kind"] == "decoy" for t in told),
        clues=len(clues),
        right=right,
        on_decoys=on_decoys,
        unplanned=unplanned,
        missed=tuple(f"{t['variant']}：{t['subject']}" for t in planted if id(t) not in ranks),
        alarms=tuple(alarms),
        guiding=tuple((t["ref"], ranks.get(id(t))) for t in planted if t["kind"] == "guiding"),
    )


def report(scores: Iterable[Score]) -> str:
    """The table that ``jianwei bench truth`` prints."""
    lines = [
        CAUTION,
        "",
        f"{'模型':<40}{'埋设':>6}{'查出':>6}{'查全率':>8}{'线索':>6}{'命中':>6}{'干扰项':>7}{'其他':>6}{'查准率':>8}",
    ]
    for s in scores:
        lines.append(
            f"{s.model:<42}{s.planted:>6}{s.found:>8}{_share(s.recall):>10}{s.clues:>8}{s.right:>8}{s.on_decoys:>9}{s.unplanned:>8}{_share(s.precision):>10}"
        )
        lines += [f"    {ref}：{'未查出' if rank is None else f'排第 {rank} 位'}" for ref, rank in s.guiding]
    return "\n".join(lines)


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"
