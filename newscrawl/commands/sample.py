"""`newscrawl sample`: serve the bundled sample outlets on loopback, or crawl them into the database."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from scrapy.crawler import AsyncCrawlerProcess
from sqlalchemy import Connection, select

from newscrawl.db import latest
from newscrawl.db.models import Article, Outlet
from newscrawl.db.session import open_database
from newscrawl.exit_codes import Exit
from newscrawl.options import Checked
from newscrawl.resources import called, is_checkout
from newscrawl.sample import OUTLETS, PORTS, Sample, SampleError, serve
from newscrawl.spiders.crawling import crawl_all
from newscrawl.table import print_changes, print_lost, table_console


class Command(Checked):
    """A small world of four outlets, written by us, to try everything on."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--crawl] [--edition N] [--seeds FOLDER]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Serve the bundled sample outlets on 127.0.0.1, or crawl them with --crawl"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument(
            "--crawl", action="store_true", help="crawl them into the database, show what changed, and end"
        )
        parser.add_argument(
            "--edition", type=int, choices=(1, 2), help="1: the first day; 2: one article changed, one gone"
        )
        parser.add_argument(
            "--ports", metavar="PORT", type=int, nargs=4, help="the outlets' ports, where others are wanted"
        )
        parser.add_argument(
            "--seeds", metavar="FOLDER", help="where to write the outlets' seeds (default: a new folder)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve, or crawl."""
        assert self.settings is not None
        console = table_console()
        try:
            self._run(opts, console)
        except SampleError as error:
            console.print(f"newscrawl: {error}", highlight=False)
            self.exitcode = Exit.USAGE

    def _run(self, opts: argparse.Namespace, console: Console) -> None:
        assert self.settings is not None
        if not opts.crawl:
            self._serve(opts, console)
            return
        engine = open_database(self.settings["DATABASE_URL"])
        with engine.connect() as connection:
            ports = _ports_in(connection)
        with tempfile.TemporaryDirectory() as folder, _served(opts.ports or ports, bool(opts.ports or ports)) as sample:
            names = [name for name, _ in sample.outlets]
            sample.edition = opts.edition or (2 if ports else 1)
            sample.seeds(Path(folder))
            if ports:  # the database counts in seconds: what the crawl before this one changed lies behind then
                time.sleep(1 - datetime.now(UTC).microsecond / 1e6)
            began = datetime.now(UTC).replace(microsecond=0)
            self.exitcode = self._crawl(sample, Path(folder), names)
        with engine.connect() as connection:
            print_changes(latest.changes(connection, began, names), console)
            print_lost(latest.lost(connection, began, names), console)
        engine.dispose()
        console.print("The sample has such faults on purpose: what a crawl can't use is kept with its reason.\n")
        name = called()
        console.print(
            f"Look further: [bold]{name} browse[/bold], or any SQL on the view [bold]articles[/bold]. Crawl a real outlet: "
            f"[bold]{'make crawl OUTLET=north-press' if is_checkout() else f'{name} crawl north-press'}[/bold]",
            highlight=False,
            soft_wrap=True,
        )

    def _crawl(self, sample: Sample, folder: Path, names: list[str]) -> int:
        assert self.settings is not None
        settings = self.settings.copy()
        settings.setdict(
            {"SEEDS": str(folder), "ALLOW_PRIVATE": sample.allow_private, "GONE_AFTER": 0, "LOG_LEVEL": "ERROR"},
            priority="cmdline",
        )
        process = AsyncCrawlerProcess(settings)
        return max(crawl_all(process, [process.create_crawler(name) for name in names], recheck="1"))

    def _serve(self, opts: argparse.Namespace, console: Console) -> None:
        folder = Path(opts.seeds or tempfile.mkdtemp(prefix="newscrawl-sample-"))
        with serve(opts.ports or PORTS, edition=opts.edition or 1) as sample:
            sample.seeds(folder)
            for name, url in sample.outlets:
                console.print(f"{name}  {url}", highlight=False)
            console.print(
                f"\nTo crawl them from another terminal:\n  export NEWSCRAWL_SEEDS={folder}\n"
                f"  export NEWSCRAWL_ALLOW_PRIVATE={sample.allow_private}\n  newscrawl crawl {sample.outlets[0][0]}\n"
                "\nCtrl-C ends the server.",
                highlight=False,
                soft_wrap=True,
            )
            try:
                while True:
                    time.sleep(3600)
            except KeyboardInterrupt:
                return


def _ports_in(connection: Connection) -> list[int]:
    """Give the ports of the sample's outlets that the database has articles of: an address is an article's identity."""
    known = select(Outlet.id, Outlet.homepage).where(Outlet.id.in_(OUTLETS), Outlet.id.in_(select(Article.outlet_id)))
    pages = {row.id: row.homepage for row in connection.execute(known)}
    ports = [urlsplit(pages[name]).port for name in OUTLETS if name in pages]
    return [port for port in ports if port] if len(ports) == len(OUTLETS) else []


def _served(ports: Sequence[int], fixed: bool) -> Sample:
    """Serve on the wanted ports; on others only where nothing is stored yet that has the wanted ones."""
    try:
        return serve(ports or PORTS)
    except SampleError:
        if fixed:
            raise
        return serve()
