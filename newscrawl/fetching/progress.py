"""One line that moves, on a terminal: what a crawl fetched, stored and lost, how fast, and what still waits."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.logging import RichHandler
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.db.runs import Counts

_LIVE: Live | None = None
_LINES: dict[str, Text] = {}


def line(name: str, counts: Counts, waiting: int, seconds: float) -> str:
    """Give the line of one outlet.

    >>> line("demo", Counts(requests=9, stored=4, unchanged=2, dropped=1, reasons={"empty": 1}), 3, 3.0)
    'demo  fetched 9 (3.0/s)  new 4  revised 0  same 2  waiting 3  lost: empty 1'
    """
    lost = ", ".join(f"{reason} {number}" for reason, number in sorted(counts.reasons.items()))
    return (
        f"{name}  fetched {counts.requests} ({counts.requests / max(seconds, 0.1):.1f}/s)  new {counts.stored}  "
        f"revised {counts.revised}  same {counts.unchanged}  waiting {waiting}" + (f"  lost: {lost}" if lost else "")
    )


class Progress:
    """Scrapy extension; off where standard error is no terminal, so that logs stay plain lines."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """Make the extension, where there is somebody to look at it."""
        if not sys.stderr.isatty() or not crawler.settings.getbool("PROGRESS"):
            raise NotConfigured
        return cls(crawler)

    def _opened(self, spider: Any) -> None:
        if hasattr(spider, "run"):
            self._task = asyncio.get_running_loop().create_task(self._draw(spider))

    async def _draw(self, spider: Any) -> None:
        started = time.monotonic()
        live = _shared()
        while True:
            await asyncio.sleep(0.5)
            if spider.run is not None:
                waiting = await spider.run.waiting()
                _LINES[spider.name] = Text(line(spider.name, spider.run.counts, waiting, time.monotonic() - started))
                live.update(Text("\n").join(_LINES.values()))

    def _closed(self, spider: Any) -> None:
        if self._task is not None:
            self._task.cancel()
            _LINES.pop(spider.name, None)
            if not _LINES and _LIVE is not None:
                _LIVE.stop()


def _shared() -> Live:
    """Start the one display of the process; log lines go above it."""
    global _LIVE
    if _LIVE is None:
        console = Console(stderr=True)
        _LIVE = Live(console=console, refresh_per_second=4, transient=True)
        root, shown = logging.getLogger(), RichHandler(console=console, show_path=False, rich_tracebacks=False)
        for handler in root.handlers[:]:
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
                root.removeHandler(handler)
                shown.setLevel(handler.level)  # Scrapy's LOG_LEVEL: the root itself lets everything through
        root.addHandler(shown)
    _LIVE.start()
    return _LIVE
