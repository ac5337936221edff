"""What a clock that was ahead left behind: times that have not come yet, and visits put off until long after them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, update

from newscrawl.db.models import Frontier, Source

#: Clocks of several machines differ by seconds; what is further ahead is a clock that was wrong.
TOLERANCE = timedelta(hours=1)
#: Every outcome that a frontier row can have: asking for each lets the index on outcome and time answer.
_OUTCOMES = ("stored", "revised", "unchanged", "listed", "dropped", "failed", "missing", "gone")


def heal(connection: Connection, outlet_id: str, now: datetime) -> int:
    """Make due what was put off by a clock that was ahead, and give the number of addresses.

    Without it, one crawl under a clock that stood in 2036 would keep its outlet's pages unread for ten years.
    """
    ahead = now + TOLERANCE
    later = or_(Frontier.added_at > ahead, Frontier.outcome.in_(_OUTCOMES) & (Frontier.finished_at > ahead))
    connection.execute(
        update(Source)
        .where(Source.outlet_id == outlet_id, Source.last_checked_at > ahead, Source.next_due_at > now)
        .values(next_due_at=now)
    )
    return connection.execute(
        update(Frontier)
        .where(Frontier.outlet_id == outlet_id, Frontier.state == "waiting", Frontier.due_at > now, later)
        .values(due_at=now)
    ).rowcount
