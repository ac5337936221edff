"""Migrations: up and down on both databases, no drift from the models, and no data lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, insert, inspect, text

from newscrawl.db import runs, session
from newscrawl.db.models import Article, ArticleAuthor, Base
from newscrawl.outlet import Outlet

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def postgresql_url(own_postgresql_url: str) -> str:
    """A database of its own: these tests change its schema."""
    return own_postgresql_url


def test_models_and_migrations_agree(engine: Engine, database_url: str) -> None:
    """`alembic check` finds nothing that the migrations have not built."""
    command.check(session.migrations(database_url))
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


def test_down_and_up_keeps_the_data(engine: Engine, database_url: str, demo: Outlet) -> None:
    """One step down and up again leaves outlets, articles and views as they were."""
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
    engine.dispose()
    command.downgrade(session.migrations(database_url), "-1")
    session.upgrade(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM outlet")).scalars().all() == ["demo"]
        assert connection.execute(text("SELECT count(*) FROM articles")).scalar_one() == 0


def test_authors_without_a_kind_are_people(engine: Engine, database_url: str, demo: Outlet) -> None:
    """Below 0003 people stay and organisations, which it can't tell from them, go; on the way up again all are people."""
    facts = {"content_hash": "x", "title": "t", "word_count": 3}
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
        connection.execute(
            insert(Article).values(
                id=1, outlet_id="demo", url="u", url_key="k", first_seen_at=NOW, last_seen_at=NOW, last_checked_at=NOW, **facts
            )
        )  # fmt: skip
        for position, (name, kind) in enumerate([("Rima Saleh", "person"), ("Demo", "organization")], 1):
            connection.execute(
                insert(ArticleAuthor).values(article_id=1, position=position, name=name, raw=name, kind=kind)
            )
    engine.dispose()
    command.downgrade(session.migrations(database_url), "0002")
    session.upgrade(database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, kind FROM article_author")).all()
    assert [tuple(row) for row in rows] == [("Rima Saleh", "person")]
    command.check(session.migrations(database_url))


def test_the_first_step_down_is_refused_when_it_would_lose_articles(engine: Engine, database_url: str) -> None:
    """Going below the first schema is for empty databases only."""
    script = ScriptDirectory.from_config(session.migrations(database_url))
    assert script.get_base() == session.revisions()[0]
    assert script.get_heads() == session.revisions()[-1:]
    engine.dispose()
    command.downgrade(session.migrations(database_url), "base")
    assert "article" not in inspect(engine).get_table_names()


def test_a_database_that_is_not_finished_is_begun_anew(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends the making of a database between any two steps leaves nothing of it, and the next start makes it whole."""
    command.downgrade(session.migrations(database_url), "base")
    with monkeypatch.context() as patch:
        patch.setattr("newscrawl.db.views.create_views", lambda connection: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            session.open_database(database_url)
    engine = session.connect(database_url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    session.open_database(database_url).dispose()


def test_an_older_schema_is_refused(engine: Engine, database_url: str) -> None:
    """A crawl does not touch a database of an older schema, and names the command that upgrades it."""
    engine.dispose()
    command.downgrade(session.migrations(database_url), "-1")
    with pytest.raises(session.DatabaseError, match="newscrawl upgrade"):
        session.open_database(database_url)


def test_a_stranger_s_database_is_refused(database_url: str) -> None:
    """Tables that are not ours are left alone."""
    if file := session.sqlite_file(database_url):
        file.unlink()
    engine = session.connect(database_url)
    with engine.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE {table} CASCADE"))
        connection.execute(text("CREATE TABLE recipe (id INTEGER)"))
    with pytest.raises(session.DatabaseError, match="not newscrawl's"):
        session.open_database(database_url)
    engine.dispose()


def test_a_damaged_file_is_refused_untouched(tmp_path: Path) -> None:
    """A file that is no SQLite database is refused, and not one byte of it changes."""
    path = tmp_path / "news.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(session.DatabaseError, match="can't open"):
        session.open_database(f"sqlite:///{path}")
    assert path.read_bytes() == b"this is no database" * 100


@pytest.mark.parametrize("url", ["mysql://root@127.0.0.1/x", "nonsense", "postgresql+psycopg://postgres@127.0.0.1:1/x"])
def test_an_address_that_can_t_be_used_is_an_error(url: str) -> None:
    """Another kind of database, nonsense, or a server that is down is one clear error."""
    with pytest.raises(session.DatabaseError):
        session.open_database(url)
