"""Storing what a visit brought: article, revision, end of the frontier row and counters, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from newscrawl import outlet as outlets
from newscrawl.db import days, frontier, rows, search, stories
from newscrawl.db.models import Article, ArticleAuthor, Frontier, Outlet, Revision
from newscrawl.db.prepared import Prepared
from newscrawl.db.upsert import table
from newscrawl.discovery import undressed
from newscrawl.item import Author
from newscrawl.reading import fingerprint
from newscrawl.reading.blocks import fingerprint as fingerprint_of
from newscrawl.schedule import LOOKS, next_look
from newscrawl.visit import Fingerprints, Visit

_ARTICLE, _REVISION, _AUTHOR = table(Article), table(Revision), table(ArticleAuthor)
#: Built once: building a statement anew costs as much as running it.
_NEW_ARTICLE = Prepared(insert(_ARTICLE).returning(_ARTICLE.c.id))
_NEW_REVISION = Prepared(insert(_REVISION).returning(_REVISION.c.id))
_NEW_AUTHOR = Prepared(insert(_AUTHOR))
_CHANGE = Prepared(update(_ARTICLE).where(_ARTICLE.c.id == bindparam("article")))
_KNOWN = select(
    _ARTICLE.c.id, _ARTICLE.c.url, _ARTICLE.c.url_key, _ARTICLE.c.content_hash, _ARTICLE.c.revision_id,
    _ARTICLE.c.revision_count, _ARTICLE.c.first_seen_at, _ARTICLE.c.last_seen_at,
)  # fmt: skip
_ID_BY_KEY = Prepared(select(_ARTICLE.c.id).where(_ARTICLE.c.url_key == bindparam("key")))
_KNOWN_BY_ID = _KNOWN.where(_ARTICLE.c.id == bindparam("article"))
_KNOWN_BY_CANONICAL = _KNOWN.where(
    _ARTICLE.c.url_key.in_(bindparam("keys", expanding=True)) | (_ARTICLE.c.canonical_key == bindparam("canonical"))
).order_by(_ARTICLE.c.id)
_MOMENTS = select(_ARTICLE.c.first_seen_at, _ARTICLE.c.published_at).where(_ARTICLE.c.id == bindparam("article"))
_NEW_OF_OUTLET = Prepared(update(table(Outlet)).where(table(Outlet).c.id == bindparam("outlet")))

#: Two texts under one canonical address are one article from this similarity on (an AMP page and its original).
SAME_TEXT = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """What became of a visit: ``outcome`` is a frontier outcome, ``reason`` says why nothing was stored."""

    outcome: str
    url: str
    article_id: int | None = None
    reason: str | None = None
    alias: bool = False
    """The address shows an article that is stored under another one."""
    known: bool = False
    """The article was known to be gone."""


def keep(connection: Connection, visit: Visit) -> Ending:
    """Store a read article: as new, as a revision where its content changed, or as seen again.

    The same content writes no revision, however often it is fetched. Raises ValueError for a visit without article.
    """
    article = visit.article
    if article is None or visit.prints is None:
        raise ValueError("only a visit with an article and its fingerprints can be kept")
    known = find(connection, visit)
    if known is None:
        article_id, outcome = _new(connection, visit), "stored"
    else:
        article_id, outcome = known.id, _again(connection, visit, known)
    _settle(connection, visit, article_id, outcome)
    alias = known is not None and known.url_key != frontier.key_of(visit.page.url)
    return Ending(outcome=outcome, url=visit.page.url, article_id=article_id, alias=alias)


def find(connection: Connection, visit: Visit) -> Any:
    """Find the article by its own address, else by one of the same host with the same text: its canonical address, or
    the plain one of which this one is a print or AMP view.
    """
    assert visit.article is not None
    assert visit.prints is not None
    key = frontier.key_of(visit.page.url)
    known = _ID_BY_KEY.value(connection, {"key": key})
    if known is not None:
        return connection.execute(_KNOWN_BY_ID, {"article": known}).one()
    canonical, plain = _canonical(visit), frontier.key_of(undressed(visit.page.url))
    canonical_key = frontier.key_of(canonical) if canonical else None
    keys = {one for one in (canonical_key, plain if plain != key else None) if one}
    if not keys:
        return None
    for row in connection.execute(_KNOWN_BY_CANONICAL, {"keys": sorted(keys), "canonical": canonical_key}):
        if row.content_hash == visit.prints.content_hash or _similar(connection, row, visit.prints):
            return row
    return None


def _similar(connection: Connection, row: Any, prints: Fingerprints) -> bool:
    data = stories.signature_of(connection, row.id)
    return data is not None and fingerprint.similarity(data, prints.signature) >= SAME_TEXT


def _canonical(visit: Visit) -> str | None:
    """Give the page's canonical address if it is believable: another address of the same host."""
    canonical = visit.article.canonical_url if visit.article else None
    if not canonical:
        return None
    try:
        same = outlets.host_of(canonical) == outlets.host_of(visit.page.url)
    except ValueError:
        return None
    return canonical if same else None


