"""`newscrawl reread`: read archived pages again with today's reader."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from scrapy.exceptions import UsageError

from newscrawl.db import outlets, rereads
from newscrawl.db.folders import archive_folder
from newscrawl.db.rereads import Differences
from newscrawl.db.session import open_database
from newscrawl.loader import SeedLoader
from newscrawl.options import Checked, day
from newscrawl.spiders import reread
from newscrawl.spiders.replay import ReplaySpider, is_whole, without_article
from newscrawl.spiders.replay_run import Replay
from newscrawl.spiders.replaying import cores, replay
from newscrawl.visit import Visit

#: Examples shown for each field.
EXAMPLES = 3


class Command(Checked):
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
        after = self._left_off(arguments)
        if opts.from_start or opts.dry_run:
            after = 0
        seeds = SeedLoader.from_settings(settings).outlets

        def visits(connection: Any) -> Any:
            return reread.pages(connection, folder, seeds, lost, after=after, **chosen)

        changes = Changes()
        if after:
            print(f"going on after capture {after}, where this reread was stopped; --from-start begins anew")
        what = Replay(
            visits=visits, kind="reread", arguments=arguments, workers=opts.workers, after=after,
            look=changes.count if opts.dry_run else None,
        )  # fmt: skip
        spider = replay(settings, ReplaySpider, what)
        counts = spider.run.counts
        speed = f"{counts.requests / max(spider.seconds, 0.001):.0f} a second"
        if opts.dry_run:
            print(
                f"{counts.requests} pages ({speed}): {without_article(counts)}, {lost.get('unreadable', 0)} unreadable; "
                "nothing was changed."
            )
            changes.tell()
        else:
            print(
                f"{counts.requests} pages read again ({speed}): {counts.revised} changed, {counts.stored} new, "
                f"{counts.unchanged} the same, {without_article(counts)}, {lost.get('unreadable', 0)} unreadable"
            )
        self.exitcode = spider.exit_code or (1 if lost or not is_whole(counts) else 0)

    def _left_off(self, arguments: dict[str, Any]) -> int:
        assert self.settings is not None
        engine = open_database(self.settings["DATABASE_URL"])
        with engine.connect() as connection:
            if (outlet_id := arguments.get("outlet_id")) and not outlets.is_known(connection, outlet_id):
                raise UsageError(f"the database has no outlet {outlet_id}", print_help=False)
            after = rereads.left_off(connection, arguments)
        engine.dispose()
        return after


class Changes:
    """What would change: how often each field, with up to three examples."""

    def __init__(self) -> None:
        self._fields: Counter[str] = Counter()
        self._examples: dict[str, list[str]] = {}
        self._articles = 0

    def count(self, visit: Visit, found: Differences) -> None:
        """Count what a page would change."""
        self._articles += bool(found)
        for name, (old, new) in found.items():
            self._fields[name] += 1
            if len(examples := self._examples.setdefault(name, [])) < EXAMPLES:
                examples.append(f"{visit.page.url}: {_apart(str(old), str(new))}")

    def tell(self) -> None:
        """Print the counts, the largest first, and the examples."""
        print(f"{self._articles} articles would change." + (" Fields that would change:" if self._fields else ""))
        for name, times in self._fields.most_common():
            print(f"  {name} {times}")
            for example in self._examples[name]:
                print(f"    {example}")


def _apart(old: str, new: str) -> str:
    """Show two texts from a little before where they part.

    >>> _apart("a" * 100 + "b", "a" * 100 + "c")
    "'…aaaaaaaaaaaaaaaaaaaab' -> '…aaaaaaaaaaaaaaaaaaaac'"
    """
    same = next(
        (at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), min(len(old), len(new))
    )
    start = max(0, same - 20)
    shown = [("…" if start else "") + text[start : start + 80] for text in (old, new)]
    return f"{shown[0]!r} -> {shown[1]!r}"
