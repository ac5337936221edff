"""An article that was deleted and read again from the archive gets back what the frontier still knows of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from newscrawl.db.frontier import key_of
from newscrawl.db.losses import ABSENT
from newscrawl.db.models import Article, Capture, Frontier, Lost
from newscrawl.visit import Visit


def from_frontier(connection: Connection, visit: Visit, article_id: int, confirm: timedelta) -> None:
    """Link the address to its article, for the next crawl; say what named it, when it was last served, or that it is gone.

    The latter with the last of its pages only: what is older than the last look is no news. ``confirm`` is how long an
    address must have been missing before its article counts as gone. Does nothing for an address without a frontier row.
    """
    key = key_of(visit.page.url)
    row = connection.execute(
        select(Frontier.id, Frontier.source_id, Frontier.outcome, Frontier.finished_at).where(
            Frontier.outlet_id == visit.outlet.id, Frontier.url_key == key
        )
    ).one_or_none()
    if row is None:
        return
    connection.execute(update(Frontier).where(Frontier.id == row.id).values(article_id=article_id))
    known: dict[str, Any] = {"source_id": row.source_id}
    later = select(Capture.id).where(
        Capture.url_key == key, Capture.fetched_at > visit.fetched_at, Capture.status.between(200, 299)
    )  # fmt: skip
    last = connection.execute(later.limit(1)).first() is None
    if last and row.finished_at is not None and row.finished_at >= visit.fetched_at:
        known["last_checked_at"] = row.finished_at
        if row.outcome in ("stored", "revised", "unchanged"):
            known["last_seen_at"] = row.finished_at
        elif row.outcome in ("missing", "gone"):
            known |= _absence(connection, visit, row, confirm)
    connection.execute(update(Article).where(Article.id == article_id).values(**known))


def _absence(connection: Connection, visit: Visit, row: Any, confirm: timedelta) -> dict[str, Any]:
    looks = connection.execute(
        select(Lost.at)
        .where(
            Lost.outlet_id == visit.outlet.id, Lost.at >= visit.fetched_at, Lost.frontier_id == row.id,
            Lost.reason.in_(ABSENT),
        )
        .order_by(Lost.at)
    ).scalars().all()  # fmt: skip
    since = looks[0] if looks else row.finished_at
    # With no look late enough, the crawl's own setting was shorter than today's.
    confirmed = next((at for at in looks if at - since >= confirm), since)
    return {"missing_since": since, "gone_at": confirmed if row.outcome == "gone" else None}
