"""`newscrawl reread`: read archived pages again with today's reader."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from scrapy.commands import ScrapyCommand

from newscrawl.db import furniture, rereads
from newscrawl.db.folders import archive_folder
from newscrawl.db.session import open_database
from newscrawl.loader import SeedLoader
from newscrawl.options import day
from newscrawl.reading import NotAnArticle, extract
from newscrawl.spiders import reread
from newscrawl.spiders.replay import Replay, ReplaySpider
from newscrawl.spiders.replaying import cores, replay


class Command(ScrapyCommand):
    """Repair the past without asking any outlet."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--outlet ID] [--since DAY] [--until DAY] [--reader-version V] [--from-start] [--dry-run]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Read archived pages again with today's reader; changes become revisions marked `reader`"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--outlet", metavar="ID", help="only this outlet's pages")
        parser.add_argument("--since", metavar="DAY", help="only pages fetched on or after this day (UTC)")
        parser.add_argument("--until", metavar="DAY", help="only pages fetched on or before this day (UTC)")
        parser.add_argument("--reader-version", metavar="V", help="only pages that this version of the reader read")
        parser.add_argument(
            "--from-start",
            action="store_true",
            help="begin anew where the same reread was stopped (default: go on there)",
        )
        parser.add_argument("--dry-run", action="store_true", help="change nothing; show what would change, by field")
        parser.add_argument(
            "--workers", metavar="N", type=int, default=cores(), help="reader processes (default: all cores)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read again."""
        assert self.settings is not None
        settings = self.settings
        lost: dict[str, int] = {}
        folder = archive_folder(settings["ARCHIVE_FOLDER"], settings["DATABASE_URL"])
        chosen: dict[str, Any] = {
            "outlet_id": opts.outlet, "since": day(opts.since), "until": day(opts.until, end=True),
            "version": opts.reader_version,
        }  # fmt: skip
        arguments = {name: str(value) for name, value in chosen.items() if value}
        after = 0 if opts.from_start or opts.dry_run else self._left_off(arguments)
        seeds = SeedLoader.from_settings(settings).outlets

        def visits(connection: Any) -> Any:
            return reread.pages(connection, folder, seeds, lost, after=after, **chosen)

        if opts.dry_run:
            self._show(visits)
            return
        if after:
            print(f"going on after capture {after}, where this reread was stopped; --from-start begins anew")
        what = Replay(visits=visits, kind="reread", arguments=arguments, workers=opts.workers, after=after)
        spider = replay(settings, ReplaySpider, what)
        counts = spider.run.counts
        print(
            f"{counts.requests} pages read again ({counts.requests / max(spider.seconds, 0.001):.0f} a second): "
            f"{counts.revised} changed, {counts.stored} new, {counts.unchanged} the same, {counts.dropped} no article, "
            f"{lost.get('unreadable', 0)} unreadable"
        )
        self.exitcode = spider.exit_code or (1 if lost else 0)

    def _left_off(self, arguments: dict[str, Any]) -> int:
        assert self.settings is not None
        engine = open_database(self.settings["DATABASE_URL"])
        with engine.connect() as connection:
            after = rereads.left_off(connection, arguments)
        engine.dispose()
        return after

    def _show(self, visits: Any) -> None:
        """Print what would change: how often each field, with up to three examples."""
        assert self.settings is not None
        engine = open_database(self.settings["DATABASE_URL"], read_only=True)
        fields: Counter[str] = Counter()
        examples: dict[str, list[str]] = {}
        number = 0
        with engine.connect() as connection:
            for visit in visits(connection):
                number += 1
                try:
                    known = furniture.known(connection, visit.outlet.id)
                    visit.article = extract(visit.page, visit.outlet, hint=visit.hint, furniture=known)
                except NotAnArticle as error:
                    visit.lose(error.reason, error.detail, "read")
                for name, (old, new) in reread.differences(connection, visit).items():
                    fields[name] += 1
                    if len(examples.setdefault(name, [])) < 3:
                        examples[name].append(f"{visit.page.url}: {str(old)[:80]!r} -> {str(new)[:80]!r}")
        engine.dispose()
        print(f"{number} pages; nothing was changed. Fields that would change:")
        for name, times in fields.most_common():
            print(f"  {name} {times}")
            for example in examples[name]:
                print(f"    {example}")
