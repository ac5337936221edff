"""`newscrawl copy-db TARGET`: move an archive to another database, proved."""

from __future__ import annotations

import argparse
import sys

from scrapy.exceptions import UsageError

from newscrawl.db.copy import CopyError, copy
from newscrawl.db.session import open_database
from newscrawl.options import Checked


class Command(Checked):
    """From a laptop's file to a server."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "TARGET_URL"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Copy the whole archive into an empty database, such as PostgreSQL, and prove rows and hashes equal"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Copy; the source is only read."""
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("give the target's address: postgresql+psycopg://USER@HOST/NAME", print_help=False)
        source = open_database(self.settings["DATABASE_URL"], read_only=True)
        target = open_database(args[0])
        try:
            tables = copy(
                source, target, lambda one: print(f"{one.table}: {one.rows} rows, {one.digest[:16]} on both sides")
            )
        except CopyError as error:
            print(f"newscrawl: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        finally:
            source.dispose()
            target.dispose()
        print(
            f"{sum(one.rows for one in tables)} rows in {len(tables)} tables, all equal. WARC files stay where they are."
        )
