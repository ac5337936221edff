"""One request at a time to a host, each at least its pause after the one before, whoever in this process asks."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

#: Jitter: a pause is up to so much longer by chance, and never shorter.
JITTER = 1.25
_CHANCE = Random()


class Stopped(IgnoreRequest):
    """The crawl was asked to stop while a request waited for its turn; the request was not made."""

    reason = "stopped"


def going(crawler: Crawler) -> bool:
    """Is the crawl, or in Scrapy's shell the engine without a crawl, still running?"""
    return crawler.crawling or (crawler._engine is not None and crawler._engine.running)


class _Host:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0
        self.blocked_until = 0.0


_HOSTS: WeakKeyDictionary[asyncio.AbstractEventLoop, defaultdict[str, _Host]] = WeakKeyDictionary()


def _host(name: str) -> _Host:
    return _HOSTS.setdefault(asyncio.get_running_loop(), defaultdict(_Host))[name]


def hold_back(name: str, seconds: float) -> None:
    """Let nobody ask a host for so many seconds from now."""
    host = _host(name)
    host.blocked_until = max(host.blocked_until, time.monotonic() + seconds)


@asynccontextmanager
async def turn(name: str, pause: float, going: Callable[[], bool]) -> AsyncIterator[None]:
    """Wait for a host's turn, and hold it while the request is under way.

    The pause, in seconds, counts from the start of one request to the start of the next. Raises Stopped when
    ``going`` says no while it waits.
    """
    host = _host(name)
    async with host.lock:
        while True:
            if not going():  # even when it is its turn: it may have waited for a slow answer
                raise Stopped(f"{name}: not asked, the crawl stops")
            left = max(host.free_at, host.blocked_until) - time.monotonic()
            if left <= 0:
                break
            await asyncio.sleep(min(left, 0.2))
        host.free_at = time.monotonic() + pause * _CHANCE.uniform(1.0, JITTER)
        yield
