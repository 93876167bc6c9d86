"""One lake: a folder."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import itertools
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import orjson

from jianwei.errors import JianweiError
from jianwei.lake import coverage as ledger
from jianwei.lake import schema as layout
from jianwei.lake import secret as secrets
from jianwei.lake.engines import Engine, Source, Tables, connect
from jianwei.lake.ingest import Intake, ingest
from jianwei.lake.journal import Journal, SourceState, State
from jianwei.lake.part import Part, Reader, Text, document_id, write
from jianwei.lake.reading import extracted
from jianwei.lake.refresh import refresh, stale
from jianwei.lake.report import IngestReport, Progress, progress_of
from jianwei.lake.typed import record_of, typed
from jianwei.records import Document, IdNo, Record, columns
from jianwei.records import tables as all_tables
from jianwei.sources import found

if TYPE_CHECKING:
    from jianwei.lake.engines.duckdb import DuckTables


class LakeBusy(JianweiError):
    """Another process is writing."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"数据湖 {path} 正在被另一个进程写入，请等它结束。")


class Lake:
    """The lake in the folder ``path``; made there, with a secret of its own, when absent.

    ``sealed`` shows juvenile records that the law keeps sealed; nothing else does. ``durable=False`` skips flushing to
    disc, for lakes of tests.
    """

    def __init__(self, path: Path, *, secret: bytes | None = None, sealed: bool = False, durable: bool = True) -> None:
        self.path = Path(path)
        for folder in ("journal", "tables", "derived", "runs", "mappings", "scratch"):
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        self.keys = secrets.Keys(secrets.keep(self.path / "secret", secret))
        self.journal = Journal(self.path / "journal", durable=durable)
        self.durable = durable
        self.sealed = sealed
        self._own: tuple[int, DuckTables] | None = None
        self._one_at_a_time = threading.Lock()

    @classmethod
    def from_rows(
        cls,
        path: Path,
        rows: Mapping[str, Sequence[Mapping[str, Any]]],
        *,
        secret: bytes = b"for tests only, never for people",
        documents: Iterable[str] = (),
        reader: Reader = extracted,
    ) -> Lake:
        """A lake of the given rows, by table; keys are field names, numbers plain. Row n of a table has the row id
        ``<table>#<n>``, n from 1. ``documents`` are read like any. Raises ``WrongRow`` for what does not fit.
        """
        lake = cls(path, secret=secret, durable=False)
        lake.write(rows, documents=documents, reader=reader)
        return lake

    def write(
        self,
        rows: Mapping[str, Sequence[Mapping[str, Any]]],
        *,
        documents: Iterable[str] = (),
        reader: Reader = extracted,
    ) -> None:
        """Add typed rows and texts in one commit. The same content a second time adds nothing."""
        texts = list(documents)
        content = orjson.dumps([{t: list(r) for t, r in rows.items()}, texts], default=str, option=orjson.OPT_SORT_KEYS)
        digest = hashlib.sha256(content).hexdigest()
        with self.writing() as state:
            if digest in state.sources:
                return
            state.batch += 1
            name = f"{state.batch:06d}"
            part = Part(name=f"{name}-00001", batch=name)
            for table, given in rows.items():
                record = record_of(table)
                part.rows[table] = [
                    (typed(record, row, n), (f"{table}#{n}", "rows", table, n, digest))
                    for n, row in enumerate(given, 1)
                ]
            part.rows = {table: given for table, given in part.rows.items() if given}
            for n, text in enumerate(texts, 1):
                part.texts.append(Text(document_id(text), text, {}, "rows", "document", n, digest))
            written = write(part, self.path, self.keys, reader, durable=self.durable)
            if written.failed:
                raise JianweiError(f"第 {written.failed[0][0].row_no} 份文书读取失败：{written.failed[0][1]}")
            source = SourceState(digest, "rows", 1, True, _version(reader))
            self.journal.commit(state, add=written.files, sources=[vars(source)])
        self.refresh()

    def ingest(
        self,
        paths: Iterable[Path],
        progress: Callable[[Progress], None] | None = None,
        *,
        reader: Reader = extracted,
        workers: int = 2,
        again: bool = False,
        part_size: int | None = None,
    ) -> IngestReport:
        """Bring in the files at ``paths`` (folders are walked) and refresh the derived tables.

        Content that is in already is passed over, unless ``again``; a file that changed replaces what it brought
        before; an interrupted ingest is simply called again. ``reader`` must be a module's function when there are
        ``workers``; with 0 everything happens in this process. ``part_size`` (documents a commit) is for tests.
        """
        files = sorted(set(found(paths)), key=lambda f: (f.name, str(f.path)))
        report = IngestReport()
        advance = progress_of(files, report, progress)
        with self.writing() as state:
            state.batch += 1
            report.batch = f"{state.batch:06d}"
            done = itertools.count(1)
            at = [0]

            def step() -> None:
                at[0] = next(done)
                advance(at[0], 0)

            intake = Intake(
                self.path, self.journal, state, self.keys, reader, workers, report, _version(reader),
                advance=lambda within: advance(at[0], within), part_size=part_size, durable=self.durable,
            )  # fmt: skip
            ingest(intake, files, self.path / "mappings", again=again, done=step)
            self.journal.fold(state)
        self.refresh(anew=report.replaced > 0)
        return report

    @contextlib.contextmanager
    def writing(self) -> Iterator[State]:
        """Be the only writer; what killed writers left behind is swept first."""
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LakeBusy(self.path) from error
            state = self.journal.read()
            if state.held:
                # A replacement that was interrupted is read anew.
                self.journal.commit(state, drop=list(state.held))
            self._sweep(state)
            yield state

    def _sweep(self, state: State) -> None:
        tables = self.path / "tables"
        for path in tables.glob("*/*.parquet"):
            if str(path.relative_to(self.path)) not in state.files:
                path.unlink(missing_ok=True)
        for path in self.journal.folder.glob("*.tmp"):
            path.unlink(missing_ok=True)

    def snapshot(self) -> str:
        """A digest of what the lake holds: its sources' contents and how they were read. Not of ciphertext or order."""
        return _snapshot(self.journal.read())

    def refresh(self, *, anew: bool = False) -> None:
        """Build the derived tables where the lake has moved on, or all of them ``anew``."""
        state = self.journal.read()
        if anew:
            (self.path / "derived" / "state.json").unlink(missing_ok=True)
        refresh(self._source(state), _snapshot(state))

    def connect(self, engine: Engine = "duckdb", **options: Any) -> Tables:
        """The tables as they are now, for models. Close it, or use it as a context."""
        state = self.journal.read()
        if stale(self.path / "derived", _snapshot(state)):
            refresh(self._source(state), _snapshot(state))
        return connect(engine, self._source(state), **options)

    def coverage(self) -> list[ledger.Coverage]:
        """The coverage ledger, declared and inferred, by feed and region."""
        with self._one_at_a_time:
            return ledger.coverage(self._tables())

    def rows(self, table: str, row_ids: Sequence[str], *, reveal: bool = False) -> list[dict[str, Any]]:
        """The rows of those ids, in their order, ids not found left out. Numbers come masked, or plain with ``reveal``."""
        record = record_of(table)
        with self._one_at_a_time:
            here = self._tables().rows(record, row_ids)
        by_id = {row["row_id"]: self._readable(record, row, reveal) for row in here}
        return [by_id[row_id] for row_id in row_ids if row_id in by_id]

    def found(self, row_ids: Collection[str], tables: DuckTables) -> dict[str, tuple[str, dict[str, Any]]]:
        """The rows of those ids whatever tables they lie in, by id, each with its table's name. Numbers come masked."""
        found = {}
        for table, ids in tables.whereabouts(all_tables().values(), row_ids).items():
            record = record_of(table)
            found.update(
                {row["row_id"]: (table, self._readable(record, row, False)) for row in tables.rows(record, ids)}
            )
        return found

    def document(self, document_id: str) -> dict[str, Any] | None:
        """A document's text and columns, or None when the lake has no such document or it is sealed."""
        with self._one_at_a_time:
            tables = self._tables()
            seen = tables[Document]
            here = tables.to_pyarrow(seen.filter(seen.document_id == document_id).limit(1)).to_pylist()
        return here[0] if here else None

    def _readable(self, record: type[Record], row: dict[str, Any], reveal: bool) -> dict[str, Any]:
        for column in columns(record):
            if column.type is IdNo:
                del row[f"{column.name}_hash"]
                sealed = row.pop(f"{column.name}_sealed")
                number = self.keys.unseal(sealed) if sealed else None
                row[column.name] = number if reveal or not number else masked(number)
        return row

    def _tables(self) -> DuckTables:
        """This lake's own connection, made again when the lake has moved on."""
        seq = self.journal.read().seq
        if self._own is None or self._own[0] != seq:
            if self._own:
                self._own[1].close()
            self._own = (seq, cast("DuckTables", self.connect(threads=2)))
        return self._own[1]

    def _source(self, state: State) -> Source:
        by_table: dict[str, list[Path]] = {}
        for name in sorted(state.files):
            by_table.setdefault(name.split("/")[1], []).append(self.path / name)
        return Source(lambda table: by_table.get(table, []), self.path / "derived", self.path / "scratch", self.sealed)


def masked(number: str) -> str:
    """A number as shown to who need not know it: the place and the last two characters."""
    return number[:6] + "*" * max(len(number) - 8, 0) + number[-2:]


def _version(reader: Reader) -> str:
    """How sources are read now: the lake's layout, and the reader's own version where its package states one."""
    package = importlib.import_module("jianwei.extract") if reader is extracted else None
    return f"{layout.VERSION}/{getattr(package, 'VERSION', '1')}"


def _snapshot(state: State) -> str:
    held = sorted((s.digest, s.version, -1 if s.done else s.upto) for s in state.sources.values())
    return hashlib.sha256(orjson.dumps([layout.VERSION, held])).hexdigest()
