"""What storing and asking costs as the archive grows: `python tests/benchmark/storage.py [--postgresql URL] [SIZE ...]`.

Ten thousand synthetic articles are stored for real, one in ten a reprint with edits. Larger archives are that one many
times over, multiplied inside the database with other addresses, ids and bands; then at each size a thousand more are
stored for real. Prints articles stored a second, bytes an article by table, what a story look-up costs, and the time of
every query of the cookbook. Sizes are 10000 and 100000 unless given; a million takes half an hour and ten gigabytes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, select, text

from newscrawl.cookbook import queries
from newscrawl.db import days, frontier, runs, store, stories
from newscrawl.db.models import Base, Frontier
from newscrawl.db.session import open_database, sqlite_file
from newscrawl.item import Article, Author, Block, Dateline, Page, Place
from newscrawl.outlet import Outlet
from newscrawl.reading import fingerprint
from newscrawl.visit import Visit

BASE, MORE, BATCH, PATIENCE = 10_000, 1_000, 50, 120
#: Ids that are left free behind each ten thousand articles for those that are stored for real in between.
ROOM = 20_000
START = datetime(2026, 1, 1, tzinfo=UTC)
OUTLETS = tuple(
    Outlet(
        id=f"outlet-{number}", country="SY", name=f"Outlet {number}", homepage=f"https://o{number}.example/",
        languages=("en",), timezone="UTC", agency=f"Agency {number}" if number < 5 else None,
    )
    for number in range(50)
)  # fmt: skip
PLACES = [Place(name="Hasakah", country="SY", lat=36.5, lon=40.75), *(
    Place(name=f"Town {number}", country="SY", lat=35 + number / 100, lon=38.0) for number in range(200)
)]  # fmt: skip


class Newsroom:
    """Writes articles of some 300 words of a vocabulary of 20,000, whose words are as unequal as a language's."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        letters = "abcdefghijklmnopqrstuvwxyz"
        chance = random.Random(1)  # the same vocabulary for all
        self._words = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(20_000)]
        self._weights = [1 / (rank + 2.7) for rank in range(len(self._words))]
        self._past: list[list[str]] = []

    def visits(self, number: int, label: str) -> Iterator[Visit]:
        for index in range(number):
            yield self._visit(f"{label}-{index}")

    def _visit(self, slug: str) -> Visit:
        chance = self._chance
        if self._past and chance.random() < 0.1:
            words = list(chance.choice(self._past))
            for place in chance.sample(range(len(words)), len(words) // 20):
                words[place] = chance.choice(self._words)
        else:
            words = chance.choices(self._words, self._weights, k=chance.randint(120, 480))
            self._past = [*self._past[-500:], words]
        outlet, place = chance.choice(OUTLETS), PLACES[min(int(chance.expovariate(0.05)), 200)]
        blocks = tuple(Block("paragraph", " ".join(words[at : at + 60])) for at in range(0, len(words), 60))
        body, when = "\n".join(block.text for block in blocks), START + timedelta(minutes=chance.randrange(475_000))
        article = Article(
            url=f"{outlet.homepage}{slug}", body=body, title=" ".join(words[:9]), blocks=blocks, language="en",
            authors=(Author(name=f"Writer {chance.randrange(300)}", raw="Writer"),), published_at=when,
            published_raw=when.isoformat(), published_source="json-ld", published_zone="stated",
            dateline=Dateline(raw="X –", span=(0, 3), place=place.name, country="SY", agency=f"Agency {chance.randrange(12)}",
                              places=(place,)),
        )  # fmt: skip
        return Visit(
            outlet=outlet, page=Page(b"", article.url, when + timedelta(minutes=20)), url_requested=article.url,
            article=article, prints=fingerprint.fingerprints(article.title, body),
        )  # fmt: skip


def keep(engine: Engine, visits: list[Visit]) -> float:
    """Store visits in batches as a crawl's writer does; give the articles a second."""
    began = time.perf_counter()
    for first in range(0, len(visits), BATCH):
        with engine.begin() as connection:
            for visit in visits[first : first + BATCH]:
                found = [frontier.Found(url=visit.page.url)]
                frontier.add(connection, visit.outlet.id, found, visit.fetched_at)
                visit.frontier_id = connection.execute(
                    select(Frontier.id).where(
                        Frontier.outlet_id == visit.outlet.id, Frontier.url_key == frontier.key_of(visit.page.url)
                    )
                ).scalar_one()
                store.keep(connection, visit)
    return len(visits) / (time.perf_counter() - began)


def begin(engine: Engine) -> None:
    with engine.begin() as connection:
        for outlet in OUTLETS:
            runs.know(connection, outlet, START)
            for day in range(330):
                days.count(connection, outlet.id, START + timedelta(days=day), runs=1, runs_ok=1, sources_ok=1)


#: What differs between the copies of a row, by table: the columns that are ids of a table, and what must stay unique.
IDS = {
    "story": {"id": "story", "original_id": "article"},
    "article": {"id": "article", "revision_id": "revision", "story_id": "story"},
    "revision": {"id": "revision", "article_id": "article"},
    "article_author": {"article_id": "article"},
    "signature": {"article_id": "article"},
    "band": {"article_id": "article"},
    "frontier": {"id": "frontier", "article_id": "article"},
}


def multiply(engine: Engine, first: int, last: int, ids: dict[str, int]) -> None:
    """Write the copies ``first`` to ``last`` of the first ten thousand articles."""
    for copy in range(first, last):
        with engine.begin() as connection:
            for table, keys in IDS.items():
                columns = [column.name for column in Base.metadata.tables[table].columns]
                chosen = ", ".join(_copied(name, keys.get(name), copy, ids) for name in columns)
                bound = f"{'id' if 'id' in keys else 'article_id'} <= {ids[table if 'id' in keys else 'article']}"
                connection.execute(
                    text(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE {bound}")
                )
            step, base = copy * (ids["article"] + ROOM), ids["article"]
            if connection.dialect.name == "sqlite":
                connection.execute(text(
                    f"INSERT INTO article_search (rowid, title, body) SELECT rowid + {step}, title, body FROM article_search "
                    f"WHERE rowid <= {base}"
                ))  # fmt: skip
            else:
                connection.execute(text(
                    f"INSERT INTO article_search (article_id, words) SELECT article_id + {step}, words FROM article_search "
                    f"WHERE article_id <= {base}"
                ))  # fmt: skip


def _copied(column: str, of: str | None, copy: int, ids: dict[str, int]) -> str:
    if of is not None:
        return f"{column} + {copy * (ids[of] + ROOM)}"
    if column in ("url_key", "canonical_key"):
        return f"substr({column}, 1, 26) || '{copy:06}'"
    if column == "url":
        return f"url || '?{copy}'"
    return f"band + {copy * 1_000_003}" if column == "band" else column


def tell_sequences(connection: Connection) -> None:
    """Let PostgreSQL number new rows behind those that were copied with their ids."""
    if connection.dialect.name == "postgresql":
        for table in ("story", "article", "revision", "frontier"):
            connection.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))


