"""INSERT ... ON CONFLICT for both databases, whose dialects spell it alike but in two modules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, model: Any) -> Any:
    """Give the dialect's insert statement for a model, with its ``on_conflict_do_*`` methods."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(model)