def _new(connection: Connection, visit: Visit) -> int:
    assert visit.article is not None
    columns = rows.revision(visit, visit.article, 1)
    canonical = _canonical(visit)
    article_id: int = _NEW_ARTICLE.value(
        connection,
        {
            "outlet_id": visit.outlet.id, "source_id": visit.source_id, "url": visit.page.url,
            "url_key": frontier.key_of(visit.page.url), "canonical_url": canonical,
            "canonical_key": frontier.key_of(canonical) if canonical else None, "first_seen_at": visit.fetched_at,
            "last_seen_at": visit.fetched_at, "last_checked_at": visit.fetched_at, "revision_count": 0,
            **rows.current(columns),
        },
    )  # fmt: skip
    _revise(connection, visit, article_id, columns)
    _NEW_OF_OUTLET.run(connection, {"outlet": visit.outlet.id, "last_new_at": visit.fetched_at})
    return article_id


def _again(connection: Connection, visit: Visit, known: Any) -> str:
    if visit.cause == "outlet" and visit.fetched_at < known.last_seen_at:
        # Out of an archive: what the outlet served before our last look changes nothing of what we know since.
        return _earlier(connection, visit, known) if visit.fetched_at < known.first_seen_at else "unchanged"
    seen = {
        "missing_since": None,
        "gone_at": None,
        "last_seen_at": visit.fetched_at,
        "last_checked_at": visit.fetched_at,
    }
    if visit.cause == "outlet":
        _CHANGE.run(connection, {"article": known.id, **seen})
    assert visit.article is not None
    columns = rows.revision(visit, visit.article, known.revision_count + 1)
    alias = known.url_key != frontier.key_of(visit.page.url)
    if alias or not _differs(connection, visit, known, columns):
        if visit.cause == "reader" and not alias:
            # organisations as authors are in no revision, but a better reader may have found some
            _name_authors(connection, known.id, visit.article.authors)
        return "unchanged"
    _revise(connection, visit, known.id, columns)
    return "revised"


def _earlier(connection: Connection, visit: Visit, known: Any) -> str:
    """Store a text that is older than all we have, out of somebody's archive: it becomes a revision, not the current one."""
    assert visit.article is not None
    assert visit.prints is not None
    _CHANGE.run(connection, {"article": known.id, "first_seen_at": visit.fetched_at})
    if known.content_hash == visit.prints.content_hash:
        return "unchanged"
    columns = rows.revision(visit, visit.article, known.revision_count + 1)
    _NEW_REVISION.run(connection, {"article_id": known.id, **columns})
    _CHANGE.run(connection, {"article": known.id, "revision_count": known.revision_count + 1})
    return "revised"


