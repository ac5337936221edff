"""Give an article what it is known again and found by: its content's hash, its MinHash signature, its words, their number."""

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
        """Add ``content_hash``, ``signature``, ``words`` and ``word_count`` to a visit that has an article."""
        if item.article is not None:
            spider: Any = self._crawler.spider
            if item.prints is None or item.prints[0] is not item.article:  # another pipeline changed it, or made it
                item.prints = item.article, await spider.pool.call(fingerprints, item.article.title, item.article.body)
            item.content_hash, item.signature, item.words, item.word_count = item.prints[1]
        return item
