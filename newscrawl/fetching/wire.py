"""Keeps each exchange as it went over the wire, before Scrapy decompresses it."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Headers, Response

from newscrawl.archive import Exchange


class WireMiddleware:
    """Downloader middleware, the last before the wire: puts an Exchange into ``request.meta["exchange"]``.

    Twisted gives header names in their usual capitals and the payload without its chunks; all else is as received.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the exchange."""
        request.meta["exchange"] = Exchange(
            url=response.url, at=datetime.now(UTC), method=request.method, request_headers=_pairs(request.headers),
            status=response.status, headers=_pairs(response.headers), body=response.body,
        )  # fmt: skip
        return response


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]
