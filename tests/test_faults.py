"""Faults of storage, made for real while a crawl in a process of its own goes on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hostile import GOOD, Hostile, environment_of, start, stored
from sqlalchemy import create_engine, text
from starter import Running, Starter

from newscrawl.archive import payload_at
from newscrawl.db.session import open_database


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """The outlet, without its slow traps."""
    server = Hostile()
    server.pages["/"] = server._links(range(30, 35)).encode()
    yield server
    server.close()


def _wait_for(crawl: Running | subprocess.Popen[str], articles: int) -> None:
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
    count = text(
        "SELECT count(*) FROM article a JOIN revision r ON r.id = a.revision_id WHERE r.capture_id IS NOT NULL"
    )
    with engine.connect() as connection:
        before = connection.execute(count).scalar_one()
        assert connection.execute(text("SELECT count(*) FROM lost WHERE reason = 'crash'")).scalar_one() == 0
    assert log.count(" stored ") <= before < GOOD
    _, log = start(hostile, tmp_path, database=postgresql_url).communicate(timeout=60)
    with engine.connect() as connection:
        assert connection.execute(count).scalar_one() == GOOD, log[-3000:]
    engine.dispose()


_FULL_AFTER_FIVE = """
import errno, itertools, os
calls, wait = itertools.count(), os.fdatasync

def fdatasync(file):
    if next(calls) >= 5:
        raise OSError(errno.ENOSPC, "No space left on device")
    wait(file)

os.fdatasync = fdatasync
"""


def test_nothing_is_stored_whose_page_is_not_on_disk(hostile: Hostile, tmp_path: Path) -> None:
    """A disk that takes a page and then can't keep it: exit code 12, every stored article has its page, the rest comes later."""
    crawl = start(hostile, tmp_path, before=_FULL_AFTER_FIVE)
    _, log = crawl.communicate(timeout=60)
    assert crawl.returncode == 12, log[-3000:]
    before = stored(tmp_path)
    assert 0 < len(before) < GOOD
    _, log = start(hostile, tmp_path).communicate(timeout=60)
    assert set(before) < set(stored(tmp_path)), log[-3000:]
    assert len(stored(tmp_path)) == GOOD
    archive = tmp_path / "archive"
    connection = sqlite3.connect(tmp_path / "news.db")
    held = connection.execute("SELECT url, warc_file, warc_offset FROM capture ORDER BY id").fetchall()
    connection.close()
    assert len(held) >= GOOD
    assert [url for url, file, offset in held if payload_at(archive / file, offset).url != url] == []


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


@pytest.fixture
def private_postgresql() -> Iterator[tuple[str, Callable[[str], None]]]:
    """A PostgreSQL server of the test's own: a database's address, and what starts and stops the server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [
        Path(one).parent for one in [shutil.which("initdb")] if one
    ]
    if not found:
        pytest.skip("no PostgreSQL server to restart: neither /usr/lib/postgresql/*/bin nor initdb in the PATH")
    folder = tempfile.mkdtemp(prefix="newscrawl-pg-")
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user is not None:
        shutil.chown(folder, user)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(
            command, user=user, cwd=folder, check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def control(what: str) -> None:
        options = f"-p {port} -k {folder} -c fsync=off -c listen_addresses=127.0.0.1"
        run(str(found[-1] / "pg_ctl"), "-D", f"{folder}/data", "-w", "-m", "immediate", "-o", options, what)

    run(str(found[-1] / "initdb"), "-D", f"{folder}/data", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")
    control("start")
    yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres", control
    with suppress(subprocess.CalledProcessError):
        control("stop")
    shutil.rmtree(folder, ignore_errors=True)


def test_a_postgresql_that_is_really_restarted_is_waited_for(
    hostile: Hostile, tmp_path: Path, private_postgresql: tuple[str, Callable[[str], None]]
) -> None:
    """A server that crashes in the middle of a crawl, is away for two seconds and comes back costs no article."""
    url, control = private_postgresql
    crawl = start(hostile, tmp_path, database=url)
    _wait_for(crawl, 5)
    control("stop")
    time.sleep(2)
    control("start")
    _, log = crawl.communicate(timeout=90)
    assert crawl.returncode == 0, log[-3000:]
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("select count(*), count(distinct url) from articles")).one() == (GOOD, GOOD)
    engine.dispose()


def test_a_name_that_does_not_resolve_at_first_is_waited_for(tmp_path: Path) -> None:
    """DNS that fails for some seconds costs no article."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket, time\n"
        "real, asked = socket.getaddrinfo, []\n"
        "def answer(host, *more, **named):\n"
        "    if host == 'name.example':\n"
        "        asked.append(time.monotonic())\n"
        "        if asked[-1] - asked[0] < 4:\n"
        "            raise socket.gaierror(-3, 'Temporary failure in name resolution')\n"
        "        host = '127.0.0.1'\n"
        "    return real(host, *more, **named)\n"
        "socket.getaddrinfo = answer\n"
    )
    outlet = Hostile("name.example")
    outlet.pages["/"] = outlet._links(range(30, 35)).encode()
    crawl = start(outlet, tmp_path, fresh=True)
    _, log = crawl.communicate(timeout=60)
    outlet.close()
    assert crawl.returncode == 0, log[-3000:]
    assert len(stored(tmp_path)) == GOOD


