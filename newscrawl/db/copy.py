"""Moves an archive from one database to another, and proves that nothing was lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from newscrawl.db import search
from newscrawl.db.models import Base

#: Rows in one insert.
BATCH = 1000


class CopyError(Exception):
    """The copy failed or can't be proved; the message says which table, and that the source is untouched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copied:
    """One table: its rows, and the digest that both sides share."""

    table: str
    rows: int
    digest: str


def copy(source: Engine, target: Engine, told: Callable[[Copied], None] = lambda _: None) -> list[Copied]:
    """Copy every table in order of their references, in one transaction; CopyError leaves the target as it was.

    The target must be empty and of the newest schema. Memory stays flat: rows go over in batches.
    """
    done = []
    with source.connect() as reading, target.begin() as writing:
        for table in Base.metadata.sorted_tables:
            if writing.execute(select(func.count()).select_from(table)).scalar_one():
                raise CopyError(f"the target's table {table.name} is not empty: name an empty database")
        for table in Base.metadata.sorted_tables:
            copied = _table(reading, writing, table)
            told(copied)
            done.append(copied)
        search.reindex(writing)
    return done


def _table(reading: Connection, writing: Connection, table: Table) -> Copied:
    rows, before = 0, 0
    result = reading.execution_options(yield_per=BATCH).execute(select(table))
    for part in result.mappings().partitions(BATCH):
        values = [dict(row) for row in part]
        writing.execute(insert(table), values)
        rows += len(values)
        before = sum((_digest(row) for row in values), before)
    copied = writing.execute(select(table), execution_options={"yield_per": BATCH})
    after = sum(_digest(dict(row)) for row in copied.mappings())
    if before != after:
        raise CopyError(f"table {table.name}: the copy's rows differ from the source's; nothing was kept")
    key = next(iter(table.primary_key.columns))
    if writing.dialect.name == "postgresql" and key.autoincrement is True:
        sequence = f"pg_get_serial_sequence('{table.name}', '{key.name}')"
        writing.execute(text(f"SELECT setval({sequence}, coalesce(max({key.name}), 1)) FROM {table.name}"))
    return Copied(table=table.name, rows=rows, digest=f"{before % 2**256:064x}")


def _digest(row: dict[str, Any]) -> int:
    """Give a row's SHA-256 as a number; their sum does not depend on the rows' order, nor a value on JSON's."""
    plain = json.dumps(row, sort_keys=True, default=_plain)
    return int.from_bytes(sha256(plain.encode("utf-8", "surrogatepass")).digest(), "big")


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
