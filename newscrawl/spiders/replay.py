"""The spider of archived pages: reread and import send them through the same reader and pipelines as a crawl."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from scrapy import Spider
from scrapy.crawler import Crawler
from sqlalchemy import Connection

from newscrawl.db import furniture, losses, runs, store
from newscrawl.db.session import open_database
from newscrawl.db.store import Ending
from newscrawl.db.writer import Writer
from newscrawl.exit_codes import Exit
from newscrawl.fetching.workers import ReaderPool, WorkerFailed
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet
from newscrawl.reading import NotAnArticle, extract
from newscrawl.visit import Visit

#: Pages in flight for each worker: enough to keep it busy, few enough to keep memory flat.
AHEAD = 4


@dataclass(kw_only=True)
class Replay:
    """What a replay reads and how: ``visits`` yields pages to read, ``kind`` is reread or import."""

    visits: Callable[[Connection], Iterator[Visit]]
    kind: runs.Kind
    arguments: dict[str, Any]
    workers: int
    capture: Callable[[Connection, Visit], int] | None = None
    """Stores the row of a page's capture in the transaction of its article, for pages that have none yet."""


class ReplayRun:
    """The part of a crawl's run that pipelines use, without outlet, frontier or lease."""

    def __init__(self, url: str, replay: Replay) -> None:
        self.capture = replay.capture
        self.engine = open_database(url)
        self.writer = Writer(self.engine)
        self.counts = runs.Counts()
        self.known: dict[str, frozenset[str]] = {}
        self.id = self.writer.call(lambda c: runs.open_run(c, replay.kind, replay.arguments, datetime.now(UTC)))

    async def write(self, job: Callable[[Connection], Any]) -> Any:
        """Run a job in the writer thread and wait for its commit."""
        return await self.writer.run(job)

    async def settle(self, visit: Visit) -> Ending:
        """Commit how a page ended, and count it."""
        ending: Ending = await self.write(lambda c: _end(c, visit, self.capture))
        if ending.outcome in ("stored", "revised", "unchanged"):
            setattr(self.counts, ending.outcome, getattr(self.counts, ending.outcome) + 1)
        else:
            self.counts.dropped += 1
            self.counts.lost(ending.reason or ending.outcome)
        return ending

    async def furniture_of(self, outlet: Outlet) -> frozenset[str]:
        """Give an outlet's furniture as learned so far."""
        if outlet.id not in self.known:
            self.known[outlet.id] = await self.write(lambda c: furniture.known(c, outlet.id))
        return self.known[outlet.id]

    def close(self, reason: str, code: int) -> None:
        """End the run."""
        self.writer.call(
            lambda c: runs.close_run(c, self.id, self.counts, datetime.now(UTC), reason=reason, exit_code=code)
        )
        self.writer.close()
        self.engine.dispose()


def _end(connection: Connection, visit: Visit, capture: Callable[[Connection, Visit], int] | None) -> Ending:
    runs.know_if_new(connection, visit.outlet, visit.fetched_at)
    if capture is not None:
        visit.capture_id = capture(connection, visit)
    if visit.article is not None:
        return store.keep(connection, visit)
    return losses.lose(connection, visit, confirm=timedelta.max)


class ReplaySpider(Spider):
    """Yields archived pages as visits; reads several at once, in as many workers as wished."""

    name = "replay"
    replay: ClassVar[Replay]
    exit_code: int = Exit.OK
    run: ReplayRun
    pool: ReaderPool

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ReplaySpider:
        """Make the spider with its workers."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.pool = ReaderPool(
            cls.replay.workers, settings.getfloat("READER_SECONDS"), settings.getint("READER_MEGABYTES")
        )
        spider.run = ReplayRun(settings["DATABASE_URL"], cls.replay)
        spider.began = time.monotonic()
        return spider

    began: float = 0.0

    async def start(self) -> AsyncIterator[Visit]:
        """Read what the replay gives, a handful at a time, and hand it to the pipelines in order."""
        reading = open_database(self.settings["DATABASE_URL"], read_only=True)
        with reading.connect() as connection:
            pages = self.replay.visits(connection)
            while batch := await asyncio.to_thread(_take, pages, AHEAD * max(1, self.replay.workers)):
                await asyncio.gather(*(self._read(visit) for visit in batch))
                for visit in batch:
                    yield visit
        reading.dispose()

    async def _read(self, visit: Visit) -> None:
        visit.run_id = self.run.id
        visit.furniture = await self.run.furniture_of(visit.outlet)
        self.run.counts.requests += 1
        self.run.counts.bytes += len(visit.page.body)
        try:
            visit.article = await self.pool.call(_extract, visit.page, visit.outlet, visit.hint, visit.furniture)
        except (NotAnArticle, WorkerFailed) as error:
            visit.lose(error.reason, error.detail, "read")

    def closed(self, reason: str) -> None:
        """End the run and its workers."""
        self.pool.close()
        code = Exit.INTERRUPTED if reason == "shutdown" else Exit.OK
        self.exit_code = code
        self.run.close("interrupted" if code else reason, code)

    @property
    def seconds(self) -> float:
        """How long the replay has run."""
        return time.monotonic() - self.began


def _take(pages: Iterator[Visit], number: int) -> list[Visit]:
    return [visit for _, visit in zip(range(number), pages, strict=False)]


def _extract(page: Page, outlet: Outlet, hint: Hint, known: frozenset[str]) -> Any:
    return extract(page, outlet, hint=hint, furniture=known)


def told(counts: Counter[str]) -> str:
    """Write counts as one line, the largest first."""
    return ", ".join(f"{name} {number}" for name, number in counts.most_common())
