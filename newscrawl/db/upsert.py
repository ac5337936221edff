"""Statements on plain tables, and INSERT ... ON CONFLICT for both databases, whose dialects spell it in two modules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def table(model: Any) -> Table:
    """Give a model's table: statements on it are built several times as fast as on the mapped class."""
    found: Table = model.__table__
    return found


def insert(connection: Connection, model: Any) -> Any:
    """Give the dialect's insert statement for a model's table, with its ``on_conflict_do_*`` methods."""
    return insert_of(connection.dialect.name, model)


def insert_of(dialect: str, model: Any) -> Any:
    """Give the insert statement of a dialect, by its name, for statements that are built once."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table(model))
