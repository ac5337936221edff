"""`newscrawl import FILE...`: take articles out of any WARC file."""

from __future__ import annotations

import argparse
import glob
from collections import Counter
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from newscrawl.archive import WarcWriter
from newscrawl.db.folders import archive_folder
from newscrawl.loader import SeedLoader
from newscrawl.options import Checked
from newscrawl.spiders import imports
from newscrawl.spiders.replay import ReplaySpider, is_whole, told, without_article
from newscrawl.spiders.replay_run import Replay
from newscrawl.spiders.replaying import cores, replay


class Command(Checked):
    """Other people's archives."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--any] FILE-or-GLOB ... (- for standard input)"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Take articles out of WARC, WACZ and ARC files: CC-NEWS, Heritrix, Browsertrix, wget, our own"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument(
            "--any", action="store_true", help="take hosts without a seed, too, each as an outlet of its name"
        )
        parser.add_argument(
            "--workers", metavar="N", type=int, default=cores(), help="reader processes (default: all cores)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Import."""
        assert self.settings is not None
        files = [Path(name) for pattern in args for name in sorted(glob.glob(pattern)) or [pattern]]
        files = [Path("/dev/stdin") if str(file) == "-" else file for file in files]
        missing = [str(file) for file in files if file.is_dir() or not file.exists()]
        if not files or missing:
            raise UsageError(f"no such file: {', '.join(missing)}" if missing else "give a WARC file", print_help=False)
        settings = self.settings
        outlets = SeedLoader.from_settings(settings).outlets
        copies = None
        if settings.getbool("ARCHIVE"):
            copies = WarcWriter(archive_folder(settings["ARCHIVE_FOLDER"], settings["DATABASE_URL"]), "import")
        counts: Counter[str] = Counter()

        def visits(connection: Any) -> Any:
            return imports.pages(connection, files, outlets, counts, any_host=opts.any, copies=copies)

        arguments = {"files": [str(file) for file in files]}
        spider = replay(
            settings,
            ReplaySpider,
            Replay(visits=visits, kind="import", arguments=arguments, workers=opts.workers),
        )
        if copies is not None:
            copies.close()
        done = spider.run.counts
        print(f"records: {told(counts) or 'none'}")
        print(
            f"articles: {done.stored} new, {done.revised} revised, {done.unchanged} the same, {without_article(done)}"
        )
        lost = sum(counts[name] for name in ("torn", "broken", "too-large", "unreadable file"))
        self.exitcode = spider.exit_code or (1 if lost or not is_whole(done) else 0)
