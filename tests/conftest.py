"""What tests share: an empty database of each kind, and the sample outlets."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from newscrawl.db.session import open_database
from newscrawl.outlet import Outlet

#: Where the tests' PostgreSQL listens; each test makes and drops a database of its own.
POSTGRESQL = os.environ.get("NEWSCRAWL_TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
REQUIRED = os.environ.get("NEWSCRAWL_TEST_REQUIRE_POSTGRESQL") == "1"


def _server() -> Engine | None:
    engine = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except OperationalError:
        if REQUIRED:
            raise
        return None
    return engine


@pytest.fixture(scope="session")
def postgresql_server() -> Engine | None:
    """The tests' PostgreSQL server, or None on a machine without one."""
    return _server()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: Engine | None) -> Iterator[str | None]:
    """A database with the newest schema, copied for each test: much faster than migrating each."""
    if postgresql_server is None:
        yield None
        return
    name = f"newscrawl_{uuid.uuid4().hex[:12]}"
    with postgresql_server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    open_database(_at(name)).dispose()
    yield name
    with postgresql_server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    postgresql_server.dispose()


def _at(name: str) -> str:
    return POSTGRESQL.rpartition("/")[0] + "/" + name


@pytest.fixture
def postgresql_url(postgresql_server: Engine | None, postgresql_template: str | None) -> Iterator[str]:
    """The address of a database of the newest schema, dropped after the test."""
    if postgresql_server is None:
        pytest.skip("no PostgreSQL at 127.0.0.1:5432: set NEWSCRAWL_TEST_POSTGRESQL to test on one")
    name = f"newscrawl_{uuid.uuid4().hex[:12]}"
    with postgresql_server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}"))
    yield _at(name)
    with postgresql_server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database, once of each kind."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgresql_url")
        return url
    return f"sqlite:///{tmp_path / 'news.db'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty database of the newest schema, once of each kind."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def demo() -> Outlet:
    """An outlet that exists nowhere."""
    return Outlet(
        id="demo",
        country="SY",
        name="Demo",
        homepage="https://demo.example/",
        languages=("en",),
        timezone="Asia/Damascus",
    )
