"""One thread that does all writing of a process: jobs in batches, each in its own savepoint."""

from __future__ import annotations

import asyncio
import errno
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

Result = TypeVar("Result")
Job = Callable[[Connection], Any]

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

    A job that raises is undone alone, and its caller gets the error. When the database is locked or restarts, the
    whole batch is run again until ``patience`` seconds have passed; so jobs must be free of other effects.
    """

    def __init__(self, engine: Engine, *, patience: float = PATIENCE) -> None:
        self._engine = engine
        self._patience = patience
        self._jobs: queue.SimpleQueue[tuple[Job, Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Connection], Result]) -> Future[Result]:
        """Queue a job; its future resolves after the commit."""
        future: Future[Result] = Future()
        self._jobs.put((job, future))
        return future

    async def run(self, job: Callable[[Connection], Result]) -> Result:
        """Queue a job and wait for its commit without blocking the event loop."""
        return await asyncio.wrap_future(self.submit(job))

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

    def _gather(self) -> tuple[list[tuple[Job, Future[Any]]], bool]:
        batch: list[tuple[Job, Future[Any]]] = []
        deadline = None
        while len(batch) < BATCH:
            try:
                entry = self._jobs.get(timeout=None if deadline is None else max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                break
            if entry is None:
                return batch, False
            if entry[1].set_running_or_notify_cancel():  # from here on nobody can cancel it
                batch.append(entry)
            deadline = deadline or time.monotonic() + LINGER
        return batch, True

    def _write(self, batch: list[tuple[Job, Future[Any]]]) -> None:
        started, pause = time.monotonic(), 0.1
        while True:
            try:
                results = self._attempt(batch)
                break
            except Exception as error:  # noqa: BLE001 (told to every caller of the batch)
                if is_disk_full(error):
                    return _fail(batch, DiskFullError(f"no space left for the database: {_plain(error)}"))
                if not is_passing(error) or time.monotonic() - started > self._patience:
                    return _fail(batch, WriteError(f"the database can't be written to: {_plain(error)}"))
                time.sleep(pause)
                pause = min(pause * 2, 5.0)
        for (_, future), (result, job_error) in zip(batch, results, strict=True):
            if job_error is not None:
                future.set_exception(job_error)
            else:
                future.set_result(result)
        return None

    def _attempt(self, batch: list[tuple[Job, Future[Any]]]) -> list[tuple[Any, Exception | None]]:
        results: list[tuple[Any, Exception | None]] = []
        with self._engine.begin() as connection:
            for job, _ in batch:
                connection.exec_driver_sql("SAVEPOINT job")
                try:
                    results.append((job(connection), None))
                except Exception as error:
                    if is_disk_full(error) or is_passing(error):
                        raise
                    connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
                    results.append((None, error))
                connection.exec_driver_sql("RELEASE SAVEPOINT job")
        return results


def _fail(batch: list[tuple[Job, Future[Any]]], error: WriteError) -> None:
    for _, future in batch:
        future.set_exception(error)


def is_disk_full(error: BaseException) -> bool:
    """Does the error say that the disk is full? SQLite's SQLITE_FULL, PostgreSQL's class 53100, or the system's own."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
    if not isinstance(error, DBAPIError) or error.orig is None:
        return False
    text = str(error.orig)
    # A file-size limit or a full disk also shows as SQLite's plain "disk I/O error" when the write-ahead log grows.
    return (
        getattr(error.orig, "sqlstate", None) in ("53100", "53000")
        or "database or disk is full" in text
        or "disk I/O error" in text
    )


def is_passing(error: BaseException) -> bool:
    """May the same work succeed a moment later: a lock held, a server that restarts, a deadlock?"""
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state in ("40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300"):
        return True
    if error.connection_invalidated:
        return True
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    text = str(error.orig)
    return "locked" in text or "busy" in text or (state is None and "connect" in text)


def _plain(error: BaseException) -> str:
    return (str(getattr(error, "orig", None) or error).strip() or type(error).__name__).splitlines()[0]
