"""`newscrawl extract URL-or-FILE`: what the reader makes of one page, and why, as text or JSON."""

from __future__ import annotations

import argparse
import gzip
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.exceptions import UsageError
from scrapy.utils.spider import DefaultSpider, spidercls_for_request

from newscrawl import show
from newscrawl.db.furniture import learned
from newscrawl.exit_codes import Exit
from newscrawl.item import Page
from newscrawl.options import Checked
from newscrawl.spiders.visitor import visit


class Command(Checked):
    """Read one page, from the web or from a file."""

    requires_project = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--json] [--url ADDRESS] [--outlet ID] URL-or-FILE"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Read one page and say for each field what was found, where, and what was rejected"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
        parser.add_argument("--url", metavar="ADDRESS", help="the address that a saved file came from")
        parser.add_argument("--outlet", metavar="ID", help="read with this outlet's seed (default: by the URL's host)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep the log and the pipelines out of it; what the command line says goes first."""
        assert self.settings is not None
        self.settings.setdict({"LOG_LEVEL": "WARNING", "ITEM_PIPELINES": {}, "PROGRESS": False}, priority="cmdline")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Fetch or open the page, and print what the reader makes of it."""
        if len(args) != 1:
            raise UsageError("give one URL or the path of one file")
        path = Path(args[0])
        page = _opened(path, opts.url) if "://" not in args[0] else self._fetched(args[0])
        if page is None:
            self.exitcode = self.exitcode or Exit.NOTHING_FETCHED
            return
        outlet = self._outlet(opts.outlet, page.url)
        known = learned(self.settings["DATABASE_URL"], outlet.id) if outlet and self.settings else frozenset()
        reading = show.read(page, outlet, furniture=known)
        print(show.as_json(reading) if opts.json else show.text(reading))

    def _outlet(self, name: str | None, url: str) -> Any:
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if name is None:
            return getattr(spidercls_for_request(loader, Request(url), DefaultSpider), "outlet", None)
        try:
            return loader.load(name).outlet  # type: ignore[attr-defined]
        except KeyError as error:
            raise UsageError(error.args[0], print_help=False) from error

    def _fetched(self, url: str) -> Page | None:
        assert self.crawler_process is not None
        base = spidercls_for_request(self.crawler_process.spider_loader, Request(url), DefaultSpider)
        found = visit(self.crawler_process, lambda get: get(url), getattr(base, "outlet", None))
        if isinstance(found, Page):
            return found
        if found is not None:
            print(f"newscrawl: {url} could not be fetched: {found.reason}", file=sys.stderr)
        return None


def _opened(path: Path, url: str | None) -> Page:
    """Open a saved page, plain or gzip."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", print_help=False) from error
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Page(body, url or path.resolve().as_uri(), moment, "text/html")
