"""The views that analysts query: one definition for SQLite and PostgreSQL, made anew by every migration."""

from __future__ import annotations

from sqlalchemy import Connection, text

from newscrawl.db import health_views

#: What other tables hold is looked up by subqueries and not joined: both databases leave out those that a query asks no
#: column of, while SQLite keeps a join in every query that counts, and then reads a million texts to count articles.
ARTICLES = """
SELECT a.id, a.outlet_id AS outlet, (SELECT o.name FROM outlet o WHERE o.id = a.outlet_id) AS outlet_name, a.url, a.title,
       (SELECT r.body FROM revision r WHERE r.id = a.revision_id) AS body,
       (SELECT r.authors FROM revision r WHERE r.id = a.revision_id) AS authors,
       a.published_at, a.published_source, a.modified_at, a.first_seen_at, a.last_seen_at, a.gone_at,
       a.language, a.dateline, a.dateline_place, a.dateline_country, a.dateline_lat, a.dateline_lon, a.dateline_date,
       a.agency, a.credit, a.section, a.word_count, a.story_id, a.is_original, a.revision_count
FROM article a
"""

REVISIONS = """
SELECT r.id, r.article_id, a.url, r.n, r.title, r.body, r.seen_at, r.content_hash, r.capture_id, r.cause,
       r.reader_version, r.standfirst, r.authors, r.published_at, r.published_raw, r.published_source,
       r.published_zone, r.modified_at, r.dateline, r.dateline_place, r.dateline_country, r.dateline_agency,
       r.dateline_date, r.credit, r.word_count
FROM revision r
JOIN article a ON a.id = r.article_id
"""

STORIES = """
SELECT s.id, a.id AS original_id, a.outlet_id AS original_outlet, a.title, a.agency, a.published_at,
       s.articles, count(DISTINCT c.outlet_id) AS outlets, min(c.published_at) AS first_published_at,
       max(c.published_at) AS last_published_at, min(c.similarity) AS least_similarity
FROM story s
JOIN article a ON a.id = s.original_id
JOIN article c ON c.story_id = s.id
GROUP BY s.id, a.id, a.outlet_id, a.title, a.agency, a.published_at, s.articles
"""

STORY_COPIES = """
SELECT c.story_id, o.id AS original_id, o.outlet_id AS original_outlet, o.title AS original_title,
       c.id AS copy_id, c.outlet_id AS copy_outlet, c.title AS copy_title, c.agency AS copy_agency, c.credit AS copy_credit,
       c.similarity, {seconds} AS lag_seconds
FROM article c
JOIN story s ON s.id = c.story_id
JOIN article o ON o.id = s.original_id
WHERE c.id <> o.id
"""

#: A zero is honest only where the outlet answered and named nothing new: one refusal is enough to doubt it, and so is an
#: address that was named and gave no article.
OUTLET_DAYS = """
SELECT d.outlet_id AS outlet, o.name AS outlet_name, d.day, d.runs, d.runs_ok, d.found, d.stored, d.revised, d.gone, d.dropped,
       d.failed, d.blocked, d.sources_ok, d.sources_failed,
       CASE WHEN d.stored > 0 THEN NULL
            WHEN d.runs = 0 THEN 'not run'
            WHEN d.blocked > 0 THEN 'blocked'
            WHEN d.runs_ok = 0 OR (d.sources_ok = 0 AND d.sources_failed > 0) THEN 'feed dead'
            WHEN d.found > 0 THEN 'reader failing'
            ELSE 'nothing new' END AS reason
FROM outlet_day d
JOIN outlet o ON o.id = d.outlet_id
"""

AGENCY_DAYS = """
SELECT a.agency, {day} AS day, count(*) AS articles, count(DISTINCT a.outlet_id) AS outlets,
       count(DISTINCT coalesce(a.story_id, -a.id)) AS stories,
       sum(CASE WHEN a.is_original = {false} THEN 1 ELSE 0 END) AS copies
FROM article a
WHERE a.agency IS NOT NULL
GROUP BY a.agency, {day}
"""

PLACE_DAYS = """
SELECT a.dateline_place AS place, a.dateline_country AS country, max(a.dateline_lat) AS lat, max(a.dateline_lon) AS lon,
       {day} AS day, count(*) AS articles, count(DISTINCT a.outlet_id) AS outlets,
       count(DISTINCT coalesce(a.story_id, -a.id)) AS stories
FROM article a
WHERE a.dateline_place IS NOT NULL
GROUP BY a.dateline_place, a.dateline_country, {day}
"""

FIELD_COVERAGE = """
SELECT a.outlet_id AS outlet, {week} AS week, count(*) AS articles,
       1.0 * sum(CASE WHEN a.published_at IS NULL THEN 0 ELSE 1 END) / count(*) AS dated,
       1.0 * sum(CASE WHEN EXISTS (SELECT 1 FROM article_author w WHERE w.article_id = a.id AND w.kind = 'person')
                 THEN 1 ELSE 0 END) / count(*) AS authored,
       1.0 * sum(CASE WHEN a.dateline IS NULL THEN 0 ELSE 1 END) / count(*) AS datelined,
       1.0 * sum(CASE WHEN a.agency IS NULL THEN 0 ELSE 1 END) / count(*) AS with_agency,
       1.0 * sum(a.word_count) / count(*) AS mean_words
FROM article a
GROUP BY a.outlet_id, {week}
"""

#: In order of creation: a view may read the ones before it.
VIEWS: dict[str, str] = {
    "articles": ARTICLES,
    "revisions": REVISIONS,
    "stories": STORIES,
    "story_copies": STORY_COPIES,
    "outlet_days": OUTLET_DAYS,
    "agency_days": AGENCY_DAYS,
    "place_days": PLACE_DAYS,
    "field_coverage": FIELD_COVERAGE,
    **health_views.VIEWS,
}

_WHEN = "coalesce(a.published_at, a.first_seen_at)"
#: What the two databases spell differently: UTC days, the Mondays of weeks, and seconds between two moments.
_SPELLINGS = {
    "sqlite": {
        "day": f"date({_WHEN})",
        "week": "date(a.first_seen_at, 'weekday 0', '-6 days')",
        "seconds": "CAST(strftime('%s', coalesce(c.published_at, c.first_seen_at)) AS INTEGER)"
        " - CAST(strftime('%s', coalesce(o.published_at, o.first_seen_at)) AS INTEGER)",
        "false": "0",
    },
    "postgresql": {
        "day": f"CAST({_WHEN} AS date)",
        "week": "CAST(date_trunc('week', a.first_seen_at) AS date)",
        "seconds": "CAST(extract(epoch FROM coalesce(c.published_at, c.first_seen_at)"
        " - coalesce(o.published_at, o.first_seen_at)) AS bigint)",
        "false": "false",
    },
}


def create_views(connection: Connection) -> None:
    """Create every view."""
    spelling = _SPELLINGS[connection.dialect.name]
    for name, query in VIEWS.items():
        for placeholder, spelled in spelling.items():
            query = query.replace("{" + placeholder + "}", spelled)
        connection.execute(text(f"CREATE VIEW {name} AS {query}".replace(":", "\\:")))


def drop_views(connection: Connection) -> None:
    """Drop every view, the last one first."""
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
