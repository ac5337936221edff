"""Engines for SQLite and PostgreSQL, and bringing a database to the newest schema."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import DatabaseError as SQLiteError
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, inspect, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from newscrawl.resources import folder

# alembic is imported only where something is migrated: it takes as long to import as all of SQLAlchemy.
if TYPE_CHECKING:
    from alembic.config import Config

#: How long a connection waits for another process's write on SQLite, seconds.
LOCK_WAIT = 60


class DatabaseError(Exception):
    """The database can't be used: the message says why and what to do."""


class EmptyDatabaseError(DatabaseError):
    """Nothing was crawled into the database yet."""


_EMPTY = "{} holds nothing yet: `newscrawl sample --crawl` or `newscrawl crawl OUTLET` fills it"


def connect(url: str, *, read_only: bool = False) -> Engine:
    """Make an engine for ``sqlite:///FILE`` or ``postgresql+psycopg://...``; DatabaseError for another address."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(url, read_only=read_only)
        if parsed.get_backend_name() == "postgresql":
            return create_engine(
                parsed.set(drivername="postgresql+psycopg"),
                pool_pre_ping=True,
                connect_args={"options": "-c timezone=utc", "connect_timeout": 10},
            )
    except ModuleNotFoundError as error:
        raise DatabaseError(f"{error.name} is missing: pip install 'newscrawl[postgres]'") from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise DatabaseError(f"DATABASE_URL {url!r} can't be used: {error}") from error
    raise DatabaseError(f"DATABASE_URL {url!r}: use sqlite:///FILE.db or postgresql+psycopg://USER@HOST/NAME")


def _sqlite(url: str, *, read_only: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": LOCK_WAIT})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, record: Any) -> None:
        # SQLAlchemy shall say BEGIN itself: the driver's own begins are deferred, and a deferred transaction that
        # turns into a write under another writer fails at once instead of waiting.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            # The pages that a statement may have to undo: their copies would be a file that is made and deleted in nearly
            # every transaction.
            connection.execute("PRAGMA temp_store = MEMORY")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def migrations(url: str) -> Config:
    """Give the alembic configuration of the shipped migrations for this database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder("alembic")))
    config.attributes["url"] = url
    return config


def revisions() -> list[str]:
    """Give the schema's revisions, the newest last: each migration's file begins with its own."""
    return sorted(path.name.partition("_")[0] for path in (folder("alembic") / "versions").glob("[0-9]*_*.py"))


def open_database(url: str, *, read_only: bool = False) -> Engine:
    """Make an engine; bring an empty database to the newest schema, refuse an older, newer or damaged one.

    With ``read_only`` the engine neither writes nor waits for a writer, however long its readers take, and nothing is
    made: an empty database is EmptyDatabaseError. Raises DatabaseError with the command that helps.
    """
    engine = connect(url)
    file = sqlite_file(url)
    if read_only and file is not None and not file.exists():
        raise EmptyDatabaseError(_EMPTY.format(_shown(url)))
    try:
        state = _state(engine, url)
    except (DBAPIError, SQLiteError) as error:
        engine.dispose()
        raise DatabaseError(f"can't open {_shown(url)}: {_first_line(error)}") from error
    if state == "empty" and read_only:
        engine.dispose()
        raise EmptyDatabaseError(_EMPTY.format(_shown(url)))
    if state == "empty":
        engine.dispose()  # its connections, which are opened again when they are needed
        upgrade(url)
    elif state != "current":
        engine.dispose()
        raise DatabaseError(state)
    if read_only:
        engine.dispose()
        return connect(url, read_only=True)
    return engine


def upgrade(url: str, to: str = "head") -> None:
    """Run the migrations up to ``to``; raise DatabaseError when the database can't be reached."""
    from alembic import command

    try:
        command.upgrade(migrations(url), to)
    except (DBAPIError, SQLiteError) as error:
        raise DatabaseError(f"can't upgrade {_shown(url)}: {_first_line(error)}") from error


def _state(engine: Engine, url: str) -> str:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite" and (found := _damage(connection)):
            return (
                f"{_shown(url)} is damaged and was left untouched: {found}. Restore a copy, or see sqlite3's .recover"
            )
        tables = inspect(connection).get_table_names()
        query = "SELECT version_num FROM alembic_version"
        at = connection.exec_driver_sql(query).scalar() if "alembic_version" in tables else None
        if at is None:
            # alembic leaves its table, empty, below the first revision
            if set(tables) - {"alembic_version"}:
                return f"{_shown(url)} holds tables that are not newscrawl's: name another database in DATABASE_URL"
            return "empty"
    known = revisions()
    if at == known[-1]:
        return "current"
    if at not in known:
        return f"{_shown(url)} was written by a newer newscrawl (schema {at}): update newscrawl"
    return f"{_shown(url)} has an older schema ({at}): run `newscrawl upgrade`, after a backup"


def _damage(connection: Connection) -> str | None:
    """Look for damage that would spread with the next write; cheap enough for each start (reads the schema only)."""
    rows = connection.exec_driver_sql("PRAGMA schema_version").all()
    return None if rows else "no schema"


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _first_line(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def sqlite_file(url: str) -> Path | None:
    """Give the file of an SQLite address, or None for another database or one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)
