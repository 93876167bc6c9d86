"""Typed rows to Arrow tables: ids hashed and sealed, identity keys and provenance added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from jianwei.lake.keys import Alias, Identifier, Who
from jianwei.lake.schema import PROVENANCE_NAMES, arrow_type, schema
from jianwei.lake.secret import Keys
from jianwei.law import courts
from jianwei.records import PROVENANCE, IdNo, Record, columns
from jianwei.records.identifiers import identity_number, plain_number
from jianwei.records.names import several

_PROVENANCE_AT = {name: i for i, name in enumerate(PROVENANCE_NAMES)}


class Builder:
    """Collects the rows of one table. Rows are tuples in the order of ``columns(record)``, provenance in its order."""

    def __init__(self, record: type[Record], keys: Keys) -> None:
        self.record = record
        self.keys = keys
        self.rows: list[Sequence[Any]] = []
        self.provenance: list[tuple[Any, ...]] = []

    def add(self, values: Sequence[Any], provenance: tuple[Any, ...]) -> None:
        self.rows.append(values)
        self.provenance.append(provenance)

    def table(self, aliases: set[Alias]) -> pa.Table:
        """The rows as one Arrow table; what they tell of names and numbers goes into ``aliases``."""
        declared = columns(self.record)
        by_name: dict[str, Sequence[Any]] = dict(
            zip((c.name for c in declared), zip(*self.rows, strict=True), strict=True)
        )
        _place_courts(by_name)
        provenance = list(zip(*self.provenance, strict=True))
        arrays: list[pa.Array] = []
        for column in declared:
            values = by_name[column.name]
            if column.type is IdNo:
                arrays.append(pa.array([self._hash(v) for v in values], pa.string()))
                arrays.append(pa.array([self.keys.seal(v) if v else None for v in values], pa.binary()))
            else:
                arrays.append(self._array(column.name, values, arrow_type(column.type)))
        row_ids, digests = provenance[_PROVENANCE_AT["row_id"]], provenance[_PROVENANCE_AT["digest"]]
        for identity in self.record.identities:
            who = Identifier(self.record, identity, self.keys)
            arrays.append(pa.array(self._identify(who, by_name, row_ids, digests, aliases), pa.string()))
        arrays += [pa.array(v, arrow_type(t)) for v, (_, t) in zip(provenance, PROVENANCE, strict=True)]
        return pa.Table.from_arrays(arrays, schema=schema(self.record))

    def _array(self, column: str, values: Sequence[Any], kind: pa.DataType) -> pa.Array:
        try:
            return pa.array(values, kind)
        except OverflowError:
            # A sum misread from a text may be of any size; beyond 64 bits it says nothing.
            return pa.array([v if v is None or abs(v) < 1 << 62 else None for v in values], kind)
        except (pa.ArrowTypeError, pa.ArrowInvalid) as error:
            raise TypeError(f"{self.record.table}.{column} holds something that is no {kind}") from error

    def _hash(self, text: str | None) -> str | None:
        number = identity_number(text) if text else None
        return self.keys.hash(number) if number else None

    def _identify(
        self,
        who: Identifier,
        by_name: dict[str, Sequence[Any]],
        row_ids: Sequence[str],
        digests: Sequence[str],
        aliases: set[Alias],
    ) -> list[str | None]:
        identity, empty = who.identity, (None,) * len(row_ids)
        place = by_name[identity.place] if identity.place else empty
        if who.place_else and who.place_else in by_name:
            place = [a or b for a, b in zip(place, by_name[who.place_else], strict=True)]
        kinds = by_name[who.kind] if who.kind else empty
        found = []
        for name, idno, born_on, address, kind, row_id, digest in zip(
            by_name[identity.name],
            by_name[identity.idno] if identity.idno else empty,
            by_name[identity.born_on] if identity.born_on else empty,
            place,
            kinds,
            row_ids,
            digests,
            strict=True,
        ):
            one = Who(name, idno, born_on, address, kind)
            found.append(who.key(one, row_id))
            if idno:
                aliases.update(who.aliases(one, digest))
        if who.rank == 0 and "former_name" in by_name and identity.idno:
            for former, idno, digest in zip(by_name["former_name"], by_name[identity.idno], digests, strict=True):
                for each in several(former or ""):
                    aliases.update(who.aliases(Who(each, idno), digest))
        return found


def _place_courts(by_name: dict[str, Sequence[Any]]) -> None:
    """Where a ledger names the court alone, the court's region and level, as a judgment's own rows have them."""
    if "court" not in by_name:
        return
    found = [courts.find(name) if name else None for name in by_name["court"]]
    for column, told in (("region", [c and c.region for c in found]), ("court_level", [c and c.level for c in found])):
        if column in by_name:
            by_name[column] = [given or court for given, court in zip(by_name[column], told, strict=True)]


def plain(values: dict[str, Any], record: type[Record]) -> tuple[Any, ...]:
    """A dict of field values as the tuple that ``Builder.add`` takes; absent fields are None."""
    return tuple(
        plain_number(values[c.name]) if c.type is IdNo and values.get(c.name) else values.get(c.name)
        for c in columns(record)
    )
