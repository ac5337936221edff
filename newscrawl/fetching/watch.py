"""Keeps a crawl honest while it runs: a heartbeat for its lease, and an end within thirty seconds of a signal."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from contextlib import suppress
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.db.lease import LeaseLost
from newscrawl.db.writer import WriteError
from newscrawl.exit_codes import Exit

logger = logging.getLogger(__name__)

#: A stop that takes longer is cut short, seconds: what was in flight is released by the next run.
PATIENCE = 25.0


class Watch:
    """Scrapy extension."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._tasks: list[asyncio.Task[None]] = []
        self._timer: threading.Timer | None = None
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Watch:
        """Make the extension."""
        return cls(crawler)

    def _opened(self, spider: Any) -> None:
        if hasattr(spider, "run"):
            loop = asyncio.get_running_loop()
            self._tasks = [loop.create_task(self._beat(spider)), loop.create_task(self._stopping())]

    async def _beat(self, spider: Any) -> None:
        while spider.run is None:
            await asyncio.sleep(0.2)
        try:
            await spider.run.beat()
        except (WriteError, LeaseLost) as error:
            spider.fail(error)

    async def _stopping(self) -> None:
        while self._crawler.crawling:
            await asyncio.sleep(0.2)
        # A thread, because what hangs may be the event loop itself.
        self._timer = threading.Timer(PATIENCE, self._give_up)
        self._timer.daemon = True
        self._timer.start()

    @staticmethod
    def _give_up() -> None:
        logger.critical("the crawl did not stop within %d s; ending it now, run it again to go on", PATIENCE)
        os._exit(Exit.INTERRUPTED)

    async def _closed(self) -> None:
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._timer is not None:
            self._timer.cancel()
