"""Write docs/reference/schema.md from the models and views: `python tools/write_schema.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy import Table, inspect

from newscrawl.db.models import Base
from newscrawl.db.session import open_database
from newscrawl.db.views import VIEWS

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "schema.md"
HEAD = """# Schema

Made from the models by `python tools/write_schema.py`. Times are UTC, to the second, without a zone: text
`YYYY-MM-DD HH:MM:SS` on SQLite, `timestamp` on PostgreSQL. Query the views; the tables below them may grow with any version.
"""
#: What a view's column means, where its name leaves a question.
COLUMNS = {
    "agency": "canonical name: the dateline's, else the credit's",
    "articles": "number of articles", "authors": "names, '; ' between", "body": "plain text, one block a line",
    "blocked": "refusals (401, 403, 429, 451) that day", "capture_id": "the archived page that the text was read from",
    "cause": "outlet (the page changed) or reader (the same page read anew)", "content_hash": "SHA-256 of the normalised title and body",
    "copies": "articles that are not their story's original", "copy_agency": "agency named by the copy", "country": "ISO 3166-1 alpha-2",
    "credit": "agency that a byline, structured data or a sign-off credits", "dated": "share with a publication date, 0 to 1",
    "datelined": "share with a dateline, 0 to 1", "authored": "share with an author, 0 to 1", "with_agency": "share with an agency, 0 to 1",
    "dateline": "as written", "dateline_country": "ISO 3166-1 alpha-2", "dateline_date": "YYYY-MM-DD, or --MM-DD without a year",
    "dateline_lat": "degrees, WGS 84", "dateline_lon": "degrees, WGS 84", "dateline_place": "canonical name of the first place",
    "day": "UTC day; of the publication where it is known, else of the first sight", "failed": "pages that failed", "found": "addresses seen for the first time",
    "first_seen_at": "when we first had it", "gone": "articles found gone", "gone_at": "when a second 404 or 410 proved it gone; the text is kept",
    "is_original": "1 for its story's original, 0 for a copy, null without a story", "lag_seconds": "copy's publication minus the original's, seconds",
    "language": "BCP 47", "last_seen_at": "when the outlet last served it", "lat": "degrees, WGS 84", "lon": "degrees, WGS 84",
    "least_similarity": "of its copies to the original, 0 to 1", "mean_words": "words an article", "n": "1, 2, ...", "outlet": "the outlet's id",
    "outlets": "number of outlets", "published_source": "json-ld, meta, time, feed, sitemap, url, dateline or text",
    "published_zone": "stated by the page, or assumed (the outlet's)", "reason": "why nothing was stored: not run, blocked, feed dead, reader failing, nothing new",
    "revision_count": "texts that it had so far", "runs": "crawls that day", "runs_ok": "crawls that reached the outlet", "seen_at": "when this text was fetched",
    "similarity": "estimated Jaccard similarity of three-word shingles, 0 to 1", "stored": "new articles", "stories": "different texts", "story_id": "null where nobody else carries the text",
    "week": "its Monday, UTC, by first sight", "word_count": "words; two characters a word in scripts without spaces",
}  # fmt: skip


def page() -> str:
    parts = [HEAD, "## Views\n"]
    for name, columns in _view_columns().items():
        parts.append(f"### {name}\n\n| column | meaning |\n| --- | --- |")
        parts.append("\n".join(f"| `{column}` | {COLUMNS.get(column, '')} |" for column in columns) + "\n")
    parts.append("## How the tables hang together\n\n```mermaid\nerDiagram")
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            parts.append(f"  {key.column.table.name} ||--o{{ {table.name} : {key.parent.name}")
    parts.append("```\n\n## Tables\n")
    parts += [_table(table) for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name)]
    return "\n".join(parts)


def _view_columns() -> dict[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/empty.db")
        found = {name: [column["name"] for column in inspect(engine).get_columns(name)] for name in VIEWS}
        engine.dispose()
    return found


def _table(table: Table) -> str:
    about = next(mapper.class_.__doc__ for mapper in Base.registry.mappers if mapper.local_table is table) or ""
    rows = "\n".join(
        f"| `{column.name}` | {'yes' if column.nullable else ''} | {column.doc or ''} |" for column in table.columns
    )
    return f"### {table.name}\n\n{' '.join(about.split())}\n\n| column | may be null | meaning |\n| --- | --- | --- |\n{rows}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
