"""The writer thread: batches, single failures, locks and full disks."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from newscrawl.db import session
from newscrawl.db.session import connect
from newscrawl.db.writer import DiskFullError, WriteError, Writer


def insert(name: str) -> Any:
    def job(connection: Connection) -> str:
        connection.execute(text("INSERT INTO note (name) VALUES (:name)"), {"name": name})
        return name

    return job


@pytest.fixture
def notes(engine: Engine) -> Iterator[Engine]:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (name VARCHAR(20) PRIMARY KEY)"))
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE note"))


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        number: int = connection.execute(text("SELECT count(*) FROM note")).scalar_one()
    return number


def test_a_failing_job_is_undone_alone(notes: Engine) -> None:
    """In a batch, a job that breaks a rule raises to its caller and leaves the others stored."""
    writer = Writer(notes)
    futures = [writer.submit(insert(name)) for name in ("a", "b", "a", "c")]
    assert [futures[i].result() for i in (0, 1, 3)] == ["a", "b", "c"]
    with pytest.raises(IntegrityError):
        futures[2].result()
    writer.close()
    assert count(notes) == 3


def hold(writer: Writer, go: threading.Event) -> None:
    """Keep the writer at a batch of its own until ``go``."""
    begun = threading.Event()

    def job(connection: Connection) -> None:
        begun.set()
        go.wait(60)

    writer.submit(job)
    begun.wait(60)


def test_jobs_beside_a_failing_one_are_run_again_and_stored_once(notes: Engine) -> None:
    """The batch of a job that fails begins anew; what its other jobs gave the second time is what their callers get."""
    runs: list[str] = []

    def job(name: str) -> Any:
        def work(connection: Connection) -> int:
            runs.append(name)
            insert("a" if name == "c" else name)(connection)
            return len(runs)

        return work

    writer = Writer(notes)
    hold(writer, go := threading.Event())
    futures = [writer.submit(job(name)) for name in ("a", "b", "c", "d")]
    go.set()
    assert [futures[i].result() for i in (0, 1, 3)] == [4, 5, 7]
    assert isinstance(futures[2].exception(), IntegrityError)
    writer.close()
    assert (runs, count(notes)) == (["a", "b", "c", "a", "b", "c", "d"], 3)


async def test_a_loop_s_callers_get_their_own(notes: Engine) -> None:
    """Each that waits in a loop gets its job's result or error; a job whose caller gave up before it began is not run."""
    writer = Writer(notes)
    hold(writer, go := threading.Event())
    waiting = [asyncio.ensure_future(writer.run(insert(name))) for name in ("a", "b", "a", "c")]
    await asyncio.sleep(0)
    waiting[3].cancel()
    go.set()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert outcomes[:2] == ["a", "b"]
    assert [type(outcome) for outcome in outcomes[2:]] == [IntegrityError, asyncio.CancelledError]
    await asyncio.to_thread(writer.close)
    assert count(notes) == 2


def test_a_loop_that_is_gone_is_no_harm(notes: Engine) -> None:
    """What a loop asked for before it was closed is stored, and the writer goes on."""
    writer = Writer(notes)

    async def ask() -> None:
        asking = asyncio.ensure_future(writer.run(insert("a")))
        await asyncio.sleep(0)
        del asking

    loop = asyncio.new_event_loop()
    hold(writer, go := threading.Event())
    loop.run_until_complete(ask())
    for task in asyncio.all_tasks(loop):
        task._log_destroy_pending = False  # type: ignore[attr-defined]
    loop.close()
    go.set()
    assert writer.call(insert("b")) == "b"
    writer.close()
    assert count(notes) == 2


def test_what_is_queued_is_written_before_the_end(notes: Engine) -> None:
    """Closing finishes what was queued."""
    writer = Writer(notes)
    for number in range(200):
        writer.submit(insert(str(number)))
    writer.close()
    assert count(notes) == 200


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    """A batch that finds the SQLite file locked by another process's writer is stored when the lock goes."""
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (name TEXT)"))
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, lambda: other.execute("ROLLBACK")).start()
    writer = Writer(engine)
    assert writer.call(insert("late")) == "late"
    writer.close()
    other.close()
    engine.dispose()


def test_a_lost_connection_is_opened_again(own_postgresql_url: str) -> None:
    """When the server ends the connection in mid-batch, the batch runs again on a new one, once."""
    engine = connect(own_postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (name TEXT)"))
    killed = []

    def once(connection: Connection) -> None:
        insert("x")(connection)
        if not killed:
            killed.append(True)
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    writer = Writer(engine)
    writer.call(once)
    writer.close()
    assert count(engine) == 1
    engine.dispose()


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    """A database that may not grow any more raises DiskFullError, and what was acknowledged stays."""
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (name TEXT)"))
        connection.exec_driver_sql("PRAGMA max_page_count = 4")
    writer = Writer(engine)
    writer.call(insert("small"))
    with pytest.raises(DiskFullError, match="no space left"):
        writer.call(insert("x" * 100_000))
    writer.close()
    assert count(engine) == 1
    engine.dispose()


def test_patience_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that never goes is an error in the end, not an endless wait."""
    monkeypatch.setattr(session, "LOCK_WAIT", 0.1)
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (name TEXT)"))
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writer = Writer(engine, patience=0.2)
    with pytest.raises(WriteError, match="locked"):
        writer.call(insert("never"))
    writer.close()
    other.close()
    engine.dispose()
