"""Pages that send the reader on by ``<meta http-equiv=refresh>``: followed on the outlet's own hosts only."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Response


class OwnRefreshMiddleware(MetaRefreshMiddleware):
    """Downloader middleware; a page that refreshes to somebody else, or to itself, is taken as it stands."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Give the request to follow, or the page itself where the refresh leads astray."""
        answer = super().process_response(request, response)
        if isinstance(answer, Request):
            outlet: Any = getattr(self.crawler.spider, "outlet", None)
            if answer.url == request.url or (outlet is not None and not outlet.owns(answer.url)):
                return response
        return answer
