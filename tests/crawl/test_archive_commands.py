"""The archive's commands on a crawled sample: give back, prove, import, read again."""

import gzip
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from newscrawl.archive import Exchange, WarcWriter
from newscrawl.outlet import load
from newscrawl.sample import Sample

Command = Callable[..., subprocess.CompletedProcess[str]]


def one(folder: Path, query: str) -> object:
    with sqlite3.connect(folder / "news.db") as connection:
        found = connection.execute(query).fetchone()[0]
    connection.close()
    return found


@pytest.fixture(autouse=True)
def _filled(tmp_path: Path, crawled: dict[int, Path]) -> None:
    """Each test starts with the sample's first edition in its folder."""
    shutil.copytree(crawled[1], tmp_path, dirs_exist_ok=True)


def test_pages_are_given_back_proved_imported_and_read_again(newscrawl: Command, tmp_path: Path) -> None:
    """What was archived can be shown, is proved, comes back from its files alone, and is not read twice."""
    article = one(tmp_path, "SELECT id FROM articles WHERE title LIKE 'Raqqa%'")
    shown = newscrawl("capture", str(article))
    assert "Raqqa farmers receive wheat seed" in shown.stdout
    assert "sha256: " in shown.stderr
    newscrawl("capture", "999999", code=1)

    planned = newscrawl("reread", "--dry-run").stdout
    assert "nothing was changed" in planned
    assert one(tmp_path, "SELECT max(revision_count) FROM articles") == 1

    files = sorted((tmp_path / "archive").glob("*.warc.gz"))
    (tmp_path / "elsewhere").mkdir()
    fresh = {"NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path / 'elsewhere' / 'news.db'}"}
    first = newscrawl("import", "--any", "--workers", "0", *map(str, files), **fresh).stdout
    again = newscrawl("import", "--any", "--workers", "0", *map(str, files), **fresh).stdout
    number = one(tmp_path / "elsewhere", "SELECT count(*) FROM articles")
    assert f"{number} new" in first
    assert isinstance(number, int)
    assert number >= 20
    assert "0 new, 0 revised, 0 the same" in again
    assert one(tmp_path / "elsewhere", "SELECT count(*) FROM articles") == number
    assert "captures proved, 0 failed" in newscrawl("verify", **fresh).stdout

    damaged = bytearray(files[0].read_bytes())
    damaged[-3000:-2900] = bytes(100)
    files[0].write_bytes(damaged)
    assert " failed" in newscrawl("verify", code=1).stdout


def test_extract_says_why_as_text_and_json(newscrawl: Command, tmp_path: Path) -> None:
    """A saved page is read without a network, and every field has its evidence."""
    article = one(tmp_path, "SELECT id FROM articles WHERE title LIKE 'Raqqa%'")
    (tmp_path / "page.html").write_text(newscrawl("capture", str(article)).stdout)
    found = json.loads(newscrawl("extract", "--json", "page.html").stdout)
    assert found["article"]["dateline"]["place"] == "Raqqa"
    assert {"title", "dateline", "dateline_place", "body", "published"} <= {
        piece["field"] for piece in found["evidence"]
    }
    assert "rule place (agency)" in newscrawl("extract", "page.html").stdout


def test_the_shell_has_the_article_its_outlet_and_the_reasons(newscrawl: Command, tmp_path: Path) -> None:
    """`newscrawl shell FILE` offers article(), outlet and why()."""
    article = one(tmp_path, "SELECT id FROM articles WHERE title LIKE 'Raqqa%'")
    (tmp_path / "page.html").write_text(newscrawl("capture", str(article)).stdout)
    shown = newscrawl("shell", str(tmp_path / "page.html"), "-c", "(article().dateline.place, outlet, why())").stdout
    assert "('Raqqa', None, None)" in shown
    assert "JSON-LD" in shown


def test_a_wordpress_answer_is_imported_post_by_post(newscrawl: Command, sample: Sample, tmp_path: Path) -> None:
    """Each post of an archived API's answer is an article; all of them share the one capture, and none comes twice."""
    sample.seeds(tmp_path / "theirs" / "seeds")
    base = str(load(tmp_path / "theirs" / "seeds" / "sy" / "sada-alsahel.toml").homepage).rstrip("/")
    url = f"{base}/wp-json/wp/v2/posts?per_page=100"
    with urlopen(url) as response:
        body = response.read()
    headers = [("Content-Type", "application/json; charset=utf-8")]
    writer = WarcWriter(tmp_path / "theirs", "theirs")
    writer.write(Exchange(url=url, at=datetime(2026, 11, 20, tzinfo=UTC), headers=headers, body=body))
    writer.close()
    fresh = {
        "NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path / 'theirs' / 'news.db'}",
        "NEWSCRAWL_SEEDS": str(tmp_path / "theirs" / "seeds"),
    }
    told = newscrawl("import", "--workers", "0", "theirs/*.warc.gz", **fresh).stdout
    number = len(json.loads(body))
    assert "taken 1" in told
    assert f"articles: {number} new" in told
    assert "known already 1" in newscrawl("import", "--workers", "0", "theirs/*.warc.gz", **fresh).stdout
    assert one(tmp_path / "theirs", "SELECT count(*) FROM capture") == 1
    assert one(tmp_path / "theirs", "SELECT count(*) FROM articles WHERE published_at IS NOT NULL") == number
    assert "1 captures proved, 0 failed" in newscrawl("verify", **fresh).stdout
    again = newscrawl("reread", "--workers", "0", **fresh).stdout
    assert f"{number} pages read again" in again
    assert f"{number} the same" in again


def test_an_import_of_damaged_files_is_no_success(newscrawl: Command, tmp_path: Path) -> None:
    """A torn record and a file packed as a whole are counted and told by the exit code; the rest is taken."""
    file, other = sorted((tmp_path / "archive").glob("*.warc.gz"))[:2]
    (tmp_path / "torn.warc.gz").write_bytes(file.read_bytes()[:-700])
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(gzip.decompress(other.read_bytes())))
    fresh = {"NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path / 'elsewhere.db'}"}
    done = newscrawl("import", "--any", "--workers", "0", "torn.warc.gz", "whole.warc.gz", code=1, **fresh)
    assert "unreadable file 1" in done.stdout
    assert "torn 1" in done.stdout
    assert "gunzip" in done.stderr
    assert " 0 new" not in done.stdout
