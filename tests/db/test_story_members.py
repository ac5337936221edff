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
from newscrawl.reading.fingerprint import fingerprints
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
    made = Visit(outlet=outlet(name), page=Page(b"x", url, at), url_requested=url, article=article)
    made.prints = fingerprints(article.title, body)
    return made


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


TOLL = (
    "The health ministry said on {day} that the number of people killed since the war began on 7 October 2023 has risen to "
    "{killed}, and that {hurt} others were wounded. Rescue teams still look for people under collapsed houses, it added, and "
    "ask for fuel and heavy machines, which wait at the crossings."
)
PRICES = (
    "Today's exchange rates in the market of Damascus: the dollar is bought at {} pounds and sold at {} pounds; the euro is "
    "bought at {} pounds and sold at {} pounds; the Turkish lira stands at {} pounds. A gram of gold of 21 carats costs {} "
    "pounds, as the goldsmiths' association of the city announced in the morning on its page."
)
RATES = (
    PRICES.format(11450, 11600, 13210, 13390, 331, 985000),
    PRICES.format(11730, 11880, 13520, 13700, 338, 1004000),
)


def test_tomorrow_s_report_in_the_same_words_is_no_copy(known: Engine) -> None:
    """Daily tolls in one form are each a report of its own, of one outlet or of two; the day's copy elsewhere is a copy."""
    monday, tuesday = (
        TOLL.format(day="Monday", killed="45,028", hurt="106,962"), TOLL.format(day="Tuesday", killed="45,059", hurt="107,041"),
    )  # fmt: skip
    day = timedelta(days=1)
    keep(known, visit("a", monday), visit("b", tuesday, NOW + day))
    assert {row.story_id for row in rows(known).values()} == {None}
    keep(known, visit("a", tuesday, NOW + day, page=2), visit("c", monday.replace(",", "."), NOW + timedelta(hours=2)))
    with known.connect() as connection:
        found = connection.execute(select(Row.outlet_id, Row.story_id, Row.url)).all()
    stories = {(row.outlet_id, row.url[-1]): row.story_id for row in found}
    assert stories["a", "1"] == stories["c", "1"] is not None
    assert stories["a", "2"] == stories["b", "1"] is not None
    assert stories["a", "1"] != stories["a", "2"]


@pytest.mark.parametrize("names", ["aa", "ab"])
def test_a_form_filled_in_twice_a_day_is_two_reports(known: Engine, names: str) -> None:
    """Morning and noon rates in one form are two reports, of one outlet and of two."""
    keep(known, visit(names[0], RATES[0]), visit(names[1], RATES[1], NOW + timedelta(hours=4), page=2))
    with known.connect() as connection:
        assert connection.execute(select(Row.story_id)).scalars().all() == [None, None]


def test_a_copy_with_the_new_toll_is_a_copy(known: Engine) -> None:
    """Another outlet that copies a report some hours later, and corrects its one figure, has copied it."""
    text = (
        "A bus overturned near the bridge and {} people were killed, police said. "
        + WIRE.split(". ", 1)[0]
        + " as well, it was said there."
    )
    keep(known, visit("a", text.format(4)), visit("b", text.format(6), NOW + timedelta(hours=3)))
    found = rows(known)
    assert found["a"].story_id == found["b"].story_id is not None


def test_the_same_text_twice_in_one_outlet_is_counted_once(known: Engine) -> None:
    """A text that an outlet publishes again under a second address is a copy of its own first publication."""
    keep(known, visit("a", WIRE), visit("a", WIRE, NOW + timedelta(days=3), page=2))
    with known.connect() as connection:
        found = connection.execute(select(Row.story_id, Row.is_original).order_by(Row.id)).all()
    assert found[0].story_id == found[1].story_id is not None
    assert [row.is_original for row in found] == [True, False]


def test_an_article_between_two_stories_makes_them_one(known: Engine) -> None:
    """Two halves of a text are two reports until the whole arrives late: then all are one story, and ids stay the older's."""
    half = len(WIRE) // 2
    first, second = WIRE[: half + 300], WIRE[half - 300 :]
    keep(known, visit("a", first), visit("b", first, NOW + timedelta(hours=1)), visit("c", second), visit("d", second))
    before = rows(known)
    assert before["a"].story_id == before["b"].story_id != before["c"].story_id == before["d"].story_id
    keep(known, visit("a", WIRE, NOW - timedelta(hours=1), page=2))
    after = rows(known)
    with known.connect() as connection:
        found = connection.execute(select(Row.story_id, Row.is_original, Row.url)).all()
        kept = connection.execute(select(Story.id, Story.articles)).all()
    assert [tuple(row) for row in kept] == [(before["a"].story_id, 5)]
    assert {row.story_id for row in found} == {before["a"].story_id}
    assert [row.url for row in found if row.is_original] == ["https://a.example/2"]
    assert after["d"].story_id == before["a"].story_id
