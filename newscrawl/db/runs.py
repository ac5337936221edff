"""Runs: one row for each crawl, reread or import, from its lease to its exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Connection, func, select, update

import newscrawl
from newscrawl import reading
from newscrawl.db import claiming, clock, days, frontier, lease, sources
from newscrawl.db.models import Frontier, Outlet, Run
from newscrawl.db.upsert import insert
from newscrawl.outlet import Outlet as Seed
from newscrawl.schedule import next_interval

Kind = Literal["crawl", "backfill", "reread", "import"]


@dataclass(kw_only=True)
class Counts:
    """What a run counts while it goes, by the names of the run's columns; ``reasons`` of all that gave nothing."""

    requests: int = 0
    not_modified: int = 0
    found: int = 0
    stored: int = 0
    revised: int = 0
    unchanged: int = 0
    dropped: int = 0
    failed: int = 0
    gone: int = 0
    bytes: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def lost(self, reason: str) -> None:
        """Count one reason."""
        self.reasons[reason] = self.reasons.get(reason, 0) + 1


def seed_hash(outlet: Seed) -> str:
    """Give the SHA-256 of a seed's facts, hex."""
    return sha256(outlet.model_dump_json().encode()).hexdigest()


def know(connection: Connection, outlet: Seed, now: datetime) -> None:
    """Write the seed's facts into the outlet's row."""
    facts = {
        "name": outlet.name, "homepage": outlet.homepage, "country": outlet.country, "region": outlet.region,
        "languages": " ".join(outlet.languages), "timezone": outlet.timezone, "agency": outlet.agency,
        "seed_hash": seed_hash(outlet),
    }  # fmt: skip
    statement = insert(connection, Outlet).values(id=outlet.id, added_at=now, **facts)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=facts))


def know_if_new(connection: Connection, outlet: Seed, now: datetime) -> None:
    """Write the outlet's row unless there is one: what an archive says must not change what a crawl knows."""
    if connection.execute(select(Outlet.id).where(Outlet.id == outlet.id)).first() is None:
        know(connection, outlet, now)


def open_run(
    connection: Connection, kind: Kind, arguments: dict[str, Any], now: datetime, outlet: Seed | None = None
) -> int:
    """Make the row of a run and give its id."""
    run_id: int = connection.execute(
        insert(connection, Run)
        .values(
            outlet_id=outlet.id if outlet else None, kind=kind, owner=lease.this_process(), arguments=arguments,
            started_at=now, heartbeat_at=now, reasons={}, stats={}, seed_hash=seed_hash(outlet) if outlet else None,
            reader_version=reading.VERSION, newscrawl_version=newscrawl.__version__,
        )
        .returning(Run.id)
    ).scalar_one()  # fmt: skip
    return run_id


def last_end(connection: Connection, outlet_id: str) -> datetime | None:
    """Give when the latest run of an outlet ended."""
    moment: datetime | None = connection.execute(
        select(func.max(Run.finished_at)).where(Run.outlet_id == outlet_id)
    ).scalar_one()
    return moment


def begin(
    connection: Connection, outlet: Seed, arguments: dict[str, Any], now: datetime, *, backfill: str | None = None
) -> tuple[int, tuple[datetime, str] | None]:
    """Begin a crawl: take the outlet's lease and make its sources due. Raises lease.OutletBusy.

    Gives the run's id and, when the outlet asked to be left alone, until when and why. A backfill that was interrupted
    goes on where it was; one that had ended reads its sources anew.
    """
    know(connection, outlet, now)
    run_id = open_run(connection, "backfill" if backfill else "crawl", arguments, now, outlet)
    lease.take(connection, outlet.id, run_id, now)
    clock.heal(connection, outlet.id, now)
    sources.add(connection, outlet.id, sources.declared(outlet), now, backfill=backfill)
    if backfill is None or not _unfinished(connection, outlet.id, backfill):
        sources.arm(connection, outlet.id, now, backfill=backfill)
    connection.execute(update(Outlet).where(Outlet.id == outlet.id).values(last_run_at=now))
    if arguments.get("recheck"):
        frontier.recheck(connection, outlet.id, now)
    days.count(connection, outlet.id, now, runs=1)
    row = connection.execute(select(Outlet.parked_until, Outlet.parked_reason).where(Outlet.id == outlet.id)).one()
    return run_id, (row.parked_until, row.parked_reason) if row.parked_until and row.parked_until > now else None


def _unfinished(connection: Connection, outlet_id: str, backfill: str) -> bool:
    left = select(func.count()).where(
        Frontier.outlet_id == outlet_id, Frontier.backfill == backfill, Frontier.state.in_(("waiting", "claimed"))
    )
    return connection.execute(left).scalar_one() > 0


def beat(connection: Connection, outlet_id: str, run_id: int, counts: Counts, now: datetime) -> None:
    """Show a sign of life and write the counts so far. Raises lease.LeaseLost."""
    lease.renew(connection, outlet_id, run_id, now)
    connection.execute(update(Run).where(Run.id == run_id).values(**vars(counts)))


def end(
    connection: Connection,
    outlet: Seed,
    run_id: int,
    counts: Counts,
    now: datetime,
    *,
    reason: str,
    exit_code: int,
    reached: bool,
    stats: dict[str, Any],
    parked: tuple[datetime, str] | None = None,
) -> None:
    """End a crawl: release what it holds, say when the outlet is due next, and give the lease back.

    ``reached`` says whether the outlet answered at all; ``parked`` until when, and why, it asked to be left alone.
    """
    claiming.release(connection, run_id)
    connection.execute(
        update(Run)
        .where(Run.id == run_id)
        .values(
            finished_at=now, heartbeat_at=now, finish_reason=reason, exit_code=exit_code, stats=stats, **vars(counts)
        )
    )
    row = connection.execute(select(Outlet.interval_seconds, Outlet.failures).where(Outlet.id == outlet.id)).one()
    last = timedelta(seconds=row.interval_seconds) if row.interval_seconds else None
    pause = next_interval(outlet.schedule, last, new=counts.stored, ok=reached)
    due = max(now + pause, parked[0]) if parked else now + pause
    values: dict[str, Any] = {
        "interval_seconds": int(pause.total_seconds()), "next_due_at": due, "failures": 0 if reached else row.failures + 1,
        "parked_until": parked[0] if parked else None, "parked_reason": parked[1] if parked else None,
    }  # fmt: skip
    if reached:
        values["last_success_at"] = now
        days.count(connection, outlet.id, now, runs_ok=1)
    connection.execute(update(Outlet).where(Outlet.id == outlet.id, Outlet.lease_run_id == run_id).values(**values))
    lease.give_back(connection, outlet.id, run_id)


def close_run(
    connection: Connection, run_id: int, counts: Counts, now: datetime, *, reason: str, exit_code: int
) -> None:
    """End a run that held no outlet: a reread or an import."""
    connection.execute(
        update(Run)
        .where(Run.id == run_id)
        .values(finished_at=now, heartbeat_at=now, finish_reason=reason, exit_code=exit_code, **vars(counts))
    )
