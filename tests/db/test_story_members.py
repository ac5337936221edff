"""Stories: who joins, who leaves, and two writers who store copies of one text at the same moment."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select

from newscrawl.db import runs, store
from newscrawl.db.models import Article as Row
from newscrawl.db.models import Story
from newscrawl.item import Article, Block, Page
from newscrawl.outlet import Outlet
from newscrawl.reading.fingerprint import content_hash, signature
from newscrawl.visit import Visit

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
WIRE = " ".join(f"The engineer of ward {number} said that pump {number * 7} works again." for number in range(30))
OTHER = " ".join(
    f"School {number} in the valley opens {number + 2} rooms for pupils of the villages." for number in range(30)
)


def outlet(name: str) -> Outlet:
    return Outlet(
        id=name, country="SY", name=name, homepage=f"https://{name}.example/", languages=("en",), timezone="UTC"
    )


def visit(name: str, body: str, at: datetime = NOW, page: int = 1) -> Visit:
    url = f"https://{name}.example/{page}"
    article = Article(url=url, title="Pumps work again", body=body, blocks=(Block("paragraph", body),), published_at=at)
    return Visit(
        outlet=outlet(name), page=Page(b"x", url, at), url_requested=url, article=article,
        content_hash=content_hash(article.title, body), signature=signature(body),
    )  # fmt: skip


@pytest.fixture
def known(engine: Engine) -> Iterator[Engine]:
    with engine.begin() as connection:
        for name in ("a", "b", "c", "d"):
            runs.know(connection, outlet(name), NOW)
    return engine


def keep(engine: Engine, *visits: Visit) -> None:
    with engine.begin() as connection:
        for one in visits:
            store.keep(connection, one)


def rows(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return {row.outlet_id: row for row in connection.execute(select(Row.outlet_id, Row.story_id, Row.is_original))}


def test_copies_are_one_story_and_the_earliest_is_its_original(known: Engine) -> None:
    """Three outlets that carry one text are one story, whichever order they come in; a fourth text is none."""
    keep(known, visit("b", WIRE, NOW + timedelta(hours=1)), visit("a", WIRE + " More soon."), visit("d", OTHER))
    keep(known, visit("c", "Staff. " + WIRE, NOW + timedelta(hours=2)))
    found = rows(known)
    assert found["a"].story_id == found["b"].story_id == found["c"].story_id is not None
    assert found["d"].story_id is None
    assert [name for name, row in found.items() if row.is_original] == ["a"]


def test_a_rewritten_article_leaves_its_story(known: Engine) -> None:
    """When a copy is rewritten until nothing of the text is left, it is a report of its own, and the story goes on."""
    keep(known, visit("a", WIRE), visit("b", WIRE), visit("c", WIRE))
    keep(known, visit("c", OTHER, NOW + timedelta(hours=3)))
    found = rows(known)
    assert found["c"].story_id is None
    assert found["c"].is_original is None
    assert found["a"].story_id == found["b"].story_id is not None
    keep(known, visit("b", OTHER, NOW + timedelta(hours=4)))
    found = rows(known)
    assert found["a"].story_id is None
    assert found["b"].story_id == found["c"].story_id is not None
    with known.connect() as connection:
        assert len(connection.execute(select(Story.id)).all()) == 1


def test_two_writers_at_once_see_each_other_s_copies(postgresql_url: str) -> None:
    """Two transactions that store copies of one text side by side end as one story: the second waits for the first."""
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        for name in ("a", "b"):
            runs.know(connection, outlet(name), NOW)
    stored, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with engine.begin() as connection:
            store.keep(connection, visit("a", WIRE))
            stored.set()
            go_on.wait(10)

    writer = threading.Thread(target=first)
    writer.start()
    assert stored.wait(10)
    second = threading.Thread(target=keep, args=(engine, visit("b", WIRE, NOW + timedelta(minutes=5))))
    second.start()
    second.join(0.5)
    assert second.is_alive()
    go_on.set()
    writer.join(10)
    second.join(10)
    found = rows(engine)
    engine.dispose()
    assert found["a"].story_id == found["b"].story_id is not None
