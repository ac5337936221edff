"""What the database knows of its outlets' health, gathered for ``newscrawl.health`` country by country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select

from newscrawl.db.models import Article, Lost, OutletDay, Revision
from newscrawl.db.models import Outlet as Row
from newscrawl.health import Facts, Health, Sample, examine_country
from newscrawl.health.rhythm import WEEKS
from newscrawl.outlet import Expect, Outlet

#: Drift is measured against so many days.
DRIFT_DAYS = 29
#: An article dated longer ago than this when it was found is an old one, and tells nothing of today's rhythm.
OLD = timedelta(days=7)
#: What the first crawl finds on its first day is a stock, not a rhythm.
STOCK = timedelta(days=1)


def examine_all(connection: Connection, seeds: Mapping[str, Outlet], now: datetime) -> list[Health]:
    """Examine every outlet that has a seed and was crawled once; ordered by id."""
    found = [one for country in _countries(connection, seeds, now) for one in examine_country(country)]
    return sorted(found, key=lambda one: one.outlet)


def _countries(connection: Connection, seeds: Mapping[str, Outlet], now: datetime) -> Iterator[list[Facts]]:
    """Give the facts of one country's outlets after the other: more at once would fill the memory."""
    columns = (
        Row.id, Row.country, Row.timezone, Row.added_at, Row.interval_seconds, Row.last_run_at, Row.last_success_at,
        Row.last_new_at, Row.failures, Row.parked_until, Row.parked_reason,
    )  # fmt: skip
    rows = [row for row in connection.execute(select(*columns).order_by(Row.country, Row.id)) if row.id in seeds]
    for _, country in groupby(rows, key=lambda row: row.country):
        yield [_facts(connection, row, seeds[row.id].expect, now) for row in country]


def _facts(connection: Connection, row: Any, expect: Expect, now: datetime) -> Facts:
    arrivals, samples = _articles(connection, row, now)
    return Facts(
        outlet=row.id,
        timezone=row.timezone,
        now=now,
        expect=expect,
        added=row.added_at,
        interval=timedelta(seconds=row.interval_seconds or 3600),
        last_run=row.last_run_at,
        last_success=row.last_success_at,
        last_new=row.last_new_at,
        failures=row.failures,
        parked_until=row.parked_until,
        parked_reason=row.parked_reason,
        arrivals=arrivals,
        samples=samples,
        read=_read(connection, row.id, now),
        kinds=_kinds(connection, row.id, now),
    )


def _articles(connection: Connection, row: Any, now: datetime) -> tuple[list[datetime], list[Sample]]:
    query = (
        select(
            Article.first_seen_at, Article.published_at, Article.word_count, Article.dateline, Revision.authors,
        )
        .join(Revision, Revision.id == Article.revision_id)
        .where(Article.outlet_id == row.id, Article.first_seen_at > now - timedelta(weeks=WEEKS, days=1))
        .order_by(Article.first_seen_at)
    )  # fmt: skip
    arrivals, samples = [], []
    for article in connection.execute(query):
        seen, published = article.first_seen_at, article.published_at
        lag = seen - published if published else None
        stock = seen < row.added_at + STOCK
        if lag is not None and timedelta(0) <= lag <= OLD:
            arrivals.append(published)
        elif not stock and (lag is None or lag < timedelta(0)):
            arrivals.append(seen)
        if not stock and seen > now - timedelta(days=DRIFT_DAYS):
            hours = lag / timedelta(hours=1) if lag is not None else None
            samples.append(
                Sample(
                    seen, article.word_count, published is not None, bool(article.authors), bool(article.dateline),
                    hours,
                )
            )  # fmt: skip
    return sorted(arrivals), samples


def _read(connection: Connection, outlet_id: str, now: datetime) -> dict[date, tuple[int, int]]:
    """Count by day: (pages read as articles, these and the pages dropped)."""
    since = now.date() - timedelta(days=DRIFT_DAYS)
    rows = connection.execute(
        select(OutletDay.day, OutletDay.stored + OutletDay.revised, OutletDay.dropped).where(
            OutletDay.outlet_id == outlet_id, OutletDay.day >= since
        )
    )
    return {day: (good, good + dropped) for day, good, dropped in rows}


def _kinds(connection: Connection, outlet_id: str, now: datetime) -> dict[str, int]:
    rows = connection.execute(
        select(Lost.reason, func.count())
        .where(Lost.outlet_id == outlet_id, Lost.at > now - timedelta(days=1))
        .group_by(Lost.reason)
    )
    kinds: dict[str, int] = defaultdict(int)
    for reason, count in rows:
        kinds[reason] += count
    return dict(kinds)
