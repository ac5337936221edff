"""A few requests, one after the other, with all of the project's politeness and guards, for commands that look."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.spider import DefaultSpider

from newscrawl.fetching.failures import reason_of
from newscrawl.item import Page
from newscrawl.kit.look import Get, Miss
from newscrawl.outlet import Outlet
from newscrawl.spiders.crawling import crawl_all

Answer = TypeVar("Answer")


def visit(process: Any, look: Callable[[Get], Awaitable[Answer]], outlet: Outlet | None = None) -> Answer | None:
    """Run ``look``, which gets pages by their address; None when a signal cut it off.

    With an outlet its hosts are the only ones that are asked. A fault in ``look`` is raised here.
    """
    answers: list[Answer] = []
    faults: list[Exception] = []

    async def start(spider: Spider) -> AsyncIterator[Any]:
        try:
            answers.append(await look(_getter(spider)))
        except Exception as error:  # noqa: BLE001 (Scrapy would log it and go on; it is raised below)
            faults.append(error)
        return
        yield  # what makes this a generator, as Scrapy wants its start

    kind = type("Visitor", (DefaultSpider,), {"outlet": outlet, "start": start})
    crawl_all(process, [process.create_crawler(kind)])
    if faults:
        raise faults[0]
    return answers[0] if answers else None


def _getter(spider: Spider) -> Get:
    async def get(url: str) -> Page | Miss:
        engine: Any = spider.crawler.engine
        try:
            response = await engine.download_async(Request(url, dont_filter=True))
        except Exception as error:
            reason = reason_of(error)
            if reason is None:
                raise
            return Miss(url=url, reason=f"{reason}: {error}" if str(error) else reason)
        return page_of(response) if response.status == 200 else Miss(url=url, reason=f"http-{response.status}")

    return get


def page_of(response: Response) -> Page:
    """Make the page of a response; a saved file's type is told by its name."""
    header = response.headers.get("Content-Type")
    content_type = header.decode("latin-1") if header else mimetypes.guess_type(urlsplit(response.url).path)[0]
    return Page(response.body, response.url, datetime.now(UTC), content_type)
