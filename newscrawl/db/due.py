"""Which outlets are due for a crawl, when, and why then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from newscrawl.db.clock import TOLERANCE
from newscrawl.db.lease import is_dead
from newscrawl.db.models import Outlet as Row
from newscrawl.outlet import Outlet


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One outlet's next visit: ``at`` is aware UTC and not after now when it is due; ``busy`` while it is crawled."""

    outlet: str
    at: datetime
    why: str
    busy: bool = False
    last_run: datetime | None = None
    failures: int = 0


def schedule(connection: Connection, seeds: Mapping[str, Outlet], now: datetime) -> list[Due]:
    """Give the next visit of every outlet that has a seed, the most overdue first."""
    rows: dict[str, Any] = {
        row.id: row
        for row in connection.execute(
            select(
                Row.id, Row.next_due_at, Row.last_run_at, Row.interval_seconds, Row.failures, Row.parked_until,
                Row.parked_reason, Row.lease_run_id, Row.lease_owner, Row.lease_until,
            )
        )
    }  # fmt: skip
    found = [_due(outlet, rows.get(outlet.id), now) for outlet in seeds.values()]
    return sorted(found, key=lambda due: (due.at, due.outlet))


def due_now(connection: Connection, seeds: Mapping[str, Outlet], now: datetime) -> list[str]:
    """Give the outlets to crawl now: due, and not being crawled already; the most overdue first."""
    return [due.outlet for due in schedule(connection, seeds, now) if due.at <= now and not due.busy]


def _due(outlet: Outlet, row: Any, now: datetime) -> Due:
    if row is None or row.last_run_at is None:
        return Due(outlet=outlet.id, at=now, why="never crawled")
    at, why = row.next_due_at, _why(outlet, row, now)
    if row.last_run_at > now + TOLERANCE:
        at, why = now, "its last run lies in the future: a clock was wrong"
    elif at is None:  # its only run was killed before it could say when to come back
        at, why = row.last_run_at, "its first run did not end"
    elif row.interval_seconds is not None and not (row.parked_until and row.parked_until > now):
        # A seed whose bounds were narrowed counts from now on, not after the pause that the old bounds gave.
        at = min(at, row.last_run_at + max(outlet.schedule.bounds[1], timedelta(seconds=1)))
    busy = row.lease_run_id is not None and row.lease_until > now and not is_dead(row.lease_owner)
    if busy:
        why = f"being crawled on {row.lease_owner.split('/')[0]} (run {row.lease_run_id})"
    return Due(outlet=outlet.id, at=at, why=why, busy=busy, last_run=row.last_run_at, failures=row.failures)


def _why(outlet: Outlet, row: Any, now: datetime) -> str:
    if row.parked_until and row.parked_until > now:
        return f"asked to be left alone: {row.parked_reason or 'no reason given'}"
    pause = timedelta(seconds=row.interval_seconds or 0)
    least, most = outlet.schedule.bounds
    if row.failures:
        return f"reached nothing {row.failures} times in a row: every {span(pause)}"
    bound = " (the seed's shortest)" if pause <= least else " (the seed's longest)" if pause >= most else ""
    return f"its rhythm: every {span(pause)}{bound}"


def span(length: timedelta) -> str:
    """Write a length of time in its largest unit.

    >>> span(timedelta(minutes=90)), span(timedelta(seconds=45)), span(timedelta(days=3))
    ('1.5 h', '45 s', '3 d')
    """
    seconds = length.total_seconds()
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if abs(seconds) >= size:
            return f"{seconds / size:.1f}".removesuffix(".0") + f" {unit}"
    return f"{seconds:.0f} s"
