"""Worker processes that read pages."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

import pytest

from newscrawl.fetching.workers import ReaderPool, WorkerFailed
from newscrawl.item import Page
from newscrawl.outlet import Outlet
from newscrawl.spiders.outlet import OutletSpider
from newscrawl.visit import Visit


async def test_a_worker_has_what_reading_takes_and_no_more(demo: Outlet) -> None:
    """A page that a spider gives to a worker brings neither Scrapy nor SQL there: that costs each worker half a second."""
    spider = type("Spider", (OutletSpider,), {"name": demo.id, "outlet": demo})()
    spider.pool = pool = ReaderPool(1, 20, 1024)
    url = "https://demo.example/about"
    page = Page(b"<html><body><p>We are an outlet.</p></body></html>", url, datetime.now(UTC), "text/html")
    visit = Visit(outlet=demo, page=page, url_requested=url, status=200)
    await spider.read(visit)
    assert visit.reason == "no-title"
    assert not {"scrapy", "sqlalchemy", "twisted"} & await pool.call(eval, "set(__import__('sys').modules)")
    pool.close()


async def test_a_worker_that_hangs_or_dies_is_replaced() -> None:
    """Each has its reason, and the next page is read; the start of a worker is not counted as a page's time."""
    pool = ReaderPool(1, 0.2, 1024)
    with pytest.raises(WorkerFailed) as failed:
        await pool.call(time.sleep, 5)
    assert failed.value.reason == "reader-timeout"
    with pytest.raises(WorkerFailed) as failed:
        await pool.call(os._exit, 1)
    assert failed.value.reason == "reader-crash"
    assert await pool.call(len, "a page") == 6
    pool.close()
