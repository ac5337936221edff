"""Storing visits: identity, revisions, disappearances and losses, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select, text, update

from newscrawl.db import claiming, frontier, losses, runs, store
from newscrawl.db.models import Article as ArticleRow
from newscrawl.db.models import ArticleAuthor, Frontier, Lost, OutletDay, Revision
from newscrawl.item import Article, Author, Block, Dateline, Page, Place
from newscrawl.outlet import Outlet
from newscrawl.reading.fingerprint import fingerprints
from newscrawl.visit import Visit

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BODY = "IDLIB, Syria (Demo) - Water came back on Monday.\nThe pumps had been repaired by engineers of the town."


@pytest.fixture
def connection(engine: Engine, demo: Outlet) -> Iterator[Connection]:
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
        runs.open_run(connection, "crawl", {}, NOW, demo)
        yield connection


def visit(
    connection: Connection, demo: Outlet, url: str = "https://demo.example/1", now: datetime = NOW, **fields: Any
) -> Visit:
    """A visit of an address that the frontier handed out."""
    frontier.add(connection, demo.id, [frontier.Found(url=url)], now)
    connection.execute(update(Frontier).where(Frontier.url == url).values(state="waiting", due_at=now))
    claim = next(row for row in claiming.claim(connection, demo.id, 1, now, 9) if row.url == url)
    values = {"status": 200, "frontier_id": claim.id, "run_id": 1} | fields
    return Visit(outlet=demo, page=Page(b"x", values.pop("final", url), now), url_requested=url, **values)


def read(visit: Visit, body: str = BODY, **fields: Any) -> Visit:
    """Give the visit the article that a reader would have found."""
    dateline = Dateline(
        raw="IDLIB, Syria (Demo) -", span=(0, 21), place="Idlib", country="SY", agency="Demo",
        places=(Place(name="Idlib", country="SY", lat=35.9, lon=36.6, geonames_id=169389),),
    )  # fmt: skip
    values = {
        "url": visit.page.url, "title": "Water came back", "body": body, "dateline": dateline, "reader_version": "1",
        "blocks": tuple(Block("paragraph", line) for line in body.split("\n")),
        "authors": (Author(name="Rima Saleh", raw="By Rima Saleh"),), "published_at": NOW - HOUR, "language": "en",
    } | fields  # fmt: skip
    visit.article = Article(**values)
    visit.prints = fingerprints(visit.article.title, body)
    return visit


def state(connection: Connection, url: str = "https://demo.example/1") -> Any:
    return connection.execute(select(Frontier).with_only_columns(
        Frontier.state, Frontier.outcome, Frontier.reason, Frontier.due_at, Frontier.attempts
    ).where(Frontier.url == url)).one()  # fmt: skip


def number(connection: Connection, model: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(model)).scalar_one())


def test_a_new_article_is_one_row_of_the_contract(connection: Connection, demo: Outlet) -> None:
    """The view `articles` shows what the reader found, with place, agency and coordinates."""
    assert store.keep(connection, read(visit(connection, demo))).outcome == "stored"
    row = connection.execute(text("SELECT * FROM articles")).mappings().one()
    assert (row["outlet"], row["outlet_name"], row["title"], row["body"]) == ("demo", "Demo", "Water came back", BODY)
    assert (row["dateline_place"], row["dateline_country"], row["agency"], row["dateline_lat"]) == (
        "Idlib",
        "SY",
        "Demo",
        35.9,
    )
    assert (row["authors"], row["revision_count"], row["gone_at"]) == ("Rima Saleh", 1, None)
    assert state(connection).due_at == NOW + 3 * HOUR  # four hours after its publication, the first hour having passed


def test_organisations_are_no_bylines(connection: Connection, demo: Outlet) -> None:
    """An organisation stands in `article_author` with its kind; views, coverage and so drift count people only, and a
    better reader's organisations come in without a revision.
    """
    outlet = Author(name="Demo", raw="Demo", kind="organization")
    store.keep(connection, read(visit(connection, demo), authors=()))
    better = replace(visit(connection, demo), cause="reader", frontier_id=None)
    assert store.keep(connection, read(better, authors=(outlet,))).outcome == "unchanged"
    assert connection.execute(text("SELECT authors FROM articles")).scalar_one() is None
    assert connection.execute(text("SELECT authored FROM field_coverage")).scalar_one() == 0
    rows = connection.execute(select(ArticleAuthor.position, ArticleAuthor.name, ArticleAuthor.kind)).all()
    assert [tuple(row) for row in rows] == [(1, "Demo", "organization")]


def test_the_same_content_is_no_revision(connection: Connection, demo: Outlet) -> None:
    """An article survives any number of crawls; a refetch with the same content writes no revision."""
    for hours in range(5):
        ending = store.keep(connection, read(visit(connection, demo, now=NOW + hours * HOUR)))
    assert ending.outcome == "unchanged"
    assert number(connection, Revision) == 1
    row = connection.execute(select(ArticleRow.first_seen_at, ArticleRow.last_seen_at)).one()
    assert (row.first_seen_at, row.last_seen_at) == (NOW, NOW + 4 * HOUR)


def test_changed_content_is_a_revision(connection: Connection, demo: Outlet) -> None:
    """A changed text is kept beside the first one, and the article shows the newest."""
    store.keep(connection, read(visit(connection, demo)))
    later = visit(connection, demo, now=NOW + HOUR)
    assert store.keep(connection, read(later, BODY + "\nTwo of them came from Aleppo.")).outcome == "revised"
    rows = connection.execute(text("SELECT n, cause, body FROM revisions ORDER BY n")).all()
    assert [(row.n, row.cause) for row in rows] == [(1, "outlet"), (2, "outlet")]
    assert rows[0].body == BODY
    assert connection.execute(text("SELECT revision_count FROM articles")).scalar_one() == 2


def test_a_better_reader_s_revision_is_told_apart(connection: Connection, demo: Outlet) -> None:
    """Reading the same page anew writes a revision marked `reader` when any field differs, and none when none does."""
    store.keep(connection, read(visit(connection, demo)))
    same = read(replace(visit(connection, demo), cause="reader", frontier_id=None), reader_version="2")
    assert store.keep(connection, same).outcome == "unchanged"
    better = read(
        replace(visit(connection, demo), cause="reader", frontier_id=None), section="Local", reader_version="2"
    )
    assert store.keep(connection, better).outcome == "revised"
    assert connection.execute(select(Revision.cause).order_by(Revision.n)).scalars().all() == ["outlet", "reader"]


def test_a_canonical_address_is_believed_for_the_same_text_only(connection: Connection, demo: Outlet) -> None:
    """An AMP page is its original; a page that names another's address as canonical, with another text, is its own."""
    store.keep(connection, read(visit(connection, demo)))
    amp = visit(connection, demo, "https://demo.example/amp/1")
    assert store.keep(connection, read(amp, canonical_url="https://demo.example/1")).outcome == "unchanged"
    other = visit(connection, demo, "https://demo.example/2")
    text = "Another story altogether, about schools that open.\nIt has nothing to do with water or with pumps."
    assert store.keep(connection, read(other, text, canonical_url="https://demo.example/1")).outcome == "stored"
    foreign = visit(connection, demo, "https://demo.example/3")
    assert store.keep(connection, read(foreign, canonical_url="https://evil.example/1")).outcome == "stored"
    assert number(connection, ArticleRow) == 3


