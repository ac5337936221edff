"""Health from the database: facts, problems that open and close, metrics, the view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, text, update

from newscrawl.db import metrics, problems
from newscrawl.db.health import examine_all
from newscrawl.db.models import Article, Lost, Outlet, OutletDay, Problem, Revision
from newscrawl.outlet import Expect
from newscrawl.outlet import Outlet as Seed

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def article(number: int, seen: datetime, **columns: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the rows of one article and its revision: dated an hour before it was seen, authored, datelined, 300 words."""
    published = columns.pop("published_at", seen - HOUR)
    facts = {
        "content_hash": "x", "title": "t", "published_at": published, "word_count": columns.pop("word_count", 300),
        "dateline": columns.pop("dateline", "IDLIB (X) -"),
    }  # fmt: skip
    row = {
        "id": number, "outlet_id": "demo", "url": f"u{number}", "url_key": f"{number:032}", "first_seen_at": seen,
        "last_seen_at": seen, "last_checked_at": seen, "revision_id": number, **facts,
    }  # fmt: skip
    revision = {
        "id": number, "article_id": number, "n": 1, "cause": "outlet", "seen_at": seen, "reader_version": "1", "body": "b",
        "block_kinds": "paragraph", "authors": columns.pop("authors", "A. Writer"), "date_conflicts": [],
        "dateline_places": [], "tags": [], "images": [], "paywalled": False, **facts,
    }  # fmt: skip
    assert not columns
    return row, revision


