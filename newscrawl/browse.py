"""What Datasette is told of an archive: descriptions, facets, search, and the cookbook as canned queries."""

from __future__ import annotations

from typing import Any

from newscrawl.cookbook import queries

_VIEWS = {
    "articles": "One row an article, with its current text. Times are UTC.",
    "revisions": "Every text that an article had, and what changed it: the outlet, or a better reader.",
    "stories": "Articles that carry the same text: the original, and how many copies it has.",
    "story_copies": "Who copied whom, how similar, how much later.",
    "outlet_days": "What was done and found on each day of each outlet, and why there is a zero.",
    "agency_days": "Articles, outlets and copies of each agency by day.",
    "place_days": "Articles and stories from each place by day.",
    "field_coverage": "Share of articles with a date, an author, a dateline, by outlet and week.",
}
_FACETS = ["outlet", "agency", "dateline_country", "dateline_place", "language"]
_SEARCH = """SELECT a.id, a.published_at, a.outlet, a.dateline_place, a.title, a.url
FROM article_search s JOIN articles a ON a.id = s.rowid
WHERE article_search MATCH :words ORDER BY bm25(article_search, 4.0, 1.0) LIMIT 100"""


def metadata(database: str) -> dict[str, Any]:
    """Give Datasette's metadata for a database of this name (its file's stem)."""
    canned: dict[str, Any] = {
        query.name: {"title": query.question, "description": query.note, "sql": query.sql.strip()}
        for query in queries()
    }
    canned["search"] = {
        "title": "Full-text search", "sql": _SEARCH,
        "description": "Words in lower case without accents; `newscrawl search` folds spellings for you.",
    }  # fmt: skip
    tables: dict[str, Any] = {name: {"description": text} for name, text in _VIEWS.items()}
    tables["articles"] |= {"facets": _FACETS, "sort_desc": "published_at"}
    return {
        "title": "newscrawl archive",
        "description": "News articles with places, agencies, revisions and stories. Read-only.",
        "databases": {database: {"queries": canned, "tables": tables, "allow_sql": True}},
    }
