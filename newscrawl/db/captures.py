"""Captures: which archived record holds a page's bytes, and what of it can be proved or read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from newscrawl.archive import Exchange, Written
from newscrawl.db.frontier import key_of
from newscrawl.db.models import Article, Capture, Lost, Revision
from newscrawl.db.prepared import Prepared
from newscrawl.db.upsert import table
from newscrawl.visit import Visit

_CAPTURE = table(Capture)
#: Built once: building a statement anew costs as much as running it.
_SAME = (
    select(_CAPTURE.c.id, _CAPTURE.c.url, _CAPTURE.c.fetched_at)
    .where(
        _CAPTURE.c.sha256 == bindparam("sha256"), _CAPTURE.c.url_key == bindparam("key"),
        _CAPTURE.c.record == "response", _CAPTURE.c.warc_file.is_not(None),
    )
    .order_by(_CAPTURE.c.id.desc())
    .limit(1)
)  # fmt: skip
_ID_OF = (
    select(_CAPTURE.c.id)
    .where(
        _CAPTURE.c.url_key == bindparam("key"), _CAPTURE.c.fetched_at == bindparam("at"),
        _CAPTURE.c.sha256 == bindparam("sha256"),
    )
    .order_by(_CAPTURE.c.id)
    .limit(1)
)  # fmt: skip
_ADD = Prepared(insert(_CAPTURE).returning(_CAPTURE.c.id))


@dataclass(frozen=True, kw_only=True, slots=True)
class Captured:
    """A capture's row; for a revisit ``file`` and ``offset`` are those of the record that holds the bytes."""

    id: int
    outlet_id: str
    url: str
    fetched_at: datetime
    status: int
    headers: list[Any]
    sha256: str
    file: str | None
    offset: int | None


def same(connection: Connection, exchange: Exchange) -> Any:
    """Find an archived record of the same address with the same payload: (id, url, fetched_at), or None."""
    return connection.execute(_SAME, {"sha256": exchange.sha256, "key": key_of(exchange.url)}).one_or_none()


def record(connection: Connection, visit: Visit) -> int | None:
    """Give the id of the capture of a visit's exchange, whose row is stored unless it is there: articles of one exchange
    share it. None for a page that is kept nowhere.
    """
    exchange: Exchange = visit.exchange
    known = None if visit.first else id_of(connection, exchange.url, exchange.at, exchange.sha256)
    if known is not None or visit.kept is None:
        return known
    written: Written = visit.kept.written()
    row = {
        "outlet_id": visit.outlet.id, "run_id": visit.run_id, "url": exchange.url, "url_key": key_of(exchange.url),
        "fetched_at": exchange.at, "status": exchange.status, "content_type": exchange.header("content-type"),
        "headers": [list(pair) for pair in exchange.headers], "sha256": exchange.sha256, "length": len(exchange.body),
        "record": written.record, "warc_file": written.file, "warc_offset": written.offset,
        "warc_length": written.length, "refers_to": visit.kept.refers_to,
    }  # fmt: skip
    capture_id: int = _ADD.value(connection, row)
    return capture_id


def id_of(connection: Connection, url: str, at: datetime, sha256: str) -> int | None:
    """Give the id of the capture of these bytes at this address and second; None when there is none."""
    return connection.execute(_ID_OF, {"key": key_of(url), "at": at, "sha256": sha256}).scalar()


def rows() -> Any:
    """Build the query of captures as ``captured`` takes its rows."""
    held = Capture.__table__.alias("held")
    return select(
        Capture.id, Capture.outlet_id, Capture.url, Capture.fetched_at, Capture.status, Capture.headers,
        Capture.sha256,
        # a revisit has no bytes of its own
        held.c.warc_file.label("held_file"), held.c.warc_offset.label("held_offset"),
        Capture.warc_file.label("file"), Capture.warc_offset.label("offset"),
    ).outerjoin(held, held.c.id == Capture.refers_to)  # fmt: skip


def captured(row: Any) -> Captured:
    """Make a capture of a row."""
    return Captured(
        id=row.id, outlet_id=row.outlet_id, url=row.url, fetched_at=row.fetched_at, status=row.status,
        headers=row.headers, sha256=row.sha256, file=row.held_file or row.file,
        offset=row.held_offset if row.held_file else row.offset,
    )  # fmt: skip


def all_of(connection: Connection, outlet_id: str | None = None) -> Iterator[Captured]:
    """Yield every capture, in order of their ids."""
    query = rows().order_by(Capture.id)
    if outlet_id:
        query = query.where(Capture.outlet_id == outlet_id)
    for row in connection.execution_options(yield_per=500).execute(query):
        yield captured(row)


def articles_of(connection: Connection, capture_id: int) -> list[tuple[int, int, str]]:
    """Give what was read from a capture: (article's id, revision's number, article's address)."""
    read = select(Article.id, Revision.n, Article.url).join(Revision, Revision.article_id == Article.id)
    rows = connection.execute(read.where(Revision.capture_id == capture_id).order_by(Article.id, Revision.n))
    return [(row.id, row.n, row.url) for row in rows]


def ended(connection: Connection, capture_id: int) -> set[str]:
    """Give the addresses of all that is known to have been made of a capture: revisions and losses."""
    stored = {url for _, _, url in articles_of(connection, capture_id)}
    return stored | set(connection.execute(select(Lost.url).where(Lost.capture_id == capture_id)).scalars())


def of_article(connection: Connection, article_id: int, n: int | None = None) -> Captured | None:
    """Give the capture of an article's revision ``n``, by default of its current one."""
    query = rows().join(Revision, Revision.capture_id == Capture.id).where(Revision.article_id == article_id)
    if n is not None:
        query = query.where(Revision.n == n)
    row = connection.execute(query.order_by(Revision.n.desc()).limit(1)).one_or_none()
    return captured(row) if row is not None else None


def has_article(connection: Connection, article_id: int, n: int | None = None) -> bool:
    """Is there such an article, with a revision ``n``?"""
    query = select(Revision.id).where(Revision.article_id == article_id)
    if n is not None:
        query = query.where(Revision.n == n)
    return connection.execute(query.limit(1)).first() is not None
