"""Stories: articles that carry the same text, found by MinHash bands, verified by similarity; the original told."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from newscrawl.db.models import Article, Band, Outlet, Revision, Signature, Story
from newscrawl.db.prepared import Prepared
from newscrawl.db.upsert import table
from newscrawl.reading.fingerprint import ALGORITHM, BANDS, agreement, bands, figures, similarity

#: Two texts are one story from this Jaccard similarity of their shingles on: a text cut to 60 % reaches it, a report
#: that quotes 15 % of another does not.
SAME = 0.4
#: The same words with other figures are tomorrow's report of weather, prices or casualties, and no copy. So many of the
#: figures must agree: within an outlet, which has no cause to copy itself with other numbers; with another outlet's;
#: and with another outlet's of the same hours, which may have copied and updated a report: only many figures tell there.
OWN_FIGURES, OTHER_FIGURES, FRESH_FIGURES = 0.8, 0.6, 0.5
FRESH, MANY_FIGURES = timedelta(hours=12), 6
#: Most candidates that are compared; a band that more share is boilerplate.
_MOST = 200

_ARTICLE, _BAND, _SIGNATURE, _STORY = table(Article), table(Band), table(Signature), table(Story)
#: Built once: building a statement anew costs as much as running it.
_TURN = select(func.pg_advisory_xact_lock(func.hashtext("newscrawl stories")))
_NO_BANDS = delete(_BAND).where(_BAND.c.article_id == bindparam("article"))
_NO_SIGNATURE = delete(_SIGNATURE).where(_SIGNATURE.c.article_id == bindparam("article"))
_SIGN = Prepared(insert(_SIGNATURE))
#: One statement for all bands: a round trip each would be most of what storing an article costs.
_BAND_ALL = Prepared(
    text(
        "INSERT INTO band (band, article_id) VALUES "
        + ", ".join(f"(:band{number}, :article)" for number in range(BANDS))
        + " ON CONFLICT DO NOTHING"
    )
)
_STORY_OF = select(_ARTICLE.c.story_id).where(_ARTICLE.c.id == bindparam("article"))
_SHARED = (
    select(_BAND.c.article_id, func.count().label("shared"))
    .where(
        _BAND.c.band.in_([bindparam(f"band{number}") for number in range(BANDS)]),
        _BAND.c.article_id != bindparam("article"),
    )
    .group_by(_BAND.c.article_id)
    .order_by(func.count().desc())
    .limit(_MOST)
    .subquery()
)
_CANDIDATES = Prepared(
    select(_SIGNATURE.c.article_id, _SIGNATURE.c.data, _ARTICLE.c.story_id)
    .join(_SHARED, _SHARED.c.article_id == _SIGNATURE.c.article_id)
    .join(_ARTICLE, _ARTICLE.c.id == _SIGNATURE.c.article_id)
    .where(_SIGNATURE.c.algorithm == ALGORITHM)
)
_NEW_STORY = insert(_STORY).returning(_STORY.c.id)
_JUDGE = update(_ARTICLE).where(_ARTICLE.c.id == bindparam("article"))


def signature_of(connection: Connection, article_id: int) -> bytes | None:
    """Give an article's stored signature, if it is of today's algorithm."""
    return connection.execute(
        select(Signature.data).where(Signature.article_id == article_id, Signature.algorithm == ALGORITHM)
    ).scalar_one_or_none()


def assign(
    connection: Connection, article_id: int, data: bytes | None, now: datetime, *, known: bool = True
) -> int | None:
    """Store an article's signature, find the story that it belongs to, and give its id (None for a story of one).

    Late arrivals join; when an article links two stories, the younger is merged into the older; one that was rewritten
    until it is near nobody of its story leaves it. Runs in the article's own transaction, so that a crash leaves no half
    of it. On PostgreSQL writers take turns here until they commit: two that store copies of one text at the same moment
    would not see each other's otherwise, and a reprint would count twice. (SQLite has one writer at a time anyway.)
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_TURN)
    if known:
        connection.execute(_NO_BANDS, {"article": article_id})
        connection.execute(_NO_SIGNATURE, {"article": article_id})
    if not data:
        return None
    _SIGN.run(connection, {"article_id": article_id, "algorithm": ALGORITHM, "data": data})
    banded = _banded(article_id, data)
    like = _copies(connection, article_id, _near(connection, banded, data))
    _BAND_ALL.run(connection, banded)
    own = connection.execute(_STORY_OF, {"article": article_id}).scalar_one() if known else None
    if own is not None and all(story != own for _, story in like):
        alone = {"story_id": None, "is_original": None, "similarity": None}
        connection.execute(_JUDGE, {"article": article_id, **alone})
        _reckon(connection, own)
        own = None
    if not like:
        return None
    found = sorted({story for _, story in like if story is not None} | ({own} if own is not None else set()))
    story = found[0] if found else _make(connection, now)
    members = [article_id, *(other for other, joined in like if joined is None)]
    connection.execute(update(Article).where(Article.id.in_(members)).values(story_id=story))
    for other in found[1:]:
        connection.execute(update(Article).where(Article.story_id == other).values(story_id=story))
        connection.execute(delete(Story).where(Story.id == other))
    return _reckon(connection, story)


