"""The frontier: order, claims, ends, second looks and retries."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select, update

from newscrawl.db import claiming, clock, frontier, runs
from newscrawl.db.frontier import Found
from newscrawl.db.models import Frontier
from newscrawl.item import Hint
from newscrawl.outlet import Outlet

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DEMO = Outlet(id="demo", country="SY", name="Demo", homepage="https://demo.example/", languages=("en",), timezone="UTC")


def url(number: int) -> str:
    return f"https://demo.example/{number}"


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        runs.know(connection, DEMO, NOW)
        runs.open_run(connection, "crawl", {}, NOW, DEMO)
        yield connection


def claim(connection: Connection, limit: int = 10, now: datetime = NOW, backfill: str | None = None) -> list[str]:
    return [row.url for row in claiming.claim(connection, "demo", 1, now, limit, backfill=backfill)]


def test_sources_come_first_then_the_newest(connection: Connection) -> None:
    """Claims come by priority, then by the source's date, the newest first."""
    frontier.add(
        connection,
        "demo",
        [
            Found(url=url(1), rank=5),
            Found(url=url(2), rank=9),
            Found(url=url(3), kind="feed", priority=frontier.PRIORITY_SOURCE),
            Found(url=url(4), priority=frontier.PRIORITY_HOME, rank=99),
        ],
        NOW,
    )
    assert claim(connection, 3) == [url(3), url(2), url(1)]
    assert claim(connection) == [url(4)]
    assert claim(connection) == []


def test_an_address_is_known_once(connection: Connection) -> None:
    """Spellings of one address make one row, and only what is new counts."""
    assert frontier.add(connection, "demo", [Found(url=url(1)), Found(url=url(2))], NOW) == 2
    assert frontier.add(connection, "demo", [Found(url=url(1) + "#top"), Found(url=url(3))], NOW) == 1


def test_a_better_source_improves_what_still_waits(connection: Connection) -> None:
    """A feed that names an address found on the home page lends it its date and hint."""
    frontier.add(connection, "demo", [Found(url=url(1), priority=frontier.PRIORITY_HOME)], NOW)
    frontier.add(connection, "demo", [Found(url=url(1), rank=7, hint=Hint(title="Rain"))], NOW)
    row = claiming.claim(connection, "demo", 1, NOW, 1)[0]
    assert (row.priority, row.hint.title) == (frontier.PRIORITY_NAMED, "Rain")


def test_a_change_that_a_source_tells_of_is_looked_at(connection: Connection) -> None:
    """A stored article is due again when its source says that it changed after the last look, and only then."""
    frontier.add(connection, "demo", [Found(url=url(1))], NOW)
    row = claiming.claim(connection, "demo", 1, NOW, 1)[0]
    frontier.finish(connection, row.id, NOW, "stored", again_at=NOW + timedelta(days=9))
    later = NOW + timedelta(hours=2)
    frontier.add(connection, "demo", [Found(url=url(1), modified=NOW - timedelta(hours=1))], later)
    assert claim(connection, now=later) == []
    frontier.add(connection, "demo", [Found(url=url(1), modified=NOW + timedelta(hours=1))], later)
    assert claim(connection, now=later) == [url(1)]


def test_what_was_in_flight_waits_again(connection: Connection) -> None:
    """Releasing a run's claims puts back exactly what it held."""
    frontier.add(connection, "demo", [Found(url=url(n)) for n in range(4)], NOW)
    held = claiming.claim(connection, "demo", 1, NOW, 3)
    frontier.finish(connection, held[0].id, NOW, "stored")
    assert claiming.release(connection, 1) == 2
    assert len(claim(connection)) == 3


def test_a_backfill_keeps_to_its_own(connection: Connection) -> None:
    """A crawl does not claim what a backfill asked for, nor the other way round."""
    frontier.add(connection, "demo", [Found(url=url(1))], NOW)
    frontier.add(connection, "demo", [Found(url=url(2))], NOW, backfill="2021-01-01/")
    assert claim(connection, backfill="2021-01-01/") == [url(2)]
    assert claim(connection) == [url(1)]


def test_retry_brings_lost_pages_back(connection: Connection) -> None:
    """Quarantined and dropped pages become due again, chosen by reason; stored ones stay as they are."""
    frontier.add(connection, "demo", [Found(url=url(n)) for n in range(3)], NOW)
    rows = claiming.claim(connection, "demo", 1, NOW, 3)
    frontier.finish(connection, rows[0].id, NOW, "failed", reason="timeout", state="quarantined", attempts=7)
    frontier.finish(connection, rows[1].id, NOW, "dropped", reason="empty")
    frontier.finish(connection, rows[2].id, NOW, "stored")
    assert frontier.retry(connection, NOW, reason="timeout") == 1
    assert claim(connection) == [rows[0].url]
    assert frontier.retry(connection, NOW, urls=[rows[1].url, rows[2].url]) == 1


def test_two_crawls_never_claim_one_address(postgresql_url: str) -> None:
    """On PostgreSQL, claims of two open transactions are disjoint and don't wait for each other."""
    from newscrawl.db.session import open_database

    engine = open_database(postgresql_url)
    with engine.begin() as connection:
        runs.know(connection, DEMO, NOW)
        frontier.add(connection, "demo", [Found(url=url(n)) for n in range(10)], NOW)
    with engine.begin() as one, engine.begin() as two:
        first = {row.id for row in claiming.claim(one, "demo", 1, NOW, 6)}
        second = {row.id for row in claiming.claim(two, "demo", 2, NOW, 6)}
    engine.dispose()
    assert len(first) == 6
    assert len(second) == 4
    assert not first & second


def test_a_source_date_in_the_future_changes_nothing(connection: Connection) -> None:
    """A source that always says that a page changes tomorrow does not make it due."""
    frontier.add(connection, "demo", [Found(url=url(1))], NOW)
    row = claiming.claim(connection, "demo", 1, NOW, 1)[0]
    frontier.finish(connection, row.id, NOW, "stored")
    frontier.add(connection, "demo", [Found(url=url(1), modified=NOW + timedelta(days=3))], NOW + timedelta(days=1))
    assert connection.execute(select(Frontier.state)).scalar_one() == "done"
    connection.execute(update(Frontier).values(state="waiting"))
    assert claim(connection) == [url(1)]


def test_a_clock_that_was_ahead_puts_nothing_off(connection: Connection) -> None:
    """What was found or read in the future is due at once; what a right clock put off stays where it was."""
    future = NOW + timedelta(days=3650)
    frontier.add(connection, "demo", [Found(url=url(1))], NOW)
    frontier.add(connection, "demo", [Found(url=url(2)), Found(url=url(3))], future)
    held = claiming.claim(connection, "demo", 1, future, 10)
    for row in held[:2]:
        at = NOW if row.url == url(1) else future
        frontier.finish(connection, row.id, at, "stored", again_at=at + timedelta(days=1))
    claiming.release(connection, 1)
    assert claim(connection) == []
    assert clock.heal(connection, "demo", NOW) == 2
    assert sorted(claim(connection)) == [url(2), url(3)]
