"""Reading the past again: it goes on where it was stopped, and a fault never passes for success."""

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starter import Starter

from newscrawl.archive import Exchange, WarcWriter
from newscrawl.db import rereads
from newscrawl.db.session import open_database

Command = Callable[..., subprocess.CompletedProcess[str]]
AT = datetime(2026, 11, 21, tzinfo=UTC)
HTML = ("Content-Type", "text/html; charset=utf-8")
REREAD = ("reread", "--workers", "0")


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "news.db", timeout=30)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def left_off(folder: Path, arguments: dict[str, str] | None = None) -> int:
    """Behind which capture would a reread of this choice begin now?"""
    engine = open_database(f"sqlite:///{folder / 'news.db'}", read_only=True)
    with engine.connect() as connection:
        found = rereads.left_off(connection, arguments or {})
    engine.dispose()
    return found


@pytest.fixture(autouse=True)
def _filled(tmp_path: Path, crawled: dict[int, Path]) -> None:
    """Each test starts with the sample's first edition in its folder."""
    shutil.copytree(crawled[1], tmp_path, dirs_exist_ok=True)


def reached(folder: Path) -> int:
    """How far has the latest reread come? 0 before it begins."""
    found = rows(folder, "SELECT stats FROM run WHERE kind = 'reread' ORDER BY id DESC LIMIT 1")
    return int(json.loads(str(found[0][0])).get("reached", 0)) if found else 0


