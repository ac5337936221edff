"""Running crawls in this process, and what became of each."""

from __future__ import annotations

import asyncio
import gc
import sys
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from newscrawl.exit_codes import Exit
from newscrawl.fetching.workers import ReaderPool

#: When garbage is looked for: objects made and not freed, then rounds. With Python's own 700 a crawl spends a tenth of its
#: own process's time on it, to find what a page's response leaves behind.
_GARBAGE = 10_000, 10, 10


def crawl_all(process: Any, crawlers: list[Crawler], **arguments: str) -> list[int]:
    """Run the crawlers at once in one process, until all have ended or a signal stops them; give their exit codes."""
    assert isinstance(process, AsyncCrawlerProcess)
    tasks = [process.crawl(crawler, **arguments) for crawler in crawlers]
    start(process)
    for crawler in crawlers:
        if isinstance(pool := getattr(crawler.spider, "pool", None), ReaderPool):  # a second signal cut the crawl off
            pool.close()
    return [exit_code_of(crawler, task) for crawler, task in zip(crawlers, tasks, strict=True)]


def start(process: AsyncCrawlerProcess, **how: bool) -> None:
    """Run a process's loop to its end; ``how`` is what Scrapy takes."""
    gc.freeze()  # the modules: looking through them for garbage takes as long as storing thirty articles, each time
    gc.set_threshold(*_GARBAGE)
    process.start(**how)


def exit_code_of(crawler: Crawler, task: asyncio.Future[None]) -> int:
    """Give the exit code of a crawl that ended (or that a signal cut off)."""
    error = task.exception() if task.done() and not task.cancelled() else None
    if isinstance(error, ValueError):  # a wrong argument, refused by the spider
        print(f"newscrawl: {error}", file=sys.stderr)
        return Exit.USAGE
    if error is not None:
        return Exit.CRASH
    if not task.done() or task.cancelled():
        return Exit.INTERRUPTED
    return int(getattr(crawler.spider, "exit_code", Exit.CRASH))
