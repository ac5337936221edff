"""Faults of storage, made for real while a crawl in a process of its own goes on."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import GOOD, Hostile, start, stored
from sqlalchemy import create_engine, text

from newscrawl.db.session import open_database


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """The outlet, without its slow traps."""
    server = Hostile()
    server.pages["/"] = server._links(range(30, 35)).encode()
    yield server
    server.close()


def _wait_for(crawl: subprocess.Popen[str], articles: int) -> None:
    assert crawl.stderr is not None
    for line in crawl.stderr:
        articles -= " stored " in line
        if articles <= 0:
            return
    raise AssertionError("the crawl ended early")


def test_a_full_disk_ends_the_crawl_with_its_code_and_heals(hostile: Hostile, tmp_path: Path) -> None:
    """No space left: exit code 12, what was acknowledged is kept, and with space again the rest comes in."""
    open_database(f"sqlite:///{tmp_path / 'news.db'}").dispose()
    size = (tmp_path / "news.db").stat().st_size
    crawl = start(hostile, tmp_path, largest_file=size + 80_000)
    _, log = crawl.communicate(timeout=60)
    assert crawl.returncode == 12, log[-3000:]
    before = stored(tmp_path)
    assert log.count(" stored ") <= len(before) < GOOD
    again = start(hostile, tmp_path)
    _, log = again.communicate(timeout=60)
    assert again.returncode == 0, log[-3000:]
    assert set(before) <= set(stored(tmp_path))
    assert len(stored(tmp_path)) == GOOD


def test_a_full_disk_for_pages_ends_the_crawl_and_heals(hostile: Hostile, tmp_path: Path, postgresql_url: str) -> None:
    """No space left for the archive alone: exit code 12, nothing is stored without its page, and the rest comes later."""
    crawl = start(hostile, tmp_path, database=postgresql_url, largest_file=8_000)
    _, log = crawl.communicate(timeout=60)
    assert crawl.returncode == 12, log[-3000:]
    engine = create_engine(postgresql_url)
    count = text("SELECT count(*) FROM article a JOIN revision r ON r.id = a.revision_id WHERE r.capture_id IS NOT NULL")
    with engine.connect() as connection:
        before = connection.execute(count).scalar_one()
        assert connection.execute(text("SELECT count(*) FROM lost WHERE reason = 'crash'")).scalar_one() == 0
    assert log.count(" stored ") <= before < GOOD
    _, log = start(hostile, tmp_path, database=postgresql_url).communicate(timeout=60)
    with engine.connect() as connection:
        assert connection.execute(count).scalar_one() == GOOD, log[-3000:]
    engine.dispose()


def test_a_locked_database_is_waited_for(hostile: Hostile, tmp_path: Path) -> None:
    """Another process that writes for some seconds costs the crawl nothing but time."""
    crawl = start(hostile, tmp_path)
    _wait_for(crawl, 5)
    other = sqlite3.connect(tmp_path / "news.db", timeout=30, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    time.sleep(3)
    other.execute("ROLLBACK")
    other.close()
    _, log = crawl.communicate(timeout=60)
    assert crawl.returncode == 0, log[-3000:]
    assert len(stored(tmp_path)) == GOOD


def test_a_restarted_postgresql_is_reconnected(hostile: Hostile, tmp_path: Path, postgresql_url: str) -> None:
    """A server that cuts all connections in the middle of a crawl costs no article."""
    crawl = start(hostile, tmp_path, database=postgresql_url)
    _wait_for(crawl, 5)
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
        )
    _, log = crawl.communicate(timeout=60)
    assert crawl.returncode == 0, log[-3000:]
    with engine.connect() as connection:
        assert connection.execute(text("select count(*), count(distinct url) from articles")).one() == (GOOD, GOOD)
    engine.dispose()


def test_a_name_that_does_not_resolve_at_first_is_waited_for(tmp_path: Path) -> None:
    """DNS that fails for some seconds costs no article."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket, time\n"
        "real, began = socket.getaddrinfo, time.monotonic()\n"
        "def answer(host, *more, **named):\n"
        "    if host == 'name.example':\n"
        "        if time.monotonic() - began < 5:\n"
        "            raise socket.gaierror(-3, 'Temporary failure in name resolution')\n"
        "        host = '127.0.0.1'\n"
        "    return real(host, *more, **named)\n"
        "socket.getaddrinfo = answer\n"
    )
    outlet = Hostile("name.example")
    outlet.pages["/"] = outlet._links(range(30, 35)).encode()
    crawl = start(outlet, tmp_path)
    _, log = crawl.communicate(timeout=60)
    outlet.close()
    assert crawl.returncode == 0, log[-3000:]
    assert len(stored(tmp_path)) == GOOD
