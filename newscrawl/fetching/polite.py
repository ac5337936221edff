"""Politeness: the seed's pause between requests, the host's own wishes, and patience with a host that is down."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.fetching.failures import reason_of
from newscrawl.fetching.guard import GuardedResolver
from newscrawl.fetching.turns import Stopped, going, hold_back

logger = logging.getLogger(__name__)
#: Pauses of a host that fails, seconds: an origin that is down for half a minute costs a crawl nothing but time.
PATIENCE = (1.0, 2.0, 4.0, 8.0, 10.0, 10.0)
#: Longest Retry-After that a crawl waits for; a longer one parks the outlet, for a week at the most.
LONGEST_WAIT = 120.0
LONGEST_PARK = timedelta(days=7)
#: Pages that fail with none between that comes, after which it is the host that fails and not a page.
SICK = 3
#: Tries of a page that fails alone; it comes back in a later crawl.
TRIES_ALONE = 3


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Read a Retry-After header (RFC 9110, section 10.2.3): seconds, or an HTTP date.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    datetime.timedelta(seconds=120)
    """
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:12]), 10**9))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return max(timedelta(0), (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now)


class PoliteMiddleware:
    """Downloader middleware: says how long each request's pause is, and what a host's refusals mean.

    The pauses are kept where the request leaves (``turns``), after everything that could delay it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._pause = crawler.settings.getfloat("UNKNOWN_DELAY")
        self._last_ok: dict[str, float] = {}
        self._bad: defaultdict[str, set[str]] = defaultdict(set)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PoliteMiddleware:
        """Make the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Note the pause after the request before, and wait as long as this request alone was put off."""
        outlet: Any = getattr(self._crawler.spider, "outlet", None)
        pause = outlet.limits.delay.total_seconds() if outlet else self._pause
        request.meta["pause"] = max(pause, request.meta.get("crawl_delay", 0.0))
        while request.meta.get("not_before", 0.0) > time.monotonic():
            if not going(self._crawler):
                raise Stopped(f"{request.url}: not asked again, the crawl stops")
            await asyncio.sleep(0.1)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Heed 429 and 503, and be patient with a gateway whose origin is down."""
        host = urlsplit(request.url).netloc
        if response.status not in (429, 502, 503, 504):
            self._last_ok[host] = time.monotonic()
            self._bad[host].clear()
            return response
        self._bad[host].add(request.url)
        header = response.headers.get("Retry-After")
        wait = retry_after(header.decode("latin-1") if header else None, datetime.now(UTC))
        if wait is not None and wait.total_seconds() > LONGEST_WAIT:
            self._park(host, min(wait, LONGEST_PARK), f"HTTP {response.status} with Retry-After")
            return response
        # One page that a gateway can't answer, on a host that answers others, is that page's trouble alone.
        alone = response.status != 429 and wait is None and host in self._last_ok and len(self._bad[host]) < SICK
        again = self._again(request, host, wait.total_seconds() if wait is not None else None, alone=alone)
        return again or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Try again on a host that can't be reached; a timeout only where nothing ever came."""
        reason, host = reason_of(exception), urlsplit(request.url).netloc
        if urlsplit(request.url).hostname in GuardedResolver.refused:
            return None  # the name leads where nobody may go: waiting changes nothing
        if reason in ("connection-refused", "dns") or (
            reason in ("timeout", "connection-lost") and host not in self._last_ok
        ):
            return self._again(request, host, None)
        # A host that answers others and breaks off this page does so again: one more try tells.
        if reason == "connection-lost" and not request.meta.get("tries"):
            return self._again(request, host, None)
        return None

    def _again(self, request: Request, host: str, wait: float | None, *, alone: bool = False) -> Request | None:
        """Give the request once more, after a pause of the whole host or of this request ``alone``; None: no more."""
        tries = request.meta.get("tries", 0)
        began = request.meta.get("began", time.monotonic())
        if not going(self._crawler):
            return None
        if alone and tries >= TRIES_ALONE:
            return None
        if tries >= len(PATIENCE):
            if self._last_ok.get(host, -1.0) < began:
                self._give_up(host)
            return None
        pause = wait if wait is not None else PATIENCE[tries]
        moment = time.monotonic() + pause
        if not alone:
            hold_back(host, pause)
        meta = {**request.meta, "tries": tries + 1, "began": began, "not_before": moment}
        return request.replace(meta=meta, dont_filter=True)

    def _give_up(self, host: str) -> None:
        run: Any = getattr(self._crawler.spider, "run", None)
        if run is not None and not run.unreachable:
            logger.error("%s does not answer; what waits is left for the next crawl", host)
            run.unreachable = True

    def _park(self, host: str, wait: timedelta, why: str) -> None:
        run: Any = getattr(self._crawler.spider, "run", None)
        until = datetime.now(UTC) + wait
        logger.warning("%s asks to be left alone until %s", host, until.isoformat(" ", "seconds"))
        if run is not None:
            run.parked = (until, why)
