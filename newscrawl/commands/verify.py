"""`newscrawl verify`: prove that every capture's bytes still have their hash."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from newscrawl.archive import ArchiveError, payload_at
from newscrawl.db import captures
from newscrawl.db.folders import archive_folder
from newscrawl.db.session import open_database
from newscrawl.options import Checked, check_outlets


class Command(Checked):
    """Check the archive."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--outlet ID] [--json]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Prove that every archived page still has the bytes that the outlet sent"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
        parser.add_argument("--outlet", metavar="ID", help="only this outlet's pages")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check each capture; exit with 1 when one fails."""
        assert self.settings is not None
        url = self.settings["DATABASE_URL"]
        folder = archive_folder(self.settings["ARCHIVE_FOLDER"], url)
        engine = open_database(url, read_only=True)
        good, failed = 0, []
        with engine.connect() as connection, engine.connect() as asking:
            check_outlets(asking, *filter(None, [opts.outlet]))
            for capture in captures.all_of(connection, opts.outlet):
                why = _fault(capture, folder)
                if why is None:
                    good += 1
                    continue
                failed.append({
                    "capture": capture.id, "url": capture.url, "fetched_at": f"{capture.fetched_at:%Y-%m-%d %H:%M:%S}",
                    "sha256": capture.sha256, "file": capture.file, "offset": capture.offset, "why": why,
                    "articles": [
                        {"id": number, "revision": n, "url": address}
                        for number, n, address in captures.articles_of(asking, capture.id)
                    ],
                })  # fmt: skip
                if not opts.json:
                    _tell(failed[-1])
        engine.dispose()
        if opts.json:
            print(json.dumps({"proved": good, "failed": failed}, ensure_ascii=False, indent=1))
        else:
            print(f"{good} captures proved, {len(failed)} failed" + ("" if good or failed else ": no page is archived"))
        self.exitcode = 1 if failed else 0


def _fault(capture: captures.Captured, folder: Path) -> str | None:
    """Say what is wrong with a capture; None when its bytes have their hash."""
    if capture.file is None or capture.offset is None:
        return "it names no file"
    try:
        record = payload_at(folder / capture.file, capture.offset)
    except ArchiveError as error:
        return str(error)
    return (
        None if record.sha256 == capture.sha256 else f"{capture.file} at {capture.offset}: the bytes have another hash"
    )


def _tell(fault: dict[str, Any]) -> None:
    print(f"capture {fault['capture']} of {fault['url']}: {fault['why']}")
    for article in fault["articles"]:
        print(f"  article {article['id']}, revision {article['revision']}: {article['url']}")
