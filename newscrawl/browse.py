"""What Datasette is told of an archive: descriptions, facets, search, and the cookbook as canned queries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, inspect

from newscrawl.cookbook import queries
from newscrawl.db.meanings import meaning

VIEWS = {
    "articles": "One row an article, with its current text. Times are UTC.",
    "revisions": "Every text that an article had, and what changed it: the outlet, or a better reader.",
    "stories": "Articles that carry the same text: the original, and how many copies it has.",
    "story_copies": "Who copied whom, how similar, how much later.",
    "outlet_days": "What was done and found on each day of each outlet, and why there is a zero.",
    "agency_days": "Articles, outlets and copies of each agency by day.",
    "place_days": "Articles and stories from each place by day.",
    "field_coverage": "Share of articles with a date, an author, a dateline, by outlet and week.",
}
#: What only newscrawl itself reads.
_HIDDEN = ("alembic_version", "band", "furniture", "robots", "signature")
_FACETS = ["outlet", "agency", "dateline_country", "dateline_place", "language"]
_SEARCH = """SELECT a.id, a.published_at, a.outlet, a.dateline_place, a.agency, a.title, a.url
FROM article_search s JOIN articles a ON a.id = s.rowid
WHERE article_search MATCH search_words(:words) ORDER BY bm25(article_search, 4.0, 1.0) LIMIT 100"""
#: Registers the function that folds what is asked as what is searched was folded.
PLUGIN = """from datasette import hookimpl
from newscrawl.db.search import match


@hookimpl
def prepare_connection(conn):
    conn.create_function("search_words", 1, match)
"""
#: Explanations of columns beside one another and not below one another, so that the rows are seen at once.
STYLE = """dl.column-descriptions { columns: 15rem; font-size: 0.75rem; }
dl.column-descriptions dt { break-after: avoid; }
dl.column-descriptions dd { margin-left: 0.5rem; }
"""


def metadata(engine: Engine, database: str) -> dict[str, Any]:
    """Give Datasette's metadata for an archive whose database goes by this name (its file's stem)."""
    canned: dict[str, Any] = {
        "search": {
            "title": "Full-text search", "sql": _SEARCH,
            "description": 'Words however they are spelt; "two words" in quotes stand together, begin* is a beginning.',
        },
        **{
            query.name: {"title": query.question, "description": query.note.strip(), "sql": query.sql.strip()}
            for query in queries()
        },
    }  # fmt: skip
    found = inspect(engine)
    tables: dict[str, Any] = {
        name: {
            "description": text,
            "columns": {column["name"]: meaning(column["name"]) for column in found.get_columns(name)},
        }
        for name, text in VIEWS.items()
    }
    tables["articles"] |= {"facets": _FACETS, "sort_desc": "published_at", "size": 50}
    tables |= {name: {"hidden": True} for name in _HIDDEN}
    return {
        "title": "newscrawl archive",
        "description": "News articles with places, agencies, revisions and stories. Read-only.",
        "extra_css_urls": ["/newscrawl/style.css"],
        "databases": {database: {"queries": canned, "tables": tables, "allow_sql": True}},
    }
