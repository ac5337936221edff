"""Column types that every table shares."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC to the second: text ``YYYY-MM-DD HH:MM:SS`` on SQLite, ``timestamp`` on PostgreSQL.

    Neither database stores a zone, so that a query prints the same time whatever the analyst's session is set to.
    Takes aware datetimes only (ValueError otherwise) and gives aware ones back.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Text of a fixed form on SQLite, whose date functions and comparisons understand it."""
        return dialect.type_descriptor(String(19) if dialect.name == "sqlite" else DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive datetimes; cut to the second in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone can't be stored: give an aware datetime")
        plain = value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        return plain.isoformat(" ") if dialect.name == "sqlite" else plain

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the moment back aware, in UTC."""
        if value is None:
            return None
        plain = datetime.fromisoformat(value) if isinstance(value, str) else value
        return plain.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text without what no database takes: NUL, which PostgreSQL refuses, and lone surrogates, which are no Unicode."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Leave them out, wherever they come from: a page, an address, a header, a traceback."""
        return clean(value)


class Facts(TypeDecorator[Any]):
    """JSON whose texts are ``Words``; PostgreSQL keeps it as ``jsonb``."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Give jsonb on PostgreSQL."""
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Clean every text in it."""
        return _clean_all(value)


def clean(text: str | None) -> str | None:
    r"""Leave out NUL and lone surrogates.

    >>> clean("a\x00b\ud800c")
    'abc'
    """
    if text is None or (text.isascii() and "\x00" not in text):
        return text
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _clean_all(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _clean_all(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean_all(one) for one in value]
    return value


#: SQLite numbers rows by itself only for INTEGER; PostgreSQL needs 64 bits for ten million articles' bands.
Id = BigInteger().with_variant(Integer, "sqlite")
Key = Annotated[int, mapped_column(Id, primary_key=True, autoincrement=True)]
UrlKey = Annotated[str, mapped_column(String(32))]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of all tables; constraints get names, so that migrations can drop them."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment, str: Words, dict[str, Any]: Facts, list[Any]: Facts}  # noqa: RUF012 (SQLAlchemy reads it)
