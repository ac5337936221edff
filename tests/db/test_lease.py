"""The lease: one process asks an outlet, dead ones are told from living ones."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update

from newscrawl.db import claiming, lease, runs
from newscrawl.db.models import Frontier, Outlet, Run
from newscrawl.outlet import Outlet as Seed

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def seed() -> Seed:
    return Seed(
        id="demo", country="SY", name="Demo", homepage="https://demo.example/", languages=("en",), timezone="UTC"
    )


def begin(engine: Engine, seed: Seed, now: datetime = NOW) -> int:
    with engine.begin() as connection:
        return runs.begin(connection, seed, {}, now)[0]


def owned_by(engine: Engine, owner: str) -> None:
    with engine.begin() as connection:
        connection.execute(update(Outlet).values(lease_owner=owner))


def test_a_second_crawl_is_refused(engine: Engine, seed: Seed) -> None:
    """While a living process holds the outlet, another crawl is refused and leaves no run behind."""
    begin(engine, seed)
    with pytest.raises(lease.OutletBusy, match="demo is being crawled"):
        begin(engine, seed)
    with engine.connect() as connection:
        assert len(connection.execute(select(Run.id)).all()) == 1


def test_a_clock_that_jumps_gives_no_outlet_away(engine: Engine, seed: Seed) -> None:
    """A living owner on this host keeps the outlet however late it seems to be."""
    begin(engine, seed)
    with pytest.raises(lease.OutletBusy):
        begin(engine, seed, NOW + timedelta(days=400))


DEAD: list[Callable[[list[str]], list[str]]] = [
    lambda parts: [parts[0], "another-boot", *parts[2:]],
    lambda parts: [*parts[:2], "4194304", parts[3]],
    lambda parts: [*parts[:3], "1"],
]


@pytest.mark.parametrize("change", DEAD, ids=["rebooted", "no process", "reused number"])
def test_a_dead_owner_is_replaced_at_once(engine: Engine, seed: Seed, change: Callable[[list[str]], list[str]]) -> None:
    """What a process that is gone for certain held is released at once, and its run is told to be killed."""
    old = begin(engine, seed)
    with engine.begin() as connection:
        assert len(claiming.claim(connection, "demo", old, NOW, 5)) == 1
    owned_by(engine, "/".join(change(lease.this_process().split("/"))))
    new = begin(engine, seed)
    with engine.begin() as connection:
        assert connection.execute(select(Run.finish_reason).where(Run.id == old)).scalar_one() == "killed"
        assert connection.execute(select(Frontier.state)).scalars().all() == ["waiting"]
        lease.renew(connection, "demo", new, NOW)
        with pytest.raises(lease.LeaseLost):
            lease.renew(connection, "demo", old, NOW)


def test_a_silent_owner_elsewhere_is_replaced_in_time(engine: Engine, seed: Seed) -> None:
    """An owner on another host can't be looked at: its lease has to run out."""
    begin(engine, seed)
    owned_by(engine, f"elsewhere/boot/{os.getpid()}/1")
    with pytest.raises(lease.OutletBusy):
        begin(engine, seed, NOW + timedelta(seconds=30))
    assert begin(engine, seed, NOW + timedelta(seconds=61))


def test_outlets_of_one_host_take_turns(engine: Engine, seed: Seed) -> None:
    """A second outlet on the same host waits until the first is given back; one on another host need not."""
    run_id = begin(engine, seed)
    neighbour = seed.model_copy(update={"id": "demo-ar", "homepage": "http://www.demo.example/ar/"})
    with pytest.raises(lease.HostBusy, match="same host as demo"):
        begin(engine, neighbour)
    begin(engine, seed.model_copy(update={"id": "other", "homepage": "https://other.example/"}))
    with engine.begin() as connection:
        lease.give_back(connection, "demo", run_id)
    begin(engine, neighbour)
