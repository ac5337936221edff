"""`newscrawl retry`: give failed, dropped and quarantined pages another chance with the next crawl."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from newscrawl.db import frontier
from newscrawl.db.session import open_database
from newscrawl.options import Checked, check_outlets


class Command(Checked):
    """Make lost pages due again."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--outlet ID] [--reason REASON] [URL ...]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Make failed, dropped and quarantined pages due again, for the next crawl"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--outlet", metavar="ID", help="only this outlet's pages")
        parser.add_argument("--reason", metavar="REASON", help="only pages lost for this reason (see the table lost)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Change the frontier and say how many pages wait again."""
        assert self.settings is not None
        engine = open_database(self.settings["DATABASE_URL"])
        with engine.begin() as connection:
            check_outlets(connection, *filter(None, [opts.outlet]))
            number = frontier.retry(connection, datetime.now(UTC), outlet_id=opts.outlet, reason=opts.reason, urls=args)
        engine.dispose()
        print(f"{number} pages will be fetched again by the next crawl of their outlet")
