"""Exports: whole, proved, readable elsewhere, and harmless in a spreadsheet."""

import csv
import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Engine, text

from newscrawl.db.copy import Copied, CopyError, copy
from newscrawl.db.export import Filters, export
from newscrawl.db.search import search
from newscrawl.db.session import connect, open_database


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_every_format_has_every_article(sample_engine: Engine, tmp_path: Path, form: str) -> None:
    """DuckDB reads as many rows out of each format as the view has, and the manifest's hash is the file's."""
    path = tmp_path / f"a.{form}"
    with sample_engine.connect() as connection:
        manifest = export(connection, path, form, Filters(), "0004")
    assert manifest["rows"] == 25
    assert manifest["sha256"] == sha256(path.read_bytes()).hexdigest()
    reader = {"csv": "read_csv", "jsonl": "read_json", "parquet": "read_parquet"}[form]
    row = duckdb.sql(f"SELECT count(*), count(DISTINCT title), count(dateline_lat) FROM {reader}('{path}')").fetchall()
    assert row[0][:2] == (25, 25)
    assert json.loads((tmp_path / f"a.{form}.manifest.json").read_text())["rows"] == 25


def test_parquet_knows_what_a_moment_is(sample_engine: Engine, tmp_path: Path) -> None:
    """Times are timestamps with a zone, so that pandas and DuckDB reckon with them unasked."""
    with sample_engine.connect() as connection:
        export(connection, tmp_path / "a.parquet", "parquet", Filters(), "0004")
        first = connection.execute(text("SELECT min(published_at) FROM articles")).scalar_one()
    kind, least = duckdb.sql(
        f"SELECT any_value(typeof(published_at)), epoch(min(published_at)) FROM '{tmp_path}/a.parquet'"
    ).fetchall()[0]
    assert kind == "TIMESTAMP WITH TIME ZONE"
    assert datetime.fromisoformat(str(first)).replace(tzinfo=UTC).timestamp() == least
    assert not list(tmp_path.glob("*.part"))


def test_filters_choose(sample_engine: Engine, tmp_path: Path) -> None:
    """Outlet and place narrow the export."""
    with sample_engine.connect() as connection:
        few = export(
            connection, tmp_path / "a.jsonl", "jsonl", Filters(outlets=("two-rivers",), place="hasakah"), "0004"
        )
    assert few["rows"] == 3
    titles = [json.loads(line)["outlet"] for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert titles == ["two-rivers"] * 3


def test_formulas_are_text(tmp_path: Path) -> None:
    """A headline that a spreadsheet would run, in whatever disguise, is written with an apostrophe before it."""
    from newscrawl.db.export import _csv

    bad = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        '"=1+1"',
        " =1",
        "'=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "\ufeff=1",
    ]
    plain = ["plain", "Rain - again", "«=»", "'Tis", "3 = 3", ""]
    _csv(tmp_path / "a.csv", ["title"], iter([[[value] for value in bad + plain]]))
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] if row else "" for row in csv.reader(file)] == ["title", *(f"'{value}" for value in bad), *plain]


def test_a_copy_goes_into_an_empty_database_only(archive: Path, postgresql_url: str) -> None:
    """copy-db proves each table, lets the copy grow on, and refuses a target that has rows."""
    source, target = connect(f"sqlite:///{archive}", read_only=True), open_database(postgresql_url)
    tables = {one.table: one.rows for one in copy(source, target)}
    assert tables["article"] == 25
    with target.begin() as connection:
        highest = connection.execute(text("SELECT max(id) FROM run")).scalar_one()
        new = connection.execute(text("SELECT nextval(pg_get_serial_sequence('run', 'id'))")).scalar_one()
        assert new == highest + 1
        for table in ("article", "revision", "story", "capture", "frontier", "source"):
            highest = connection.execute(text(f"SELECT max(id) FROM {table}")).scalar_one()
            assert connection.execute(text(f"SELECT nextval('{table}_id_seq')")).scalar_one() == highest + 1, table
        assert search(connection, "wheat seed")
    with pytest.raises(CopyError, match="not empty"):
        copy(source, target)
    source.dispose()
    target.dispose()


def test_a_copy_that_is_stopped_leaves_the_target_empty(archive: Path, postgresql_url: str) -> None:
    """A copy that ends half-way, and one that differs, keep nothing, so that it can simply be begun again."""
    source, target = connect(f"sqlite:///{archive}", read_only=True), open_database(postgresql_url)

    def stop(done: Copied) -> None:
        if done.table == "article":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(source, target, stop)
    assert {one.table: one.rows for one in copy(source, target)}["article"] == 25
    source.dispose()
    target.dispose()
