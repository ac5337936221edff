"""`newscrawl worker`: crawl with many machines on one PostgreSQL; start as many workers as you like."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from scrapy.exceptions import UsageError
from sqlalchemy import make_url

from newscrawl.db.session import open_database
from newscrawl.exit_codes import Exit
from newscrawl.loader import SeedLoader
from newscrawl.options import Checked
from newscrawl.outlet import Outlet


class Command(Checked):
    """Work off crawls."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--most N] [--once]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Crawl due outlets together with other workers on the same PostgreSQL"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--most", metavar="N", type=int, help="outlets at once (default: setting POLL_OUTLETS)")
        parser.add_argument("--once", action="store_true", help="work off what is due now, then exit")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Work until a signal."""
        assert self.settings is not None
        settings, url = self.settings, self.settings["DATABASE_URL"]
        most = opts.most if opts.most is not None else settings.getint("POLL_OUTLETS", 4)
        if most < 1:
            raise UsageError("--most: crawl at least one outlet at a time")
        if make_url(url).get_backend_name() != "postgresql":
            raise UsageError("workers share a PostgreSQL: set NEWSCRAWL_DATABASE_URL; with SQLite use `newscrawl poll`")
        try:
            from newscrawl.fetching import jobs
        except ModuleNotFoundError as error:
            print(f"newscrawl: {error.name} is missing: pip install 'newscrawl[workers]'", file=sys.stderr)
            self.exitcode = Exit.USAGE
            return
        engine = open_database(url)
        jobs.prepare(url)
        environment = {"NEWSCRAWL_DATABASE_URL": url}
        if settings["SEEDS"]:
            environment["NEWSCRAWL_SEEDS"] = str(Path(settings["SEEDS"]).resolve())

        def seeds() -> Mapping[str, Outlet]:
            return SeedLoader.from_settings(settings).outlets

        asyncio.run(jobs.work(jobs.application(url, environment), engine, seeds, most=most, once=opts.once))
        engine.dispose()
