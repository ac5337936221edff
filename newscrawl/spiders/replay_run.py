"""One reread or import as a process sees it: its database, writer, counts, and the pages that are in flight."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from newscrawl.db import captures, furniture, losses, rereads, restore, runs, store
from newscrawl.db.rereads import Differences
from newscrawl.db.session import open_database
from newscrawl.db.store import Ending
from newscrawl.db.writer import WriteError, Writer
from newscrawl.outlet import Outlet
from newscrawl.visit import Visit


@dataclass(kw_only=True)
class Replay:
    """What a replay reads and how: ``visits`` yields pages to read, ``kind`` is reread or import."""

    visits: Callable[[Connection], Iterator[Visit]]
    kind: runs.Kind
    arguments: dict[str, Any]
    workers: int
    after: int = 0
    """The capture behind which a reread begins."""
    look: Callable[[Visit, Differences], None] | None = None
    """Is told, of each page, what would be stored; nothing is written then."""


class ReplayRun:
    """The part of a crawl's run that pipelines use, without outlet, frontier or lease."""

    def __init__(self, url: str, replay: Replay, confirm: timedelta) -> None:
        self._confirm = confirm
        self.engine = open_database(url, read_only=replay.look is not None)
        self.writer = Writer(self.engine)
        self.counts = runs.Counts()
        self.known: dict[str, frozenset[str]] = {}
        self._rereads = replay.kind == "reread"
        self._look = replay.look
        self._taken = replay.after
        self._open: dict[int, int] = {}
        self._unwritten = 0
        self._wrote = asyncio.Event()
        self.id = None if replay.look else self.writer.call(lambda c: self._begin(c, replay))

    def _begin(self, connection: Connection, replay: Replay) -> int:
        run_id = runs.open_run(connection, replay.kind, replay.arguments, datetime.now(UTC))
        if self._rereads:
            rereads.reached(connection, run_id, replay.after)
        return run_id

    def take(self, visit: Visit) -> None:
        """Count a page as in flight; they come in the order of their captures."""
        self._open[id(visit)] = visit.capture_id or 0
        self._taken = max(self._taken, visit.capture_id or 0)
        self._unwritten += 1

    async def room(self, most: int) -> None:
        """Wait until no more than so many pages that were taken are not written yet, or until nothing more is."""
        while self._unwritten > most and not self._stopped:
            self._wrote.clear()
            await self._wrote.wait()

    def stop(self) -> None:
        """Let nobody wait any more."""
        self._stopped = True
        self._wrote.set()

    _stopped = False

    async def write(self, job: Callable[[Connection], Any]) -> Any:
        """Run a job in the writer thread and wait for its commit."""
        return await self.writer.run(job)

    async def settle(self, visit: Visit) -> Ending:
        """Commit how a page ended, and count it."""
        self._open.pop(id(visit), None)
        # What was taken before is written before; the last capture taken may have more articles to come.
        done = min(self._open.values(), default=self._taken) - 1
        try:
            writing = self.writer.submit(lambda c: self._end(c, visit, done))
            writing.add_done_callback(self._written)
            ending, differences = await asyncio.wrap_future(writing)
            if self._look is not None:
                self._look(visit, differences)
        finally:
            self._unwritten -= 1
            self._wrote.set()
        if ending.outcome in ("stored", "revised", "unchanged"):
            setattr(self.counts, ending.outcome, getattr(self.counts, ending.outcome) + 1)
        else:
            self.counts.dropped += 1
            self.counts.lost(ending.reason or ending.outcome)
        return ending

    def _written(self, writing: Future[tuple[Ending, Differences]]) -> None:
        """Stop, in the writer's own thread, at a page that could not be written: one behind it says that all before are."""
        if not writing.cancelled() and isinstance(error := writing.exception(), WriteError):
            self._torn = error

    _torn: WriteError | None = None

    def _end(self, connection: Connection, visit: Visit, done: int) -> tuple[Ending, Differences]:
        if self._torn is not None:
            raise self._torn
        if self.id is None or self._look is not None:
            outcome = "dropped" if visit.reason else "unchanged"
            ending = Ending(outcome=outcome, url=visit.page.url, reason=visit.reason)
            return ending, rereads.differences(connection, visit)
        runs.know_if_new(connection, visit.outlet, visit.fetched_at)
        if visit.exchange is not None:  # an import's; what is read anew has its capture
            visit.capture_id = captures.record(connection, visit)
        if visit.article is not None:
            ending = store.keep(connection, visit)
            if self._rereads and visit.cause == "outlet" and ending.article_id is not None:
                restore.from_frontier(connection, visit, ending.article_id, self._confirm)
        else:
            ending = losses.lose(connection, visit, confirm=timedelta.max)
        if self._rereads:
            rereads.reached(connection, self.id, done)
        return ending, {}

    async def furniture_of(self, outlet: Outlet) -> frozenset[str]:
        """Give an outlet's furniture as learned so far."""
        if outlet.id not in self.known:
            self.known[outlet.id] = await self.write(lambda c: furniture.known(c, outlet.id))
        return self.known[outlet.id]

    def close(self, reason: str, code: int) -> None:
        """End the run."""
        if (run_id := self.id) is not None:
            self.writer.call(
                lambda c: runs.close_run(c, run_id, self.counts, datetime.now(UTC), reason=reason, exit_code=code)
            )
        self.writer.close()
        self.engine.dispose()
