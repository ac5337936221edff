"""`newscrawl poll`: crawl what is due and exit: one tick for a timer, safe to start while another runs."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from twisted.internet.error import ReactorNotRunning

from newscrawl.db.session import open_database
from newscrawl.loader import SeedLoader
from newscrawl.options import Checked
from newscrawl.spiders.crawling import start
from newscrawl.spiders.polling import Polling, together


class Command(Checked, BaseRunSpiderCommand):
    """Crawl many outlets."""

    requires_project = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--all | --watch] [--most N] [OUTLET ...]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Crawl every outlet that is due, a few at a time, and exit"

    def long_desc(self) -> str:
        """What `-h` says."""
        return (
            "Crawl every outlet that is due, or those named, at most N at a time in this process; what falls due "
            "meanwhile is taken, too. One that another process crawls is left to it. Exit codes are those of crawl; "
            "one outlet of many that does not answer is no failure of the poll."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="crawl every outlet of the seeds now, due or not")
        which.add_argument("--watch", action="store_true", help="keep running, and crawl outlets as they fall due")
        parser.add_argument("--most", metavar="N", type=int, help="outlets at once (default: setting POLL_OUTLETS)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and exit when nothing more is due."""
        assert self.settings is not None
        process = self.crawler_process
        assert isinstance(process, AsyncCrawlerProcess)
        most = opts.most if opts.most is not None else self.settings.getint("POLL_OUTLETS", 4)
        if most < 1:
            raise UsageError("--most: crawl at least one outlet at a time")
        loader = process.spider_loader
        assert isinstance(loader, SeedLoader)
        if unknown := sorted(set(args) - loader.outlets.keys()):
            raise UsageError(f"no seed {', '.join(unknown)} in {loader.folder}; `newscrawl list` names them all")
        outlets = {name: outlet for name, outlet in loader.outlets.items() if not args or name in args}
        engine = open_database(self.settings["DATABASE_URL"])
        polling = Polling(process, engine, outlets, most=most, every=opts.all, watch=opts.watch)
        loop = asyncio.get_event_loop()
        running = loop.create_task(polling.run(_stop_reactor))
        start(process, stop_after_crawl=False)
        running.cancel()
        engine.dispose()
        self.exitcode = together(polling.codes.values())


def _stop_reactor() -> None:
    from twisted.internet import reactor

    with suppress(ReactorNotRunning):  # a signal may have stopped it already
        reactor.stop()  # type: ignore[misc]