def sizes(engine: Engine, articles: int) -> str:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.execute(text(
                "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat s LEFT JOIN sqlite_master m ON m.name = s.name "
                "WHERE s.aggregate = 1 GROUP BY 1 ORDER BY 2 DESC"
            )) if _has_dbstat(connection) else ()  # fmt: skip
            file = sqlite_file(str(engine.url))
            total = file.stat().st_size if file else 0
        else:
            rows = connection.execute(text(
                "SELECT relname, pg_total_relation_size(relid) FROM pg_catalog.pg_statio_user_tables ORDER BY 2 DESC"
            ))  # fmt: skip
            total = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        told = ", ".join(f"{name} {size / articles:.0f}" for name, size in rows if size / articles >= 50)
    return f"{total / articles:.0f}" + (f" ({told})" if told else "")


def _has_dbstat(connection: Connection) -> bool:
    return bool(connection.execute(text("SELECT sqlite_compileoption_used('ENABLE_DBSTAT_VTAB')")).scalar_one())


def look_up(engine: Engine, visits: list[Visit]) -> float:
    """Give the milliseconds of one story look-up."""
    with engine.connect() as connection:
        began = time.perf_counter()
        for visit in visits:
            stories.near(connection, 0, visit.prints.signature if visit.prints else b"")
        return (time.perf_counter() - began) / len(visits) * 1000


