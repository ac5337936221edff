"""The archive's commands on a crawled sample: give back, prove, import, read again."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

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
