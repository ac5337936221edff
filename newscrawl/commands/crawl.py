"""`newscrawl crawl ID`: one crawl of one outlet, with exit codes that scripts can rely on."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from newscrawl.exit_codes import Exit
from newscrawl.options import Checked
from newscrawl.spiders.crawling import crawl_all


class Command(Checked, BaseRunSpiderCommand):
    """Crawl one outlet."""

    requires_project = False

    def syntax(self) -> str:
        """Arguments."""
        return "[options] OUTLET"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Crawl one outlet: fetch what is new, look again at what may have changed, store it"

    def long_desc(self) -> str:
        """What `-h` says."""
        return (
            "Crawl one outlet by the name of its seed. With -a since=YYYY-MM-DD and -a until=YYYY-MM-DD it fetches "
            "the past instead, newest first; stopped and started again it goes on where it was. Exit codes: 0 all well, 1 a "
            "fault of the program, 2 usage, 10 nothing could be fetched, 11 database unavailable, 12 disk full, "
            "13 interrupted, 14 another crawl of the outlet is running."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the crawl."""
        if len(args) != 1:
            raise UsageError("give one outlet; `newscrawl list` names them, `newscrawl poll` crawls many")
        assert self.crawler_process is not None
        try:
            crawler = self.crawler_process.create_crawler(args[0])
        except KeyError as error:
            print(f"newscrawl: {error.args[0]}", file=sys.stderr)
            self.exitcode = Exit.USAGE
            return
        self.exitcode = max(crawl_all(self.crawler_process, [crawler], **opts.spargs))
        if self.exitcode == Exit.NOTHING_FETCHED:
            print(
                f"newscrawl: nothing of {args[0]} could be fetched: is there a network? Run it again later",
                file=sys.stderr,
            )
