"""Who crawls an outlet now: a lease in its row, taken by the crawl itself, so that only one process asks the outlet."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, update

from newscrawl.db.models import Frontier, Outlet, Run
from newscrawl.outlet import host_of

#: How long a lease is good without a heartbeat, and how often the heart beats.
LEASE = timedelta(seconds=60)
BEAT = timedelta(seconds=10)
#: Key of the advisory lock under which outlets are taken on PostgreSQL ("host" in ASCII).
_LOCK = 0x686F7374


class OutletBusy(Exception):
    """Another crawl of the outlet is running; the message names its process."""


class HostBusy(OutletBusy):
    """Another outlet on the same host is being crawled: its turn ends, so this one can wait."""


class LeaseLost(Exception):
    """Another process took the outlet over, because this one gave no sign of life for too long."""


@cache
def this_process() -> str:
    """Name this process so that others can tell whether it still lives: host/boot/pid/start."""
    return f"{socket.gethostname()}/{_boot()}/{os.getpid()}/{_started(os.getpid())}"


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return "-"


def _started(pid: int) -> str:
    """Give the process's start in clock ticks since boot (proc(5), field 22), or '-' where /proc is missing."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "-"


def _is_here(owner: str) -> bool:
    return owner.split("/")[0] == socket.gethostname()


def is_dead(owner: str) -> bool:
    """Is it certain that the owning process is gone? Only its own host can say so; elsewhere the lease must run out."""
    if not _is_here(owner):
        return False
    _, boot, pid, started = owner.split("/")
    if boot != _boot():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _started(int(pid)) != started


def take(connection: Connection, outlet_id: str, run_id: int, now: datetime) -> None:
    """Take the outlet for this run, or raise OutletBusy, or HostBusy. A dead owner's claims are released at once.

    A living owner on this host keeps the outlet even when the clock jumps past its lease.
    """
    if connection.dialect.name == "postgresql":  # two outlets of one host must not be taken at the same moment
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    row = connection.execute(
        select(Outlet.lease_run_id, Outlet.lease_owner, Outlet.lease_until)
        .where(Outlet.id == outlet_id)
        .with_for_update()
    ).one()
    if row.lease_run_id is not None and _is_held(row, now):
        host, _, pid, _ = row.lease_owner.split("/")
        raise OutletBusy(f"{outlet_id} is being crawled by process {pid} on {host} (run {row.lease_run_id})")
    own = connection.execute(select(Outlet.homepage).where(Outlet.id == outlet_id)).scalar_one()
    for other in connection.execute(
        select(Outlet.id, Outlet.homepage, Outlet.lease_owner, Outlet.lease_until).where(
            Outlet.id != outlet_id, Outlet.lease_run_id.is_not(None)
        )
    ):
        if host_of(other.homepage) == host_of(own) and _is_held(other, now):
            raise HostBusy(f"{outlet_id} is on the same host as {other.id}, which is being crawled")
    connection.execute(
        update(Outlet)
        .where(Outlet.id == outlet_id)
        .values(lease_run_id=run_id, lease_owner=this_process(), lease_until=now + LEASE)
    )
    if row.lease_run_id is not None:
        _bury(connection, row.lease_run_id, now)


def _is_held(row: Any, now: datetime) -> bool:
    return not is_dead(row.lease_owner) and (_is_here(row.lease_owner) or bool(row.lease_until > now))


def _bury(connection: Connection, run_id: int, now: datetime) -> None:
    """End a dead run: what it had in flight waits again."""
    connection.execute(update(Frontier).where(Frontier.claimed_by == run_id).values(state="waiting", claimed_by=None))
    connection.execute(
        update(Run).where(Run.id == run_id, Run.finished_at.is_(None)).values(finished_at=now, finish_reason="killed")
    )


def renew(connection: Connection, outlet_id: str, run_id: int, now: datetime) -> None:
    """Show a sign of life; raise LeaseLost if the outlet belongs to another run by now."""
    kept = connection.execute(
        update(Outlet).where(Outlet.id == outlet_id, Outlet.lease_run_id == run_id).values(lease_until=now + LEASE)
    ).rowcount
    if not kept:
        raise LeaseLost(f"{outlet_id} was taken over by another crawl")
    connection.execute(update(Run).where(Run.id == run_id).values(heartbeat_at=now))


def give_back(connection: Connection, outlet_id: str, run_id: int) -> None:
    """End the lease; a lease that is another's by now stays."""
    connection.execute(
        update(Outlet)
        .where(Outlet.id == outlet_id, Outlet.lease_run_id == run_id)
        .values(lease_run_id=None, lease_owner=None, lease_until=None)
    )
