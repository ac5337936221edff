"""`newscrawl latest`: what the last crawl changed."""

from __future__ import annotations

import argparse

from scrapy.exceptions import UsageError

from newscrawl.db import latest
from newscrawl.db.session import open_database
from newscrawl.options import Checked
from newscrawl.table import print_changes, print_lost, table_console


class Command(Checked):
    """Print what the last crawl stored."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--outlet ID] [--limit N]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show what the last crawl stored, revised, and found gone"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--outlet", metavar="ID", help="the last crawl of this outlet")
        parser.add_argument("--limit", metavar="N", type=int, default=100, help="at most so many lines (default 100)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table."""
        assert self.settings is not None
        engine = open_database(self.settings["DATABASE_URL"], read_only=True)
        outlets = [opts.outlet] if opts.outlet else []
        with engine.connect() as connection:
            since = latest.last_start(connection, opts.outlet)
            changes = latest.changes(connection, since, outlets, opts.limit) if since else []
            lost = latest.lost(connection, since, outlets) if since else {}
        engine.dispose()
        if since is None:
            raise UsageError(
                f"{opts.outlet or 'nothing'} was not crawled yet; `newscrawl runs` shows what was", print_help=False
            )
        print_changes(changes, table_console())
        print_lost(lost, table_console())
