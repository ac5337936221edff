"""Give an article what it is known again and found by: its content's hash, its MinHash signature, its words."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.reading.fingerprint import fingerprints
from newscrawl.visit import Visit


class DedupePipeline:
    """Adapter around ``reading.fingerprint.fingerprints``, which runs where the reader runs, and with it: in a worker."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DedupePipeline:
        """Make the pipeline."""
        return cls(crawler)

    async def process_item(self, item: Visit) -> Visit:
        """Add ``prints`` to a visit whose article has none of its own: another pipeline changed it, or made it."""
        if item.article is not None and item.printed is not item.article:
            spider: Any = self._crawler.spider
            item.prints = await spider.pool.call(fingerprints, item.article.title, item.article.body)
            item.printed = item.article
        return item
