"""The sample's archive after both editions, on SQLite and, by copy-db, on PostgreSQL; the tests here only read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newscrawl.db.copy import copy
from newscrawl.db.session import connect, open_database


@pytest.fixture(scope="session")
def archive(crawled: dict[int, Path]) -> Path:
    """The SQLite file of the sample, crawled twice."""
    return crawled[2] / "news.db"


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def sample_engine(request: pytest.FixtureRequest, archive: Path) -> Iterator[Engine]:
    """An engine on the sample's archive, once of each kind."""
    source = connect(f"sqlite:///{archive}", read_only=True)
    if request.param == "sqlite":
        yield source
        source.dispose()
        return
    engine = open_database(request.getfixturevalue("session_postgresql_url"))
    copy(source, engine)
    source.dispose()
    yield engine
    engine.dispose()
