"""`newscrawl export FILE`: articles as Parquet, CSV or JSON Lines, with a manifest."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.exceptions import UsageError

from newscrawl.db.export import FORMATS, ExportError, Filters, export
from newscrawl.db.session import open_database, revisions
from newscrawl.options import Checked, add_filters, check_outlets, day


class Command(Checked):
    """Take the archive elsewhere."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--outlet ID] [--since DAY] [--until DAY] [--place NAME] [--agency NAME] FILE.parquet|.csv|.jsonl"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Write articles to Parquet, CSV or JSON Lines, with a manifest of what is in the file"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        add_filters(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the file."""
        assert self.settings is not None
        form = Path(args[0]).suffix[1:] if len(args) == 1 else ""
        if form not in FORMATS:
            raise UsageError(f"name one file that ends with .{', .'.join(FORMATS)}", print_help=False)
        url = self.settings["DATABASE_URL"]
        filters = Filters(
            outlets=opts.outlet,
            since=day(opts.since),
            until=day(opts.until, end=True),
            place=opts.place,
            agency=opts.agency,
        )
        engine = open_database(url, read_only=True)
        try:
            with engine.connect() as connection:
                check_outlets(connection, *opts.outlet)
                manifest = export(connection, Path(args[0]), form, filters, revisions()[-1])
        except ExportError as error:
            print(f"newscrawl: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        finally:
            engine.dispose()
        print(f"{manifest['rows']} articles in {args[0]}, sha256 {manifest['sha256']}")
