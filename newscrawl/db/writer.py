"""One thread that does all writing of a process: jobs in batches, each batch in one transaction."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from newscrawl.db.faults import is_disk_full, is_passing, told

Result = TypeVar("Result")
Job = Callable[[Connection], Any]
_Future = Future[Any] | asyncio.Future[Any]
_Entry = tuple[Job, _Future]
_Outcome = tuple[Any, BaseException | None]

#: Most jobs in one transaction; beyond some fifty a batch no longer gains.
BATCH = 50
#: How long a batch waits for company, seconds.
LINGER = 0.03
#: How long a locked or restarting database is waited for, seconds.
PATIENCE = 120.0


class WriteError(Exception):
    """The database could not be written to: the message says why; nothing of the batch was kept."""


class DiskFullError(WriteError):
    """No space is left for the database. What was acknowledged before is safe; make room and run again."""


class Writer:
    """Runs jobs, each a function of a connection, in order and in one thread; give it back with ``close``.

    A job that raises is undone alone, and its caller gets the error: its batch is run again, each job in a savepoint of
    its own. When the database is locked or restarts, the whole batch is run again until ``patience`` seconds have
    passed; so jobs must be free of other effects.
    """

    def __init__(self, engine: Engine, *, patience: float = PATIENCE) -> None:
        self._engine = engine
        self._patience = patience
        self._jobs: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Connection], Result]) -> Future[Result]:
        """Queue a job; its future resolves after the commit."""
        future: Future[Result] = Future()
        self._jobs.put((job, future))
        return future

    async def run(self, job: Callable[[Connection], Result]) -> Result:
        """Queue a job and wait for its commit without blocking the event loop."""
        future = asyncio.get_running_loop().create_future()
        self._jobs.put((job, future))
        result: Result = await future
        return result

    def call(self, job: Callable[[Connection], Result]) -> Result:
        """Queue a job and block until its commit."""
        return self.submit(job).result()

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        more = True
        while more:
            batch, more = self._gather()
            if batch:
                self._write(batch)

    def _gather(self) -> tuple[list[_Entry], bool]:
        batch: list[_Entry] = []
        deadline = None
        while len(batch) < BATCH:
            try:
                entry = self._jobs.get(timeout=None if deadline is None else max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                break
            if entry is None:
                return batch, False
            if _begins(entry[1]):
                batch.append(entry)
            deadline = deadline or time.monotonic() + LINGER
        return batch, True

    def _write(self, batch: list[_Entry]) -> None:
        started, pause = time.monotonic(), 0.1
        while True:
            try:
                outcomes = self._attempt(batch)
                break
            except Exception as error:  # noqa: BLE001 (told to every caller of the batch)
                if is_disk_full(error):
                    return _fail(batch, DiskFullError(f"no space left for the database: {told(error)}"))
                if not is_passing(error) or time.monotonic() - started > self._patience:
                    return _fail(batch, WriteError(f"the database can't be written to: {told(error)}"))
                time.sleep(pause)
                pause = min(pause * 2, 5.0)
        return _tell(batch, outcomes)

    def _attempt(self, batch: list[_Entry]) -> list[_Outcome]:
        """Run the jobs and commit. Savepoints only where a job fails: for SQLite each is a copy of every page that it
        changes and a part of the search index of its own, for PostgreSQL two more round trips.
        """
        try:
            with self._engine.begin() as connection:
                return [(_run(job, connection), None) for job, _ in batch]
        except _JobError:
            with self._engine.begin() as connection:
                return [_run_alone(job, connection) for job, _ in batch]


class _JobError(Exception):
    """A job of the batch raised, for no reason of the database's."""


def _run(job: Job, connection: Connection) -> Any:
    try:
        return job(connection)
    except Exception as error:
        if is_disk_full(error) or is_passing(error):
            raise
        raise _JobError from error


def _run_alone(job: Job, connection: Connection) -> _Outcome:
    connection.exec_driver_sql("SAVEPOINT job")
    try:
        outcome: _Outcome = (_run(job, connection), None)
    except _JobError as error:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
        outcome = (None, error.__cause__)
    connection.exec_driver_sql("RELEASE SAVEPOINT job")
    return outcome


def _begins(future: _Future) -> bool:
    """Is the result still wanted? A thread can't withdraw its job from here on."""
    return not future.cancelled() if isinstance(future, asyncio.Future) else future.set_running_or_notify_cancel()


def _fail(batch: list[_Entry], error: WriteError) -> None:
    _tell(batch, [(None, error)] * len(batch))


def _tell(batch: list[_Entry], outcomes: list[_Outcome]) -> None:
    """Give each caller its outcome; a loop is woken once for all that wait in it."""
    waiting: dict[asyncio.AbstractEventLoop, list[tuple[_Future, _Outcome]]] = {}
    for (_, future), outcome in zip(batch, outcomes, strict=True):
        if isinstance(future, asyncio.Future):
            waiting.setdefault(future.get_loop(), []).append((future, outcome))
        else:
            _resolve([(future, outcome)])
    for loop, pairs in waiting.items():
        with contextlib.suppress(RuntimeError):  # a closed loop: nobody waits any more
            loop.call_soon_threadsafe(_resolve, pairs)


def _resolve(pairs: list[tuple[_Future, _Outcome]]) -> None:
    for future, (result, error) in pairs:
        if future.cancelled():
            continue
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)
