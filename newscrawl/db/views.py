"""The views that analysts query: one definition for SQLite and PostgreSQL, made anew by every migration."""

from __future__ import annotations

from sqlalchemy import Connection, text

from newscrawl.db import health_views

ARTICLES = """
SELECT a.id, a.outlet_id AS outlet, o.name AS outlet_name, a.url, a.title, r.body, r.authors,
       a.published_at, a.published_source, a.modified_at, a.first_seen_at, a.last_seen_at, a.gone_at,
       a.language, a.dateline, a.dateline_place, a.dateline_country, a.dateline_lat, a.dateline_lon, a.dateline_date,
       a.agency, a.credit, a.section, a.word_count, a.story_id, a.is_original, a.revision_count
FROM article a
JOIN outlet o ON o.id = a.outlet_id
JOIN revision r ON r.id = a.revision_id
"""

REVISIONS = """
SELECT r.id, r.article_id, a.url, r.n, r.title, r.body, r.seen_at, r.content_hash, r.capture_id, r.cause,
       r.reader_version, r.standfirst, r.authors, r.published_at, r.published_raw, r.published_source,
       r.published_zone, r.modified_at, r.dateline, r.dateline_place, r.dateline_country, r.dateline_agency,
       r.dateline_date, r.credit, r.word_count
FROM revision r
JOIN article a ON a.id = r.article_id
"""

#: In order of creation: a view may read the ones before it.
VIEWS: dict[str, str] = {"articles": ARTICLES, "revisions": REVISIONS, **health_views.VIEWS}


def create_views(connection: Connection) -> None:
    """Create every view."""
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def drop_views(connection: Connection) -> None:
    """Drop every view, the last one first."""
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
