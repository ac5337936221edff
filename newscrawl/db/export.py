"""Exports of the view `articles`: CSV, JSON Lines or Parquet, streamed, with a manifest that proves what is in them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, String, bindparam, text

from newscrawl.db.search import spellings

FORMATS = ("csv", "jsonl", "parquet")
BATCH = 2000
#: Columns that are moments: typed so in Parquet, which knows zones, and text in UTC elsewhere.
_TIMES = ("published_at", "modified_at", "first_seen_at", "last_seen_at", "gone_at")
#: What a spreadsheet may take for the beginning of a formula (OWASP, "CSV Injection"): also after spaces, quotes and
#: what nobody sees, and in the full-width forms that Japanese and Chinese spreadsheets know.
_FORMULA = re.compile("[\t\r\n]|[\\s\"'\u200b-\u200f\u2060\ufeff]*[=+@＝＋－＠-]")


class ExportError(Exception):
    """An export can't be written; the message says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Which articles: by outlets, publication in [since, until), place and agency."""

    outlets: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    place: str | None = None
    agency: str | None = None

    def query(self, connection: Connection) -> tuple[str, dict[str, Any]]:
        """Give the SQL and its parameters; places and agencies are named however anyone spells them."""
        conditions, values = [], dict[str, Any]()
        if self.outlets:
            conditions.append("outlet IN :outlets")
            values["outlets"] = list(self.outlets)
        for name, moment, sign in (("since", self.since, ">="), ("until", self.until, "<")):
            if moment is not None:
                conditions.append(f"published_at {sign} :{name}")
                values[name] = moment.strftime("%Y-%m-%d %H:%M:%S")
        for column, wanted in (("dateline_place", self.place), ("agency", self.agency)):
            if wanted is not None:
                conditions.append(f"{column} IN :{column}")
                values[column] = spellings(connection, column, wanted)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT * FROM articles{where} ORDER BY id", values


def export(connection: Connection, path: Path, form: str, filters: Filters, schema: str) -> dict[str, Any]:
    """Write the articles to ``path`` and the manifest to ``path`` + ``.manifest.json``; give the manifest.

    Both appear under their names only when they are whole. Raises ExportError.
    """
    query, values = filters.query(connection)
    lists = [name for name, value in values.items() if isinstance(value, list)]
    statement = text(query).bindparams(*(bindparam(name, expanding=True, type_=String()) for name in lists))
    result = connection.execution_options(yield_per=BATCH).execute(statement, values)
    names = list(result.keys())
    batches = ([[_plain(value) for value in row] for row in part] for part in result.partitions(BATCH))
    part, told = path.with_name(path.name + ".part"), path.with_name(path.name + ".manifest.json")
    draft = told.with_name(told.name + ".part")
    try:
        rows = _WRITERS[form](part, names, batches)
        digest = sha256()
        with part.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        manifest = {
            "file": path.name, "format": form, "rows": rows, "columns": names, "query": query, "parameters": values,
            "schema_version": schema, "sha256": digest.hexdigest(), "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }  # fmt: skip
        draft.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        part.replace(path)
        draft.replace(told)
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
    return manifest


def _plain(value: Any) -> Any:
    """Give one form for both databases: times as text in UTC, flags as true or false."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else value


def _csv(path: Path, names: list[str], batches: Iterator[list[list[Any]]]) -> int:
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180; and fields with either of the two are quoted
        writer.writerow(names)
        for batch in batches:
            writer.writerows([[_harmless(value) for value in row] for row in batch])
            rows += len(batch)
    return rows


def _harmless(value: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _jsonl(path: Path, names: list[str], batches: Iterator[list[list[Any]]]) -> int:
    rows = 0
    with path.open("w", encoding="utf-8") as file:
        for batch in batches:
            file.writelines(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in batch)
            rows += len(batch)
    return rows


def _parquet(path: Path, names: list[str], batches: Iterator[list[list[Any]]]) -> int:
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise ExportError("Parquet needs pyarrow: pip install 'newscrawl[export]'") from error
    whole, degrees = ("id", "story_id", "word_count", "revision_count"), ("dateline_lat", "dateline_lon")
    kinds = dict.fromkeys(_TIMES, arrow.timestamp("s", tz="UTC")) | {"is_original": arrow.bool_()}
    kinds |= dict.fromkeys(whole, arrow.int64()) | dict.fromkeys(degrees, arrow.float64())
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in names])
    rows = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            columns = {name: [row[number] for row in batch] for number, name in enumerate(names)}
            for name in _TIMES:
                columns[name] = [value and datetime.fromisoformat(value).replace(tzinfo=UTC) for value in columns[name]]
            columns["is_original"] = [None if value is None else bool(value) for value in columns["is_original"]]
            writer.write_table(arrow.table(columns, schema=schema))
            rows += len(batch)
    return rows


_WRITERS = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}
