"""The sample's archive after both editions, on SQLite and, by copy-db, on PostgreSQL; made once for all tests here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newscrawl.db.copy import copy
from newscrawl.db.session import connect, open_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file of the sample, crawled twice."""
    folder = tmp_path_factory.mktemp("archive")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCRAWL_", "SCRAPY_"))}
    environment = kept | {"NEWSCRAWL_READER_WORKERS": "0", "PYTHONPATH": str(ROOT)}
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-m", "newscrawl", "sample", "--crawl"], cwd=folder, env=environment, check=True,
            capture_output=True, timeout=120,
        )  # fmt: skip
    return folder / "news.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def sample_engine(request: pytest.FixtureRequest, archive: Path) -> Iterator[Engine]:
    """An engine on the sample's archive, once of each kind."""
    source = connect(f"sqlite:///{archive}", read_only=True)
    if request.param == "sqlite":
        yield source
        source.dispose()
        return
    engine = open_database(request.getfixturevalue("postgresql_url"))
    copy(source, engine)
    source.dispose()
    yield engine
    engine.dispose()
