"""What a story look-up costs as the archive grows: `python tests/benchmark/stories.py [10000 100000 1000000]`.

Fills an SQLite file with synthetic signatures, then times the look-up of new texts and of copies, side by side.
"""

from __future__ import annotations

import random
import struct
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, text

from newscrawl.db.session import open_database
from newscrawl.db.stories import _near
from newscrawl.reading.fingerprint import ALGORITHM, bands

NOW = "2026-01-01 00:00:00"


def made(chance: random.Random) -> bytes:
    return struct.pack("<128I", *(chance.getrandbits(32) for _ in range(128)))


def fill(engine: Engine, start: int, end: int) -> float:
    """Add articles with signatures and bands; give the seconds a thousand took."""
    began = time.perf_counter()
    with engine.begin() as connection:
        if start == 0:
            connection.execute(text(
                "INSERT INTO outlet (id, name, homepage, country, languages, timezone, seed_hash, added_at) "
                "VALUES ('x', 'X', 'https://x.example/', 'SY', 'en', 'UTC', '-', :now)"
            ), {"now": NOW})  # fmt: skip
        for first in range(start, end, 5000):
            numbers = range(first, min(end, first + 5000))
            connection.execute(text(
                "INSERT INTO article (id, outlet_id, url, url_key, first_seen_at, last_seen_at, last_checked_at, revision_count, "
                "content_hash, title, word_count) VALUES (:id, 'x', :key, :key, :now, :now, :now, 1, '-', '-', 300)"
            ), [{"id": number + 1, "key": f"{number:032}", "now": NOW} for number in numbers])  # fmt: skip
            data = {number + 1: made(random.Random(number)) for number in numbers}
            connection.execute(
                text("INSERT INTO signature (article_id, algorithm, data) VALUES (:id, :name, :data)"),
                [{"id": number, "name": ALGORITHM, "data": one} for number, one in data.items()],
            )
            connection.execute(
                text("INSERT INTO band (band, article_id) VALUES (:band, :id)"),
                [{"band": band, "id": number} for number, one in data.items() for band in bands(one)],
            )
    return (time.perf_counter() - began) / (end - start) * 1000


def look(engine: Engine, signatures: list[bytes]) -> float:
    """Give the milliseconds of one look-up."""
    with engine.connect() as connection:
        began = time.perf_counter()
        for one in signatures:
            _near(connection, 0, one)
        return (time.perf_counter() - began) / len(signatures) * 1000


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    print(f"{datetime.now(UTC):%Y-%m-%d}, SQLite; first row is the measure of the others")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stories.db"
        engine, filled, base = open_database(f"sqlite:///{path}"), 0, 0.0
        for size in sizes:
            cost = fill(engine, filled, size)
            filled = size
            fresh = look(engine, [made(random.Random(-number)) for number in range(1, 301)])
            copies = look(engine, [made(random.Random(number)) for number in random.Random(7).sample(range(size), 300)])
            base = base or fresh
            print(
                f"{size:>9} articles: a new text {fresh:.2f} ms ({fresh / base:.2f} x), a copy {copies:.2f} ms, "
                f"filling {cost:.2f} s a thousand, {path.stat().st_size / size:.0f} bytes an article for the index"
            )
        engine.dispose()


if __name__ == "__main__":
    main()
