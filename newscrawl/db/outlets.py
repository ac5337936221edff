"""How each outlet fares, as the database knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from newscrawl.db.models import Article, Outlet, Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """An outlet's last run, its articles, and the kinds of its open problems."""

    last_run: datetime | None
    articles: int
    problems: tuple[str, ...]


def states(connection: Connection) -> dict[str, State]:
    """Give the state of every outlet that was ever crawled, by id."""
    open_problems: dict[str, list[str]] = {}
    for row in connection.execute(select(Problem.outlet_id, Problem.kind).where(Problem.ended_at.is_(None))):
        open_problems.setdefault(row.outlet_id, []).append(row.kind)
    counted = select(Article.outlet_id, func.count().label("number")).group_by(Article.outlet_id)
    articles = {row.outlet_id: row.number for row in connection.execute(counted)}
    return {
        row.id: State(
            last_run=row.last_run_at,
            articles=articles.get(row.id, 0),
            problems=tuple(sorted(open_problems.get(row.id, ()))),
        )
        for row in connection.execute(select(Outlet.id, Outlet.last_run_at))
    }


def is_known(connection: Connection, outlet_id: str) -> bool:
    """Was the outlet ever crawled or imported?"""
    return connection.execute(select(Outlet.id).where(Outlet.id == outlet_id)).first() is not None
