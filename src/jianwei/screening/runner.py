"""Runs the models of the shelf over a lake and turns what they find into clues."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Literal, cast

from ibis.common.exceptions import IbisError

from jianwei.errors import JianweiError
from jianwei.kit import Model, Threshold
from jianwei.lake import Lake, Tables
from jianwei.lake.coverage import Coverage
from jianwei.lake.coverage import coverage as ledger_of
from jianwei.lake.engines.duckdb import DuckTables
from jianwei.screening import coverage, explain
from jianwei.screening.answers import answers
from jianwei.screening.clue import Clue, Seen
from jianwei.screening.manifest import manifest
from jianwei.screening.merging import grouped, joined, merged
from jianwei.screening.ranking import fires, ranked
from jianwei.screening.runs import Run
from jianwei.screening.shelf import UNIT, choose, shelf
from jianwei.screening.window import Window
from jianwei.screening.wording import sentence
from jianwei.shelving import BrokenUnit

Engine = Literal["duckdb", "spark"]
Numbers = Mapping[str, Mapping[str, float]]
"""Thresholds other than the model's own, by model key and name."""

Judged = tuple[dict[str, Any], dict[str, Any], tuple[Seen, ...]]
"""A row of a model's answer that is a clue, what its sentences may mention, and its signs."""

_SLIPS = (AttributeError, ImportError, LookupError, NameError, TypeError, ValueError, IbisError)
"""What a wrong word in a model raises while its expression is made. A lake that cannot be read raises other things."""


class UnfoundedClue(JianweiError):
    """A clue that cannot name its facts cannot be constructed."""

    def __init__(self, model: str, subject: str) -> None:
        self.model, self.subject = model, subject
        super().__init__(f"模型 {model} 关于“{subject}”的线索没有任何可查的依据")


class UnknownThreshold(JianweiError):
    def __init__(self, model: str, name: str, known: Iterable[str]) -> None:
        self.model, self.name = model, name
        super().__init__(f"模型 {model} 没有名为 {name} 的阈值；现有：{'、'.join(known) or '无'}")


