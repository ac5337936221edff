"""`newscrawl verify`: prove that every capture's bytes still have their hash."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand

from newscrawl.archive import ArchiveError, payload_at
from newscrawl.db import captures
from newscrawl.db.folders import archive_folder
from newscrawl.db.session import open_database


class Command(ScrapyCommand):
    """Check the archive."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--outlet ID]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Prove that every archived page still has the bytes that the outlet sent"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--outlet", metavar="ID", help="only this outlet's pages")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check each capture; exit with 1 when one fails."""
        assert self.settings is not None
        url = self.settings["DATABASE_URL"]
        folder = archive_folder(self.settings["ARCHIVE_FOLDER"], url)
        engine = open_database(url, read_only=True)
        good = bad = 0
        with engine.connect() as connection:
            for capture in captures.all_of(connection, opts.outlet):
                try:
                    fits = (
                        capture.file is not None
                        and payload_at(folder / capture.file, capture.offset or 0).sha256 == capture.sha256
                    )
                    why = "the bytes have another hash"
                except ArchiveError as error:
                    fits, why = False, str(error)
                good += fits
                if not fits:
                    bad += 1
                    print(f"capture {capture.id} of {capture.url}: {why}")
        engine.dispose()
        print(f"{good} captures proved, {bad} failed")
        self.exitcode = 1 if bad else 0
