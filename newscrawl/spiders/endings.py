"""Faults that every further page would meet, too: which exit code they end a crawl or a replay with."""

from __future__ import annotations

import asyncio
from typing import Any

from newscrawl.db.faults import is_disk_full
from newscrawl.db.lease import LeaseLost, OutletBusy
from newscrawl.db.session import DatabaseError
from newscrawl.db.writer import DiskFullError, WriteError
from newscrawl.exit_codes import Exit

_CODES: tuple[tuple[type[BaseException], Exit], ...] = (
    (DiskFullError, Exit.DISK_FULL),
    (OutletBusy, Exit.BUSY),
    (LeaseLost, Exit.BUSY),
    (DatabaseError, Exit.DATABASE),
    (WriteError, Exit.DATABASE),
)


def code_of(error: BaseException | None) -> Exit | None:
    """Give the exit code of a fault that ends everything; None for one that concerns a single page."""
    if error is not None and is_disk_full(error):  # met by the archive's files
        return Exit.DISK_FULL
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


async def settled(spider: Any) -> None:
    """Wait until Scrapy has let go of the last item, at the end of a spider's ``start``.

    Scrapy looks whether a spider is done when its start has ended, and then only every five seconds.
    """
    scraper = spider.crawler.engine.scraper
    while spider.crawler.crawling and scraper.slot is not None and not scraper.slot.is_idle():
        await asyncio.sleep(0.005)


async def let_go(spider: Any) -> None:
    """Watch, while a spider runs whose ``start`` gives items, that it can be stopped.

    Scrapy 2.19 waits for items that are in the pipelines when it is asked to stop, and looks whether they have left where a
    response was scraped, but not where ``start`` gave the item: it would wait for ever.
    """
    scraper = spider.crawler.engine.scraper
    while scraper.slot is not None:
        closing = scraper.slot.closing
        if closing is not None and not closing.called and scraper.slot.is_idle():
            scraper._check_if_closing()
            return
        await asyncio.sleep(0.1)


def name_of(code: int) -> str:
    """Give an exit code's name as a run's ``finish_reason``."""
    return Exit(code).name.lower().replace("_", "-")
