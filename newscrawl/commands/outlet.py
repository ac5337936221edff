"""`newscrawl outlet VERB`: from an address to a seed, and from a page to a test."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from scrapy.exceptions import UsageError

from newscrawl.db import outlets
from newscrawl.db.session import EmptyDatabaseError, open_database
from newscrawl.exit_codes import Exit
from newscrawl.item import Page
from newscrawl.kit import recordings, seedfile
from newscrawl.kit.check import check
from newscrawl.kit.look import Miss, look, revisit
from newscrawl.kit.propose import propose
from newscrawl.loader import SeedLoader
from newscrawl.options import Checked
from newscrawl.outlet import Outlet, SeedError
from newscrawl.outlet_tables import show_outlets, show_proposal, show_verdicts
from newscrawl.spiders.visitor import visit
from newscrawl.table import table_console

_VERBS = """\
probe URL: look at a site, propose a seed, and show how three of its articles are read
check [ID ...]: does the seed still hold? Without ID, all seeds, one after the other
record ID URL: keep a page and the reader's answer as a test
test [ID ...]: hold the recorded pages against the reader; without ID, all
list [ID ...]: outlets with country, languages, sources, last run and health"""


class Command(Checked):
    """Everything about an outlet but its crawls."""

    requires_project = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--country CC] [--write] probe|check|record|test|list ..."

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Propose a seed for a site, check seeds, record pages as tests, list outlets"

    def long_desc(self) -> str:
        """All verbs."""
        return _VERBS.replace("\n", ". ")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--country", metavar="CC", help="probe: the outlet's country (ISO 3166-1), if you know it")
        parser.add_argument(
            "--write",
            action="store_true",
            help="probe: save the seed and record the pages; check: note the day in seeds",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep the log and the pipelines out of it; what the command line says goes first."""
        assert self.settings is not None
        self.settings.setdict({"LOG_LEVEL": "ERROR", "ITEM_PIPELINES": {}, "PROGRESS": False}, priority="cmdline")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the verb says."""
        verbs = {
            "probe": self._probe,
            "check": self._check,
            "record": self._record,
            "test": self._test,
            "list": self._list,
        }
        if not args or args[0] not in verbs:
            raise UsageError(f"give one of\n{_VERBS}", print_help=False)
        try:
            verbs[args[0]](args[1:], opts)
        except (SeedError, recordings.RecordingError) as error:
            print(f"newscrawl: {error}", file=sys.stderr)
            self.exitcode = Exit.USAGE

    @property
    def _seeds(self) -> SeedLoader:
        assert self.settings is not None
        return SeedLoader.from_settings(self.settings)

    def _chosen(self, names: list[str]) -> list[Outlet]:
        known = self._seeds.outlets
        for name in names:
            if name not in known:
                raise UsageError(f"no seed {name!r} in {self._seeds.folder}", print_help=False)
        return [known[name] for name in names or sorted(known)]

    def _probe(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or "://" not in args[0]:
            raise UsageError("give the whole address of a home page, such as https://example.org/", print_help=False)
        looked = visit(self.crawler_process, lambda get: look(args[0], get))
        if looked is None or isinstance(looked, Miss):
            print(f"newscrawl: {args[0]}: {looked.reason if looked else 'interrupted'}", file=sys.stderr)
            self.exitcode = Exit.NOTHING_FETCHED if looked else Exit.INTERRUPTED
            return
        proposal = propose(looked, opts.country)
        show_proposal(table_console(), proposal)
        if not opts.write:
            print("Nothing was written; --write saves the seed and records the pages.")
            return
        folder = self._seeds.folder
        path = seedfile.save(folder, proposal)
        outlet = SeedLoader.from_settings(self.settings).outlets[proposal.id]  # type: ignore[arg-type]
        pages = [page for page, _, _ in proposal.read]
        written = [recordings.save(recordings.pages_folder(folder, outlet), page, outlet) for page in pages]
        print("\n".join(["Written:", *(f"  {one}" for one in (path, *written))]))
        print("Look at them: what a recording says is a test from now on (newscrawl outlet test).")

    def _check(self, args: list[str], opts: argparse.Namespace) -> None:
        chosen = self._chosen(args)

        async def all_of_them(get: Any) -> list[Any]:
            return [await revisit(outlet, get) for outlet in chosen]

        # With one outlet the guard keeps to its hosts; with several the seeds themselves name all that is asked.
        seen = visit(self.crawler_process, all_of_them, chosen[0] if len(chosen) == 1 else None)
        if seen is None:
            self.exitcode = Exit.INTERRUPTED
            return
        now, folder = datetime.now(UTC), self._seeds.folder
        for outlet, looked in zip(chosen, seen, strict=True):
            verdicts = check(outlet, looked, now)
            show_verdicts(table_console(), outlet, verdicts)
            if not all(one.holds for one in verdicts):
                self.exitcode = Exit.UNWELL
            elif opts.write:
                seedfile.note_checked(folder / outlet.country.lower() / f"{outlet.id}.toml", now.date())

    def _record(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2 or "://" not in args[1]:
            raise UsageError("give an outlet's id and the whole address of a page", print_help=False)
        outlet = self._chosen(args[:1])[0]
        page = visit(self.crawler_process, lambda get: get(args[1]), outlet)
        if not isinstance(page, Page):
            print(f"newscrawl: {args[1]}: {page.reason if page else 'interrupted'}", file=sys.stderr)
            self.exitcode = Exit.NOTHING_FETCHED
            return
        path = recordings.save(recordings.pages_folder(self._seeds.folder, outlet), page, outlet)
        print(f"{path}\nCorrect what is wrong in it: it is a test from now on (newscrawl outlet test {outlet.id}).")

    def _test(self, args: list[str], opts: argparse.Namespace) -> None:
        chosen = {outlet.id: outlet for outlet in self._chosen(args)}
        found = recordings.find(self._seeds.folder, chosen)
        right, wrong = 0, list[str]()
        for path, outlet in found:
            recording = recordings.load(path, outlet)
            answer = recordings.answer(recording.page, recording.outlet)
            lines = [recordings.wrong(recording, answer, field) for field in recording.fields]
            wrong += [line for line in lines if line]
            right += lines.count(None)
        print("\n".join([*wrong, f"{len(found)} recorded pages: {right} fields right, {len(wrong)} wrong"]))
        self.exitcode = Exit.UNWELL if wrong else Exit.OK

    def _list(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            engine = open_database(self.settings["DATABASE_URL"], read_only=True)
        except EmptyDatabaseError:
            states = {}
        else:
            with engine.connect() as connection:
                states = outlets.states(connection)
            engine.dispose()
        show_outlets(table_console(), self._chosen(args), states)
