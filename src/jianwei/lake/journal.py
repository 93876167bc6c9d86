"""What the lake holds, as a list of commits. A Parquet file counts only when a commit names it.

A commit is one JSON file, written beside its name, flushed to disc and renamed into place; until the rename nothing of
it is visible, after it all of it is. Files that no commit names are rubbish of a killed process and are swept by the
next writer. Long journals are folded into a checkpoint.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from jianwei.errors import JianweiError

_FOLD_AFTER = 64


class JournalBroken(JianweiError):
    """A commit cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"数据湖日志 {path.name} 已损坏，不能继续写入。")


@dataclass
class SourceState:
    """How far a source (named by its content's digest) has gone in."""

    digest: str
    name: str
    upto: int
    """Items taken in."""
    done: bool
    version: str = ""


@dataclass
class State:
    """What all commits together say."""

    seq: int = 0
    batch: int = 0
    files: dict[str, int] = field(default_factory=dict)
    """Parquet files, by path inside the lake, and their rows."""
    sources: dict[str, SourceState] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    """Which content (digest) each path held when it was last read."""
    held: dict[str, dict[str, int]] = field(default_factory=dict)
    """Files of a source (digest) that takes another's place: committed, not yet visible."""

    def apply(self, commit: dict[str, Any]) -> None:
        self.seq = commit["seq"]
        self.batch = max(self.batch, commit["batch"])
        for gone in commit.get("remove", ()):
            self.files.pop(gone, None)
        self.files.update(commit.get("add", {}))
        for digest in commit.get("drop", ()):
            self.held.pop(digest, None)
        for digest, files in commit.get("hold", {}).items():
            self.held.setdefault(digest, {}).update(files)
        for digest in commit.get("release", ()):
            self.files.update(self.held.pop(digest, {}))
        for digest in commit.get("forget", ()):
            self.sources.pop(digest, None)
        for source in commit.get("sources", ()):
            self.sources[source["digest"]] = SourceState(**source)
        self.paths.update(commit.get("paths", {}))


class Journal:
    """The commits in a folder."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable

    def read(self) -> State:
        """The present state. A reader needs no lock; a fold under its feet makes it start again."""
        for _ in range(20):
            with contextlib.suppress(FileNotFoundError):
                return self._read()
        raise JournalBroken(self.folder)

    def _read(self) -> State:
        state = State()
        folds = sorted(self.folder.glob("fold-*.json"))
        if folds:
            held = _load(folds[-1])
            state = State(
                seq=held["seq"],
                batch=held["batch"],
                files=held["files"],
                sources={s["digest"]: SourceState(**s) for s in held["sources"]},
                paths=held["paths"],
                held=held["held"],
            )
        for path in self._commits():
            if int(path.stem) > state.seq:
                if int(path.stem) != state.seq + 1:
                    raise FileNotFoundError(path)
                state.apply(_load(path))
        return state

    def commit(self, state: State, **content: Any) -> None:
        """Make ``content`` part of the lake, and of ``state``."""
        commit = {"seq": state.seq + 1, "batch": state.batch, **content}
        self._write(self.folder / f"{commit['seq']:08d}.json", commit)
        state.apply(orjson.loads(orjson.dumps(commit)))

    def fold(self, state: State) -> None:
        """Replace a long list of commits by one file that says the same."""
        commits = list(self._commits())
        if len(commits) <= _FOLD_AFTER:
            return
        held = {
            "seq": state.seq,
            "batch": state.batch,
            "files": state.files,
            "sources": [vars(s) for s in state.sources.values()],
            "paths": state.paths,
            "held": state.held,
        }
        self._write(self.folder / f"fold-{state.seq:08d}.json", held)
        for path in commits:
            path.unlink(missing_ok=True)
        for old in sorted(self.folder.glob("fold-*.json"))[:-1]:
            old.unlink(missing_ok=True)

    def _commits(self) -> Iterator[Path]:
        return (p for p in sorted(self.folder.glob("*.json")) if p.stem.isdigit())

    def _write(self, path: Path, content: dict[str, Any]) -> None:
        draft = path.with_suffix(".tmp")
        with draft.open("wb") as out:
            out.write(orjson.dumps(content))
            if self.durable:
                out.flush()
                os.fsync(out.fileno())
        draft.replace(path)
        if self.durable:
            sync_folder(self.folder)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _load(path: Path) -> dict[str, Any]:
    raw = path.read_bytes()
    try:
        content: dict[str, Any] = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise JournalBroken(path) from error
    return content
