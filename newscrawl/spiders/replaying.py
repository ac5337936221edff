"""What reread and import share: options for a window of time, and running a replay."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError

from newscrawl.spiders.crawling import crawl_all
from newscrawl.spiders.replay import Replay, ReplaySpider


def day(text: str | None, *, end: bool = False) -> datetime | None:
    """Read YYYY-MM-DD as the beginning of that UTC day, or as its end; UsageError otherwise."""
    if text is None:
        return None
    try:
        moment = datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError as error:
        raise UsageError(f"{text}: write a day such as 2026-01-31", print_help=False) from error
    return moment + timedelta(days=1) if end else moment


def replay(settings: Any, spidercls: type[ReplaySpider], what: Replay) -> ReplaySpider:
    """Run a replay to its end and give its spider."""
    settings = settings.copy()
    pipelines = {name: order for name, order in settings.getdict("ITEM_PIPELINES").items() if "Archive" not in name}
    settings.setdict(
        {"ITEM_PIPELINES": pipelines, "PROGRESS": False, "LOG_LEVEL": "WARNING", "EXTENSIONS": {}}, priority="cmdline"
    )
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(type("Replay", (spidercls,), {"replay": what}))
    crawl_all(process, [crawler])
    spider = crawler.spider
    assert isinstance(spider, ReplaySpider)
    return spider


def cores() -> int:
    """Give the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
