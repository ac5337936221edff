"""The spider of every outlet: what the frontier hands out is fetched, read, and given to the pipelines."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.db import sources
from newscrawl.db.claiming import Claim
from newscrawl.db.lease import LeaseLost, OutletBusy
from newscrawl.db.session import DatabaseError
from newscrawl.db.writer import WriteError
from newscrawl.discovery import api_url
from newscrawl.exit_codes import Exit
from newscrawl.fetching.failures import reason_of
from newscrawl.fetching.reads import read, take
from newscrawl.fetching.run import CrawlRun
from newscrawl.fetching.turns import Stopped
from newscrawl.fetching.workers import ReaderPool, WorkerFailed
from newscrawl.item import Page
from newscrawl.outlet import Outlet
from newscrawl.show import facts_of
from newscrawl.spiders.endings import code_of, name_of
from newscrawl.spiders.listing import list_source
from newscrawl.visit import Visit

logger = logging.getLogger(__name__)

#: Largest body by what is expected, bytes: the reader takes no larger page, and the protocol no larger sitemap.
LARGEST = {"article": 10_000_000, "sitemap": 32_000_000}
LARGEST_SOURCE = 20_000_000


class OutletSpider(Spider):
    """Crawls one outlet; the loader makes a subclass with ``outlet`` for each seed.

    Arguments: ``since`` and ``until`` (YYYY-MM-DD, the outlet's days, both included) make the crawl a backfill;
    ``recheck=1`` looks at every stored article again now.
    """

    outlet: ClassVar[Outlet]
    run: CrawlRun | None = None
    exit_code: int = Exit.OK

    def __init__(
        self, *args: Any, since: str | None = None, until: str | None = None, recheck: str = "0", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if kwargs:
            raise ValueError(f"{', '.join(kwargs)}: a crawl knows the arguments since, until and recheck")
        zone = ZoneInfo(self.outlet.timezone)
        self.since = _day(since, "since", zone)
        last = _day(until, "until", zone)
        self.until = last + timedelta(days=1) if last else None
        if self.since and self.until and self.since >= self.until:
            raise ValueError("since must not be after until")
        self.backfill = f"{since or ''}/{until or ''}" if since or until else None
        self.recheck = recheck == "1"
        self._crashed = False
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> OutletSpider:
        """Make the spider, with the reader's worker processes."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.pool = ReaderPool(
            settings.getint("READER_WORKERS"), settings.getfloat("READER_SECONDS"), settings.getint("READER_MEGABYTES")
        )
        crawler.signals.connect(spider.item_failed, signals.item_error)
        return spider

    pool: ReaderPool

    async def start(self) -> AsyncIterator[Request]:
        """Take the outlet and fetch what its frontier hands out, until nothing is due."""
        settings = self.settings
        try:
            self.run = await CrawlRun.begin(
                settings["DATABASE_URL"], self.outlet, self._arguments(), backfill=self.backfill,
                confirm=timedelta(seconds=settings.getfloat("GONE_AFTER")), going=lambda: bool(self.crawler.crawling),
            )  # fmt: skip
        except (DatabaseError, WriteError, OutletBusy) as error:
            self.fail(error)
            return
        if self.run.parked:
            logger.warning("%s asked to be left alone until %s: %s", self.name, *self.run.parked)
        async for claim in self.run.claims(self.outlet.limits.pages):
            changed = None
            if claim.kind == "wordpress" and self.backfill is None:
                changed = await self.run.write(lambda c, source=claim.source_id: sources.last_ok(c, source))  # type: ignore[misc]
            yield self._request(claim, changed)

    def _arguments(self) -> dict[str, Any]:
        return {"backfill": self.backfill, "recheck": self.recheck}

    def _request(self, claim: Claim, changed: datetime | None) -> Request:
        """Make a claim's request; a WordPress API that answered at ``changed`` is asked for what came since."""
        headers, url = {}, claim.url
        if claim.kind == "wordpress" and "?" not in url:
            url = api_url(url, since=self.since, until=self.until, changed=changed)
        else:
            if claim.etag:
                headers["If-None-Match"] = claim.etag
            if claim.last_modified:
                headers["If-Modified-Since"] = claim.last_modified
        return Request(
            url, headers=headers, callback=self.parse, errback=self.lost, priority=claim.priority,
            dont_filter=True, meta={"claim": claim, "download_maxsize": LARGEST.get(claim.kind, LARGEST_SOURCE)},
        )  # fmt: skip

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Visit | dict[str, Any]]:
        """Read a response: a source names addresses (and may bring articles itself), any other page is an article.

        Without a run, as in `scrapy parse URL`, the article's fields are shown and nothing is stored.
        """
        claim: Claim | None = response.meta.get("claim")
        if self.run:
            self.run.counts.requests += 1
            self.run.counts.bytes += len(response.body)
        visit = self.visit_of(response, claim)
        try:
            if claim is not None and claim.kind != "article":
                async for post in list_source(self, response, claim, visit):
                    yield post
                return
            await self.read(visit)
        except (WriteError, LeaseLost) as error:
            self.fail(error)
            return
        except Exception as error:  # noqa: BLE001 (kept with its page, and told by the exit code)
            self._crash(visit, error)
        yield visit if self.run else _shown(visit)

    async def read(self, visit: Visit) -> None:
        """Read an article's page in a worker; whatever it is not becomes the visit's reason."""
        if visit.status == 304:
            return
        if visit.status >= 400 or visit.status < 200:
            visit.lose(f"http-{visit.status}", stage="fetch")
            return
        visit.furniture = self.run.furniture if self.run else frozenset()
        try:
            exchange = visit.exchange if visit.first and self.settings.getbool("ARCHIVE") else None
            job = partial(read, visit.page, self.outlet, hint=visit.hint, furniture=visit.furniture, exchange=exchange)
            take(visit, await self.pool.call(job))
        except WorkerFailed as error:
            visit.lose(error.reason, error.detail, "read")

    def visit_of(self, response: Response, claim: Claim | None) -> Visit:
        """Make the visit of a response."""
        content_type = response.headers.get("Content-Type")
        exchange = response.meta.get("exchange")
        at = exchange.at if exchange else CrawlRun.now()  # as its capture says
        return Visit(
            outlet=self.outlet,
            page=Page(response.body, response.url, at, content_type.decode("latin-1") if content_type else None),
            url_requested=claim.url if claim else response.url,
            status=response.status,
            headers=[(k.decode("latin-1"), v.decode("latin-1")) for k, vs in response.headers.items() for v in vs],
            exchange=exchange,
            first=claim is not None and claim.kind == "article" and claim.first and claim.url == response.url,
            **self._from(claim),
        )

    def _from(self, claim: Claim | None) -> dict[str, Any]:
        if claim is None:
            return {}
        return {
            "hint": claim.hint, "frontier_id": claim.id, "source_id": claim.source_id,
            "run_id": self.run.id if self.run else None,
        }  # fmt: skip

    async def lost(self, failure: Failure) -> AsyncIterator[Visit]:
        """Turn a request that got no response into a visit with its reason."""
        request: Request = failure.request  # type: ignore[attr-defined]
        claim: Claim = request.meta["claim"]
        error = failure.value or RuntimeError("a failure without an error")
        if isinstance(error, Stopped):
            return  # nobody was asked: the end of the run gives the claim back
        visit = Visit(
            outlet=self.outlet, page=Page(b"", request.url, CrawlRun.now()), url_requested=claim.url, status=0,
            exchange=request.meta.get("exchange"), **self._from(claim),
        )  # fmt: skip
        if self.run:
            self.run.counts.requests += 1
        reason = reason_of(error)
        if reason is None:
            self._crash(visit, error)
        else:
            visit.lose(reason, str(error) or None, "fetch")
        if claim.kind == "article":
            yield visit
        else:
            async for nothing in list_source(self, None, claim, visit):
                yield nothing

    def _crash(self, visit: Visit, error: BaseException) -> None:
        """A fault of the program: loud in the log, kept with the page, and told by the exit code."""
        self._crashed = True
        logger.error("reading %s crashed", visit.page.url, exc_info=error)
        visit.lose("crash", "".join(traceback.format_exception(error))[-4000:], "crash")

    async def item_failed(self, item: Any, failure: Failure) -> None:
        """Keep a visit that a pipeline crashed on; the pipeline's traceback is in the log already."""
        if self.run is None or not isinstance(item, Visit):
            return
        if failure.value is not None and code_of(failure.value) is not None:
            self.fail(failure.value)
            return
        self._crash(item, failure.value or RuntimeError("a failure without an error"))
        try:
            await self.run.settle(item)
        except WriteError as error:
            self.fail(error)

    def fail(self, error: BaseException) -> None:
        """End the crawl for a reason that every further page would meet, too."""
        if self.exit_code == Exit.OK:
            self.exit_code = code_of(error) or Exit.CRASH
            logger.critical("%s: %s", self.name, error)
        if self.run is not None and self.crawler.engine is not None:
            closing = self.crawler.engine.close_spider_async(reason=name_of(self.exit_code))
            self._closing = asyncio.ensure_future(closing)

    async def closed(self, reason: str) -> None:
        """End the run with its exit code, and the reader's workers."""
        self.pool.close()
        name, code = self.ending(reason)
        self.exit_code = code
        if self.run is None:
            return
        stats = {
            key: value for key, value in self.crawler.stats.get_stats().items() if isinstance(value, (int, float, str))
        }
        try:
            await self.run.end(reason=name, exit_code=code, stats=stats)
        except (WriteError, LeaseLost) as error:
            self.fail(error)

    def ending(self, reason: str) -> tuple[str, int]:
        """Name how the crawl ended, and its exit code."""
        if self.exit_code:
            return name_of(self.exit_code), self.exit_code
        if reason == "shutdown":
            return "interrupted", Exit.INTERRUPTED
        if self._crashed:
            return "crash", Exit.CRASH
        if self.run is None or not self.run.reached:
            return "nothing-fetched", Exit.NOTHING_FETCHED
        return reason, Exit.OK


def _shown(visit: Visit) -> dict[str, Any]:
    if visit.article is None:
        return {"url": visit.page.url, "not_an_article": visit.reason, "detail": visit.detail}
    return facts_of(visit.article)


def _day(text: str | None, name: str, zone: ZoneInfo) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC)
    except ValueError as error:
        raise ValueError(f"{name}={text}: write a day such as 2021-01-31") from error
