"""Files into the lake: streaming, in parts, each part one commit.

A source is known by the SHA-256 of its content. Its items are counted; every commit says how many of which source are
in, so a killed ingest goes on where it was. A file whose content changed takes the place of what its path held before,
in one commit, when the new content is in completely.
"""

from __future__ import annotations

import contextlib
import queue
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from jianwei.lake.journal import Journal, SourceState, State
from jianwei.lake.part import Part, Reader, Text, Written, document_id, row_id, write
from jianwei.lake.report import IngestReport
from jianwei.lake.secret import Keys
from jianwei.lake.supersede import documents_of, without
from jianwei.lake.worker import Worker
from jianwei.records import columns
from jianwei.sources import File, Item, Problem, RawDocument, RawRow, items
from jianwei.sources.isolated import Isolated
from jianwei.sources.table.mapping import Mappings

# Chosen: a first part small enough that a kill costs a second, later ones large enough that a million judgments make
# hundreds of files, not thousands.
_FIRST_PART, _LATER_PART, _GROWS_AFTER = 2000, 8000, 16


@dataclass
class _Sent:
    """A part on its way, and what the journal will say of it."""

    part: Part
    future: Future[Written]
    sources: list[SourceState]
    paths: dict[str, str]
    hold: str | None


@dataclass
class Intake:
    """One ingest."""

    root: Path
    journal: Journal
    state: State
    keys: Keys
    reader: Reader
    workers: int
    report: IngestReport
    version: str
    advance: Callable[[int], None]
    part_size: int | None = None
    durable: bool = True
    _seen: set[int] | None = None
    _part: Part = field(init=False)
    _sources: dict[str, SourceState] = field(default_factory=dict)
    """Sources of which something is in the present part, or that ended in it."""
    _run: dict[str, SourceState] = field(default_factory=dict)
    _paths: dict[str, str] = field(default_factory=dict)
    _hold: str | None = None
    _parts: int = 0
    _reserved: bool = False
    _sent: deque[_Sent] = field(default_factory=deque)
    _pool: ThreadPoolExecutor | None = None
    _workers: queue.SimpleQueue[Worker] = field(default_factory=queue.SimpleQueue)
    _idle: list[Worker] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._part = self._new_part()

    def take(self, file: File, mappings: Mappings, isolated: Isolated, *, again: bool) -> None:
        """Bring in one file, as far as it is not in."""
        digest, path = file.digest(), str(file.path.resolve())
        source = self._run.get(digest) or self.state.sources.get(digest)
        before = self.state.paths.get(path)
        in_already = source is not None and source.done
        if in_already and (not again or digest in self._run):
            self.report.known += 1
            if before != digest:
                self._move(path, digest, before)
            return
        self.report.files += 1
        replaces = digest if in_already else before if before != digest else None
        if replaces and (replaces == digest or self._alone(replaces, path)):
            self._read_instead(file, digest, path, replaces, mappings, isolated)
        else:
            self._paths[path] = digest
            self._read(file, self._start(file, digest, source.upto if source else 0), mappings, isolated)

    def finish(self) -> None:
        """Commit what is still on its way."""
        self._send(last=True)
        while self._sent:
            self._commit_oldest()

    def close(self) -> None:
        """End the worker processes."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
        for worker in self._idle:
            worker.close()

    def _alone(self, digest: str, path: str) -> bool:
        """Whether ``path`` is the only one with that content."""
        holders = (p for p, d in {**self.state.paths, **self._paths}.items() if d == digest)
        return digest in self.state.sources and all(p == path for p in holders)

    def _move(self, path: str, digest: str, before: str | None) -> None:
        """``path`` now holds content known from elsewhere; what it held before goes, when no other path holds it."""
        if before and self._alone(before, path):
            self._drain()
            self.journal.commit(self.state, paths={path: digest}, **self._without(before))
            self._seen = None
            self.report.replaced += 1
        else:
            self._paths[path] = digest

    def _read_instead(
        self, file: File, digest: str, path: str, before: str, mappings: Mappings, isolated: Isolated
    ) -> None:
        """Read ``file`` out of sight, then show it and drop what it replaces, in one commit."""
        self._drain()
        gone = {int(d[1:], 16) for d in documents_of(self.root, self.state, before)}
        self._known().difference_update(gone)
        self._hold = digest
        source = self._read(file, self._start(file, digest, 0), mappings, isolated)
        self._drain()
        self._hold = None
        self._sources.pop(digest, None)
        self._seen = None
        if not source.done:
            return  # nothing of the new content could be read: the old stays
        change = self._without(before)
        change["forget"] = [] if before == digest else [before]
        self.journal.commit(self.state, release=[digest], paths={path: digest}, sources=[vars(source)], **change)
        self.report.replaced += 1

    def _without(self, digest: str) -> dict[str, Any]:
        self._parts += 1
        name = f"{self._part.batch}-{self._parts:05d}"
        return {**without(self.root, self.state, digest, name, durable=self.durable), "forget": [digest]}

    def _start(self, file: File, digest: str, upto: int) -> SourceState:
        source = self._run[digest] = SourceState(digest, file.name, upto, False, self.version)
        return source

    def _read(self, file: File, source: SourceState, mappings: Mappings, isolated: Isolated) -> SourceState:
        entered = source.upto > 0
        for item in items(file, source.digest, mappings, isolated, skip=source.upto):
            self._take_item(item)
            source.upto += 1
            entered = entered or not isinstance(item, Problem)
            self._sources[source.digest] = source
            if self._part.size >= self._part_size():
                self._send()
                self.advance(file.position[0])
        source.done = entered
        if entered:
            self._sources[source.digest] = source  # also when a resumed one had nothing left
        else:
            # Nothing of it went in: not remembered, so that it is tried again once its fault is mended.
            self._sources.pop(source.digest, None)
            self._paths.pop(str(file.path.resolve()), None)
        return source

    def _take_item(self, item: Item) -> None:
        part = self._part
        if isinstance(item, RawDocument):
            name = document_id(item.text)
            number, known, at = int(name[1:], 16), self._known(), item.origin
            if number in known:
                part.again.append(Text(name, "", {}, at.file, at.entry, at.row, at.digest))
                self.report.repeated += 1
                if item.line:
                    self._take_row(item.line)
            else:
                known.add(number)
                part.texts.append(Text(name, item.text, item.meta, at.file, at.entry, at.row, at.digest, item.line))
                self.report.documents += 1
        elif isinstance(item, RawRow):
            self._take_row(item)
        else:
            self.report.problems.append(item)

    def _take_row(self, row: RawRow) -> None:
        values = tuple(row.values.get(c.name) for c in columns(row.record_type))
        where = (row_id(row), row.origin.file, row.origin.entry, row.origin.row, row.origin.digest)
        self._part.rows.setdefault(row.record_type.table, []).append((values, where))

    def _known(self) -> set[int]:
        """The documents in the lake, as numbers: a million of them take some 70 MB."""
        if self._seen is None:
            self._seen = set()
            for name in self.state.files:
                if name.split("/")[1] == "document":
                    ids = pq.read_table(self.root / name, columns=["document_id"])["document_id"].to_pylist()
                    self._seen.update(int(i[1:], 16) for i in ids)
        return self._seen

    def _part_size(self) -> int:
        return self.part_size or (_FIRST_PART if self._parts < _GROWS_AFTER else _LATER_PART)

    def _new_part(self) -> Part:
        self._parts += 1
        batch = f"{self.state.batch:06d}"
        return Part(name=f"{batch}-{self._parts:05d}", batch=batch)

    def _drain(self) -> None:
        self._send(last=True)
        while self._sent:
            self._commit_oldest()

    def _send(self, *, last: bool = False) -> None:
        """Have the present part written: by a worker, or here when it is the first and only one."""
        part, self._part = self._part, self._new_part()
        if not (part.texts or part.again or part.rows or self._sources or self._paths):
            return
        # A held source is not known until it is shown, so that an interrupted attempt starts over.
        sources = [SourceState(**vars(s)) for s in self._sources.values() if s.digest != self._hold]
        paths, self._paths = self._paths, {}
        self._sources = {s.digest: s for s in self._sources.values() if not s.done}
        if not self._reserved:
            # A batch number is used up before a file bears it: a worker outliving a killed parent must not write
            # into a file that a later ingest commits.
            self.journal.commit(self.state)
            self._reserved = True
        future: Future[Written]
        if self.workers and (self._pool or not last):
            future = self._workers_pool().submit(self._by_worker, part)
        else:
            future = Future()
            future.set_result(write(part, self.root, self.keys, self.reader, durable=self.durable))
        self._sent.append(_Sent(part, future, sources, paths, self._hold))
        while len(self._sent) > self.workers + 1:
            self._commit_oldest()

    def _workers_pool(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._idle = [Worker() for _ in range(self.workers)]
            for worker in self._idle:
                self._workers.put(worker)
            self._pool = ThreadPoolExecutor(self.workers)
        return self._pool

    def _by_worker(self, part: Part) -> Written:
        worker = self._workers.get()
        try:
            return worker.write(part, self.root, self.keys, self.reader, self.durable)
        finally:
            self._workers.put(worker)

    def _commit_oldest(self) -> None:
        sent = self._sent.popleft()
        written = sent.future.result()
        for text, why in written.failed:
            reason = f"文书读取失败（{why}），只保存了全文"
            self.report.problems.append(Problem(text.source, text.entry, text.row_no, None, reason))
        self.report.rows += Counter(
            {name.split("/")[1]: rows for name, rows in written.files.items() if not name.split("/")[1].startswith("_")}
        )
        where = {"hold": {sent.hold: written.files}} if sent.hold else {"add": written.files}
        if written.files or sent.sources or sent.paths:
            self.journal.commit(self.state, sources=[vars(s) for s in sent.sources], paths=sent.paths, **where)


@contextlib.contextmanager
def reading(mappings: Path) -> Iterator[tuple[Mappings, Isolated]]:
    """What reading many files shares."""
    isolated = Isolated()
    try:
        yield Mappings(mappings), isolated
    finally:
        isolated.close()


def ingest(intake: Intake, files: Iterable[File], mappings: Path, *, again: bool, done: Callable[[], None]) -> None:
    """Bring in ``files``, one after the other."""
    with reading(mappings) as (known, isolated):
        try:
            for file in files:
                intake.take(file, known, isolated, again=again)
                done()
            intake.finish()
        finally:
            intake.close()
