"""What tests share: an empty database of each kind, and the sample outlets."""

from __future__ import annotations

import os
import random
import shutil
import socket
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError
from starter import Server, Starter, environment

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


@contextmanager
def _copied(server: Engine | None, template: str | None) -> Iterator[str]:
    """Give the address of a copy of the template, and drop it at the end."""
    if server is None:
        pytest.skip("no PostgreSQL at 127.0.0.1:5432: set NEWSCRAWL_TEST_POSTGRESQL to test on one")
    name = f"newscrawl_{uuid.uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        # no test pulls this server's plug, so none has to wait for its disk
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    yield _at(name)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


#: Make a database as new: nobody else in it, no row, every sequence at its start. A tenth of the cost of a new one.
EMPTY = """
DO $$
DECLARE name text;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'DELETE FROM ' || name;
  END LOOP;
  FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
  END LOOP;
END $$
"""


@pytest.fixture(scope="session")
def emptied_postgresql_url(postgresql_server: Engine | None, postgresql_template: str | None) -> Iterator[str]:
    """The address of the database that tests use one after the other."""
    with _copied(postgresql_server, postgresql_template) as url:
        yield url


@pytest.fixture
def postgresql_url(emptied_postgresql_url: str) -> Iterator[str]:
    """The address of a database of the newest schema without a row, emptied after the test."""
    yield emptied_postgresql_url
    engine = create_engine(emptied_postgresql_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(EMPTY))


@pytest.fixture
def own_postgresql_url(postgresql_server: Engine | None, postgresql_template: str | None) -> Iterator[str]:
    """The address of a database of its own, for a test that changes the schema; dropped after the test."""
    with _copied(postgresql_server, postgresql_template) as url:
        yield url


@pytest.fixture(scope="session")
def session_postgresql_url(postgresql_server: Engine | None, postgresql_template: str | None) -> Iterator[str]:
    """The address of a database that all tests of the session share: they only read it."""
    with _copied(postgresql_server, postgresql_template) as url:
        yield url


@pytest.fixture(scope="session")
def ports() -> tuple[str, ...]:
    """Four ports for the sample's command, free for the whole session: below those that the system gives out."""
    while True:
        first = random.randrange(20_000, 32_000, 4)
        try:
            for number in range(first, first + 4):
                with closing(socket.socket()) as probe:
                    probe.bind(("127.0.0.1", number))
        except OSError:
            continue
        return tuple(map(str, range(first, first + 4)))


SERVER = pytest.StashKey[Server]()


def pytest_configure(config: pytest.Config) -> None:
    """Let one process start the commands of all the session's tests."""
    if not hasattr(config, "workerinput"):
        config.stash[SERVER] = server = Server()
        os.environ["NEWSCRAWL_TEST_STARTER"] = server.address


def pytest_unconfigure(config: pytest.Config) -> None:
    """End that process."""
    if SERVER in config.stash:
        config.stash[SERVER].close()


@pytest.fixture(scope="session")
def starter() -> Starter:
    """What starts commands."""
    return Starter(os.environ["NEWSCRAWL_TEST_STARTER"])


@pytest.fixture(scope="session")
def crawled(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, ports: tuple[str, ...], starter: Starter
) -> dict[int, Path]:
    """Folders with the sample's archive after its first and its second edition, made once for all who test."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "crawled"
    editions = {number: folder / str(number) for number in (1, 2)}
    command = ("sample", "--crawl", "--ports", *ports)
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            editions[1].mkdir(parents=True)
            starter.run(command, editions[1], environment()).check_returncode()
            shutil.copytree(editions[1], editions[2])
            starter.run(command, editions[2], environment()).check_returncode()
    return editions


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema, copied for each test: much faster than migrating each."""
    file = tmp_path_factory.mktemp("template") / "news.db"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a database of the newest schema without a row, once of each kind."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgresql_url")
        return url
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'news.db')}"


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
