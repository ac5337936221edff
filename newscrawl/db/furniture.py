"""Furniture of an outlet: blocks that return on many of its articles, learned by counting with decay."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, Float, Text, bindparam, cast, delete, func, select, true, update

from newscrawl.db.models import Furniture
from newscrawl.db.models.base import Moment
from newscrawl.db.session import DatabaseError, open_database
from newscrawl.db.upsert import insert_of, table

#: Each new article makes what was counted before weigh this much less: half after some seventy articles.
DECAY = 0.99
#: A block is furniture when it stood on this share of the outlet's recent articles, and on so many at the least.
SHARE, LEAST = 0.2, 4.0
#: What weighs less is forgotten: a block seen once lasts for a hundred articles.
FORGET = 0.37
#: Among so many articles at once, what stood on only one is rarer than any furniture, and its count is not begun.
MANY = 25
#: The row that counts the articles themselves.
ARTICLES = "articles"


def known(connection: Connection, outlet_id: str) -> frozenset[str]:
    """Give the fingerprints that are the outlet's furniture today."""
    rows = connection.execute(
        select(Furniture.fingerprint, Furniture.weight).where(
            Furniture.outlet_id == outlet_id, Furniture.weight >= LEAST
        )
    ).all()
    total = next((row.weight for row in rows if row.fingerprint == ARTICLES), 0.0)
    return frozenset(row.fingerprint for row in rows if row.fingerprint != ARTICLES and row.weight >= SHARE * total)


@cache
def _adding(dialect: str) -> Any:
    """Build the statement that adds weights, given as one JSON object: one of hundreds of rows is hundreds of pauses, in
    each of which another thread takes over.
    """
    weights = bindparam("weights", type_=Text)
    if dialect == "sqlite":
        each = func.json_each(weights).table_valued("key", "value")
    else:
        each = func.json_each_text(cast(weights, JSON)).table_valued("key", "value")
    rows = select(
        bindparam("outlet", type_=Text), each.c.key, cast(each.c.value, Float), bindparam("now", type_=Moment)
    ).where(true())  # without a WHERE SQLite takes ON CONFLICT for a join's ON
    statement = insert_of(dialect, Furniture)
    return statement.from_select(["outlet_id", "fingerprint", "weight", "last_seen_at"], rows).on_conflict_do_update(
        index_elements=["outlet_id", "fingerprint"],
        set_={
            "weight": table(Furniture).c.weight + statement.excluded.weight,
            "last_seen_at": statement.excluded.last_seen_at,
        },
    )


def learned(url: str, outlet_id: str) -> frozenset[str]:
    """Give what the database at an address knows of an outlet's furniture; nothing where there is no database of today."""
    try:
        engine = open_database(url, read_only=True)
    except DatabaseError:
        return frozenset()
    with engine.connect() as connection:
        found = known(connection, outlet_id)
    engine.dispose()
    return found


def learn(connection: Connection, outlet_id: str, articles: Sequence[frozenset[str]], now: datetime) -> None:
    """Count the blocks of new articles (each once; looks at an article again must not count its own paragraphs)."""
    if not articles:
        return
    weights: defaultdict[str, float] = defaultdict(float)
    seen = Counter[str]()
    for age, blocks in enumerate(reversed(articles)):
        for block in (*blocks, ARTICLES):
            weights[block] += DECAY**age
            seen[block] += 1
    if len(articles) >= MANY:
        counted = set(
            connection.execute(select(Furniture.fingerprint).where(Furniture.outlet_id == outlet_id)).scalars()
        )
        for block in [block for block, times in seen.items() if times == 1 and block not in counted]:
            del weights[block]
    faded = DECAY ** len(articles)
    connection.execute(
        update(Furniture).where(Furniture.outlet_id == outlet_id).values(weight=Furniture.weight * faded)
    )
    connection.execute(
        _adding(connection.dialect.name), {"outlet": outlet_id, "now": now, "weights": json.dumps(weights)}
    )
    connection.execute(delete(Furniture).where(Furniture.outlet_id == outlet_id, Furniture.weight < FORGET))
