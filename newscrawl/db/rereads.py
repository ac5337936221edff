"""What a reread reads again, what it would change, and how far it has come, so that the same one goes on there after it was
stopped or killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import aliased

from newscrawl import reading
from newscrawl.db import captures, rows, store
from newscrawl.db.captures import Captured
from newscrawl.db.frontier import key_of
from newscrawl.db.lease import is_dead
from newscrawl.db.models import Article, Capture, Frontier, Revision, Run
from newscrawl.item import Hint
from newscrawl.visit import Visit

#: What may hold an article; errors are kept, but not read.
_READABLE = Capture.status.between(200, 299)

Differences = dict[str, tuple[Any, Any]]
"""By column: what is stored, and what was read now."""

#: Rereads that are looked through for one with the same choice of pages.
LATEST = 100


def reached(connection: Connection, run_id: int, capture_id: int) -> None:
    """Write down that every capture up to this one has been read again."""
    connection.execute(update(Run).where(Run.id == run_id).values(stats={"reached": capture_id}))


def left_off(connection: Connection, arguments: dict[str, Any]) -> int:
    """Give the capture that the latest reread of the same pages by the same reader came to, if it did not finish; or 0."""
    query = (
        select(Run.arguments, Run.finish_reason, Run.owner, Run.stats)
        .where(Run.kind == "reread", Run.reader_version == reading.VERSION)
        .order_by(Run.id.desc())
        .limit(LATEST)
    )
    for row in connection.execute(query):
        if row.arguments == arguments:
            stopped = row.finish_reason != "finished" and (row.finish_reason is not None or is_dead(row.owner))
            return int(row.stats.get("reached", 0)) if stopped else 0
    return 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ToRead:
    """A page to read again: its capture, and the article that it gave, if there is one."""

    capture: Captured
    article_id: int | None
    article_url: str | None
    reader_version: str | None
    hint: Hint


def to_read(
    connection: Connection,
    *,
    outlet_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    version: str | None = None,
    after: int = 0,
    limit: int = 200,
) -> Iterator[ToRead]:
    """Yield the pages to read again of all captures behind ``after``: those of current revisions, and those of no article.

    The latter are pages that gave none, and those that are newer than all that is known of their article.

    ``version`` chooses pages that were read by that reader. A capture of a superseded text is left alone: what it says
    was true at its time and is in its own revision. ``limit`` captures are looked at in one query.
    """
    fits = [Capture.id > bindparam("after"), _READABLE]
    if outlet_id:
        fits.append(Capture.outlet_id == outlet_id)
    if since:
        fits.append(Capture.fetched_at >= since)
    if until:
        fits.append(Capture.fetched_at < until)
    chosen = select(Capture.id).where(*fits).order_by(Capture.id).limit(limit)
    pages = _pages(version)
    while ids := connection.execute(chosen, {"after": after}).scalars().all():
        yield from [
            ToRead(
                capture=captures.captured(row), article_id=row.article_id, article_url=row.article_url,
                reader_version=row.reader_version, hint=Hint(**(row.hint or {})),
            )
            for row in connection.execute(pages, {"ids": ids})
        ]  # fmt: skip
        after = ids[-1]


def _pages(version: str | None) -> Any:
    """Build the query of what is wanted of the captures ``ids``; whole ones: an API's answer may hold many articles."""
    other = aliased(Article)
    known = select(other.id).where(other.url_key == Capture.url_key, other.last_seen_at >= Capture.fetched_at).exists()
    current = (Article.id == Revision.article_id) & (Article.revision_id == Revision.id)
    query = (
        captures.rows()
        .add_columns(Article.id.label("article_id"), Article.url.label("article_url"), Revision.reader_version, Frontier.hint)
        .outerjoin(Revision, Revision.capture_id == Capture.id)
        .outerjoin(Article, current)
        .outerjoin(Frontier, (Frontier.outlet_id == Capture.outlet_id) & (Frontier.url_key == Capture.url_key))
        .where(
            Capture.id.in_(bindparam("ids", expanding=True)),
            Article.id.is_not(None) | (Revision.id.is_(None) & ~known),
        )
    )  # fmt: skip
    if version:
        query = query.where(Revision.reader_version == version)
    return query.order_by(Capture.id, Article.id)


def differences(connection: Connection, visit: Visit) -> Differences:
    """Give what a reread would change, by column: (stored, now). A new article is the column ``article``."""
    if visit.article is None:
        return {}
    known = store.find(connection, visit)
    if known is None:
        return {"article": (None, visit.article.title)}
    if (visit.cause == "outlet" and visit.fetched_at <= known.last_seen_at) or known.url_key != key_of(visit.page.url):
        return {}
    stored = connection.execute(select(Revision.__table__).where(Revision.id == known.revision_id)).mappings().one()
    apart = {"n", "cause", "seen_at", "run_id", "capture_id", "reader_version", "content_hash"}
    new = rows.revision(visit, visit.article, 0)
    return {name: (stored[name], value) for name, value in new.items() if name not in apart and stored[name] != value}
