"""Sources of an outlet: where they come from, how they fare, and when each is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, or_, select, update

from newscrawl.db import claiming, days, frontier
from newscrawl.db.models import Frontier, Lost, Source
from newscrawl.db.upsert import insert
from newscrawl.discovery import endpoint
from newscrawl.item import Hint
from newscrawl.outlet import Outlet
from newscrawl.schedule import RETIRE_AFTER, RETIRED_PAUSE

#: A child of a sitemap index that gave nothing new is asked again ever more rarely, up to once in this time.
RAREST = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A source to look at: declared by the seed, or found. ``modified`` is when its index says it changed."""

    kind: frontier.Kind
    url: str
    declared: bool = False
    depth: int = 0
    modified: datetime | None = None
    mark: str | None = None
    """For a next page: a digest of what the page before it named."""


def declared(outlet: Outlet) -> list[Named]:
    """Give the sources that the seed names, and the home page."""
    named = [("feed", url) for url in outlet.sources.feeds]
    named += [("sitemap", url) for url in outlet.sources.sitemaps]
    named += [("section", url) for url in outlet.sources.sections]
    if outlet.sources.wordpress:
        named.append(("wordpress", endpoint(outlet.sources.wordpress)))
    named.append(("home", outlet.homepage))
    return [Named(kind=kind, url=url, declared=True) for kind, url in named]  # type: ignore[arg-type]


def add(
    connection: Connection, outlet_id: str, named: Iterable[Named], now: datetime, *, backfill: str | None = None
) -> int:
    """Make sources known, and put those that are new, or say that they changed, into the frontier as due."""
    found = []
    for source in named:
        key = frontier.key_of(source.url)
        connection.execute(
            insert(connection, Source)
            .values(
                outlet_id=outlet_id, kind=source.kind, url=source.url, url_key=key, declared=source.declared,
                added_at=now,
            )
            .on_conflict_do_nothing(index_elements=["outlet_id", "url_key"])
        )  # fmt: skip
        row = connection.execute(
            select(Source.id, Source.last_checked_at).where(Source.outlet_id == outlet_id, Source.url_key == key)
        ).one()
        if source.modified and row.last_checked_at and row.last_checked_at < source.modified <= now:
            arm(connection, outlet_id, now, row.id, backfill=backfill)
        found.append(
            frontier.Found(
                url=source.url, kind=source.kind, priority=frontier.PRIORITY_SOURCE - source.depth,
                depth=source.depth, source_id=row.id, rank=frontier.rank_of(source.modified), hint=Hint(guid=source.mark),
            )
        )  # fmt: skip
    return frontier.add(connection, outlet_id, found, now, backfill=backfill)


def arm(
    connection: Connection, outlet_id: str, now: datetime, source_id: int | None = None, *, backfill: str | None = None
) -> None:
    """Make sources due now: one, or all that are looked at on each visit (those not found inside another source)."""
    chosen = (Frontier.outlet_id == outlet_id) & (Frontier.kind != "article") & Frontier.state.in_(("waiting", "done"))
    chosen &= Frontier.backfill.is_(None) if backfill is None else Frontier.backfill == backfill
    if source_id is not None:
        chosen &= Frontier.source_id == source_id
    else:
        live = select(Source.id).where(
            Source.outlet_id == outlet_id, or_(Source.state == "active", Source.next_due_at <= now)
        )
        chosen &= (Frontier.depth == 0) & Frontier.source_id.in_(live)
    connection.execute(update(Frontier).where(chosen).values(state="waiting", due_at=now))


def answered(
    connection: Connection,
    outlet_id: str,
    claim: claiming.Claim,
    now: datetime,
    status: str,
    *,
    new: int = 0,
    etag: str | None = None,
    last_modified: str | None = None,
    backfill: str | None = None,
) -> None:
    """End a look at a source that answered: ``status`` is ``listed``, ``empty`` (it named no article) or ``not-modified``,
    ``new`` is what it added.

    In a backfill a source is read once; otherwise it waits for its next visit.
    """
    pause = _pause(connection, claim, now, new)
    connection.execute(
        update(Source)
        .where(Source.id == claim.source_id)
        .values(
            state="active", last_checked_at=now, last_ok_at=now, last_status=status, failures=0, next_due_at=now + pause,
            **({"last_new_at": now} if new else {}),
        )
    )  # fmt: skip
    validators: dict[str, Any] = {} if status == "not-modified" else {"etag": etag, "last_modified": last_modified}
    again = None if backfill else now + pause
    frontier.finish(connection, claim.id, now, "listed", again_at=again, attempts=0, **validators)
    days.count(connection, outlet_id, now, sources_ok=1, found=new)


def last_ok(connection: Connection, source_id: int | None) -> datetime | None:
    """Give when a source last answered."""
    return connection.execute(select(Source.last_ok_at).where(Source.id == source_id)).scalar_one_or_none()


def failed(
    connection: Connection,
    outlet_id: str,
    claim: claiming.Claim,
    run_id: int | None,
    now: datetime,
    reason: str,
    detail: str | None,
    *,
    blocked: bool = False,
    backfill: str | None = None,
) -> None:
    """End a look at a source that failed: kept with its reason, retired after a row of failures."""
    failures = claim.attempts + 1
    retired = failures >= RETIRE_AFTER
    pause = RETIRED_PAUSE if retired else _pause(connection, claim, now, 0)
    connection.execute(
        update(Source)
        .where(Source.id == claim.source_id)
        .values(
            last_checked_at=now, last_status=reason, failures=failures, next_due_at=now + pause,
            state="retired" if retired else "active",
        )
    )  # fmt: skip
    # A page behind a listing's last one is not there, and will not be: the listing ends.
    ended = claim.depth > 0 and reason in ("http-404", "http-410")
    again = None if backfill and (failures > 3 or ended) else now + pause
    frontier.finish(connection, claim.id, now, "failed", reason=reason, again_at=again, attempts=failures)
    connection.execute(
        insert(connection, Lost).values(
            outlet_id=outlet_id, run_id=run_id, frontier_id=claim.id, url=claim.url, stage="source", outcome="failed",
            reason=reason, detail=detail, at=now,
        )
    )  # fmt: skip
    days.count(connection, outlet_id, now, sources_failed=1, blocked=int(blocked))


def _pause(connection: Connection, claim: claiming.Claim, now: datetime, new: int) -> timedelta:
    """Give the pause until a source found inside another one is asked again: soon after news, else ever later."""
    if claim.depth == 0 or new:
        return timedelta(minutes=15) if claim.depth else timedelta(days=1)
    row = connection.execute(
        select(Source.last_checked_at, Source.next_due_at).where(Source.id == claim.source_id)
    ).one_or_none()
    last = row.next_due_at - row.last_checked_at if row and row.next_due_at and row.last_checked_at else timedelta(0)
    return min(max(2 * last, timedelta(hours=3)), RAREST)
