"""What reread and import share: running a replay."""

from __future__ import annotations

import os
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from newscrawl.spiders.crawling import crawl_all
from newscrawl.spiders.replay import ReplaySpider
from newscrawl.spiders.replay_run import Replay


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