def killed(starter: Starter, folder: Path, environment: dict[str, str]) -> int:
    """Kill a reread in the middle, while another process's lock holds it; give how far it had come."""
    process = starter.start(REREAD, folder, environment)
    while reached(folder) == 0 and process.poll() is None:
        time.sleep(0.002)
    lock = sqlite3.connect(folder / "news.db", timeout=30, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    process.kill()
    process.wait()
    lock.execute("ROLLBACK")
    lock.close()
    return reached(folder)


def test_a_killed_reread_goes_on_where_it_was(
    newscrawl: Command, starter: Starter, tmp_path: Path, environment: dict[str, str]
) -> None:
    """After kill -9 the same command reads the rest only; another choice, and one that had finished, begin anew."""
    captures = [row[0] for row in rows(tmp_path, "SELECT id FROM capture ORDER BY id")]
    for _ in range(5):  # on a busy machine the reread may be over before it is killed
        stopped = killed(starter, tmp_path, environment)
        if stopped < captures[-1] - 1:
            break
    assert captures[0] <= stopped < captures[-1] - 1
    assert left_off(tmp_path) == stopped
    assert left_off(tmp_path, {"since": "2020-01-01"}) == 0
    told = newscrawl("reread", "--workers", "0").stdout
    assert f"going on after capture {stopped}" in told
    number = int(told.splitlines()[1].split()[0])
    lost = "SELECT count(DISTINCT capture_id) FROM lost WHERE stage = 'read' AND run_id <= 4"
    assert 0 < number < int(str(rows(tmp_path, f"SELECT count(*) + ({lost}) FROM articles")[0][0]))
    assert left_off(tmp_path) == 0
    assert rows(tmp_path, "SELECT max(revision_count) FROM articles") == [(1,)]


@pytest.mark.parametrize("workers", ["0", "2"])
def test_an_interrupted_reread_ends_soon_and_goes_on(
    newscrawl: Command, starter: Starter, tmp_path: Path, environment: dict[str, str], workers: str
) -> None:
    """SIGINT while pages are being read and stored: what is in hand is committed, the code is 13, the rest comes later."""
    process = starter.start(("reread", "--workers", workers), tmp_path, environment)
    while reached(tmp_path) == 0 and process.poll() is None:
        time.sleep(0.002)
    lock = sqlite3.connect(tmp_path / "news.db", timeout=30, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    lock.execute("ROLLBACK")
    lock.close()
    assert process.wait(30) == 13
    stopped = left_off(tmp_path)
    assert stopped > 0
    assert f"going on after capture {stopped}" in newscrawl("reread", "--workers", "0").stdout
    assert rows(tmp_path, "SELECT max(revision_count) FROM articles") == [(1,)]


def test_a_full_disk_ends_a_reread_with_its_code(
    newscrawl: Command, starter: Starter, tmp_path: Path, environment: dict[str, str]
) -> None:
    """No space left: exit code 12 and nothing half written; with space again the same command reads the rest."""
    connection = sqlite3.connect(tmp_path / "news.db")
    connection.executescript(
        "PRAGMA foreign_keys = ON; UPDATE frontier SET article_id = NULL;"
        "DELETE FROM article; DELETE FROM article_search; DELETE FROM story; PRAGMA wal_checkpoint(TRUNCATE);"
    )
    connection.close()
    size = (tmp_path / "news.db").stat().st_size
    full = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    reread = starter.start(REREAD, tmp_path, environment, streams=(None, None, subprocess.PIPE), before=full)
    _, log = reread.communicate(timeout=90)
    assert reread.returncode == 12, log[-2000:]
    newscrawl("reread", "--workers", "0")
    assert rows(tmp_path, "SELECT count(*) > 20 FROM articles") == [(1,)]


def test_pages_that_are_gone_are_no_success(newscrawl: Command, tmp_path: Path) -> None:
    """A record that the archive no longer holds makes the reread's exit code 1, and is counted."""
    for file in (tmp_path / "archive").glob("*.warc.gz"):
        file.unlink()
    assert "unreadable" in newscrawl("reread", "--workers", "0", code=1).stdout


SEED = """name = "Valley News"
homepage = "https://valley.example/"
languages = ["en"]
timezone = "{zone}"
{agency}
[sources]
feeds = ["https://valley.example/feed"]
"""
PAGE = """<html lang="en"><head><title>Well {number} opens - Valley News</title>
<meta property="article:published_time" content="2026-11-20T10:00:00"></head><body><article><h1>Well {number} opens</h1>
<p>RAQQA (CNA) – Well number {number} opened on Friday after three weeks of repairs, the water directorate said in the city.</p>
<p>Some {number} hundred families had bought water from trucks since the pump of well {number} broke in October.</p>
<p>Engineers said that the next pump, number {number}1, would be mended before the rains, if parts arrive in time.</p>
</article></body></html>"""


def test_what_a_seed_says_now_reaches_the_past(newscrawl: Command, tmp_path: Path) -> None:
    """A corrected time zone and agency become revisions of all stored articles, marked as the reader's; once."""
    seed = tmp_path / "valley" / "seeds" / "sy" / "valley.toml"
    seed.parent.mkdir(parents=True)
    seed.write_text(SEED.format(zone="UTC", agency=""))
    writer = WarcWriter(tmp_path / "valley", "valley")
    for number in range(2, 5):
        body = PAGE.format(number=number).encode()
        writer.write(Exchange(url=f"https://valley.example/news/{number}", at=AT, body=body, headers=[HTML]))
    writer.close()
    fresh = {
        "NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path / 'valley' / 'news.db'}",
        "NEWSCRAWL_SEEDS": str(seed.parent.parent),
    }
    newscrawl("import", "--workers", "0", "valley/*.warc.gz", **fresh)
    read = "SELECT DISTINCT published_at, agency FROM articles"
    assert rows(tmp_path / "valley", read) == [("2026-11-20 10:00:00", "Central News Agency (Taiwan)")]
    assert "3 the same" in newscrawl("reread", "--workers", "0", **fresh).stdout
    seed.write_text(SEED.format(zone="Asia/Damascus", agency='agency = "Cyprus News Agency"'))
    assert "3 changed" in newscrawl("reread", "--workers", "0", **fresh).stdout
    assert "3 the same" in newscrawl("reread", "--workers", "0", **fresh).stdout
    assert rows(tmp_path / "valley", read) == [("2026-11-20 07:00:00", "Cyprus News Agency")]
    causes = "SELECT cause, count(*) FROM revisions GROUP BY cause ORDER BY cause"
    assert rows(tmp_path / "valley", causes) == [("outlet", 3), ("reader", 3)]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_readers_that_die_are_no_success(newscrawl: Command, tmp_path: Path, dry: tuple[str, ...]) -> None:
    """Where no page can be read, a reread says why of each and ends with 1; the stored articles stay as they were."""
    before = rows(tmp_path, "SELECT id, title, revision_count FROM articles")
    told = newscrawl("reread", "--workers", "1", *dry, "-s", "READER_MEGABYTES=1", code=1).stdout
    assert re.search(r"no article \(reader-(memory|crash) \d+", told)
    assert rows(tmp_path, "SELECT id, title, revision_count FROM articles") == before
