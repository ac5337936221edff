"""Statements that run for every page: compiled once for each database, and run by its driver, since a small one takes four
times as long through SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


class _Compiled(NamedTuple):
    sql: str
    takes: list[tuple[str, Callable[[Any], Any] | None]]
    """The parameters in their order, each with what its type does to a value."""
    own: dict[str, Any]
    """Values that stand in the statement itself, or are their column's default."""
    by_position: bool


class Prepared:
    """A statement whose rows come as the driver gives them: for inserts, updates, and selects of plain columns.

    The values that it is run with name the columns that it sets, as with ``Connection.execute``.
    """

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Run the statement once, within the connection's transaction, and give its rows, tuples.

        Raises KeyError for a parameter without a value, and sqlalchemy.exc.DBAPIError as ``Connection.execute`` does.
        """
        kind = (connection.dialect.name, *values)
        found = self._compiled.get(kind)
        if found is None:
            found = self._compiled[kind] = self._compile(connection, list(values))
        sql, takes, own, by_position = found
        if own:
            values = {**own, **values}
        given: Any
        if by_position:
            given = [values[name] if change is None else change(values[name]) for name, change in takes]
        else:
            given = {name: values[name] if change is None else change(values[name]) for name, change in takes}
        cursor = connection.connection.cursor()
        try:
            cursor.execute(sql, given)
            return list(cursor.fetchall()) if cursor.description else []
        except connection.dialect.loaded_dbapi.Error as error:
            raise _told(connection, sql, given, error) from error
        finally:
            cursor.close()

    def value(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Run the statement once, and give the first value of its first row, None where there is no row."""
        rows = self.run(connection, values)
        return rows[0][0] if rows else None

    def _compile(self, connection: Connection, names: list[str]) -> _Compiled:
        dialect = connection.dialect
        compiled = self._statement.compile(dialect=dialect, column_keys=names)
        takes = [
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup or compiled.params
        ]
        own = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        own |= {column.key: column.default.arg for column in compiled.insert_prefetch}
        return _Compiled(str(compiled), takes, own, bool(compiled.positional))


def _told(connection: Connection, sql: str, given: Any, error: Exception) -> BaseException:
    """Give SQLAlchemy's error for a driver's; a connection that is lost is not used again."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)  # type: ignore[arg-type]
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        sql, given, error, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
    )
