"""Prometheus metrics in text form, from the database alone.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format (version 0.0.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select

from newscrawl.db.models import Frontier, Outlet, OutletDay, Problem

_COUNTERS = {
    "runs": "Crawls begun",
    "runs_ok": "Crawls that reached the outlet",
    "stored": "Articles stored for the first time",
    "revised": "Articles whose content changed",
    "gone": "Articles found gone",
    "dropped": "Pages that were no article",
    "failed": "Pages that failed",
    "blocked": "Refusals (401, 403, 429)",
    "sources_failed": "Visits to sources that failed",
}
_MOMENTS = {
    "last_run": (Outlet.last_run_at, "Start of the last crawl"),
    "last_success": (Outlet.last_success_at, "End of the last crawl that reached the outlet"),
    "last_new": (Outlet.last_new_at, "When an article was last stored for the first time"),
    "next_due": (Outlet.next_due_at, "When the next crawl is due"),
}


def text(connection: Connection, now: datetime) -> str:
    """Give every metric; counters are sums of the coverage ledger, so that they survive restarts."""
    lines: list[str] = []
    totals = [func.sum(getattr(OutletDay, name)).label(name) for name in _COUNTERS]
    rows = connection.execute(select(OutletDay.outlet_id, *totals).group_by(OutletDay.outlet_id)).all()
    for name, words in _COUNTERS.items():
        values = ((f'outlet="{row.outlet_id}"', float(getattr(row, name))) for row in rows)
        lines += _metric(f"newscrawl_{name}_total", "counter", words, values)
    for name, (column, words) in _MOMENTS.items():
        known = connection.execute(select(Outlet.id, column).where(column.is_not(None)))
        values = ((f'outlet="{outlet}"', moment.timestamp()) for outlet, moment in known if moment)
        lines += _metric(f"newscrawl_{name}_timestamp_seconds", "gauge", words, values)
    failures = connection.execute(select(Outlet.id, Outlet.failures))
    lines += _metric(
        "newscrawl_failed_runs", "gauge", "Crawls in a row that reached nothing",
        ((f'outlet="{outlet}"', float(count)) for outlet, count in failures),
    )  # fmt: skip
    waiting = connection.execute(
        select(Frontier.outlet_id, func.count())
        .where(Frontier.state == "waiting", Frontier.due_at <= now)
        .group_by(Frontier.outlet_id)
    )
    lines += _metric(
        "newscrawl_waiting", "gauge", "Addresses that are due",
        ((f'outlet="{outlet}"', float(count)) for outlet, count in waiting),
    )  # fmt: skip
    problems = connection.execute(select(Problem.outlet_id, Problem.kind).where(Problem.ended_at.is_(None)))
    lines += _metric(
        "newscrawl_problem", "gauge", "An open health problem",
        ((f'outlet="{outlet}",kind="{kind}"', 1.0) for outlet, kind in problems),
    )  # fmt: skip
    return "\n".join(lines) + "\n"


def _metric(name: str, kind: str, words: str, values: Iterable[tuple[str, float]]) -> list[str]:
    return [
        f"# HELP {name} {words}.",
        f"# TYPE {name} {kind}",
        *(f"{name}{{{labels}}} {value:.0f}" for labels, value in values),
    ]
