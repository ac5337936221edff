"""Keeps each exchange as it went over the wire, before Scrapy decompresses it."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Headers, Response

from newscrawl.archive import Exchange, pairs_of


class WireMiddleware:
    """Downloader middleware, the last before the wire: puts an Exchange into ``request.meta["exchange"]``.

    The heads are as sent and received, the payload is without its chunks.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the exchange."""
        sent, head = request.meta.pop("heads", (b"", b""))
        request.meta["exchange"] = Exchange(
            url=response.url, at=datetime.now(UTC), status=response.status, body=response.body, sent=sent, head=head,
            headers=pairs_of(head) if head else _pairs(response.headers),
        )  # fmt: skip
        return response


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]
