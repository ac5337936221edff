"""`newscrawl capture ARTICLE`: the page as the outlet sent it, and where it is from."""

from __future__ import annotations

import argparse
import sys

from scrapy.exceptions import UsageError

from newscrawl.archive import ArchiveError, payload_at
from newscrawl.db import captures
from newscrawl.db.folders import archive_folder
from newscrawl.db.session import open_database
from newscrawl.options import Checked


class Command(Checked):
    """Give a page back."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--revision N] ARTICLE"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Give back an article's original page (standard output) and its provenance (standard error)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument(
            "--revision", metavar="N", type=int, help="the page of this revision (default: the current one)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the page."""
        assert self.settings is not None
        if len(args) != 1 or not args[0].isdigit():
            raise UsageError("give an article's id, from the view articles", print_help=False)
        url = self.settings["DATABASE_URL"]
        engine = open_database(url, read_only=True)
        with engine.connect() as connection:
            found = captures.of_article(connection, int(args[0]), opts.revision)
            if found is None and not captures.has_article(connection, int(args[0]), opts.revision):
                what = f"article {args[0]}" + (f" with a revision {opts.revision}" if opts.revision else "")
                raise UsageError(f"there is no {what}", print_help=False)
        engine.dispose()
        if found is None or found.file is None or found.offset is None:
            print(f"newscrawl: the page of article {args[0]} was not archived", file=sys.stderr)
            self.exitcode = 1
            return
        file = archive_folder(self.settings["ARCHIVE_FOLDER"], url) / found.file
        facts = {
            "url": found.url, "fetched": f"{found.fetched_at:%Y-%m-%d %H:%M:%S} UTC", "sha256": found.sha256,
            "status": found.status, "file": file, "offset": found.offset,
        }  # fmt: skip
        for name, value in (*facts.items(), *found.headers):
            print(f"{name}: {value}", file=sys.stderr)
        try:
            record = payload_at(file, found.offset)
        except ArchiveError as error:
            print(f"newscrawl: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        sys.stdout.buffer.write(record.body)
        if record.sha256 != found.sha256:
            print("newscrawl: the bytes no longer have their hash", file=sys.stderr)
            self.exitcode = 1
