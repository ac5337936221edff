"""`newscrawl search "..."`: find articles however their outlets spell."""

from __future__ import annotations

import argparse

from rich import box
from rich.table import Table
from scrapy.exceptions import UsageError

from newscrawl.db import search
from newscrawl.db.session import open_database
from newscrawl.options import Checked, add_filters, check_outlets, day
from newscrawl.table import table_console


class Command(Checked):
    """Full-text search."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return '[--outlet ID] [--since DAY] [--until DAY] [--place NAME] [--agency NAME] "WORDS"'

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return 'Find articles by words ("two words" together, begin*), however an outlet spells them'

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("--limit", metavar="N", type=int, default=20, help="at most so many (default 20)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what was found; exit with 1 when nothing was."""
        assert self.settings is not None
        engine = open_database(self.settings["DATABASE_URL"], read_only=True)
        try:
            with engine.connect() as connection:
                check_outlets(connection, *opts.outlet)
                hits = search.search(
                    connection, " ".join(args), outlets=opts.outlet, since=day(opts.since), until=day(opts.until, end=True),
                    place=opts.place, agency=opts.agency, limit=opts.limit,
                )  # fmt: skip
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from error
        finally:
            engine.dispose()
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in ("id", "published (UTC)", "outlet", "place", "title"):
            table.add_column(name, no_wrap=name != "title")
        for hit in hits:
            published = hit.published_at.strftime("%Y-%m-%d %H:%M") if hit.published_at else ""
            table.add_row(str(hit.id), published, hit.outlet, hit.place or "", hit.title)
        table_console().print(table if hits else "nothing was found")
        self.exitcode = 0 if hits else 1
