"""`newscrawl upgrade`: bring the database to the newest schema."""

from __future__ import annotations

import argparse

from newscrawl.db import session
from newscrawl.options import Checked


class Command(Checked):
    """Run the migrations."""

    requires_crawler_process = False

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Bring the database to the newest schema (crawls do so only with an empty one)"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Upgrade the database of the settings."""
        assert self.settings is not None
        url = self.settings["DATABASE_URL"]
        session.upgrade(url)
        session.open_database(url).dispose()
        print("the database has the newest schema")
