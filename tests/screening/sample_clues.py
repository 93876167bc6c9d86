"""Clues made by hand."""

from __future__ import annotations

import dataclasses

from jianwei.screening.clue import Clue, Evidence, Seen


def clue(key: str, seen: tuple[Seen, ...] = (), strength: float = 1.0, **changes: object) -> Clue:
    made = Clue(
        model="civil.example",
        ref="M00",
        model_version="1",
        subject=key,
        subject_key=key,
        period="",
        region=None,
        headline="某事",
        signs=seen,
        evidence=(Evidence("civ_case", f"civ_case#{key}"),),
        strength=strength,
        law=("某法第一条",),
        asks=("某问",),
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]
