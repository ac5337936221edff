"""`newscrawl metrics`: Prometheus metrics in text form, for a textfile collector or a small script behind HTTP."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from newscrawl.db import metrics
from newscrawl.db.session import open_database
from newscrawl.options import Checked


class Command(Checked):
    """Print metrics."""

    requires_crawler_process = False

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Print Prometheus metrics of all outlets"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the metrics."""
        assert self.settings is not None
        engine = open_database(self.settings["DATABASE_URL"])
        with engine.connect() as connection:
            print(metrics.text(connection, datetime.now(UTC)), end="")
        engine.dispose()
