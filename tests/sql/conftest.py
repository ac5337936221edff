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


@pytest.fixture(scope="session")
def copied(archive: Path, session_postgresql_url: str) -> str:
    """The address of the archive's copy on PostgreSQL."""
    source, engine = connect(f"sqlite:///{archive}", read_only=True), open_database(session_postgresql_url)
    copy(source, engine)
    source.dispose()
    engine.dispose()
    return session_postgresql_url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def sample_engine(request: pytest.FixtureRequest, archive: Path) -> Iterator[Engine]:
    """An engine on the sample's archive, once of each kind; made again where the tests' order changes between kinds."""
    address = f"sqlite:///{archive}" if request.param == "sqlite" else request.getfixturevalue("copied")
    engine = connect(address, read_only=request.param == "sqlite")
    yield engine
    engine.dispose()
