"""The query cookbook: questions that people ask of the archive, with SQL that runs on SQLite and PostgreSQL."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """One question: ``name`` is a slug, ``note`` says what to mind."""

    name: str
    question: str
    sql: str
    note: str = ""


def queries() -> list[Query]:
    """Give every query, from the first questions to the subtle ones."""
    text = (Path(__file__).parent / "queries.toml").read_text(encoding="utf-8")
    return [Query(**entry) for entry in tomllib.loads(text)["query"]]
