"""`newscrawl health`: is every outlet as usual? Says what is wrong, keeps it as a problem, and tells it once."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rich import box
from rich.table import Table
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from sqlalchemy import Engine

from newscrawl import alerts
from newscrawl.db import ledger, problems
from newscrawl.db.health import examine_all
from newscrawl.db.session import open_database
from newscrawl.exit_codes import Exit
from newscrawl.health import Health
from newscrawl.loader import SeedLoader
from newscrawl.options import Checked
from newscrawl.table import table_console


class Command(Checked):
    """Report health."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "[--json] [--alert] [OUTLET ...]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Say which outlets are silent, failing or drifting; exit 15 when something is wrong"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON, one object an outlet")
        parser.add_argument(
            "--alert", action="store_true", help="tell what started or ended to ALERT_COMMAND and ALERT_WEBHOOK"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Examine the outlets, keep problems, print, tell."""
        assert self.settings is not None
        seeds = SeedLoader.from_settings(self.settings).outlets
        if unknown := [name for name in args if name not in seeds]:
            raise UsageError(f"no seed {', '.join(unknown)}; `newscrawl list` names them all", print_help=False)
        chosen = {name: seed for name, seed in seeds.items() if not args or name in args}
        engine, now = open_database(self.settings["DATABASE_URL"]), datetime.now(UTC)
        with engine.begin() as connection:
            ledger.fill(connection, now)
            report = examine_all(connection, chosen, now)
            problems.note(connection, report, now)
        if opts.json:
            print(json.dumps([_plain(one) for one in report], indent=2, ensure_ascii=False))
        else:
            _print(report)
        if any(one.troubles for one in report):
            self.exitcode = Exit.UNWELL
        if opts.alert:
            self._tell(engine, self.settings, now)
        engine.dispose()

    def _tell(self, engine: Engine, settings: BaseSettings, now: datetime) -> None:
        """Deliver what is untold; what could not be delivered goes out with the next report."""
        command, webhook = settings.get("ALERT_COMMAND"), settings.get("ALERT_WEBHOOK")
        if not command and not webhook:
            print("newscrawl: --alert needs NEWSCRAWL_ALERT_COMMAND or NEWSCRAWL_ALERT_WEBHOOK", file=sys.stderr)
            self.exitcode = Exit.USAGE
            return
        with engine.connect() as connection:
            told = problems.untold(connection)
        if not told:
            return
        body = alerts.message(told, now)
        try:
            if command:
                alerts.run_command(command, body)
            if webhook:
                alerts.post(webhook, body)
        except alerts.AlertError as error:
            print(f"newscrawl: {error}", file=sys.stderr)
            return
        with engine.begin() as connection:
            problems.mark_told(connection, told, now)


def _plain(one: Health) -> dict[str, Any]:
    facts = one.facts
    return {
        "outlet": one.outlet,
        "well": not one.troubles,
        "problems": [{"kind": trouble.kind, "detail": trouble.detail} for trouble in one.troubles],
        "last_run_at": _when(facts.last_run),
        "last_success_at": _when(facts.last_success),
        "last_new_at": _when(facts.last_new),
        "articles_a_day": round(one.rhythm.per_day, 2) if one.rhythm else None,
        "burstiness": round(one.rhythm.dispersion, 2) if one.rhythm else None,
        "longest_silence_hours": round(one.rhythm.longest_hours, 1) if one.rhythm else None,
        "silence_hours": round(one.silence.hours, 1) if one.silence else None,
        "silence_chance": one.silence.chance if one.silence else None,
        "failures": dict(facts.kinds),
        "fields": {
            drift.field: {
                "now": round(drift.now, 3),
                "usual": round(drift.usual, 3),
                "of": drift.n,
                "drift": drift.unusual,
            }
            for drift in one.drifts
        },
    }


def _when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _print(report: Sequence[Health]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("outlet", "reached (UTC)", "new (UTC)", "a day", "silent", "lost today", "what is wrong"):
        table.add_column(name, no_wrap=name not in ("lost today", "what is wrong"))
    for one in sorted(report, key=lambda one: (not one.troubles, one.outlet)):
        facts, rhythm, quiet = one.facts, one.rhythm, one.silence
        table.add_row(
            one.outlet,
            f"{facts.last_success:%m-%d %H:%M}" if facts.last_success else "never",
            f"{facts.last_new:%m-%d %H:%M}" if facts.last_new else "never",
            f"{rhythm.per_day:.1f}" if rhythm else "?",
            f"{quiet.hours:.0f} h" if quiet else "",
            ", ".join(f"{reason} {count}" for reason, count in sorted(facts.kinds.items())),
            "\n".join(f"{trouble.kind}: {trouble.detail}" for trouble in one.troubles) or "nothing",
            style="red" if one.troubles else "",
        )
    table_console().print(table)
