"""Store how every visit ended: an article, a revision, or a loss with its reason."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawl.visit import Visit

logger = logging.getLogger(__name__)


class StorePipeline:
    """Adapter around the run's ``settle``, which commits before it returns."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """Make the pipeline."""
        return cls(crawler)

    async def process_item(self, item: Visit) -> Visit:
        """Commit the visit's end; raise DropItem, after the commit, for what was not stored."""
        spider: Any = self._crawler.spider
        ending = await spider.run.settle(item)
        if ending.outcome in ("stored", "revised"):
            logger.info("stored %s", ending.url)
        if ending.reason is not None:
            raise DropItem(f"{ending.reason}: {ending.url}" + (f" ({item.detail})" if item.detail else ""))
        return item
