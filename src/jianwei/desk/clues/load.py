"""Load a run into the desk: clues are matched by their identity, so a second run updates and never adds."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction

from jianwei.desk.clues.models import Clue, ClueBody, Grade, Run
from jianwei.desk.clues.shelf import line_of, title_of
from jianwei.desk.people import offices

GRADES = {"高": Grade.HIGH, "中": Grade.MIDDLE, "低": Grade.LOW}
BATCH = 500
# What a run says. What people decided (status, reason, assignee, version …) is never touched.
FROM_RUN = (
    "model", "ref", "title", "line", "rank", "score", "grade", "subject", "subject_key", "headline", "period", "region",
    "office", "group", "provisional", "evidence_count", "digest", "last_run", "vanished", "changed", "updated_at",
)  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """What loading did: new clues, clues known before, clues that this run did not find again."""

    added: int
    updated: int
    vanished: int


@transaction.atomic
def load(run_dir: Path, at: dt.datetime) -> Loaded:
    """Load ``<run_dir>/manifest.json`` and ``clues.jsonl``, all or nothing."""
    manifest = json.loads((run_dir / "manifest.json").read_text(encoding="utf-8"))
    run = _run(run_dir.name, manifest, at)
    added = total = 0
    for batch in _batches(_lines(run_dir / "clues.jsonl"), BATCH):
        added += _store(batch, run, at)
        total += len(batch)
    evaluated = set(manifest.get("models", ())) - {s["model"] for s in run.skipped}
    gone = Clue.objects.filter(vanished=False, model__in=evaluated).exclude(last_run=run)
    vanished = gone.update(vanished=True)
    Run.objects.filter(pk=run.pk).update(found=total)
    return Loaded(added, total - added, vanished)


def _run(run_id: str, manifest: dict[str, Any], at: dt.datetime) -> Run:
    facts = {
        "as_of": dt.date.fromisoformat(manifest["as_of"]),
        "manifest": {key: value for key, value in manifest.items() if key != "skipped"},
        "skipped": manifest.get("skipped", []),
    }
    run, _ = Run.objects.update_or_create(run_id=run_id, defaults=facts, create_defaults={**facts, "loaded_at": at})
    return run


def _lines(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    with path.open("rb") as lines:
        for line in lines:
            if line.strip():
                clue = orjson.loads(line)
                yield _kept(clue) if b"\\u0000" in line else clue, hashlib.sha256(line.strip()).hexdigest()


def _kept(said: Any) -> Any:
    """What a clue says, without the sign NUL: PostgreSQL keeps no text that has it."""
    if isinstance(said, dict):
        return {_kept(key): _kept(value) for key, value in said.items()}
    if isinstance(said, list):
        return [_kept(value) for value in said]
    return said.replace("\x00", "") if isinstance(said, str) else said


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _store(batch: list[tuple[dict[str, Any], str]], run: Run, at: dt.datetime) -> int:
    """Upsert one batch; returns how many were new."""
    office_ids = offices.ensure(str(clue["region"]) for clue, _ in batch if clue.get("region"))
    fallback = office_ids[offices.SUPREME_CODE]
    known = dict(Clue.objects.filter(pk__in=[clue["id"] for clue, _ in batch]).values_list("pk", "digest"))
    rows = []
    for clue, digest in batch:
        before = known.get(clue["id"])
        rows.append(
            Clue(
                clue_id=clue["id"],
                model=clue["model"],
                ref=clue["ref"],
                title=title_of(clue["model"]),
                line=line_of(clue["model"]),
                rank=clue["rank"],
                score=clue["score"],
                grade=GRADES[clue["grade"]],
                subject=clue["subject"],
                subject_key=clue["subject_key"][:200],
                headline=clue["reasons"][0] if clue["reasons"] else clue["subject"],
                period=clue["period"] or "",
                region=clue["region"] or "",
                office_id=office_ids.get(str(clue["region"]), fallback),
                group=clue.get("group") or "",
                provisional=bool(clue.get("provisional")),
                evidence_count=len({e["row"] for e in clue["evidence"]}),
                digest=digest,
                first_run=run,
                last_run=run,
                changed=before is not None and before != digest,
                updated_at=at,
            )
        )
    Clue.objects.bulk_create(rows, update_conflicts=True, unique_fields=["clue_id"], update_fields=FROM_RUN)
    ClueBody.objects.bulk_create(
        [ClueBody(clue_id=clue["id"], content=clue) for clue, _ in batch],
        update_conflicts=True,
        unique_fields=["clue"],
        update_fields=["content"],
    )
    return len(batch) - len(known)
