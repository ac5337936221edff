"""`newscrawl due`: which outlet is crawled when, and why then."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from rich import box
from rich.table import Table

from newscrawl.db.due import Due, schedule, span
from newscrawl.db.session import open_database
from newscrawl.loader import SeedLoader
from newscrawl.options import Checked
from newscrawl.table import table_console


class Command(Checked):
    """Show the schedule."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--json]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show when each outlet is crawled next, and why then"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON, one object an outlet")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the schedule, the most overdue first; times are UTC."""
        assert self.settings is not None
        seeds = SeedLoader.from_settings(self.settings).outlets
        engine, now = open_database(self.settings["DATABASE_URL"]), datetime.now(UTC)
        with engine.connect() as connection:
            found = schedule(connection, seeds, now)
        engine.dispose()
        if opts.json:
            print(json.dumps([_plain(due) for due in found], indent=2))
            return
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in ("outlet", "due", "why", "last run (UTC)"):
            table.add_column(name, no_wrap=name != "why")
        for due in found:
            when = "now" if due.busy else f"in {span(due.at - now)}" if due.at > now else f"since {span(now - due.at)}"
            last = f"{due.last_run:%Y-%m-%d %H:%M}" if due.last_run else ""
            table.add_row(due.outlet, when, due.why, last, style="" if due.at > now or due.busy else "green")
        table_console().print(table)


def _plain(due: Due) -> dict[str, object]:
    return {
        "outlet": due.outlet, "due_at": due.at.isoformat(), "why": due.why, "busy": due.busy,
        "last_run_at": due.last_run.isoformat() if due.last_run else None, "failures": due.failures,
    }  # fmt: skip
