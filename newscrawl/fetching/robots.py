"""robots.txt as RFC 9309 has it: failures of the host forbid, its absence allows, the longest match decides."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload

from newscrawl.db import robots as stored
from newscrawl.fetching.failures import reason_of
from newscrawl.fetching.turns import Stopped

logger = logging.getLogger(__name__)
#: How much of a robots.txt is read (RFC 9309, section 2.5).
LARGEST = 500 * 1024
_FORBID = "User-agent: *\nDisallow: /"


class Disallowed(IgnoreRequest):
    """robots.txt forbids the address, or could not be had; ``reason`` is robots-disallowed or robots-unreachable."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class RobotsMiddleware:
    """Downloader middleware; answers are kept in the database for 24 hours, for all processes."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._known: dict[str, tuple[int, Protego]] = {}
        self._asking = asyncio.Lock()
        self._agent = crawler.settings["USER_AGENT"]
        crawler.signals.connect(self._received, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Make the middleware."""
        return cls(crawler)

    def _received(self, data: bytes, request: Request, spider: Any) -> None:
        """Read no more of a robots.txt than counts, even of one without end."""
        if request.meta.get("robots"):
            request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
            if request.meta["robots_bytes"] > LARGEST:
                raise StopDownload(fail=False)

    async def process_request(self, request: Request) -> None:
        """Raise Disallowed for an address that robots.txt forbids."""
        if request.meta.get("robots") or urlsplit(request.url).scheme == "file":
            return
        origin = stored.origin(request.url)
        async with self._asking:  # requests that come together ask once
            if origin not in self._known:
                self._known[origin] = await self._rules(origin)
        status, rules = self._known[origin]
        if not rules.can_fetch(request.url, self._agent):
            unreachable = status == 0 or status >= 500
            reason = "robots-unreachable" if unreachable else "robots-disallowed"
            raise Disallowed(reason, f"{origin}/robots.txt {'could not be had' if unreachable else 'forbids it'}")
        delay = rules.crawl_delay(self._agent)
        if delay:
            request.meta["crawl_delay"] = min(float(delay), 60.0)

    async def _rules(self, origin: str) -> tuple[int, Protego]:
        run: Any = getattr(self._crawler.spider, "run", None)
        known = await run.write(lambda c: stored.load(c, origin, run.now())) if run else None
        status, body = known or await self._fetched(origin)
        if run and known is None:
            await run.write(lambda c: stored.save(c, origin, run.now(), status, body))
        text = body if status == 200 else ("" if 300 <= status < 500 else _FORBID)
        return status, Protego.parse(text)

    async def _fetched(self, origin: str) -> tuple[int, str]:
        request = Request(
            f"{origin}/robots.txt", dont_filter=True, priority=1000, headers={"Accept-Encoding": "identity"},
            meta={"robots": True},
        )  # fmt: skip
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            reason = reason_of(error)
            if reason in (None, Stopped.reason):
                raise
            if reason in ("foreign-host", "private-address", "bad-scheme", "redirect-loop", "ignored"):
                # It redirects where nobody may follow, or more than five times (RFC 9309, section 2.3.1.2): it is
                # unavailable, so nothing is forbidden.
                return 404, ""
            logger.warning("%s/robots.txt: %s; nothing of the host is fetched", origin, reason)
            return 0, ""
        return response.status, response.body[:LARGEST].decode("utf-8-sig", "replace").replace("\x00", "")
