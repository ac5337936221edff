"""Full-text search on both databases over one folded text: what is searched and what is asked go through ``fold``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, bindparam, text

from newscrawl.db.prepared import Prepared
from newscrawl.reading.fingerprint import searched
from newscrawl.reading.fold import fold, words_of

#: PostgreSQL's limits: a tsvector 1 MB, a position 14 bits, a lexeme 255 positions.
_BYTES, _LAST, _POSITIONS = 700_000, 16_383, 255


_DELETE = text("DELETE FROM article_search WHERE rowid = :id")
_INSERT = Prepared(text("INSERT INTO article_search (rowid, title, body) VALUES (:id, :title, :body)"))
_UPSERT = Prepared(
    text(
        "INSERT INTO article_search (article_id, words) VALUES (:id, CAST(:words AS tsvector)) "
        "ON CONFLICT (article_id) DO UPDATE SET words = excluded.words"
    )
)


def index(connection: Connection, article_id: int, words: tuple[str, str], *, known: bool = True) -> None:
    """Put an article's current text into the index, in the article's own transaction; ``known`` says it may be there.

    ``words`` are those of the title and of the body, as ``searched`` gives them.
    """
    title, body = words
    if connection.dialect.name == "sqlite":
        if known:
            connection.execute(_DELETE, {"id": article_id})
        _INSERT.run(connection, {"id": article_id, "title": title, "body": body})
        return
    _UPSERT.run(connection, {"id": article_id, "words": _tsvector(title.split(), body.split())})


def _tsvector(heading: list[str], rest: list[str]) -> str:
    """Write PostgreSQL's text search vector: each word with its positions, the title's with weight A."""
    places: dict[str, list[str]] = {}
    size = 0
    for place, word in enumerate([*heading, *rest], 1):
        size += len(word.encode()) + 8 if word not in places else 2
        if size > _BYTES:
            break
        known = places.setdefault(word, [])
        if len(known) < _POSITIONS:
            known.append(f"{min(place, _LAST)}{'A' if place <= len(heading) else ''}")
    return " ".join(f"'{word}':{','.join(known)}" for word, known in places.items())


def reindex(connection: Connection) -> int:
    """Fill the index from the stored articles, for a migration or after a change of ``fold``; give their number."""
    rows = connection.execute(
        text("SELECT a.id, r.title, r.body FROM article a JOIN revision r ON r.id = a.revision_id"),
        execution_options={"yield_per": 500},
    )
    number = 0
    for row in rows:
        index(connection, row.id, searched(row.title, row.body))
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
    for name, moment, sign in (("since", since, ">="), ("until", until, "<")):
        if moment is not None:
            conditions.append(f"a.published_at {sign} :{name}")
            values[name] = moment.strftime("%Y-%m-%d %H:%M:%S")
    for column, wanted in (("dateline_place", place), ("agency", agency)):
        if wanted is not None:
            conditions.append(f"a.{column} IN :{column}")
            values[column] = spellings(connection, column, wanted)
    found = (
        "article_search s JOIN article a ON a.id = s.rowid WHERE article_search MATCH :query"
        if sqlite
        else "article_search s JOIN article a ON a.id = s.article_id WHERE s.words @@ CAST(:query AS tsquery)"
    )
    order = "bm25(article_search, 4.0, 1.0)" if sqlite else "ts_rank_cd(s.words, CAST(:query AS tsquery)) DESC"
    statement = text(
        "SELECT a.id, a.outlet_id AS outlet, a.title, a.url, a.published_at, a.dateline_place AS place, a.agency FROM "
        + " AND ".join([found, *conditions])
        + f" ORDER BY {order}, a.published_at DESC LIMIT :limit"
    )
    lists = [name for name, value in values.items() if isinstance(value, list)]
    statement = statement.bindparams(*(bindparam(name, expanding=True, type_=String()) for name in lists))
    return [
        Hit(**{**row._mapping, "published_at": _moment(row.published_at)})
        for row in connection.execute(statement, values)
    ]


def spellings(connection: Connection, column: str, wanted: str) -> list[str]:
    """Give the values of ``article``'s column (dateline_place or agency) that fold as ``wanted`` does."""
    known = connection.execute(text(f"SELECT DISTINCT {column} FROM article WHERE {column} IS NOT NULL")).scalars()
    return [value for value in known if fold(value) == fold(wanted)]


def _moment(value: str | datetime | None) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _terms(query: str) -> list[tuple[list[str], bool]]:
    """Split a query into phrases of folded words, each with whether its last word is only a beginning."""
    terms = []
    for quoted, single in re.findall(r'"([^"]+)"|(\S+)', query):
        if found := words_of(quoted or single):
            terms.append((found, single.endswith("*")))
    return terms


def match(query: str) -> str:
    """Write a query as SQLite FTS5's MATCH expression, for those that ask in SQL; one without a word finds nothing."""
    return _fts5(_terms(query)) or '""'


def _fts5(terms: list[tuple[list[str], bool]]) -> str:
    """Write the query for SQLite FTS5, every word quoted, so that none is an operator."""
    return " ".join('"' + " ".join(phrase) + '"' + ("*" if begins else "") for phrase, begins in terms)


def _tsquery(terms: list[tuple[list[str], bool]]) -> str:
    """Write the query as PostgreSQL's tsquery, every word quoted; words hold letters, digits and vowel signs only."""
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in phrase) + (":*" if begins else "") + ")" for phrase, begins in terms
    )
