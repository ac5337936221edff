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
from newscrawl.reading.fingerprint import searched
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


WORDS = [
    ("Aleppo/Idlib", "idlib", True), ("npasyria.com", "npasyria", True), ("press@sana.sy", "sana", True), ("won 3-4", "4", True),
    ("Covid-19", '"covid 19"', True), ("नई दिल्ली में", "दिल्ली", True), ("नई दिल्ली में", "दाल", False), ("O'Hara's", "hara", True),
    ("北京今天下雨", "今天", True), ("北京今天下雨", "今雨", False), ("東京タワーで火災", "タワー", True), ("เกิดเหตุไฟไหม้ที่กรุงเทพ", "ไฟไหม้", True),
    ("เกิดเหตุไฟไหม้ที่กรุงเทพ", "ไฟกรุง", False), ("서울에서 화재", "서울*", True), ("Ale\u00adppo", "aleppo", True),
    ("Da\u200bmascus", "damascus", True), ("\u200fدمشق\u200e", "دمشق", True), ("إدلـــب", "ادلب", True), ("مستشفى", "مستشفي", True),
    ("مُظاهَرَةٌ", "مظاهره", True), ("هەولێر", "ههولير", True), ("ڕێگای کوردستان", "كوردستان", True), ("کتاب‌های ۱۴۰۵", "كتابهاي 1405", True),
    ("٢٠٢٦", "2026", True), ("Straße in Köln", "strasse koln", True), ("Işıklar Iğdır", "isiklar IGDIR", True), ("İSTANBUL", "istanbul", True),
    ("Ёлка и Жёлтый", "желтый", True), ("São Paulo", "sao", True), ("bombardment", "bomb*", True), ("bombardment", "bomb", False),
    ("the city of Hama", '"city hama"', False), ("\U0001e900\U0001e901", "\U0001e922\U0001e923", True), ("ﻻجئون", "لاجئون", True),
]  # fmt: skip


@pytest.mark.parametrize("place", [0, 1], ids=["body", "title"])
def test_words_are_the_same_on_both_databases(engine: Engine, demo: Outlet, place: int) -> None:
    """However a word is spelt, joined or written without spaces, both databases find it, and nothing else."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    seen = {"first_seen_at": now, "last_seen_at": now, "last_checked_at": now, "content_hash": "-", "word_count": 1}
    wrong = []
    with engine.begin() as connection:
        runs.know(connection, demo, now)
        for number, (text, _, _) in enumerate(WORDS, 1):
            row = {"id": number, "outlet_id": "demo", "url": "u", "url_key": str(number), "title": text}
            connection.execute(insert(Article).values(**row, **seen))
            index(connection, number, searched(*(("-", text) if place == 0 else (text, "-"))))
        for number, (text, query, wanted) in enumerate(WORDS, 1):
            if (number in {hit.id for hit in search(connection, query, limit=100)}) is not wanted:
                wrong.append((text, query))
    assert wrong == []


def test_places_and_agencies_are_named_in_any_spelling(engine: Engine, demo: Outlet) -> None:
    """A filter by place or agency folds as the words do: case and accents of any script don't matter."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    row = {
        "id": 1, "outlet_id": "demo", "url": "u", "url_key": "k", "title": "Yol", "content_hash": "-", "word_count": 1,
        "first_seen_at": now, "last_seen_at": now, "last_checked_at": now, "dateline_place": "Şırnak", "agency": "АНФ",
    }  # fmt: skip
    with engine.begin() as connection:
        runs.know(connection, demo, now)
        connection.execute(insert(Article).values(**row))
        index(connection, 1, searched("Yol", "-"))
        for place, agency, found in (("sirnak", None, 1), ("ŞIRNAK", "анф", 1), ("Urfa", None, 0), (None, "AFP", 0)):
            assert len(search(connection, "yol", place=place, agency=agency)) == found, (place, agency)


@pytest.mark.parametrize("query", ["", "  ", '"', "-", '""'])
def test_a_query_without_a_word_is_refused(sample_engine: Engine, query: str) -> None:
    """Punctuation alone is no query."""
    with pytest.raises(ValueError, match="no word"):
        titles(sample_engine, query)


@pytest.mark.parametrize(
    "query",
    [
        "a' OR 1=1 --",
        "NEAR(x y)",
        "x AND",
        "a:b & !c | (",
        "col:*",
        "\\ \u0000 rain",
        "-rain",
        "rain* *",
        "🔥 rain",
        '"rain',
        "a <-> b",
        "^x",
    ],
)
def test_operators_are_words(sample_engine: Engine, query: str) -> None:
    """Nothing that somebody types is an operator of the database."""
    assert titles(sample_engine, query) is not None


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """What was folded stays as it is."""
    assert fold(fold(text)) == fold(text)