def ask(engine: Engine) -> dict[str, float | None]:
    """Give the milliseconds of every query of the cookbook; None for one that takes over two minutes."""
    times: dict[str, float | None] = {}
    for query in queries():
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                raw = connection.connection.driver_connection
                assert raw is not None
                end = time.monotonic() + PATIENCE
                raw.set_progress_handler(lambda end=end: time.monotonic() > end, 100_000)
            else:
                connection.execute(text(f"SET statement_timeout = '{PATIENCE}s'"))
            began = time.perf_counter()
            try:
                connection.execute(text(query.sql.replace(":", "\\:"))).all()
                times[query.name] = (time.perf_counter() - began) * 1000
            except Exception as error:  # the time is over; anything else is told
                times[query.name] = None
                if not any(word in str(error) for word in ("interrupted", "statement timeout")):
                    raise
            finally:
                if connection.dialect.name == "sqlite":
                    raw.set_progress_handler(None, 0)
    return times


def measure(title: str, engine: Engine, wanted: list[int]) -> None:
    newsroom = Newsroom(2)
    begin(engine)
    rate = keep(engine, list(newsroom.visits(BASE, "base")))
    print(f"{title}: the first {BASE} stored at {rate:.0f} a second", flush=True)
    with engine.connect() as connection:
        tables = ("story", "article", "revision", "frontier")
        ids = {name: connection.execute(text(f"SELECT max(id) FROM {name}")).scalar_one() for name in tables}
    times, copies, rows = {}, 1, []
    for size in wanted:
        multiply(engine, copies, size // BASE, ids)
        copies = max(copies, size // BASE)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            tell_sequences(connection)
            connection.exec_driver_sql("ANALYZE")
        fresh = list(Newsroom(size).visits(MORE, f"more-{size}"))
        new, known = look_up(engine, fresh[:300]), look_up(engine, list(Newsroom(2).visits(300, "base")))
        rate = keep(engine, fresh)
        times[size] = ask(engine)
        rows.append((size, rate, new, known, sizes(engine, size)))
        print(
            f"{title} at {size:,}: stores {rate:.0f} articles a second; story look-up {new:.2f} ms for a new text, "
            f"{known:.2f} ms for one that is known; bytes an article {rows[-1][4]}", flush=True,
        )  # fmt: skip
    print(f"{title}, milliseconds of each query at " + ", ".join(f"{size:,}" for size in wanted))
    for query in queries():
        told = " ".join(_told(times[size][query.name]) for size in wanted)
        print(f"  {query.name:36} {told}", flush=True)


def _told(value: float | None) -> str:
    return f"{'over 2 min':>12}" if value is None else f"{value:>12.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--postgresql", metavar="URL", help="an empty database; without it only SQLite is measured")
    parser.add_argument("--only-postgresql", action="store_true")
    given = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}")
    if not given.only_postgresql:
        with tempfile.TemporaryDirectory() as folder:
            engine = open_database(f"sqlite:///{folder}/archive.db")
            measure("SQLite", engine, given.sizes)
            engine.dispose()
    if given.postgresql:
        engine = open_database(given.postgresql)
        measure("PostgreSQL", engine, given.sizes)
        engine.dispose()


if __name__ == "__main__":
    main()
