"""One short line for what Scrapy would print with the whole page."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider, logformatter
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.visit import Visit


class LogFormatter(logformatter.LogFormatter):
    """Scrapy's own lines, except that a visit shows as its address."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LogFormatter:
        """Make the formatter; Scrapy does so after it has set up logging and before it lists its parts."""
        quiet()
        return cls()

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> Any:
        """What is stored says so itself, after the commit."""
        return None

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> Any:
        """A drop is expected: one line, with the reason."""
        return {"level": logging.INFO, "msg": "not stored: %(why)s", "args": {"why": exception}}

    def item_error(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> Any:
        """A crash is loud, but does not print the page."""
        url = item.page.url if isinstance(item, Visit) else item
        return {"level": logging.ERROR, "msg": "a pipeline crashed on %(url)s", "args": {"url": url}}


#: Loggers whose every line is noise to whoever watches a crawl; what trafilatura can't read, our reader counts.
_NOISY = {
    logging.WARNING: ("scrapy.middleware", "scrapy.crawler", "alembic", "httpx"),
    logging.CRITICAL: ("trafilatura", "htmldate"),
}


def quiet() -> None:
    """Let a crawl's log tell what it stored and lost, and little else."""
    for level, names in _NOISY.items():
        for name in names:
            logging.getLogger(name).setLevel(level)
