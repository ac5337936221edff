"""Write docs/cookbook.md: every query with its answer on the sample. `python tools/write_cookbook.py SAMPLE.db`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from newscrawl.cookbook import Query, queries
from newscrawl.db.session import connect

PAGE = Path(__file__).parent.parent / "docs" / "cookbook.md"
HEAD = """# Query cookbook

Questions that people ask of the archive, each with SQL that runs on SQLite and PostgreSQL alike, and its answer on the
sample outlets (`make crawl`, twice). Put your own dates, places and outlets in. `newscrawl browse` has them all as buttons.

Times are UTC. The page is made by `python tools/write_cookbook.py`; the tests run every query on both databases.
"""


def answer(connection: Connection, query: Query) -> str:
    """Give the answer as a plain table, in one form for both databases."""
    result = connection.execute(text(query.sql.replace(":", "\\:")))
    rows = [[_plain(value) for value in row] for row in result]
    return "\n".join(" | ".join(line) for line in [list(result.keys()), *rows])


def _plain(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) or type(value).__name__ == "Decimal":
        return f"{float(value):.3f}".rstrip("0").rstrip(".")
    return str(value)


def page(connection: Connection) -> str:
    parts = [HEAD]
    for number, query in enumerate(queries(), 1):
        parts.append(f"## {number}. {query.question}\n")
        if query.note:
            parts.append(f"{query.note}\n")
        parts.append(f"```sql\n{query.sql.strip()}\n```\n\n```text\n{answer(connection, query)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    with connect(f"sqlite:///{sys.argv[1]}", read_only=True).connect() as connection:
        PAGE.write_text(page(connection), encoding="utf-8")
