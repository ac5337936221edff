"""Claims: which addresses of the frontier a run takes next, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from newscrawl.db.frontier import PRIORITY_HOME, PRIORITY_SECTION, Kind
from newscrawl.db.models import Article, Frontier
from newscrawl.db.upsert import table
from newscrawl.item import Hint

_FRONTIER = table(Frontier)
_WAITS = (
    (_FRONTIER.c.outlet_id == bindparam("outlet"))
    & (_FRONTIER.c.state == "waiting")
    & (_FRONTIER.c.due_at <= bindparam("now"))
)  # fmt: skip
#: What waits, for a crawl and for a backfill.
_DUE = {False: _WAITS & _FRONTIER.c.backfill.is_(None), True: _WAITS & (_FRONTIER.c.backfill == bindparam("backfill"))}
_NEXT = {
    backfill: select(
        _FRONTIER.c.id, _FRONTIER.c.url, _FRONTIER.c.kind, _FRONTIER.c.priority, _FRONTIER.c.depth, _FRONTIER.c.hint,
        _FRONTIER.c.etag, _FRONTIER.c.last_modified, _FRONTIER.c.attempts, _FRONTIER.c.source_id, _FRONTIER.c.article_id,
        _FRONTIER.c.finished_at.is_(None).label("first"),
    )
    .where(due)
    .order_by(_FRONTIER.c.priority.desc(), _FRONTIER.c.rank.desc(), _FRONTIER.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    for backfill, due in _DUE.items()
}  # fmt: skip
_TAKE = (
    update(_FRONTIER)
    .where(_FRONTIER.c.id.in_(bindparam("taken", expanding=True)))
    .values(state="claimed", claimed_by=bindparam("run"))
)
_WAITING = {backfill: select(func.count()).select_from(_FRONTIER).where(due) for backfill, due in _DUE.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A frontier row that this run holds."""

    id: int
    url: str
    kind: Kind
    priority: int
    depth: int
    hint: Hint
    etag: str | None
    last_modified: str | None
    attempts: int
    source_id: int | None
    article_id: int | None
    first: bool
    """No visit to the address has ended yet."""


def claim(
    connection: Connection, outlet_id: str, run_id: int, now: datetime, limit: int, *, backfill: str | None = None
) -> list[Claim]:
    """Claim up to ``limit`` addresses that are due for this run: sources first, then the newest."""
    due = {"outlet": outlet_id, "now": now, "backfill": backfill, "most": limit}
    rows = connection.execute(_NEXT[backfill is not None], due).all()
    if rows:
        connection.execute(_TAKE, {"taken": [row.id for row in rows], "run": run_id})
    return [Claim(**{**row._mapping, "hint": Hint(**row.hint)}) for row in rows]


def tried(connection: Connection, outlet_id: str, since: datetime, most: int = 2_000) -> list[tuple[str, bool]]:
    """Give addresses that pages linked to and that brought no article since then, and those of the latest articles."""
    missed = (
        select(Frontier.url)
        .where(
            Frontier.outlet_id == outlet_id, Frontier.outcome == "dropped", Frontier.kind == "article",
            Frontier.priority.in_((PRIORITY_SECTION, PRIORITY_HOME)), Frontier.reason != "over-budget",
            Frontier.finished_at >= since,
        )
        .order_by(Frontier.finished_at.desc())
        .limit(most)
    )  # fmt: skip
    brought = select(Article.url).where(Article.outlet_id == outlet_id).order_by(Article.id.desc()).limit(most)
    return [
        *((url, False) for url in connection.execute(missed).scalars()),
        *((url, True) for url in connection.execute(brought).scalars()),
    ]


def waiting(connection: Connection, outlet_id: str, now: datetime, *, backfill: str | None = None) -> int:
    """Count what is due now."""
    due = {"outlet": outlet_id, "now": now, "backfill": backfill}
    return connection.execute(_WAITING[backfill is not None], due).scalar_one()


def release(connection: Connection, run_id: int) -> int:
    """Put back what a run holds and did not finish; give the number."""
    return connection.execute(
        update(Frontier).where(Frontier.claimed_by == run_id).values(state="waiting", claimed_by=None)
    ).rowcount
