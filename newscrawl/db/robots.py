"""robots.txt as last fetched from each host, so that every process knows it and asks for it once a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from newscrawl.db.models import Robots
from newscrawl.db.upsert import insert

#: How long an answer is good (RFC 9309, section 2.4).
GOOD_FOR = timedelta(hours=24)
#: An answer that forbids everything, because the host failed, is asked for again sooner.
FAILED_FOR = timedelta(minutes=30)


class Stored(NamedTuple):
    """An answer: the HTTP status (0: none came) and the text."""

    status: int
    body: str


def origin(url: str) -> str:
    """Give scheme://host[:port], to which one robots.txt applies."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def load(connection: Connection, url: str, now: datetime) -> Stored | None:
    """Give the stored answer for an address's host while it is good."""
    row = connection.execute(
        select(Robots.status, Robots.body, Robots.fetched_at).where(Robots.host == origin(url))
    ).one_or_none()
    if row is None:
        return None
    good = FAILED_FOR if row.status == 0 or row.status >= 500 else GOOD_FOR
    return Stored(row.status, row.body) if row.fetched_at <= now < row.fetched_at + good else None


def save(connection: Connection, url: str, now: datetime, status: int, body: str) -> None:
    """Store an answer."""
    values = {"fetched_at": now, "status": status, "body": body}
    statement = insert(connection, Robots).values(host=origin(url), **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["host"], set_=values))


def stored_text(connection: Connection, url: str) -> str:
    """Give the text of the host's robots.txt, '' if there is none."""
    return (
        connection.execute(
            select(Robots.body).where(Robots.host == origin(url), Robots.status == 200)
        ).scalar_one_or_none()
        or ""
    )
