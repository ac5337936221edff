"""Write docs/reference/schema.md from the models and views: `python tools/write_schema.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy import Table, inspect

from newscrawl.db.meanings import meaning
from newscrawl.db.models import Base
from newscrawl.db.session import open_database
from newscrawl.db.views import VIEWS

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "schema.md"
HEAD = """# Schema

Made from the models by `python tools/write_schema.py`. Times are UTC, to the second, without a zone: text
`YYYY-MM-DD HH:MM:SS` on SQLite, `timestamp` on PostgreSQL. Query the views; the tables below them may grow with any version.
"""


def page() -> str:
    parts = [HEAD, "## Views\n"]
    for name, columns in _view_columns().items():
        parts.append(f"### {name}\n\n| column | meaning |\n| --- | --- |")
        parts.append("\n".join(f"| `{column}` | {meaning(column)} |" for column in columns) + "\n")
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
        f"| `{column.name}` | {'yes' if column.nullable else ''} | {meaning(column.name, column.doc)} |"
        for column in table.columns
    )
    return f"### {table.name}\n\n{' '.join(about.split())}\n\n| column | may be null | meaning |\n| --- | --- | --- |\n{rows}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
