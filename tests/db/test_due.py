"""The schedule: which outlet is due when, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert

from newscrawl.db.due import due_now, schedule
from newscrawl.db.lease import this_process
from newscrawl.db.models import Outlet as Row
from newscrawl.outlet import Outlet, Schedule

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seed(name: str, every: str = "1h") -> Outlet:
    """Give a seed of that name."""
    return Outlet(
        id=name, country="SY", name=name, homepage=f"https://{name}.example/", languages=("en",),
        timezone="UTC", schedule=Schedule(every=every),  # type: ignore[arg-type]
    )  # fmt: skip


def known(engine: Engine, name: str, **columns: Any) -> None:
    """Write an outlet's row."""
    facts = {
        "id": name, "name": name, "homepage": "x", "country": "SY", "languages": "en", "timezone": "UTC",
        "seed_hash": "x", "added_at": NOW - 9 * HOUR,
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(Row).values(**facts, **columns))


def test_the_most_overdue_comes_first_and_each_says_why(engine: Engine) -> None:
    """Never crawled, overdue, failing, parked, busy and not yet due are told apart; only some are due now."""
    crawled: dict[str, Any] = {"last_run_at": NOW - 2 * HOUR, "interval_seconds": 3600}
    known(engine, "overdue", next_due_at=NOW - HOUR, **crawled)
    known(engine, "failing", next_due_at=NOW - HOUR / 2, failures=2, **crawled)
    known(engine, "later", next_due_at=NOW + HOUR, **crawled)
    known(engine, "parked", next_due_at=NOW + HOUR, parked_until=NOW + HOUR, parked_reason="Retry-After", **crawled)
    busy = {"lease_run_id": 7, "lease_owner": this_process(), "lease_until": NOW + HOUR}
    known(engine, "busy", next_due_at=NOW - HOUR, **crawled, **busy)
    known(engine, "seedless", next_due_at=NOW - HOUR, **crawled)
    names = ("overdue", "failing", "later", "parked", "busy", "fresh")
    seeds = {name: seed(name) for name in names}
    with engine.connect() as connection:
        found = {due.outlet: due for due in schedule(connection, seeds, NOW)}
        assert due_now(connection, seeds, NOW) == ["overdue", "failing", "fresh"]
    assert found.keys() == set(names)
    assert found["fresh"].why == "never crawled"
    assert found["overdue"].why == "its rhythm: every 1 h"
    assert found["failing"].why == "reached nothing 2 times in a row: every 1 h"
    assert found["parked"].why == "asked to be left alone: Retry-After"
    assert found["busy"].busy
    assert "run 7" in found["busy"].why


def test_a_dead_crawl_does_not_keep_its_outlet(engine: Engine) -> None:
    """A lease whose process is gone, and one that ran out, leave the outlet due; so does a first run that was killed."""
    owner = this_process().rsplit("/", 2)[0] + "/999999/1"
    lease = {"lease_run_id": 7, "lease_owner": owner, "lease_until": NOW + HOUR}
    known(engine, "killed", last_run_at=NOW - HOUR, next_due_at=None, **lease)
    other = {"lease_run_id": 8, "lease_owner": "elsewhere/boot/1/1", "lease_until": NOW - HOUR}
    known(engine, "lapsed", last_run_at=NOW - HOUR, next_due_at=NOW - HOUR, interval_seconds=3600, **other)
    with engine.connect() as connection:
        assert due_now(connection, {name: seed(name) for name in ("killed", "lapsed")}, NOW) == ["killed", "lapsed"]


def test_a_seed_with_narrower_bounds_counts_at_once(engine: Engine) -> None:
    """When the seed's schedule is tightened, the pause that the old one gave is cut short."""
    known(engine, "slow", last_run_at=NOW - 3 * HOUR, next_due_at=NOW + 20 * HOUR, interval_seconds=23 * 3600)
    with engine.connect() as connection:
        assert due_now(connection, {"slow": seed("slow", "1d")}, NOW) == []
        assert due_now(connection, {"slow": seed("slow", "20m")}, NOW) == ["slow"]


def test_an_outlet_crawled_in_the_future_is_due_now(engine: Engine) -> None:
    """A run under a clock that was ahead does not keep its outlet from being visited."""
    known(
        engine, "ahead", last_run_at=NOW + 3650 * 24 * HOUR, next_due_at=NOW + 3651 * 24 * HOUR, interval_seconds=3600
    )
    with engine.connect() as connection:
        (due,) = schedule(connection, {"ahead": seed("ahead")}, NOW)
    assert (due.at, due.why) == (NOW, "its last run lies in the future: a clock was wrong")