_CLOCK = """
import pathlib
jump = pathlib.Path("jump")
from datetime import UTC, datetime, timedelta
from newscrawl.fetching import run
def now():
    return datetime.now(UTC) + timedelta(hours=float(jump.read_text() or 0) if jump.exists() else 0)
run.CrawlRun.now = staticmethod(now)
"""


def test_a_clock_that_jumps_loses_and_doubles_nothing(hostile: Hostile, tmp_path: Path) -> None:
    """A clock set a day ahead and two days back in the middle of a crawl keeps no article from the next crawl."""
    crawl = start(hostile, tmp_path, before=_CLOCK)
    for hours in (26, -22):
        _wait_for(crawl, 8)
        (tmp_path / "jump").write_text(str(hours))
    _, log = crawl.communicate(timeout=60)
    (tmp_path / "jump").unlink()
    assert len(stored(tmp_path)) < GOOD, "the clock did not matter"
    _, log = start(hostile, tmp_path).communicate(timeout=60)
    assert sorted(set(stored(tmp_path))) == sorted(stored(tmp_path))
    assert len(stored(tmp_path)) == GOOD, log[-3000:]


@pytest.mark.parametrize("chance", range(3))
def test_crawls_killed_at_random_moments_lose_and_double_nothing(
    chance: int, hostile: Hostile, tmp_path: Path, starter: Starter
) -> None:
    """Whatever a crawl was doing when killed (starting too): the next ones store all, once, with their pages whole."""
    moments = random.Random(chance)
    kills = 4
    for _ in range(kills):
        crawl = start(hostile, tmp_path, readers=1)
        time.sleep(moments.uniform(0.1, 3))
        crawl.send_signal(signal.SIGKILL)
        crawl.communicate()
    _, log = start(hostile, tmp_path, readers=1).communicate(timeout=60)
    found = stored(tmp_path)
    assert len(found) == len(set(found)) == GOOD, log[-3000:]
    articles = {path: number for path, number in hostile.requests.items() if path.startswith("/news/")}
    assert sum(articles.values()) - len(articles) <= kills * 16
    assert starter.run(["verify"], tmp_path, environment_of(hostile, tmp_path)).returncode == 0


def test_pages_that_a_gateway_never_gives_hold_up_nothing_else(hostile: Hostile, tmp_path: Path) -> None:
    """Two pages that are always 502 are asked for four times each and kept as failed; all others come in."""
    hostile.pages["/"] = b"<a href='/trap/sick/1'>x</a><a href='/trap/sick/2'>x</a>" + hostile.pages["/"]
    _, log = start(hostile, tmp_path).communicate(timeout=60)
    assert len(stored(tmp_path)) == GOOD, log[-3000:]
    assert [hostile.requests[f"/trap/sick/{number}"] for number in (1, 2)] == [4, 4]
    assert "does not answer" not in log
    connection = sqlite3.connect(tmp_path / "news.db")
    kept = connection.execute(
        "SELECT count(*) FROM frontier WHERE reason = 'http-502' AND state = 'waiting'"
    ).fetchone()
    connection.close()
    assert kept == (2,)
