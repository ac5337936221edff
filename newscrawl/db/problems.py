"""Problems as rows: opened when health first finds one, closed when it no longer does, each told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from newscrawl.db.models import Problem
from newscrawl.health import Health


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A problem to tell: ``event`` is start or end; ``ended`` is None while it lasts."""

    id: int
    event: str
    outlet: str
    kind: str
    detail: str
    started: datetime
    ended: datetime | None


def note(connection: Connection, report: Sequence[Health], now: datetime) -> None:
    """Bring the table up to a report: open what is new, refresh the words of what lasts, close what is over.

    Outlets that the report leaves out keep their problems as they are.
    """
    wrong = {(one.outlet, trouble.kind): trouble.detail for one in report for trouble in one.troubles}
    outlets = {one.outlet for one in report}
    open_rows = connection.execute(
        select(Problem.id, Problem.outlet_id, Problem.kind).where(Problem.ended_at.is_(None))
    ).all()
    known = {(row.outlet_id, row.kind): row.id for row in open_rows if row.outlet_id in outlets}
    for key, problem_id in known.items():
        values = {"detail": wrong[key]} if key in wrong else {"ended_at": now}
        connection.execute(update(Problem).where(Problem.id == problem_id).values(**values))
    for key in wrong.keys() - known.keys():
        connection.execute(insert(Problem).values(outlet_id=key[0], kind=key[1], detail=wrong[key], started_at=now))


def untold(connection: Connection) -> list[Told]:
    """Give what is still to be told, oldest first. One that came and went untold is left out."""
    rows = connection.execute(
        select(Problem)
        .with_only_columns(*Problem.__table__.columns)
        .where(
            (Problem.start_told_at.is_(None) & Problem.ended_at.is_(None))
            | (Problem.start_told_at.is_not(None) & Problem.ended_at.is_not(None) & Problem.end_told_at.is_(None))
        )
        .order_by(Problem.id)
    )
    return [
        Told(
            id=row.id, event="end" if row.ended_at else "start", outlet=row.outlet_id, kind=row.kind,
            detail=row.detail, started=row.started_at, ended=row.ended_at,
        )
        for row in rows
    ]  # fmt: skip


def mark_told(connection: Connection, told: Iterable[Told], now: datetime) -> None:
    """Remember that these were delivered."""
    for one in told:
        values = {"end_told_at": now} if one.event == "end" else {"start_told_at": now}
        connection.execute(update(Problem).where(Problem.id == one.id).values(**values))
