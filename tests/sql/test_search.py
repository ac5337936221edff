"""Search finds an article however its outlet spells, on both databases."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from newscrawl.db import runs
from newscrawl.db.models import Article
from newscrawl.db.search import index, search
from newscrawl.outlet import Outlet
from newscrawl.reading.fold import fold


def titles(engine: Engine, query: str, **filters: object) -> set[str]:
    with engine.connect() as connection:
        return {hit.title for hit in search(connection, query, **filters)}  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["qamişlo dibistan*", "QAMISLO Dibistan*", "Qamışlo dibistan*"])
def test_accents_and_case_don_t_matter(sample_engine: Engine, query: str) -> None:
    """A Kurdish word is found with and without its accents."""
    assert "Sê dibistanên nûkirî li gundên Qamişloyê vebûn" in titles(
        sample_engine,
        query.replace("qamişlo", "qamişlo*").replace("QAMISLO", "QAMISLO*").replace("Qamışlo", "Qamislo*"),
    )


def test_arabic_letters_are_one(sample_engine: Engine) -> None:
    """Alef with hamza, ta marbuta and harakat make no difference."""
    wanted = "انقلاب حافلة على طريق الحسكة يودي بحياة أربعة أشخاص"
    assert {wanted} <= titles(sample_engine, "اربعه اشخاص") & titles(sample_engine, "أَرْبَعَة أشخاص")


def test_phrases_filters_and_nothing(sample_engine: Engine) -> None:
    """Words in quotes stand together; filters narrow; a word that nobody wrote finds nothing."""
    assert titles(sample_engine, '"wheat seed"') == {"Raqqa farmers receive wheat seed two weeks late"}
    assert titles(sample_engine, '"seed wheat"') == set()
    assert titles(sample_engine, "hasakah", outlets=["gap-postasi"]) == {
        "Four killed as workers' bus overturns near Hasakah"
    }
    assert titles(sample_engine, "hasakah", until=datetime(2026, 11, 17, tzinfo=UTC)) == set()
    assert titles(sample_engine, "bus", place="hasakah", agency="two rivers")
    assert titles(sample_engine, "xylophone") == set()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Aleppo/Idlib", "idlib"), ("npasyria.com", "npasyria"), ("press@sana.sy", "sana"), ("won 3-4", "4"),
        ("Covid-19", '"covid 19"'), ("नई दिल्ली में", "दिल्ली"), ("北京今天", "北京"), ("O'Hara's", "hara"),
    ],
)  # fmt: skip
def test_words_are_the_same_on_both_databases(engine: Engine, demo: Outlet, text: str, query: str) -> None:
    """Words that signs join are found one by one, on either database."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    row = {
        "outlet_id": "demo",
        "url": "u",
        "url_key": "k",
        "first_seen_at": now,
        "last_seen_at": now,
        "last_checked_at": now,
    }
    with engine.begin() as connection:
        runs.know(connection, demo, now)
        connection.execute(insert(Article).values(id=1, content_hash="-", title="nothing", word_count=1, **row))
        index(connection, 1, "nothing", text)
        assert [hit.id for hit in search(connection, query)] == [1]


@pytest.mark.parametrize("query", ["", "  ", '"', "-", '""'])
def test_a_query_without_a_word_is_refused(sample_engine: Engine, query: str) -> None:
    """Punctuation alone is no query."""
    with pytest.raises(ValueError, match="no word"):
        titles(sample_engine, query)


@pytest.mark.parametrize("query", ["a' OR 1=1 --", "NEAR(x y)", "x AND", "a:b & !c | (", "col:*", "\\ \u0000 rain"])
def test_operators_are_words(sample_engine: Engine, query: str) -> None:
    """Nothing that somebody types is an operator of the database."""
    assert titles(sample_engine, query) is not None


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """What was folded stays as it is."""
    assert fold(fold(text)) == fold(text)
