"""Statements that are compiled once store and give what SQLAlchemy's own way does, on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, insert, literal, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from newscrawl.db import runs
from newscrawl.db.models import Capture, Outlet, OutletDay
from newscrawl.db.prepared import Prepared
from newscrawl.db.session import connect
from newscrawl.db.upsert import table
from newscrawl.outlet import Outlet as Seed

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
_CAPTURE = table(Capture)
ROW: dict[str, Any] = {
    "outlet_id": "demo", "run_id": None, "url": "https://demo.example/\x00\ud8001", "url_key": "k", "fetched_at": NOW,
    "status": 200, "content_type": None, "headers": [["A", "b\x00c"]], "sha256": "00", "length": 1, "record": "response",
    "warc_file": None, "warc_offset": 2**40, "warc_length": 9, "refers_to": None,
}  # fmt: skip


def test_types_do_to_values_what_they_do_elsewhere(engine: Engine, demo: Seed) -> None:
    """Moments, JSON and texts no database takes come out of a prepared insert as out of SQLAlchemy's."""
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
        ids = [
            Prepared(insert(_CAPTURE).returning(_CAPTURE.c.id)).value(connection, ROW),
            connection.execute(insert(_CAPTURE).returning(_CAPTURE.c.id), ROW).scalar_one(),
        ]
        one, other = connection.execute(select(_CAPTURE).where(_CAPTURE.c.id.in_(ids))).mappings().all()
    assert {**one, "id": 0} == {**other, "id": 0}
    assert (one["url"], one["headers"], one["fetched_at"]) == ("https://demo.example/1", [["A", "bc"]], NOW)


def test_columns_take_their_defaults(engine: Engine, demo: Seed) -> None:
    """A row that names two columns has every counter at nought."""
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
        Prepared(insert(table(OutletDay))).run(connection, {"outlet_id": "demo", "day": NOW.date()})
        row = connection.execute(select(OutletDay.stored, OutletDay.dropped)).one()
    assert tuple(row) == (0, 0)


def test_values_choose_the_columns_each_time(engine: Engine, demo: Seed) -> None:
    """One statement sets other columns when it is run with other names."""
    change = Prepared(update(table(Outlet)).where(table(Outlet).c.id == bindparam("outlet")))
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
        change.run(connection, {"outlet": "demo", "name": "Other"})
        change.run(connection, {"outlet": "demo", "last_new_at": NOW})
        row = connection.execute(select(Outlet.name, Outlet.last_new_at)).one()
    assert tuple(row) == ("Other", NOW)


def test_errors_are_those_of_sqlalchemy(engine: Engine, demo: Seed) -> None:
    """A broken rule is an IntegrityError that names the statement, and the transaction it broke can be undone."""
    add = Prepared(insert(table(OutletDay)))
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
    day = {"outlet_id": "demo", "day": NOW.date()}
    with engine.connect() as connection, connection.begin() as transaction:
        add.run(connection, day)
        with pytest.raises(IntegrityError, match="INSERT INTO outlet_day") as error:
            add.run(connection, day)
        assert not error.value.connection_invalidated
        transaction.rollback()
    with engine.connect() as connection:
        assert connection.execute(select(OutletDay.day)).all() == []


def test_a_connection_that_is_lost_is_told(own_postgresql_url: str) -> None:
    """What the server cut off is not used again: the error says so, and the next transaction has a new connection."""
    engine = connect(own_postgresql_url)
    one = Prepared(select(literal(1)))
    with engine.connect() as connection, connection.begin() as transaction:
        own = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with engine.connect() as other:
            other.execute(text(f"SELECT pg_terminate_backend({own})"))
        with pytest.raises(DBAPIError) as error:
            one.run(connection, {})
        assert error.value.connection_invalidated
        transaction.rollback()
    with engine.begin() as connection:
        assert one.value(connection, {}) == 1
    engine.dispose()


def test_a_forgotten_value_is_an_error(engine: Engine) -> None:
    """A parameter without a value is never stored as nothing."""
    chosen = Prepared(select(_CAPTURE.c.id).where(_CAPTURE.c.sha256 == bindparam("sha256")))
    with engine.begin() as connection, pytest.raises(KeyError, match="sha256"):
        chosen.run(connection, {})
