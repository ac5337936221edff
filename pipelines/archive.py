"""Keep the page as it was sent, whatever becomes of its article."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.archive import Exchange, Packed, WarcWriter, pack, set_aside
from newscrawl.db import captures
from newscrawl.db.captures import Kept
from newscrawl.db.folders import archive_folder
from newscrawl.db.writer import Writer
from newscrawl.fetching.workers import ReaderPool, WorkerFailed
from newscrawl.visit import Visit


class ArchivePipeline:
    """Adapter around ``archive.pack``, ``archive.WarcWriter`` and ``db.captures``; off with ARCHIVE=off."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        settings = crawler.settings
        self._folder = archive_folder(settings["ARCHIVE_FOLDER"], settings["DATABASE_URL"])
        name = getattr(crawler.spidercls, "name", "newscrawl")
        self._writer = WarcWriter(self._folder, str(name))

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
        """Write the exchange, once for all its articles; the row that names its place is stored with how the visit ends."""
        exchange: Exchange | None = item.exchange
        if exchange is None or item.status in (0, 304):
            return item
        if exchange.kept is None:
            exchange.kept = asyncio.ensure_future(asyncio.to_thread(self._keep, exchange, item))
        item.kept = await exchange.kept
        return item

    def _keep(self, exchange: Exchange, item: Visit) -> Kept:
        """Archive an exchange, in a thread that waits for readers, disk and database in turn."""
        spider: Any = self._crawler.spider
        packed, refers_to = item.packed, None
        if packed is None:
            writer: Writer = spider.run.writer
            known = writer.call(lambda c: captures.same(c, exchange))
            packed = _packed(spider.pool, exchange, (known.url, known.fetched_at) if known else None)
            refers_to = known.id if known else None
        return Kept(self._writer.append(packed), refers_to)

    def close_spider(self) -> None:
        """Close the file."""
        self._writer.close()


def _packed(pool: ReaderPool, exchange: Exchange, known: tuple[str, datetime] | None) -> Packed:
    bare = replace(exchange, kept=None)
    try:
        return pool.run(pack, bare, known)
    except WorkerFailed:  # a page that is too much for a reader is kept all the same
        return pack(bare, known)
