"""How far a reread has come, so that the same one goes on there after it was stopped or killed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from newscrawl import reading
from newscrawl.db.lease import is_dead
from newscrawl.db.models import Run

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