def screen(
    lake: Lake,
    *,
    as_of: dt.date,
    engine: Engine = "duckdb",
    models: Iterable[str] | None = None,
    thresholds: Numbers | None = None,
    since: dt.date | None = None,
    options: Mapping[str, Any] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Run:
    """Run the models (all, or those of these keys or references) as of a day. A model whose file is broken is skipped.

    ``thresholds`` override the models' numbers and are recorded in the manifest. With ``since`` the lake is read as it
    looked from that day to ``as_of``. ``options`` are the engine's own (see ``Lake.connect``). ``progress`` is told how many models are done, of how many, and the next one.
    """
    chosen = tuple(_set_up(model, (thresholds or {}).get(model.key(), {})) for model in choose(models))
    made_of = manifest(chosen, as_of=as_of, since=since, snapshot=lake.snapshot())
    answered: list[tuple[Model, list[Judged]]] = []
    skipped = [coverage.out_of_use(one.key, one) for one in shelf().broken] if models is None else []
    with contextlib.ExitStack() as open_:
        session = open_.enter_context(lake.connect(engine, **(options or {})))
        beside = open_.enter_context(_beside(lake, session))
        filled = _filled(beside, chosen)
        for done, model in enumerate(chosen):
            if progress:
                progress(done, len(chosen), model.title)
            reason = coverage.cannot_evaluate(type(model), filled)
            if reason:
                skipped.append(coverage.Skipped(model.key(), model.ref, model.title, reason))
                continue
            view = session if since is None else Window(session, since, as_of)
            asked = _asked(model, view, as_of)
            if isinstance(asked, BrokenUnit):
                skipped.append(coverage.out_of_use(model.key(), asked, model.ref, model.title))
                continue
            answered.append((model, _judged(model, answers(session, asked), filled)))
        stored = lake.found(_named(answered), beside)
        ledger = ledger_of(beside)
    found = [
        clue
        for model, judged in answered
        for clue in ranked(merged(_clues(model, judged, stored, ledger, as_of, filled)))
    ]
    clues, links = grouped(tuple(found))
    return Run(made_of, clues, tuple(skipped), (*joined(clues), *links))


def _beside(lake: Lake, session: Tables) -> contextlib.AbstractContextManager[DuckTables]:
    """DuckDB for the small questions, on which Spark spends seconds: the models' own session where it is one."""
    if isinstance(session, DuckTables):
        return contextlib.nullcontext(session)
    return cast("contextlib.AbstractContextManager[DuckTables]", lake.connect("duckdb"))


def _filled(beside: DuckTables, models: Iterable[Model]) -> frozenset[str]:
    """Which of the tables that the models ask about have any row."""
    records = {record for m in models for record in (*m.reads, *m.one_of, *m.helps, *(a.feed for a in m.absences))}
    records |= {record for m in models for sign in m.signs for record in sign.needs}
    return beside.filled(sorted(records, key=lambda r: r.table))


def _set_up(model: type[Model], numbers: Mapping[str, float]) -> Model:
    """A model with some of its thresholds replaced; a replaced one holds in every province."""
    instance, own = model(), model.thresholds()
    for name, value in numbers.items():
        if name not in own:
            raise UnknownThreshold(model.key(), name, own)
        setattr(instance, name, dataclasses.replace(own[name], value=value, by_province={}))
    return instance


def _asked(model: Model, view: Tables | Window, as_of: dt.date) -> Any:
    """The expression of a model, or the ``BrokenUnit`` that its author's slip makes of it; nothing is computed yet."""
    try:
        return model.find(view, as_of)
    except _SLIPS as error:
        return BrokenUnit.by(error, UNIT, f"{model.key().replace('.', '/')}.py")


def _judged(model: Model, rows: list[dict[str, Any]], filled: Collection[str]) -> list[Judged]:
    """The rows that are clues, with the words and the signs of each."""
    kind, thresholds, judged = type(model), _numbers(model), []
    blind = coverage.blind_signs(kind, filled)
    for row in rows:
        words = explain.values(row, thresholds)
        signs = tuple(explain.evaluated(sign, row, words, blind) for sign in model.signs)
        if fires(kind, signs):
            judged.append((row, words, signs))
    return judged


def _numbers(model: Model) -> dict[str, Threshold]:
    return {name: getattr(model, name) for name in model.thresholds()}


def _named(answered: Iterable[tuple[Model, list[Judged]]]) -> frozenset[str]:
    """The ids of all rows that stand behind the clues."""
    return frozenset(i for model, judged in answered for row, _, _ in judged for i in explain.row_ids(type(model), row))


def _clues(
    model: Model,
    judged: list[Judged],
    stored: Mapping[str, tuple[str, Mapping[str, Any]]],
    ledger: Collection[Coverage],
    as_of: dt.date,
    filled: Collection[str],
) -> list[Clue]:
    kind, thresholds = type(model), _numbers(model)
    blind = coverage.blind_signs(kind, filled)
    clues = []
    for row, words, signs in judged:
        region = row["region"] or None
        searched = coverage.searches(kind, [s.key for s in signs if s.seen], region, as_of, ledger, filled)
        provisional = any(not s.firm for s in searched)
        found = explain.evidence(kind, row, signs, stored)
        if not found:
            raise UnfoundedClue(model.key(), row["subject"])
        clues.append(
            Clue(
                model=model.key(),
                ref=model.ref,
                model_version=model.version,
                subject=str(row["subject"]),
                subject_key=str(row["subject_key"]),
                period=str(row["period"] or ""),
                region=region,
                headline=sentence(model.headline, words),
                signs=signs,
                evidence=found,
                strength=round(float(row["strength"]), 6) if row.get("strength") is not None else float(len(found)),
                law=tuple(str(cite) for cite in model.basis),
                asks=model.asks,
                notes=explain.notes(kind, thresholds, blind, provisional),
                provisional=provisional,
                searched=tuple(s.says for s in searched),
                cases=explain.cases(found, stored),
            )
        )
    return clues