def write(connection: Connection, articles: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Write articles with their revisions."""
    rows, revisions = zip(*articles, strict=True)
    connection.execute(insert(Article), rows)
    connection.execute(insert(Revision), revisions)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with one outlet of twelve articles a day for four weeks, reached just now."""
    with engine.begin() as connection:
        connection.execute(
            insert(Outlet).values(
                id="demo", name="Demo", homepage="x", country="SY", languages="en", timezone="Asia/Damascus",
                seed_hash="x", added_at=NOW - timedelta(days=30), last_run_at=NOW, last_success_at=NOW,
                last_new_at=NOW - 2 * HOUR, interval_seconds=3600,
            )
        )  # fmt: skip
        write(connection, (article(number, NOW - number * 2 * HOUR) for number in range(12 * 28, 0, -1)))
    return engine


def examine(engine: Engine, demo: Seed) -> list[str]:
    """Give the kinds of trouble found."""
    with engine.connect() as connection:
        (found,) = examine_all(connection, {"demo": demo}, NOW)
    return [trouble.kind for trouble in found.troubles]


def test_facts_come_out_of_the_rows(filled: Engine, demo: Seed) -> None:
    """Rhythm, fields and failures are those of the rows; a sound outlet has no trouble."""
    with filled.begin() as connection:
        connection.execute(
            insert(Lost).values(outlet_id="demo", url="u", stage="fetch", outcome="failed", reason="dns", at=NOW)
        )
        (found,) = examine_all(connection, {"demo": demo}, NOW)
    assert found.troubles == ()
    assert found.rhythm
    assert found.rhythm.per_day == pytest.approx(12, rel=0.1)
    fields = {drift.field: (round(drift.now, 2), round(drift.usual, 2)) for drift in found.drifts}
    assert fields == {
        "dated": (1, 1), "authored": (1, 1), "datelined": (1, 1), "words": (300, 300), "lag": (1, 1),
    }  # fmt: skip
    assert found.facts.kinds == {"dns": 1}


def test_a_changed_layout_shows_in_the_rows_within_a_day(filled: Engine, demo: Seed) -> None:
    """Twelve articles later, a page whose author and dateline are no longer found is told."""
    with filled.begin() as connection:
        newest = select(Article.id).where(Article.first_seen_at > NOW - timedelta(days=1, hours=1))
        connection.execute(update(Revision).where(Revision.article_id.in_(newest)).values(authors=None))
        connection.execute(update(Article).where(Article.id.in_(newest)).values(dateline=None))
    assert examine(filled, demo) == ["drift:authored", "drift:datelined"]


def test_a_backfill_is_no_news(filled: Engine, demo: Seed) -> None:
    """Hundreds of articles of years ago, fetched today, change neither the rhythm nor hide a silence."""
    with filled.begin() as connection:
        connection.execute(update(Outlet).values(last_new_at=NOW - timedelta(days=3)))
        fetched, published = NOW - timedelta(days=5), NOW - timedelta(days=1000)
        write(connection, (article(number, fetched, published_at=published) for number in range(1000, 1100)))
    assert "silence" in examine(filled, demo)


def test_the_seed_knows_better(filled: Engine, demo: Seed) -> None:
    """An [expect] of the seed reaches the examination."""
    strict = demo.model_copy(update={"expect": Expect(words=400)})
    assert examine(filled, strict) == ["drift:words"]


def test_a_problem_opens_once_and_closes_once_and_each_is_told_once(filled: Engine, demo: Seed) -> None:
    """Start and end are each told once, however many reports come between; what came and went untold stays untold."""
    with filled.begin() as connection:

        def report(moment: datetime, silent: bool) -> list[tuple[str, str]]:
            last = moment - (timedelta(days=5) if silent else HOUR)
            connection.execute(update(Outlet).values(last_run_at=moment, last_success_at=moment, last_new_at=last))
            problems.note(connection, examine_all(connection, {"demo": demo}, moment), moment)
            told = problems.untold(connection)
            problems.mark_told(connection, told, moment)
            return [(one.event, one.kind) for one in told]

        assert report(NOW, True) == [("start", "silence")]
        assert report(NOW + HOUR, True) == []
        assert report(NOW + 2 * HOUR, False) == [("end", "silence")]
        assert report(NOW + 3 * HOUR, False) == []
        connection.execute(insert(Problem).values(outlet_id="demo", kind="x", detail="d", started_at=NOW, ended_at=NOW))
        assert report(NOW + 4 * HOUR, False) == []
        rows = connection.execute(select(Problem.kind, Problem.ended_at).order_by(Problem.id)).all()
    assert rows[0] == ("silence", NOW + 2 * HOUR)


def test_a_report_on_some_outlets_leaves_the_others_alone(filled: Engine, demo: Seed) -> None:
    """A problem of an outlet that the report leaves out stays open."""
    with filled.begin() as connection:
        connection.execute(insert(Problem).values(outlet_id="demo", kind="silence", detail="d", started_at=NOW))
        problems.note(connection, [], NOW)
        assert connection.execute(select(Problem.ended_at)).scalar_one() is None
        problems.note(connection, examine_all(connection, {"demo": demo}, NOW), NOW)
        assert connection.execute(select(Problem.ended_at)).scalar_one() == NOW


def test_metrics_are_prometheus_text(filled: Engine) -> None:
    """Every line is a comment or a sample of a metric that was declared; counters are the ledger's sums."""
    with filled.begin() as connection:
        for back in range(3):
            day = NOW.date() - timedelta(days=back)
            connection.execute(insert(OutletDay).values(outlet_id="demo", day=day, runs=2, stored=5))
        connection.execute(insert(Problem).values(outlet_id="demo", kind="silence", detail="d", started_at=NOW))
        lines = metrics.text(connection, NOW).splitlines()
    declared = {line.split()[2] for line in lines if line.startswith("# TYPE ")}
    samples = [line for line in lines if not line.startswith("#")]
    assert {line.split("{")[0] for line in samples} <= declared
    assert 'newscrawl_stored_total{outlet="demo"} 15' in samples
    assert 'newscrawl_problem{outlet="demo",kind="silence"} 1' in samples
    assert f'newscrawl_last_run_timestamp_seconds{{outlet="demo"}} {NOW.timestamp():.0f}' in samples


def test_the_view_has_a_row_an_outlet(filled: Engine) -> None:
    """``outlet_health`` sums the ledger's last 7 and 28 days and counts open problems."""
    with filled.begin() as connection:
        for back in range(40):
            day = NOW.date() - timedelta(days=back)
            connection.execute(insert(OutletDay).values(outlet_id="demo", day=day, runs=1, runs_ok=back % 2, stored=2))
        connection.execute(insert(Problem).values(outlet_id="demo", kind="silence", detail="d", started_at=NOW))
        row = connection.execute(text("SELECT * FROM outlet_health")).one()
        assert connection.execute(text("SELECT kind FROM problems")).scalars().all() == ["silence"]
    assert (row.outlet, row.stored_7, row.stored_28, row.days_run_7, row.open_problems) == ("demo", 14, 56, 3, 1)
