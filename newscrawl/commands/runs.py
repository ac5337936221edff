"""`newscrawl runs`: every crawl, reread and import as a row; `newscrawl runs N` shows one with all it counted."""

from __future__ import annotations

import argparse
import json
from typing import Any

from rich import box
from rich.table import Table
from scrapy.exceptions import UsageError
from sqlalchemy import Connection, select

from newscrawl.db.due import span
from newscrawl.db.models import Run
from newscrawl.db.session import open_database
from newscrawl.options import Checked, check_outlets
from newscrawl.table import table_console


class Command(Checked):
    """Show runs."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--outlet ID] [--limit N] [--json] [RUN]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show the last runs, or one run with everything it counted"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--outlet", metavar="ID", help="only this outlet's runs")
        parser.add_argument("--limit", metavar="N", type=int, default=20, help="at most so many (default 20)")
        parser.add_argument("--json", action="store_true", help="print JSON, with everything each run counted")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print runs, the newest first."""
        assert self.settings is not None
        if len(args) > 1 or (args and not args[0].isdecimal()):
            raise UsageError("give the number of one run, or none for the last runs")
        engine = open_database(self.settings["DATABASE_URL"])
        with engine.connect() as connection:
            check_outlets(connection, *filter(None, [opts.outlet]))
            rows = _read(connection, opts.outlet, opts.limit, int(args[0]) if args else None)
        engine.dispose()
        if args and not rows:
            raise UsageError(f"there is no run {args[0]}")
        if opts.json or args:
            print(json.dumps(rows, indent=2, ensure_ascii=False, default=str))
        else:
            table_console().print(_table(rows))


def _read(connection: Connection, outlet: str | None, limit: int, number: int | None) -> list[dict[str, Any]]:
    query = select(*Run.__table__.columns).order_by(Run.id.desc()).limit(limit)
    if number is not None:
        query = query.where(Run.id == number)
    if outlet is not None:
        query = query.where(Run.outlet_id == outlet)
    return [dict(row._mapping) for row in connection.execute(query)]


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("run", "outlet", "started (UTC)", "took", "ended", "fetched", "new", "rev.", "lost"):
        table.add_column(
            name, justify="left" if name in ("outlet", "started (UTC)", "ended") else "right", no_wrap=True
        )
    for row in rows:
        ended = row["finished_at"]
        kind = "" if row["kind"] == "crawl" else f" ({row['kind']})"
        table.add_row(
            str(row["id"]), (row["outlet_id"] or "") + kind, f"{row['started_at']:%m-%d %H:%M:%S}",
            span(ended - row["started_at"]) if ended else "", row["finish_reason"] or "running",
            str(row["requests"]), str(row["stored"]), str(row["revised"]), str(row["dropped"] + row["failed"]),
            style="red" if row["exit_code"] not in (0, None) else "",
        )  # fmt: skip
    return table