def _differs(connection: Connection, visit: Visit, known: Any, columns: dict[str, Any]) -> bool:
    """Does the content differ - or, for a page read anew by a better reader, any field that it found?"""
    assert visit.prints is not None
    same = known.content_hash == visit.prints.content_hash
    if same and visit.cause == "outlet":
        return False
    old = connection.execute(select(Revision.__table__).where(Revision.id == known.revision_id)).mappings().one()
    if not same:
        # What was learned to be furniture since is missing from the text now: our knowledge changed, not the page.
        lines = [line for line in old["body"].split("\n") if fingerprint_of(line) not in visit.furniture]
        return (
            visit.cause == "reader"
            or fingerprint.content_hash(old["title"], "\n".join(lines)) != visit.prints.content_hash
        )
    apart = {"n", "cause", "seen_at", "run_id", "capture_id", "reader_version"}
    return any(old[name] != value for name, value in columns.items() if name not in apart)


def _revise(connection: Connection, visit: Visit, article_id: int, columns: dict[str, Any]) -> None:
    assert visit.article is not None
    assert visit.prints is not None
    revision_id = _NEW_REVISION.value(connection, {"article_id": article_id, **columns})
    first = columns["n"] == 1
    current = {} if first else rows.current(columns)  # a new article's row has them
    _CHANGE.run(
        connection, {"article": article_id, "revision_id": revision_id, "revision_count": columns["n"], **current}
    )
    _name_authors(connection, article_id, visit.article.authors, known=not first)
    search.index(connection, article_id, visit.prints.words, known=not first)
    stories.assign(connection, article_id, visit.prints.signature, visit.fetched_at, known=not first)


def _name_authors(connection: Connection, article_id: int, authors: tuple[Author, ...], *, known: bool = True) -> None:
    """Put these authors, people and organisations, in the place of those that the article had."""
    if known:
        connection.execute(delete(_AUTHOR).where(_AUTHOR.c.article_id == article_id))
    for position, author in enumerate(authors, 1):
        named = {"position": position, "name": author.name, "raw": author.raw, "kind": author.kind}
        _NEW_AUTHOR.run(connection, {"article_id": article_id, **named})


def _settle(connection: Connection, visit: Visit, article_id: int, outcome: str) -> None:
    """Count the visit and end its frontier row; an article reached by a redirect waits under its final address."""
    counted = {"stored": int(outcome == "stored"), "revised": int(outcome == "revised" and visit.cause == "outlet")}
    if visit.cause == "outlet":
        days.count(connection, visit.outlet.id, visit.fetched_at, **counted)
    if visit.frontier_id is None:
        return
    assert visit.article is not None
    first_seen, published = visit.fetched_at, visit.article.published_at
    if outcome != "stored":
        first_seen, published = connection.execute(_MOMENTS, {"article": article_id}).one()
    values: dict[str, Any] = {
        "article_id": article_id, "attempts": 0, "priority": frontier.PRIORITY_AGAIN, "backfill": None,
        "etag": _header(visit, "etag"), "last_modified": _header(visit, "last-modified"),
    }  # fmt: skip
    again_at = next_look(visit.fetched_at, first_seen, published, LOOKS)
    final, target = frontier.key_of(visit.page.url), visit.frontier_id
    if frontier.key_of(visit.url_requested) != final:
        frontier.finish(connection, target, visit.fetched_at, outcome, article_id=article_id, attempts=0)
        frontier.add(connection, visit.outlet.id, [frontier.Found(url=visit.page.url)], visit.fetched_at)
        target = connection.execute(
            select(Frontier.id).where(Frontier.outlet_id == visit.outlet.id, Frontier.url_key == final)
        ).scalar_one()
    frontier.finish(connection, target, visit.fetched_at, outcome, again_at=again_at, **values)


def _header(visit: Visit, name: str) -> str | None:
    return next((value for key, value in visit.headers if key.lower() == name), None)