def near(connection: Connection, article_id: int, data: bytes) -> list[tuple[int, int | None]]:
    """Give (article, its story) of every text that is nearly the same words, but for the article itself."""
    return _near(connection, _banded(article_id, data), data)


def _near(connection: Connection, banded: dict[str, int], data: bytes) -> list[tuple[int, int | None]]:
    rows = _CANDIDATES.run(connection, banded)
    return [(other, story) for other, signature, story in rows if similarity(signature, data) >= SAME]


def _copies(
    connection: Connection, article_id: int, like: list[tuple[int, int | None]]
) -> list[tuple[int, int | None]]:
    """Leave out those whose figures say that they are another report in the same words."""
    if not like:
        return []
    query = (
        select(Article.id, Article.outlet_id, Article.published_at, Article.first_seen_at, Revision.body)
        .join(Revision, Revision.id == Article.revision_id)
        .where(Article.id.in_([article_id, *(other for other, _ in like)]))
    )
    texts = {row.id: (row, figures(row.body)) for row in connection.execute(query)}
    own = texts[article_id]
    return [(other, story) for other, story in like if _one_report(*own, *texts[other])]


def _one_report(one: Any, figures_of_one: Counter[str], other: Any, figures_of_other: Counter[str]) -> bool:
    agree = agreement(figures_of_one, figures_of_other)
    if one.outlet_id == other.outlet_id:
        return agree >= OWN_FIGURES
    if abs(_when(one) - _when(other)) >= FRESH:
        return agree >= OTHER_FIGURES
    return agree >= FRESH_FIGURES or min(figures_of_one.total(), figures_of_other.total()) < MANY_FIGURES


def _when(row: Any) -> datetime:
    """Give an article's publication, or our first sight of it."""
    moment: datetime = row.published_at or row.first_seen_at
    return moment


def _banded(article_id: int, data: bytes) -> dict[str, int]:
    return {"article": article_id, **{f"band{number}": band for number, band in enumerate(bands(data))}}


def _make(connection: Connection, now: datetime) -> int:
    story: int = connection.execute(_NEW_STORY, {"articles": 0, "made_at": now}).scalar_one()
    return story


def _reckon(connection: Connection, story: int) -> int | None:
    """Tell the story's original from its copies anew; a story of one article is none."""
    rows = connection.execute(
        select(
            Article.id, Article.published_at, Article.first_seen_at, Article.agency, Article.credit, Outlet.agency.label("own"),
            Outlet.name.label("outlet"), Signature.data,
        )
        .join(Outlet, Outlet.id == Article.outlet_id)
        .outerjoin(Signature, Signature.article_id == Article.id)
        .where(Article.story_id == story)
    ).all()  # fmt: skip
    if len(rows) < 2:
        connection.execute(
            update(Article).where(Article.story_id == story).values(story_id=None, is_original=None, similarity=None)
        )
        connection.execute(delete(Story).where(Story.id == story))
        return None
    original = min(rows, key=_precedence)
    for row in rows:
        same = 1.0 if row.id == original.id else similarity(row.data or b"", original.data or b"")
        judged = {"article": row.id, "is_original": row.id == original.id, "similarity": round(same, 3)}
        connection.execute(_JUDGE, judged)
    connection.execute(update(Story).where(Story.id == story).values(original_id=original.id, articles=len(rows)))
    return story


def _precedence(row: Any) -> tuple[bool, bool, datetime, int]:
    """Order articles by how likely each is the original.

    An agency's own report under its own name comes first; an article that credits somebody else comes last; then the
    earlier publication (or first sight) decides.
    """
    own = {name.casefold() for name in (row.own, row.outlet) if name}
    named = row.agency or row.credit
    is_own = bool(row.own) and (named is None or named.casefold() in own)
    credits_other = named is not None and named.casefold() not in own
    return (not is_own, credits_other, _when(row), row.id)
