"""Crawling many outlets in one process: a few at a time, the most overdue first, until nothing more is due."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from newscrawl.db import ledger
from newscrawl.db.due import due_now
from newscrawl.exit_codes import Exit
from newscrawl.outlet import Outlet
from newscrawl.spiders.crawling import exit_code_of

logger = logging.getLogger(__name__)

#: How often the schedule is looked at while something runs or is waited for, seconds.
LOOK = 5.0
#: An outlet whose crawl ended without a word in the schedule (its database failed) is not begun again for so long.
AGAIN = 60.0


class Polling:
    """Starts crawls in ``process`` as outlets fall due, never more than ``most`` at once; ``codes`` has their ends.

    ``every`` crawls all outlets once instead, due or not. ``watch`` goes on for ever.
    """

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        engine: Engine,
        outlets: dict[str, Outlet],
        *,
        most: int,
        every: bool = False,
        watch: bool = False,
    ) -> None:
        self.codes: dict[str, int] = {}
        self._process = process
        self._engine = engine
        self._outlets = outlets
        self._most = most
        self._watch = watch
        self._left = sorted(outlets) if every else None
        self._running: dict[asyncio.Task[None], tuple[str, Crawler]] = {}
        self._ended: dict[str, float] = {}
        self._stopped = False
        self._ledger = ledger.Keeper()

    async def run(self, done: Callable[[], None]) -> None:
        """Crawl until there is nothing more to do, or a signal stopped a crawl; then call ``done``."""
        try:
            while not self._stopped:
                for name in await self._next():
                    self._start(name)
                if not self._running and not self._watch:
                    return
                await self._wait()
            while self._running:
                await self._wait()
        except DBAPIError as error:
            self.codes[""] = Exit.DATABASE
            logger.critical("the schedule can't be read: %s", error.orig)
        except Exception:
            self.codes[""] = Exit.CRASH
            logger.exception("polling crashed")
        finally:
            done()

    async def _next(self) -> list[str]:
        """Give the outlets to start now, as many as there is room for."""
        room = self._most - len(self._running)
        if room <= 0:
            return []
        if self._left is not None:
            chosen, self._left = self._left[:room], self._left[room:]
            return chosen
        now = asyncio.get_running_loop().time()
        busy = {name for name, _ in self._running.values()}
        busy |= {name for name, ended in self._ended.items() if now - ended < AGAIN}
        try:
            due = await asyncio.to_thread(self._due)
        except DBAPIError as error:
            if not self._watch:
                raise
            logger.warning("the schedule can't be read, trying again: %s", error.orig)
            return []
        return [name for name in due if name not in busy][:room]

    def _due(self) -> list[str]:
        moment = datetime.now(UTC)
        with self._engine.begin() as connection:
            self._ledger.keep(connection, moment)
            return due_now(connection, self._outlets, moment)

    def _start(self, name: str) -> None:
        crawler = self._process.create_crawler(name)
        self._running[self._process.crawl(crawler)] = (name, crawler)

    async def _wait(self) -> None:
        if not self._running:
            await asyncio.sleep(LOOK)
            return
        done, _ = await asyncio.wait(self._running, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            name, crawler = self._running.pop(task)
            self.codes[name] = exit_code_of(crawler, task)
            self._ended[name] = asyncio.get_running_loop().time()
            self._stopped |= self.codes[name] == Exit.INTERRUPTED


def together(codes: Iterable[int]) -> int:
    """Give one exit code for many crawls: the first of the faults that concern all, else whether anything was reached.

    A busy outlet is well looked after, and one of many that did not answer is a matter for ``newscrawl health``.

    >>> together([0, 14, 10]), together([10, 10]), together([0, 12, 1]), together([])
    (0, 10, 12, 0)
    """
    ends = set(codes)
    for code in (Exit.DISK_FULL, Exit.DATABASE, Exit.INTERRUPTED, Exit.CRASH, Exit.USAGE):
        if code in ends:
            return int(code)
    return int(Exit.NOTHING_FETCHED) if ends == {Exit.NOTHING_FETCHED} else int(Exit.OK)
