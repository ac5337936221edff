"""Worker processes that read pages."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.fetching.workers import ReaderPool, WorkerFailed
from newscrawl.item import Page
from newscrawl.outlet import Outlet
from newscrawl.spiders.outlet import OutletSpider
from newscrawl.visit import Visit

_ASK = """
import asyncio, sys
from newscrawl.fetching.workers import ReaderPool

async def ask(workers):
    pool = ReaderPool(workers, 20, 1024)
    print(await pool.call(eval, "__import__('trafilatura.external').external.JT_STOPLIST is not None"))
    pool.close()

if __name__ == "__main__":
    asyncio.run(ask(int(sys.argv[1])))
"""


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


@pytest.mark.parametrize(("workers", "loaded"), [("1", "False"), ("2", "True")])
def test_several_workers_find_loaded_what_reading_loads(tmp_path: Path, workers: str, loaded: str) -> None:
    """Lists of words are there before a worker's first page, since the server that several are forked from has read."""
    (tmp_path / "ask.py").write_text(_ASK)
    run = subprocess.run([sys.executable, tmp_path / "ask.py", workers], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == loaded


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
