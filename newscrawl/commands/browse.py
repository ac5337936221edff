"""`newscrawl browse`: look at the archive in a web browser."""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from scrapy.exceptions import UsageError

from newscrawl.browse import PLUGIN, STYLE, metadata
from newscrawl.db.session import open_database, sqlite_file
from newscrawl.options import Checked

#: Milliseconds that a question and a facet may take: an archive of a million articles needs more than the defaults.
SETTINGS = (
    "--setting", "sql_time_limit_ms", "20000", "--setting", "facet_time_limit_ms", "2000", "--setting", "suggest_facets", "off",
)  # fmt: skip


class Command(Checked):
    """Datasette on the archive."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--port N] [--open]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Open the archive in Datasette, read-only, with facets, search and the cookbook's queries"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--port", metavar="N", type=int, default=8001, help="port on 127.0.0.1 (default 8001)")
        parser.add_argument("--open", action="store_true", help="open the browser, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve until Ctrl-C."""
        assert self.settings is not None
        url = self.settings["DATABASE_URL"]
        file = sqlite_file(url)
        if file is None:
            raise UsageError(
                "browse works on an SQLite file: a PostgreSQL archive has the same views and cookbook in psql or any SQL tool, "
                "and `newscrawl copy-db sqlite:///FILE.db` makes a file of it",
                print_help=False,
            )
        if importlib.util.find_spec("datasette") is None:
            raise UsageError("browse needs Datasette: pip install 'newscrawl[browse]'", print_help=False)
        if not file.exists():
            raise UsageError(
                f"there is no archive at {file}: name it in DATABASE_URL, or crawl first", print_help=False
            )
        engine = open_database(url, read_only=True)
        with tempfile.TemporaryDirectory() as folder:
            about, plugins, static = (Path(folder) / name for name in ("metadata.json", "plugins", "static"))
            about.write_text(json.dumps(metadata(engine, file.stem), ensure_ascii=False), encoding="utf-8")
            engine.dispose()
            plugins.mkdir()
            static.mkdir()
            (static / "style.css").write_text(STYLE, encoding="utf-8")
            (plugins / "newscrawl_search.py").write_text(PLUGIN, encoding="utf-8")
            command = [
                sys.executable, "-m", "datasette", "serve", str(file), "--metadata", str(about), "--plugins-dir", str(plugins),
                "--static", f"newscrawl:{static}",
                "--port", str(opts.port), *SETTINGS, *(["--open"] if opts.open else []),
            ]  # fmt: skip
            try:
                self.exitcode = subprocess.call(command)
            except KeyboardInterrupt:
                self.exitcode = 0