def test_a_redirect_s_target_is_the_identity(connection: Connection, demo: Outlet) -> None:
    """An article reached by a redirect is stored, and looked at again, under its final address."""
    store.keep(connection, read(visit(connection, demo, "https://demo.example/old", final="https://demo.example/1")))
    assert connection.execute(select(ArticleRow.url)).scalar_one() == "https://demo.example/1"
    assert state(connection, "https://demo.example/old").state == "done"
    assert state(connection).state == "waiting"


def lost(connection: Connection, demo: Outlet, reason: str, now: datetime, stage: Any = "fetch") -> str:
    gone = visit(connection, demo, now=now)
    gone.lose(reason, stage=stage)
    return losses.lose(connection, gone).outcome


def test_an_article_is_gone_when_it_is_missing_twice(connection: Connection, demo: Outlet) -> None:
    """404 once is no proof; 404 again hours later sets gone_at; the text is kept, and a return clears the mark."""
    store.keep(connection, read(visit(connection, demo)))
    assert lost(connection, demo, "http-404", NOW + HOUR) == "missing"
    assert lost(connection, demo, "http-404", NOW + 2 * HOUR) == "missing"
    assert lost(connection, demo, "http-410", NOW + 8 * HOUR) == "gone"
    row = connection.execute(text("SELECT body, gone_at FROM articles")).one()
    assert row.body == BODY
    assert str(row.gone_at) == "2026-01-01 20:00:00"
    assert connection.execute(select(func.sum(OutletDay.gone))).scalar_one() == 1
    store.keep(connection, read(visit(connection, demo, now=NOW + 9 * HOUR)))
    assert connection.execute(select(ArticleRow.gone_at)).scalar_one() is None


