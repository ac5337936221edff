"""Keep the page as it was sent, whatever becomes of its article."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from sqlalchemy import event

from newscrawl.archive import Exchange, Kept, WarcWriter, pack, set_aside
from newscrawl.db import captures
from newscrawl.db.folders import archive_folder
from newscrawl.fetching.workers import WorkerFailed
from newscrawl.visit import Visit


class ArchivePipeline:
    """Adapter around ``archive.pack`` and ``archive.WarcWriter``; off with ARCHIVE=off.

    An exchange is written in the job that stores its visit's end, and is on disk before that is committed: one wait for
    the disk serves all visits of a transaction.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        settings = crawler.settings
        self._folder = archive_folder(settings["ARCHIVE_FOLDER"], settings["DATABASE_URL"])
        name = getattr(crawler.spidercls, "name", "newscrawl")
        self._writer = WarcWriter(self._folder, str(name))
        self._listens = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        """Make the pipeline, unless the archive is off."""
        if not crawler.settings.getbool("ARCHIVE"):
            raise NotConfigured
        return cls(crawler)

    async def open_spider(self) -> None:
        """Set aside what a killed crawl left torn."""
        await asyncio.to_thread(set_aside, self._folder)

    async def process_item(self, item: Visit) -> Visit:
        """Prepare the exchange's records, once for all articles that it holds."""
        exchange: Exchange | None = item.exchange
        if exchange is None or item.status in (0, 304):
            return item
        spider: Any = self._crawler.spider
        if not self._listens:
            event.listen(spider.run.engine, "commit", lambda _: self._writer.sync())
            self._listens = True
        if item.packed is not None:
            item.kept = Kept(partial(self._writer.append, item.packed))
            return item
        if exchange.kept is None:
            exchange.kept = asyncio.ensure_future(self._prepare(exchange, spider))
        item.kept = await exchange.kept
        return item

    async def _prepare(self, exchange: Exchange, spider: Any) -> Kept:
        same = await spider.run.write(lambda c: captures.same(c, exchange))
        job = partial(pack, replace(exchange, kept=None), (same.url, same.fetched_at) if same else None)
        try:
            packed = await spider.pool.call(job)
        except WorkerFailed:  # a page that is too much for a reader is kept all the same
            packed = await asyncio.to_thread(job)
        return Kept(partial(self._writer.append, packed), same.id if same else None)

    def close_spider(self) -> None:
        """Close the file."""
        self._writer.close()
