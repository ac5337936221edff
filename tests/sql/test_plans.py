"""Every index is there for a question, and the question uses it."""

from pathlib import Path

import pytest

from newscrawl.db.models import Article, ArticleAuthor, Revision
from newscrawl.db.session import connect

PLANS = {
    "ix_article_place": "SELECT title FROM articles WHERE dateline_place = 'Hasakah' AND published_at >= '2026' ORDER BY published_at",
    "ix_article_agency": "SELECT title FROM articles WHERE agency = 'Desht' ORDER BY published_at",
    "ix_article_published": "SELECT title FROM articles WHERE published_at >= '2026' ORDER BY published_at",
    "ix_article_outlet_published": "SELECT outlet, count(*), min(published_at) FROM articles GROUP BY outlet",
    "ix_article_outlet_first_seen": "SELECT id FROM article WHERE outlet_id = 'desht' AND first_seen_at > '2026' ORDER BY first_seen_at",
    "ix_article_first_seen": "SELECT title FROM articles WHERE first_seen_at >= '2026'",
    "ix_article_gone": "SELECT title FROM articles WHERE gone_at IS NOT NULL",
    "ix_article_story": "SELECT title FROM articles WHERE story_id = 1",
    "ix_article_canonical": "SELECT id FROM article WHERE url_key = 'a' OR canonical_key = 'a'",
    "ix_revision_later": "SELECT n.id FROM revisions n WHERE n.n > 1 AND n.cause = 'outlet'",
    "ix_article_author_name": "SELECT article_id FROM article_author WHERE name = 'Rojin'",
}


@pytest.mark.parametrize("index", PLANS)
def test_the_question_uses_its_index(archive: Path, index: str) -> None:
    """SQLite's plan for this question names this index."""
    engine = connect(f"sqlite:///{archive}", read_only=True)
    with engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {PLANS[index]}")]
    engine.dispose()
    assert any(f"INDEX {index} " in f"{step} " for step in plan), plan


def test_no_index_is_without_a_question() -> None:
    """An index of articles, revisions and authors that no question here needs would only cost."""
    indexes = {index.name for model in (Article, Revision, ArticleAuthor) for index in model.__table__.indexes}  # type: ignore[attr-defined]
    assert indexes == set(PLANS)
