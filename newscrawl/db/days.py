"""The coverage ledger: counters of one UTC day of one outlet, bumped in the transaction of what they count."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Connection

from newscrawl.db.models import OutletDay
from newscrawl.db.prepared import Prepared
from newscrawl.db.upsert import insert_of


def count(connection: Connection, outlet_id: str, now: datetime, **numbers: int) -> None:
    """Add to the day's counters (names of ``OutletDay``'s columns); the row is made when it is the day's first."""
    numbers = {name: number for name, number in numbers.items() if number}
    if not numbers:
        return
    row = {"outlet_id": outlet_id, "day": now.astimezone(UTC).date(), **numbers}
    _adding(connection.dialect.name, *numbers).run(connection, row)


@cache
def _adding(dialect: str, *names: str) -> Prepared:
    """Build the statement that adds to these counters, once: building it takes longer than running it."""
    statement, columns = insert_of(dialect, OutletDay), OutletDay.__table__.c
    return Prepared(
        statement.on_conflict_do_update(
            index_elements=["outlet_id", "day"], set_={name: columns[name] + statement.excluded[name] for name in names}
        )
    )
