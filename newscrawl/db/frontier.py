"""The frontier: every address known of an outlet, claimed by a run and ended in the article's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, case, select, update

from newscrawl.db.models import Frontier
from newscrawl.db.prepared import Prepared
from newscrawl.db.upsert import insert, table
from newscrawl.discovery import identity
from newscrawl.item import Hint

Kind = Literal["article", "home", "feed", "sitemap", "section", "wordpress"]

#: Higher is fetched first: sources tell what there is, then what they named, then what was merely linked, then looks
#: at articles that are stored already.
PRIORITY_SOURCE, PRIORITY_NAMED, PRIORITY_SECTION, PRIORITY_HOME, PRIORITY_AGAIN = 100, 50, 40, 30, 10
_EPOCH = datetime.fromtimestamp(0, UTC)
_FRONTIER = table(Frontier)
#: Built once: it ends every visit. The values given with it are what it sets.
_FINISH = Prepared(update(_FRONTIER).where(_FRONTIER.c.id == bindparam("frontier")))


@lru_cache(1000)  # asked for many times while an article is stored
def key_of(url: str, label: str | None = None) -> str:
    """Give an address's key: 32 hex digits of its identity's SHA-256; a backfill keeps its own row of a source."""
    return sha256(f"{identity(url)}{' ' + label if label else ''}".encode("utf-8", "replace")).hexdigest()[:32]


def rank_of(moment: datetime | None) -> int:
    """Give a source's date as seconds since 1970, 0 when it is unknown: newest first."""
    return 0 if moment is None else int((moment - _EPOCH).total_seconds())


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An address that a source named. ``modified`` is when the source says that the page last changed."""

    url: str
    kind: Kind = "article"
    priority: int = PRIORITY_NAMED
    rank: int = 0
    depth: int = 0
    source_id: int | None = None
    hint: Hint = field(default_factory=Hint)
    modified: datetime | None = None


def add(
    connection: Connection, outlet_id: str, found: Iterable[Found], now: datetime, *, backfill: str | None = None
) -> int:
    """Put new addresses into the frontier and give their number.

    A known one that still waits for its first visit takes the better priority and hint; a stored one that its
    source says has changed since is looked at again now.
    """
    new = 0
    rows = {key_of(link.url, backfill if link.kind != "article" else None): link for link in found}
    for start in range(0, len(rows), 500):
        new += _add(connection, outlet_id, dict(list(rows.items())[start : start + 500]), now, backfill)
    return new


def _add(connection: Connection, outlet_id: str, rows: dict[str, Found], now: datetime, backfill: str | None) -> int:
    known = {
        row.url_key: row
        for row in connection.execute(
            select(
                Frontier.id, Frontier.url_key, Frontier.finished_at, Frontier.state, Frontier.priority, Frontier.due_at
            ).where(Frontier.outlet_id == outlet_id, Frontier.url_key.in_(rows))
        )
    }
    fresh = [_row(outlet_id, key, link, now, backfill) for key, link in rows.items() if key not in known]
    added = 0
    if fresh:
        statement = insert(connection, Frontier).on_conflict_do_nothing(index_elements=["outlet_id", "url_key"])
        before = len(fresh)
        connection.execute(statement, fresh)
        added = before
    for key, row in known.items():
        if row.state in ("waiting", "done"):
            _refresh(connection, row, rows[key], now, backfill)
    return added


def _row(outlet_id: str, key: str, link: Found, now: datetime, backfill: str | None) -> dict[str, Any]:
    return {
        "outlet_id": outlet_id,
        "url": link.url,
        "url_key": key,
        "kind": link.kind,
        "state": "waiting",
        "due_at": now,
        "priority": link.priority,
        "rank": link.rank,
        "source_id": link.source_id,
        "depth": link.depth,
        "backfill": backfill,
        "hint": _packed(link.hint),
        "attempts": 0,
        "added_at": now,
    }


def _refresh(connection: Connection, row: Any, link: Found, now: datetime, backfill: str | None) -> None:
    values: dict[str, Any] = {}
    if row.finished_at is None:
        if link.priority > row.priority:
            values = {"priority": link.priority, "rank": link.rank, "hint": _packed(link.hint)}
        if backfill and row.state == "waiting":
            values["backfill"] = backfill
    elif link.kind == "article" and link.modified is not None and row.finished_at < link.modified <= now:
        values = {"state": "waiting", "due_at": min(row.due_at, now), "hint": _packed(link.hint)}
    if values:
        connection.execute(update(Frontier).where(Frontier.id == row.id).values(**values))


def _packed(hint: Hint) -> dict[str, Any]:
    return {key: value for key, value in asdict(hint).items() if value is not None}


def finish(
    connection: Connection,
    frontier_id: int,
    now: datetime,
    outcome: str,
    *,
    reason: str | None = None,
    again_at: datetime | None = None,
    state: Literal["done", "quarantined"] = "done",
    **values: Any,
) -> None:
    """End a claim with its outcome; with ``again_at`` the address waits until then."""
    ended = {"state": state, "claimed_by": None, "outcome": outcome, "reason": reason, "finished_at": now}
    again = {"state": "waiting", "due_at": again_at} if again_at else {}
    _FINISH.run(connection, {"frontier": frontier_id, **ended, **again, **values})


def recheck(connection: Connection, outlet_id: str, now: datetime) -> None:
    """Make every stored article due now."""
    stored = (
        (Frontier.outlet_id == outlet_id) & Frontier.article_id.is_not(None) & Frontier.state.in_(("waiting", "done"))
    )
    connection.execute(update(Frontier).where(stored).values(state="waiting", due_at=now))


def retry(
    connection: Connection,
    now: datetime,
    *,
    outlet_id: str | None = None,
    reason: str | None = None,
    urls: Sequence[str] = (),
) -> int:
    """Make failed, dropped and quarantined addresses due now, their failures forgotten; give the number."""
    chosen = Frontier.outcome.in_(("failed", "dropped")) & Frontier.state.in_(("waiting", "done", "quarantined"))
    if outlet_id:
        chosen &= Frontier.outlet_id == outlet_id
    if reason:
        chosen &= Frontier.reason == reason
    if urls:
        chosen &= Frontier.url_key.in_([key_of(url) for url in urls])
    return connection.execute(
        update(Frontier)
        .where(chosen)
        .values(
            state="waiting",
            due_at=now,
            attempts=0,
            etag=None,
            last_modified=None,
            # Whoever asks for a page by hand vouches for it, as a feed would: no budget ends it.
            priority=case((Frontier.kind == "article", PRIORITY_NAMED), else_=Frontier.priority),
        )
    ).rowcount
