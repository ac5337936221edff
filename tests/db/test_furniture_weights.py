"""The weights of an outlet's blocks: counted, faded and forgotten, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from newscrawl.db import furniture, runs
from newscrawl.db.models import Furniture
from newscrawl.outlet import Outlet

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def weights(engine: Engine) -> dict[str, float]:
    with engine.connect() as connection:
        rows = connection.execute(select(Furniture.fingerprint, Furniture.weight, Furniture.last_seen_at)).all()
    assert {row.last_seen_at for row in rows} <= {NOW}
    return {row.fingerprint: row.weight for row in rows}


def learn(engine: Engine, demo: Outlet, *articles: set[str]) -> None:
    with engine.begin() as connection:
        furniture.learn(connection, demo.id, [frozenset(blocks) for blocks in articles], NOW)


def test_older_articles_count_less(engine: Engine, demo: Outlet) -> None:
    """Each article makes those before it weigh a hundredth less, within a batch and from one batch to the next."""
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
    learn(engine, demo, {"a", "b"}, {"a"})
    assert weights(engine) == pytest.approx({"a": 1.99, "b": 0.99, furniture.ARTICLES: 1.99})
    learn(engine, demo, {"b"})
    assert weights(engine) == pytest.approx(
        {"a": 1.99 * 0.99, "b": 0.99 * 0.99 + 1, furniture.ARTICLES: 1.99 * 0.99 + 1}
    )


def test_what_is_rare_among_many_is_not_counted(engine: Engine, demo: Outlet) -> None:
    """Of many articles at once the paragraphs of each are not written down, unless they are counted already."""
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
    learn(engine, demo, {"old"})
    own = [{"always", f"own {number}"} for number in range(furniture.MANY - 1)]
    learn(engine, demo, *own, {"always", "old"})
    found = weights(engine)
    assert set(found) == {"always", "old", furniture.ARTICLES}
    assert found["old"] == pytest.approx(1 + furniture.DECAY**furniture.MANY)


def test_what_no_longer_returns_is_forgotten(engine: Engine, demo: Outlet) -> None:
    """A block of one article is gone after a hundred others, and what stood on all of them is furniture."""
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
    learn(engine, demo, {"once"})
    learn(engine, demo, *[{"always"}] * 98)
    assert set(weights(engine)) == {"always", "once", furniture.ARTICLES}
    learn(engine, demo, {"always"})
    assert set(weights(engine)) == {"always", furniture.ARTICLES}
    with engine.connect() as connection:
        assert furniture.known(connection, demo.id) == {"always"}
