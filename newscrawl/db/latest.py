"""What the last crawls changed: articles that are new, revised or gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select, union_all

from newscrawl.db.models import Article, Lost, Outlet, Revision, Run


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One line of the table: ``what`` is new, revised or gone; ``at`` when it was seen."""

    what: str
    at: datetime
    outlet: str
    title: str
    place: str | None
    country: str | None
    agency: str | None
    published: datetime | None
    article_id: int


def last_start(connection: Connection, outlet_id: str | None = None) -> datetime | None:
    """Give the start of the last run: of an outlet, or of the most recent of all."""
    query = select(func.max(Run.started_at))
    if outlet_id is not None:
        query = query.where(Run.outlet_id == outlet_id)
    moment: datetime | None = connection.execute(query).scalar_one()
    return moment


def changes(connection: Connection, since: datetime, outlets: Sequence[str] = (), limit: int = 100) -> list[Change]:
    """Give what changed since a moment, the newest publications first."""
    parts = [
        _part("new", Article.first_seen_at, since, outlets),
        # IS TRUE keeps the databases from beginning at the many articles seen before, and not at the few later texts.
        _part("revised", Revision.seen_at, since, outlets).join(
            Revision, (Revision.article_id == Article.id) & (Revision.id == Article.revision_id)
        ).where(Revision.n > 1, Revision.cause == "outlet", (Article.first_seen_at < since).is_(True)),
        _part("gone", Article.gone_at, since, outlets),
    ]  # fmt: skip
    union = union_all(*parts).subquery()
    # Ordering by the bare column would make SQLite walk the whole index of publications, and PostgreSQL put undated first.
    newest = func.coalesce(union.c.published, union.c.at).desc()
    rows = connection.execute(select(union).order_by(newest, union.c.article_id).limit(limit))
    return [Change(**row._mapping) for row in rows]


def lost(connection: Connection, since: datetime, outlets: Sequence[str] = ()) -> dict[str, int]:
    """Count the pages and sources that gave nothing since a moment, by reason, the most frequent first."""
    query = select(Lost.reason, func.count()).where(Lost.at >= since).group_by(Lost.reason)
    query = query.where(Lost.outlet_id.in_(outlets)) if outlets else query
    return dict(connection.execute(query.order_by(func.count().desc(), Lost.reason)).tuples().all())


def _part(what: str, moment: Any, since: datetime, outlets: Sequence[str]) -> Select[Any]:
    query = (
        select(
            literal(what).label("what"), moment.label("at"), Outlet.name.label("outlet"), Article.title,
            Article.dateline_place.label("place"), Article.dateline_country.label("country"), Article.agency,
            Article.published_at.label("published"), Article.id.label("article_id"),
        )
        .select_from(Article)
        .join(Outlet, Outlet.id == Article.outlet_id)
        .where(moment >= since)
    )  # fmt: skip
    return query.where(Article.outlet_id.in_(outlets)) if outlets else query
