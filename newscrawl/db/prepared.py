"""Statements that run for every page: compiled once for each database, since SQLAlchemy's part is most of their cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, CursorResult


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

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Run the statement once. Raises KeyError for a parameter without a value."""
        kind = (connection.dialect.name, *values)
        found = self._compiled.get(kind)
        if found is None:
            found = self._compiled[kind] = self._compile(connection, list(values))
        sql, takes, own, by_position = found
        if own:
            values = {**own, **values}
        if by_position:
            return connection.exec_driver_sql(
                sql, tuple([values[name] if change is None else change(values[name]) for name, change in takes])
            )
        return connection.exec_driver_sql(
            sql, {name: values[name] if change is None else change(values[name]) for name, change in takes}
        )

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
