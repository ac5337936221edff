"""The coverage ledger's empty days: a day on which nothing ran gets its row too, so that no day is a riddle."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, func, insert, literal, select

from newscrawl.db.models import Outlet, OutletDay

#: The walk back ends after this many days in a row that miss nothing.
COMPLETE_DAYS = 31


def fill(connection: Connection, now: datetime) -> int:
    """Write a row of zeros for each outlet and day, up to yesterday (UTC), without one; give how many.

    ``runs = 0`` then says *not run*, and ``runs_ok > 0`` with ``stored = 0`` says *nothing new*. Days before an
    outlet was added are not its days.
    """
    first = connection.execute(select(func.min(Outlet.added_at))).scalar_one()
    if first is None:
        return 0
    day, filled, complete = now.astimezone(UTC).date() - timedelta(days=1), 0, 0
    while day >= first.date() and complete < COMPLETE_DAYS:
        added = _fill_day(connection, day)
        filled += added
        complete = 0 if added else complete + 1
        day -= timedelta(days=1)
    return filled


class Keeper:
    """Fills the ledger once a UTC day, for processes that look at the schedule every few seconds."""

    def __init__(self) -> None:
        self._filled: date | None = None

    def keep(self, connection: Connection, now: datetime) -> None:
        """Fill the ledger, unless this was done today."""
        today = now.astimezone(UTC).date()
        if self._filled != today:
            fill(connection, now)
            self._filled = today


def _fill_day(connection: Connection, day: date) -> int:
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    known = select(OutletDay.outlet_id).where(OutletDay.outlet_id == Outlet.id, OutletDay.day == day)
    missing = select(Outlet.id, literal(day, OutletDay.day.type)).where(Outlet.added_at < end, ~known.exists())
    statement = insert(OutletDay).from_select(["outlet_id", "day"], missing)
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount
