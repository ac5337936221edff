"""An article that was deleted and read again from the archive gets back what the frontier still knows of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from newscrawl.db.frontier import key_of
from newscrawl.db.losses import ABSENT
from newscrawl.db.models import Article, Frontier, Lost
from newscrawl.schedule import CONFIRM
from newscrawl.visit import Visit


def from_frontier(connection: Connection, visit: Visit, article_id: int) -> None:
    """Link the address to its article, for the next crawl; say what named it, when it was last served, or that it is gone.

    Does nothing for an address that the frontier does not know, or that has its article.
    """
    row = connection.execute(
        select(Frontier.id, Frontier.source_id, Frontier.outcome, Frontier.finished_at).where(
            Frontier.outlet_id == visit.outlet.id, Frontier.url_key == key_of(visit.page.url),
            Frontier.article_id.is_(None),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        return
    connection.execute(update(Frontier).where(Frontier.id == row.id).values(article_id=article_id))
    known: dict[str, Any] = {"source_id": row.source_id}
    if row.finished_at is not None and row.finished_at >= visit.fetched_at:
        known["last_checked_at"] = row.finished_at
        if row.outcome in ("stored", "revised", "unchanged"):
            known["last_seen_at"] = row.finished_at
        elif row.outcome in ("missing", "gone"):
            known |= _absence(connection, visit, row)
    connection.execute(update(Article).where(Article.id == article_id).values(**known))


def _absence(connection: Connection, visit: Visit, row: Any) -> dict[str, Any]:
    looks = connection.execute(
        select(Lost.at)
        .where(
            Lost.outlet_id == visit.outlet.id, Lost.at >= visit.fetched_at, Lost.frontier_id == row.id,
            Lost.reason.in_(ABSENT),
        )
        .order_by(Lost.at)
    ).scalars().all()  # fmt: skip
    since = looks[0] if looks else row.finished_at
    confirmed = next((at for at in looks if at - since >= CONFIRM), row.finished_at)
    return {"missing_since": since, "gone_at": confirmed if row.outcome == "gone" else None}
