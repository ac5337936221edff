"""Full-text search on both databases over one folded text: what is searched and what is asked go through ``fold``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from newscrawl.reading.fold import fold


def index(connection: Connection, article_id: int, title: str, body: str) -> None:
    """Put an article's current text into the index, in the article's own transaction."""
    values = {"id": article_id, "title": fold(title), "body": fold(body)}
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM article_search WHERE rowid = :id"), values)
        connection.execute(text("INSERT INTO article_search (rowid, title, body) VALUES (:id, :title, :body)"), values)
        return
    connection.execute(
        text(
            "INSERT INTO article_search (article_id, words) VALUES (:id, setweight(to_tsvector('simple', :title), 'A') || "
            "to_tsvector('simple', left(:body, 500000))) ON CONFLICT (article_id) DO UPDATE SET words = excluded.words"
        ),
        values,
    )


def reindex(connection: Connection) -> int:
    """Fill the index from the stored articles, for a migration or after a change of ``fold``; give their number."""
    rows = connection.execute(
        text("SELECT a.id, r.title, r.body FROM article a JOIN revision r ON r.id = a.revision_id")
    )
    number = 0
    for row in rows.yield_per(500):
        index(connection, row.id, row.title, row.body)
        number += 1
    return number


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One article found, the best first."""

    id: int
    outlet: str
    title: str
    url: str
    published_at: datetime | None
    place: str | None
    agency: str | None


def search(
    connection: Connection,
    query: str,
    *,
    outlets: Sequence[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    place: str | None = None,
    agency: str | None = None,
    limit: int = 20,
) -> list[Hit]:
    """Find articles that have all words of the query; ``"two words"`` in quotes stand together, ``word*`` begins one.

    Raises ValueError for a query without a word.
    """
    terms = _terms(query)
    if not terms:
        raise ValueError("the query has no word to search for")
    sqlite = connection.dialect.name == "sqlite"
    conditions = []
    values: dict[str, object] = {"query": _fts5(terms) if sqlite else _tsquery(terms), "limit": limit}
    if outlets:
        conditions.append("a.outlet_id IN :outlets")
        values["outlets"] = list(outlets)
    for name, value, condition in (
        ("since", since, "a.published_at >= :since"), ("until", until, "a.published_at < :until"),
        ("place", place, "lower(a.dateline_place) = lower(:place)"), ("agency", agency, "lower(a.agency) = lower(:agency)"),
    ):  # fmt: skip
        if value is not None:
            conditions.append(condition)
            values[name] = value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else value
    found = (
        "article_search s JOIN article a ON a.id = s.rowid WHERE article_search MATCH :query"
        if sqlite
        else "article_search s JOIN article a ON a.id = s.article_id WHERE s.words @@ to_tsquery('simple', :query)"
    )
    order = "bm25(article_search, 4.0, 1.0)" if sqlite else "ts_rank_cd(s.words, to_tsquery('simple', :query)) DESC"
    statement = text(
        "SELECT a.id, a.outlet_id AS outlet, a.title, a.url, a.published_at, a.dateline_place AS place, a.agency FROM "
        + " AND ".join([found, *conditions])
        + f" ORDER BY {order}, a.published_at DESC LIMIT :limit"
    )
    if outlets:
        statement = statement.bindparams(bindparam("outlets", expanding=True))
    return [
        Hit(**{**row._mapping, "published_at": _moment(row.published_at)})
        for row in connection.execute(statement, values)
    ]


def _moment(value: str | datetime | None) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _terms(query: str) -> list[tuple[list[str], bool]]:
    """Split a query into phrases of folded words, each with whether its last word is only a beginning."""
    terms = []
    for quoted, single in re.findall(r'"([^"]+)"|(\S+)', query):
        words = re.findall(r"\w+", fold(quoted or single))
        if words:
            terms.append((words, single.endswith("*")))
    return terms


def _fts5(terms: list[tuple[list[str], bool]]) -> str:
    """Write the query for SQLite FTS5, every word quoted, so that none is an operator."""
    return " ".join('"' + " ".join(words) + '"' + ("*" if begins else "") for words, begins in terms)


def _tsquery(terms: list[tuple[list[str], bool]]) -> str:
    """Write the query for PostgreSQL's to_tsquery; words hold letters and digits only."""
    return " & ".join("(" + " <-> ".join(words) + (":*" if begins else "") + ")" for words, begins in terms)
