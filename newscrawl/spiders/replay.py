"""The spider of archived pages: reread and import send them through the same reader and pipelines as a crawl."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar, TypeAlias

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawl.db import runs
from newscrawl.db.session import open_database
from newscrawl.db.writer import WriteError
from newscrawl.exit_codes import Exit
from newscrawl.fetching.reads import read, take
from newscrawl.fetching.workers import ReaderPool, WorkerFailed
from newscrawl.spiders.endings import code_of, let_go, name_of, settled
from newscrawl.spiders.replay_run import Replay, ReplayRun
from newscrawl.visit import Visit

logger = logging.getLogger(__name__)

#: Pages in flight for each worker: enough to keep it busy while others are fetched, few enough to keep memory flat.
AHEAD = 8
#: Pages that are fetched from the archive at once.
TAKEN = 8
#: Pages that were read and wait for their commit: as many as two batches of the writer take.
UNWRITTEN = 100


#: Pages in the order of the archive, each with its reading under way; None ends them.
Window: TypeAlias = "asyncio.Queue[tuple[Visit, asyncio.Future[None]] | None]"


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
        spider.run = ReplayRun(
            settings["DATABASE_URL"], cls.replay, timedelta(seconds=settings.getfloat("GONE_AFTER"))
        )  # fmt: skip
        spider.began = time.monotonic()
        crawler.signals.connect(spider.item_failed, signals.item_error)
        return spider

    began: float = 0.0
    _crashed = False
    _watching: asyncio.Future[None] | None = None

    async def start(self) -> AsyncIterator[Visit]:
        """Read what the replay gives, some pages at once, and hand them to the pipelines in order."""
        ahead = AHEAD * max(1, self.replay.workers)
        window: Window = asyncio.Queue(ahead)
        feeding = asyncio.ensure_future(self._feed(window))
        self._watching = asyncio.ensure_future(let_go(self))
        try:
            while not self.exit_code and (entry := await window.get()) is not None:
                visit, read = entry
                await read
                yield visit
                await self.run.room(ahead + UNWRITTEN)
            if not self.exit_code:
                await feeding
                await self.run.room(0)
                await settled(self)
        except Exception as error:  # noqa: BLE001 (Scrapy would log it and call the replay finished)
            self._fail(error)
        finally:
            feeding.cancel()
            while not window.empty():
                if (entry := window.get_nowait()) is not None:
                    entry[1].cancel()

    async def _feed(self, window: Window) -> None:
        """Fetch pages and have them read as far ahead as the window is wide; None is the end."""
        reading = open_database(self.settings["DATABASE_URL"], read_only=True)
        try:
            with reading.connect() as connection:
                pages = self.replay.visits(connection)
                while batch := await asyncio.to_thread(_take, pages, TAKEN):
                    connection.rollback()  # see what is written meanwhile, and hold no old state of the database
                    for visit in batch:
                        self.run.take(visit)
                        await window.put((visit, asyncio.ensure_future(self._read(visit))))
        finally:
            reading.dispose()
            await window.put(None)

    async def _read(self, visit: Visit) -> None:
        visit.run_id = self.run.id
        visit.furniture = await self.run.furniture_of(visit.outlet)
        self.run.counts.requests += 1
        self.run.counts.bytes += len(visit.page.body)
        try:
            job = partial(read, visit.page, visit.outlet, hint=visit.hint, furniture=visit.furniture)
            take(visit, await self.pool.call(job))
        except WorkerFailed as error:
            visit.lose(error.reason, error.detail, "read")
        except Exception as error:  # noqa: BLE001 (kept with its page, and told by the exit code)
            self._crash(visit, error)

    def _crash(self, visit: Visit, error: BaseException) -> None:
        """A fault of the program: loud in the log, kept with the page, and told by the exit code."""
        self._crashed = True
        logger.error("reading %s crashed", visit.page.url, exc_info=error)
        visit.lose("crash", "".join(traceback.format_exception(error))[-4000:], "crash")

    async def item_failed(self, item: Any, failure: Failure) -> None:
        """Keep a visit that a pipeline crashed on; end the replay for what every further page would meet, too."""
        error = failure.value or RuntimeError("a failure without an error")
        try:
            if code_of(error) is None and item.stage != "crash":
                self._crash(item, error)
                await self.run.settle(item)
                return
        except Exception as worse:  # noqa: BLE001 (nothing can be kept any more)
            error = worse
        self._fail(error)

    def _fail(self, error: BaseException) -> None:
        self.exit_code = code_of(error) or Exit.CRASH
        self.run.stop()
        logger.critical("the %s ends: %s", self.replay.kind, error, exc_info=self.exit_code == Exit.CRASH)

    def closed(self, reason: str) -> None:
        """End the run and its workers."""
        if self._watching is not None:
            self._watching.cancel()
        self.pool.close()
        if reason == "shutdown":
            self.exit_code = Exit.INTERRUPTED
        elif self._crashed:
            self.exit_code = self.exit_code or Exit.CRASH
        try:
            self.run.close(name_of(self.exit_code) if self.exit_code else reason, self.exit_code)
        except WriteError as error:
            self._fail(error)

    @property
    def seconds(self) -> float:
        """How long the replay has run."""
        return time.monotonic() - self.began


def _take(pages: Iterator[Visit], number: int) -> list[Visit]:
    return [visit for _, visit in zip(range(number), pages, strict=False)]


def told(counts: Mapping[str, int]) -> str:
    """Write counts as one line, the largest first."""
    return ", ".join(f"{name} {number}" for name, number in Counter(counts).most_common())


def without_article(counts: runs.Counts) -> str:
    """Write how many pages gave no article, and why."""
    return f"{counts.dropped} no article" + (f" ({told(counts.reasons)})" if counts.reasons else "")


def is_whole(counts: runs.Counts) -> bool:
    """Did the readers bear every page? One that kills them is kept with its reason, but its run is no success."""
    return not any(reason.startswith("reader-") for reason in counts.reasons)
