"""Crawls as Procrastinate jobs on the archive's own PostgreSQL: one job is one crawl of one outlet.

https://procrastinate.readthedocs.io: ``queueing_lock`` keeps an outlet from waiting twice, ``lock`` from being crawled
twice, the workers' heartbeats tell a dead one. The outlet's lease, taken by the crawl itself, holds whatever the
engine does.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import procrastinate
import psycopg
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy import Connection, Engine, make_url, text

from newscrawl.db import ledger
from newscrawl.db.due import due_now
from newscrawl.exit_codes import Exit
from newscrawl.outlet import Outlet

logger = logging.getLogger(__name__)
#: Gives today's seeds by id: they are read anew with each tick.
Seeds = Callable[[], Mapping[str, Outlet]]

#: PostgreSQL schema of the engine's tables, so that the archive's migrations do not see them.
SCHEMA = "procrastinate"
TASK = "crawl"
#: How often due outlets are handed out and dead workers' jobs are looked for, seconds.
TICK = 10.0
#: How often a worker shows a sign of life and looks for jobs; one that gave none for so long is dead; seconds.
BEAT = 5.0
DEAD_AFTER = 25.0
#: How long a job that failed or was stopped can be looked at, hours; a crawl's own record is its run.
KEPT_HOURS = 72
#: A crawl that is asked to stop has this long, seconds.
PATIENCE = 30.0
#: Key of the advisory lock under which one worker at a time hands out what is due ("news" in ASCII).
_LOCK = 0x6E657773


class CrawlError(Exception):
    """A crawl ended with an exit code that asks for another try."""

    def __init__(self, outlet: str, code: int) -> None:
        super().__init__(f"the crawl of {outlet} ended with {code}")
        self.code = code


class Again(BaseRetryStrategy):
    """Another try after 15 s while another crawl holds the outlet (its lease may outlive it), else after a minute."""

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> RetryDecision | None:
        """Decide after a failure; None ends the job, and the schedule starts the next one."""
        busy = isinstance(exception, CrawlError) and exception.code == Exit.BUSY
        if job.attempts >= (8 if busy else 3):
            return None
        return RetryDecision(retry_in={"seconds": 15 if busy else 60})


def application(url: str, environment: Mapping[str, str]) -> procrastinate.App:
    """Make the engine on the database ``url``; crawls run with ``environment`` added to this process's own."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo(url)))

    @app.task(name=TASK, retry=Again())
    async def crawl(outlet: str) -> None:
        code = await _crawl(outlet, {**os.environ, **environment})
        if code not in (Exit.OK, Exit.NOTHING_FETCHED, Exit.INTERRUPTED):
            raise CrawlError(outlet, code)

    return app


def conninfo(url: str) -> str:
    """Give libpq's connection string for an SQLAlchemy address, with the engine's schema first in the search path."""
    parsed = make_url(url)
    parts: dict[str, Any] = {
        "host": parsed.host, "port": parsed.port, "user": parsed.username, "password": parsed.password,
        "dbname": parsed.database, **parsed.query, "options": f"-c search_path={SCHEMA} -c timezone=utc",
    }  # fmt: skip
    return psycopg.conninfo.make_conninfo(**{key: value for key, value in parts.items() if value is not None})


def prepare(url: str) -> None:
    """Make the engine's tables, unless they are there; safe when many workers start at once."""
    schema = procrastinate.schema.SchemaManager.get_schema()
    with psycopg.connect(conninfo(url)) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        found = connection.execute(f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs')").fetchone()
        if found is None or found[0] is None:
            connection.execute(schema)


async def work(app: procrastinate.App, engine: Engine, seeds: Seeds, *, most: int, once: bool = False) -> None:
    """Work until a signal: crawl ``most`` outlets at once, hand out what is due, rescue dead workers' jobs.

    ``once`` hands out what is due, works it off and returns.
    """
    keeper = ledger.Keeper()
    async with app.open_async():
        await _hand_out(app, engine, seeds, keeper)
        ticking = None if once else asyncio.create_task(_tick(app, engine, seeds, keeper))
        try:
            await app.run_worker_async(
                concurrency=most, wait=not once, delete_jobs="successful", shutdown_graceful_timeout=0.5,
                update_heartbeat_interval=BEAT, stalled_worker_timeout=DEAD_AFTER, fetch_job_polling_interval=BEAT,
            )  # fmt: skip
        finally:
            if ticking is not None:
                ticking.cancel()
                with suppress(asyncio.CancelledError):
                    await ticking


async def _tick(app: procrastinate.App, engine: Engine, seeds: Seeds, keeper: ledger.Keeper) -> None:
    while True:
        await asyncio.sleep(TICK)
        try:
            await _hand_out(app, engine, seeds, keeper)
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
                logger.warning("job %s (%s) lost its worker: it is handed out again", job.id, job.task_kwargs)
                await app.job_manager.retry_job(job)
            await app.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True, include_aborted=True)
        except Exception:
            # The database may be restarting; crawls that run wait for it, and so does the tick.
            logger.exception("the tick failed; it is tried again in %d s", TICK)


async def _hand_out(app: procrastinate.App, engine: Engine, seeds: Seeds, keeper: ledger.Keeper) -> None:
    for name in await asyncio.to_thread(_due, engine, seeds, keeper):
        job = app.configure_task(TASK, queueing_lock=name, lock=name)
        with suppress(procrastinate.exceptions.AlreadyEnqueued):
            await job.defer_async(outlet=name)


def _due(engine: Engine, seeds: Seeds, keeper: ledger.Keeper) -> list[str]:
    """Give the due outlets that have no job yet; nothing while another worker does the same."""
    now = datetime.now(UTC)
    with engine.begin() as connection:
        if not connection.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _LOCK}).scalar_one():
            return []
        keeper.keep(connection, now)
        known = _with_job(connection)
        return [name for name in due_now(connection, seeds(), now) if name not in known]


def _with_job(connection: Connection) -> set[str]:
    rows = connection.execute(
        text(f"SELECT queueing_lock FROM {SCHEMA}.procrastinate_jobs WHERE status IN ('todo', 'doing')")
    )
    return set(rows.scalars())


async def _crawl(outlet: str, environment: Mapping[str, str]) -> int:
    """Run the crawl in a process that dies with this one; stop it when the job is cancelled."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "newscrawl.fetching.child", str(os.getpid()), "crawl", outlet,
        env=dict(environment), start_new_session=True,
    )  # fmt: skip
    try:
        return await child.wait()
    finally:
        if child.returncode is None:
            child.terminate()
            try:
                await asyncio.wait_for(child.wait(), PATIENCE)
            except TimeoutError:
                child.kill()
                await child.wait()
