"""Downloads in their turn, whose head has a limit and is kept as received.

Scrapy bounds the body of a response, and Twisted each line of its head, but not their number.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.fetching.heads import Heads
from newscrawl.fetching.turns import going, turn

#: Most bytes before a response's body; browsers take a quarter of it.
LARGEST_HEAD = 1024 * 1024


class HeadTooLarge(IgnoreRequest):
    """A response whose status line and headers do not end; ``reason`` is too-large."""

    reason = "too-large"


class BoundedHandler(HTTP11DownloadHandler):
    """Download handler: gives up on a response whose head is over the limit; ``request.meta["heads"]`` are both heads."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._heads = Heads()
        self._pool._factory = _bounded(self._pool._factory, self._heads)

    async def download_request(self, request: Request) -> Response:
        """Download when it is the host's turn; raise HeadTooLarge where the head was what failed, Stopped if too late."""
        try:
            async with turn(urlsplit(request.url).netloc, request.meta.get("pause", 0.0), lambda: going(self._crawler)):
                return await super().download_request(request)
        except DownloadFailedError as error:
            for failure in getattr(error.__cause__, "reasons", ()):
                if isinstance(failure.value, HeadTooLarge):
                    raise failure.value from None
            raise
        finally:
            request.meta["heads"] = self._heads.take(request)


def _bounded(factory: Any, heads: Heads) -> Any:
    """Give a factory of the same protocols that count and keep what comes before the body."""

    class Bounded(factory):  # type: ignore[misc]
        def buildProtocol(self, addr: Any) -> Any:
            protocol = super().buildProtocol(addr)
            take, head = protocol.dataReceived, 0

            def received(data: bytes) -> None:
                nonlocal head
                take(data)
                parser = protocol._parser
                if parser is None or parser.state not in ("STATUS", "HEADER"):
                    head = 0
                    return
                head += len(data)
                if head > LARGEST_HEAD:
                    protocol._giveUp(Failure(HeadTooLarge(f"more than {LARGEST_HEAD} bytes of headers")))  # type: ignore[no-untyped-call]

            protocol.dataReceived = received
            heads.listen(protocol)
            return protocol

    return Bounded
