"""Pages that send the reader on by ``<meta http-equiv=refresh>``: followed on the outlet's own hosts only."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Response

#: Where Scrapy looks for a refresh, characters of up to four bytes.
_HEAD = 4 * 4096


class OwnRefreshMiddleware(MetaRefreshMiddleware):
    """Downloader middleware; a page that refreshes to somebody else, or to itself, is taken as it stands."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Give the request to follow, or the page itself where the refresh leads astray."""
        if b"refresh" not in response.body[:_HEAD].replace(b"\0", b"").lower():
            return response  # most pages: Scrapy would decode them whole only to see this
        answer = super().process_response(request, response)
        if isinstance(answer, Request):
            outlet: Any = getattr(self.crawler.spider, "outlet", None)
            if answer.url == request.url or (outlet is not None and not outlet.owns(answer.url)):
                return response
        return answer
