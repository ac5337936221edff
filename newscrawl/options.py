"""What options of several commands have in common."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, time, timedelta

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy import Connection

from newscrawl.db import outlets
from newscrawl.resources import called


class Checked(ScrapyCommand):
    """A command that knows its options: Scrapy takes what it does not know, a misspelt one too, for an argument."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options; the usage says what was called."""
        super().add_options(parser)
        parser.prog = called()
        parser.usage = f"{parser.prog} {type(self).__module__.rpartition('.')[2]} {self.syntax()}"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse options that nobody knows; what stands behind ``--`` is an argument, whatever it looks like."""
        end = args.index("--") if "--" in args else len(args)
        unknown = [argument for argument in args[:end] if argument.startswith("-") and argument != "-"]
        if unknown:
            raise UsageError(f"no option {unknown[0]}; -h shows those that there are", print_help=False)
        del args[end : end + 1]
        super().process_options(args, opts)


def day(text: str | None, *, end: bool = False) -> datetime | None:
    """Read YYYY-MM-DD as the beginning of that UTC day, or as its end; UsageError otherwise."""
    if text is None:
        return None
    try:
        moment = datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError as error:
        raise UsageError(f"{text}: write a day such as 2026-01-31", print_help=False) from error
    return moment + timedelta(days=1) if end else moment


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Let a command choose articles: by outlet, day of publication, dateline's place and agency."""
    parser.add_argument(
        "--outlet", metavar="ID", action="append", default=[], help="only this outlet (may be given again)"
    )
    parser.add_argument("--since", metavar="DAY", help="published on or after this day (UTC)")
    parser.add_argument("--until", metavar="DAY", help="published on or before this day (UTC)")
    parser.add_argument("--place", metavar="NAME", help="with this place in the dateline")
    parser.add_argument("--agency", metavar="NAME", help="by this agency")


def check_outlets(connection: Connection, *names: str) -> None:
    """Raise UsageError for an outlet that the database does not know: a slip of the pen is no empty answer."""
    if unknown := [name for name in names if not outlets.is_known(connection, name)]:
        raise UsageError(f"the database has no outlet {', '.join(unknown)}", print_help=False)
