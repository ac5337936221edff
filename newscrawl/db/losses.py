"""Visits that brought no article: kept with their reason, tried again later, or taken as a sign that it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, select, update

from newscrawl.db import claiming, days, frontier
from newscrawl.db.models import Article, Frontier, Lost
from newscrawl.db.store import Ending
from newscrawl.db.upsert import insert
from newscrawl.schedule import CONFIRM, next_look, retry_at
from newscrawl.visit import Visit

#: Reasons that say the address no longer has its article.
ABSENT = frozenset({"http-404", "http-410", "soft-404"})
#: Refusals: the outlet answered, and said no.
BLOCKED = frozenset({"http-401", "http-403", "http-429", "http-451"})
#: Failures that the same page will show again: one more try, then quarantine.
STUBBORN = frozenset(
    {"reader-timeout", "reader-memory", "reader-crash", "crash", "http-400", "http-401", "http-403", "http-451"}
)
#: Refused by our own rules: asking again changes nothing until the seed or robots.txt does.
REFUSED = frozenset({"robots-disallowed", "private-address", "foreign-host", "bad-scheme", "too-large"})
_CHANCE = Random()


def lose(connection: Connection, visit: Visit, *, confirm: timedelta = CONFIRM) -> Ending:
    """Count and keep a visit without article; ValueError if the visit gives no reason.

    ``confirm`` is how long an address must have been missing before its article counts as gone.
    """
    if visit.reason is None:
        raise ValueError("a visit without an article needs a reason")
    row = _frontier_row(connection, visit)
    absent = visit.reason in ABSENT
    if row is not None and row.article_id is not None and absent:
        ending = _missing(connection, visit, row, confirm)
    elif absent or visit.reason in REFUSED or (visit.stage in ("read", "validate") and visit.reason not in STUBBORN):
        ending = _drop(connection, visit, row)
    else:
        ending = _fail(connection, visit, row)
    _tell(connection, visit, ending)
    return ending


def seen_unchanged(connection: Connection, visit: Visit) -> Ending:
    """Settle an article whose outlet answered 304: it is still there, and the same."""
    row = _frontier_row(connection, visit)
    now = visit.fetched_at
    if row is None or row.article_id is None:
        raise ValueError("only a known article can be unchanged")
    article = connection.execute(
        update(Article)
        .where(Article.id == row.article_id)
        .values(last_seen_at=now, last_checked_at=now, missing_since=None, gone_at=None)
        .returning(Article.first_seen_at, Article.published_at)
    ).one()
    again = next_look(now, article.first_seen_at, article.published_at)
    frontier.finish(connection, row.id, now, "unchanged", again_at=again, attempts=0)
    return Ending(outcome="unchanged", url=visit.page.url, article_id=row.article_id)


def give_up(
    connection: Connection, outlet_id: str, run_id: int, claims: Sequence[claiming.Claim], now: datetime, reason: str
) -> None:
    """End claims without a request: dropped, for a reason of ours."""
    if not claims:
        return
    connection.execute(
        update(Frontier)
        .where(Frontier.id.in_([claim.id for claim in claims]))
        .values(state="done", claimed_by=None, outcome="dropped", reason=reason, finished_at=now, backfill=None)
    )
    told = {
        "outlet_id": outlet_id,
        "run_id": run_id,
        "stage": "budget",
        "outcome": "dropped",
        "reason": reason,
        "at": now,
    }
    connection.execute(
        insert(connection, Lost), [{"frontier_id": claim.id, "url": claim.url, **told} for claim in claims]
    )
    days.count(connection, outlet_id, now, dropped=len(claims))


def _frontier_row(connection: Connection, visit: Visit) -> Any:
    if visit.frontier_id is None:
        return None
    return connection.execute(
        select(Frontier.id, Frontier.article_id, Frontier.attempts).where(Frontier.id == visit.frontier_id)
    ).one()


def _missing(connection: Connection, visit: Visit, row: Any, confirm: timedelta) -> Ending:
    now = visit.fetched_at
    article = connection.execute(
        select(Article.missing_since, Article.gone_at, Article.first_seen_at, Article.published_at).where(
            Article.id == row.article_id
        )
    ).one()
    since = article.missing_since or now
    gone = now - since >= confirm
    connection.execute(
        update(Article)
        .where(Article.id == row.article_id)
        .values(missing_since=since, last_checked_at=now, gone_at=article.gone_at or (now if gone else None))
    )
    again = next_look(now, article.first_seen_at, article.published_at) if gone else since + confirm
    outcome = "gone" if gone else "missing"
    frontier.finish(connection, row.id, now, outcome, reason=visit.reason, again_at=again)
    known = article.gone_at is not None
    if gone and not known:
        days.count(connection, visit.outlet.id, now, gone=1)
    return Ending(outcome=outcome, url=visit.page.url, article_id=row.article_id, reason=visit.reason, known=known)


def _drop(connection: Connection, visit: Visit, row: Any) -> Ending:
    now, article_id = visit.fetched_at, row.article_id if row is not None else None
    if row is not None:
        again = now + timedelta(days=1) if article_id is not None else None
        frontier.finish(connection, row.id, now, "dropped", reason=visit.reason, again_at=again, backfill=None)
    days.count(connection, visit.outlet.id, now, dropped=1)
    return Ending(outcome="dropped", url=visit.page.url, article_id=article_id, reason=visit.reason)


def _fail(connection: Connection, visit: Visit, row: Any) -> Ending:
    now, outcome = visit.fetched_at, "failed"
    if row is not None:
        attempts = row.attempts + 1
        again = None if visit.reason in STUBBORN and attempts > 1 else retry_at(now, attempts, _CHANCE)
        if again is None:
            outcome = "quarantined"
        frontier.finish(
            connection,
            row.id,
            now,
            "failed",
            reason=visit.reason,
            again_at=again,
            state="quarantined",
            attempts=attempts,
            backfill=None,
        )
    days.count(connection, visit.outlet.id, now, failed=1, blocked=int(visit.reason in BLOCKED))
    return Ending(
        outcome=outcome, url=visit.page.url, article_id=row.article_id if row is not None else None, reason=visit.reason
    )


def _tell(connection: Connection, visit: Visit, ending: Ending) -> None:
    connection.execute(
        insert(connection, Lost).values(
            outlet_id=visit.outlet.id, run_id=visit.run_id, frontier_id=visit.frontier_id, url=visit.page.url,
            stage=visit.stage, outcome="missing" if ending.outcome == "gone" else ending.outcome, reason=visit.reason,
            detail=visit.detail, capture_id=visit.capture_id, at=visit.fetched_at,
        )
    )  # fmt: skip
