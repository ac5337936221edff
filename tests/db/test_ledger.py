"""The coverage ledger's empty days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, delete, func, insert, select

from newscrawl.db import ledger
from newscrawl.db.models import Outlet, OutletDay

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)


def test_days_on_which_nothing_ran_get_a_row_of_zeros(engine: Engine) -> None:
    """Each outlet's days from its first to yesterday are there, those that ran keep their counts, and no day is twice."""
    with engine.begin() as connection:
        for name, days in (("old", 5), ("young", 2)):
            connection.execute(
                insert(Outlet).values(
                    id=name, name=name, homepage="x", country="SY", languages="en", timezone="UTC", seed_hash="x",
                    added_at=NOW - timedelta(days=days),
                )
            )  # fmt: skip
        ran = date(2026, 11, 17)
        connection.execute(insert(OutletDay).values(outlet_id="old", day=ran, runs=3, runs_ok=3))
        assert ledger.fill(connection, NOW) == 6
        assert ledger.fill(connection, NOW) == 0
        rows = connection.execute(select(OutletDay.outlet_id, OutletDay.day, OutletDay.runs)).all()
    counts = {(row.outlet_id, row.day.day): row.runs for row in rows}
    assert counts == {
        ("old", 15): 0, ("old", 16): 0, ("old", 17): 3, ("old", 18): 0, ("old", 19): 0, ("young", 18): 0,
        ("young", 19): 0,
    }  # fmt: skip


def test_the_keeper_fills_once_a_day(engine: Engine) -> None:
    """A second look on the same day costs nothing and adds nothing; the next day's adds the day that passed."""
    keeper = ledger.Keeper()
    with engine.begin() as connection:
        connection.execute(
            insert(Outlet).values(
                id="old", name="old", homepage="x", country="SY", languages="en", timezone="UTC", seed_hash="x",
                added_at=NOW - timedelta(days=1),
            )
        )  # fmt: skip
        days = select(func.count()).select_from(OutletDay)
        keeper.keep(connection, NOW)
        assert connection.execute(days).scalar_one() == 1
        connection.execute(delete(OutletDay))
        keeper.keep(connection, NOW + timedelta(hours=1))
        assert connection.execute(days).scalar_one() == 0
        keeper.keep(connection, NOW + timedelta(days=1))
        assert connection.execute(days).scalar_one() == 2


def test_an_empty_database_has_no_days(engine: Engine) -> None:
    """Without outlets there is nothing to fill."""
    with engine.begin() as connection:
        assert ledger.fill(connection, NOW) == 0