def test_failures_wait_ever_longer_then_are_quarantined(connection: Connection, demo: Outlet) -> None:
    """A page that keeps failing keeps its reason and attempts, waits longer each time, and ends in quarantine."""
    now, due = NOW, []
    while lost(connection, demo, "timeout", now) == "failed":
        row = state(connection)
        due.append(row.due_at - now)
        now = row.due_at
    assert due == sorted(due)
    row = state(connection)
    assert (row.state, row.reason, row.attempts) == ("quarantined", "timeout", 7)
    assert number(connection, Lost) == 7


def test_what_is_no_article_is_dropped_with_its_reason(connection: Connection, demo: Outlet) -> None:
    """A page that the reader refuses is done, counted, and kept in `lost`."""
    assert lost(connection, demo, "section-page", NOW, "read") == "dropped"
    assert (state(connection).state, state(connection).reason) == ("done", "section-page")
    assert connection.execute(select(Lost.reason, Lost.stage)).one() == ("section-page", "read")
    assert connection.execute(select(OutletDay.dropped)).scalar_one() == 1


def test_what_our_own_rules_refuse_is_not_asked_for_again(connection: Connection, demo: Outlet) -> None:
    """An address that robots.txt forbids is dropped with its reason, not tried again as if the network had failed."""
    assert lost(connection, demo, "robots-disallowed", NOW) == "dropped"
    assert (state(connection).state, state(connection).reason) == ("done", "robots-disallowed")


def test_an_unchanged_answer_needs_no_text(connection: Connection, demo: Outlet) -> None:
    """304 marks the article as seen."""
    store.keep(connection, read(visit(connection, demo)))
    assert losses.seen_unchanged(connection, visit(connection, demo, now=NOW + HOUR, status=304)).outcome == "unchanged"
    assert connection.execute(select(ArticleRow.last_seen_at)).scalar_one() == NOW + HOUR


def test_an_archive_s_older_look_changes_nothing(connection: Connection, demo: Outlet) -> None:
    """A page out of an archive, fetched between two of ours, writes no revision and moves no date."""
    store.keep(connection, read(visit(connection, demo)))
    store.keep(connection, read(visit(connection, demo, now=NOW + 4 * HOUR), BODY + "\nTwo came from Aleppo."))
    between = replace(visit(connection, demo, now=NOW + HOUR), frontier_id=None)
    assert store.keep(connection, read(between)).outcome == "unchanged"
    row = connection.execute(text("SELECT revision_count, last_seen_at FROM articles")).one()
    assert (row.revision_count, str(row.last_seen_at)) == (2, "2026-01-01 16:00:00")


def test_an_archive_s_oldest_text_is_kept_beside(connection: Connection, demo: Outlet) -> None:
    """A text older than all we have becomes a revision, and not the current one."""
    store.keep(connection, read(visit(connection, demo)))
    older = replace(visit(connection, demo, now=NOW - 48 * HOUR), frontier_id=None)
    assert (
        store.keep(connection, read(older, "Water was cut off on Saturday in all the quarters.")).outcome == "revised"
    )
    row = connection.execute(text("SELECT body, revision_count, first_seen_at FROM articles")).one()
    assert (row.body, row.revision_count, str(row.first_seen_at)) == (BODY, 2, "2025-12-30 12:00:00")
