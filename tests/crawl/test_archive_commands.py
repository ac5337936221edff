"""The archive's commands on a crawled sample: give back, prove, import, read again."""

import gzip
import json
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from newscrawl.archive import Exchange, WarcWriter, records
from newscrawl.commands.reread import Changes
from newscrawl.outlet import load
from newscrawl.sample import Sample

Command = Callable[..., subprocess.CompletedProcess[str]]
Told = Callable[..., str]


def one(folder: Path, query: str) -> object:
    with sqlite3.connect(folder / "news.db") as connection:
        found = connection.execute(query).fetchone()[0]
    connection.close()
    return found


@pytest.fixture(autouse=True)
def _filled(tmp_path: Path, crawled: dict[int, Path]) -> None:
    """Each test starts with the sample's first edition in its folder."""
    shutil.copytree(crawled[1], tmp_path, dirs_exist_ok=True)


def page_of_raqqa(folder: Path) -> Path:
    """Save an archived page as a file."""
    file = one(folder, "SELECT c.warc_file FROM articles a JOIN revision r ON r.article_id = a.id "
               "JOIN capture c ON c.id = r.capture_id WHERE a.title LIKE 'Raqqa%'")  # fmt: skip
    pages = (record.body for record in records(folder / "archive" / str(file)))
    (folder / "page.html").write_bytes(next(body for body in pages if b"<title>Raqqa" in body))
    return folder / "page.html"


def test_pages_are_given_back_and_proved(told: Told, tmp_path: Path) -> None:
    """A page comes back byte for byte with where it is from; each fault is found, and its articles are named."""
    article = one(tmp_path, "SELECT id FROM articles WHERE title LIKE 'Raqqa%'")
    shown = told("capture", str(article))
    page = page_of_raqqa(tmp_path).read_text()
    assert shown.count(page) == 1
    facts = dict(line.split(": ", 1) for line in shown.replace(page, "").splitlines())
    assert {"url", "fetched", "sha256", "status", "file", "offset", "Content-Type"} <= set(facts)
    assert "no article 999999" in told("capture", "999999", code=2)
    number = one(tmp_path, "SELECT count(*) FROM capture")
    assert told("verify") == f"{number} captures proved, 0 failed\n"

    file, offset = tmp_path / facts["file"], int(facts["offset"])
    whole = file.read_bytes()
    file.write_bytes(whole[: offset + 200] + bytes([whole[offset + 200] ^ 1]) + whole[offset + 201 :])
    report, _ = json.JSONDecoder().raw_decode(told("verify", "--json", code=1))  # what is logged stands behind it
    (fault,) = report["failed"]
    assert [found["id"] for found in fault["articles"]] == [article]
    assert (fault["file"], fault["offset"]) == (file.name, offset)
    file.write_bytes(whole[: offset + 200])
    assert f"article {article}, revision 1: {facts['url']}" in told("verify", code=1)
    file.unlink()
    assert "No such file" in told("verify", code=1)
    assert "No such file" in told("capture", str(article), code=1)


@pytest.mark.parametrize("verb", ["export", "latest", "reread", "retry", "runs", "search", "verify"])
def test_an_outlet_that_nobody_knows_is_an_error(told: Told, tmp_path: Path, verb: str) -> None:
    """A slip of the pen in --outlet is told, and no command takes it for an outlet without articles."""
    rest = {"export": ["out.csv"], "search": ["water"]}.get(verb, [])
    assert "nobody" in told(verb, "--outlet", "nobody", *rest, code=2)
    assert not (tmp_path / "out.csv").exists()


def test_a_reread_that_would_change_nothing_says_only_that(capsys: pytest.CaptureFixture[str]) -> None:
    """No heading stands over an empty list."""
    Changes().tell()
    assert capsys.readouterr().out == "0 articles would change.\n"


def test_what_was_archived_comes_back_from_its_files_alone(newscrawl: Command, told: Told, tmp_path: Path) -> None:
    """An import gives the same articles, each once, wherever the files lie; a dry run changes nothing and says so."""
    files = sorted((tmp_path / "archive").glob("*.warc.gz"))
    (tmp_path / "elsewhere").mkdir()
    fresh = {"NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path / 'elsewhere' / 'news.db'}"}
    first = newscrawl("import", "--any", "--workers", "0", *map(str, files), **fresh).stdout
    number = one(tmp_path / "elsewhere", "SELECT count(*) FROM articles")
    assert f"{number} new" in first
    assert isinstance(number, int)
    assert number >= 20
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(b"".join(gzip.decompress(f.read_bytes()) for f in files)))
    again = newscrawl("import", "--any", "--workers", "0", "whole.warc.gz", **fresh).stdout
    assert "0 new, 0 revised, 0 the same" in again
    assert "captures proved, 0 failed" in told("verify", database=tmp_path / "elsewhere" / "news.db")

    with sqlite3.connect(tmp_path / "news.db") as connection:
        connection.execute("UPDATE revision SET title = 'Raqqa farmers wait' WHERE title LIKE 'Raqqa farmers%'")
    connection.close()
    planned = newscrawl("reread", "--dry-run", "--workers", "1").stdout
    assert "nothing was changed" in planned
    assert "1 articles would change" in planned
    assert "  title 1\n" in planned
    assert "'Raqqa farmers wait' -> 'Raqqa farmers receive" in planned
    assert one(tmp_path, "SELECT max(revision_count) FROM articles") == 1


def test_a_file_that_comes_once_is_copied(newscrawl: Command, told: Told, tmp_path: Path) -> None:
    """Pages out of a pipe are kept in the archive of their own, so that they can be proved and read again without it."""
    (file, *_) = sorted((tmp_path / "archive").glob("two-rivers*.warc.gz"))
    fresh = {"NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path / 'piped' / 'news.db'}"}
    (tmp_path / "piped").mkdir()
    told_of = newscrawl("import", "--any", "--workers", "0", "-", feed=file.read_bytes(), **fresh).stdout
    assert " 0 new" not in told_of
    file.unlink()
    assert len(list((tmp_path / "piped" / "archive").glob("import-*.warc.gz"))) == 1
    assert " 0 failed" in told("verify", database=tmp_path / "piped" / "news.db")


def test_extract_says_why_as_text_and_json(newscrawl: Command, tmp_path: Path) -> None:
    """A saved page is read without a network, and every field has its evidence."""
    page_of_raqqa(tmp_path)
    found = json.loads(newscrawl("extract", "--json", "page.html").stdout)
    assert found["article"]["dateline"]["place"] == "Raqqa"
    assert {"title", "dateline", "dateline_place", "body", "published"} <= {
        piece["field"] for piece in found["evidence"]
    }
    assert "rule place (agency)" in newscrawl("extract", "page.html").stdout


def test_the_shell_has_the_article_its_outlet_and_the_reasons(newscrawl: Command, tmp_path: Path) -> None:
    """`newscrawl shell FILE` offers article(), outlet and why()."""
    shown = newscrawl("shell", str(page_of_raqqa(tmp_path)), "-c", "(article().dateline.place, outlet, why())").stdout
    assert "('Raqqa', None, None)" in shown
    assert "JSON-LD" in shown


def test_a_wordpress_answer_is_imported_post_by_post(
    newscrawl: Command, told: Told, sample: Sample, tmp_path: Path
) -> None:
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
    first = newscrawl("import", "--workers", "0", "theirs/*.warc.gz", **fresh).stdout
    number = len(json.loads(body))
    assert "taken 1" in first
    assert f"articles: {number} new" in first
    assert "known already 1" in newscrawl("import", "--workers", "0", "theirs/*.warc.gz", **fresh).stdout
    with sqlite3.connect(tmp_path / "theirs" / "news.db") as connection:  # as a kill after the first post leaves it
        for (table,) in connection.execute(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'article_id' WHERE m.type = 'table'"
        ).fetchall():
            connection.execute(f"DELETE FROM {table} WHERE article_id > 1")
        connection.execute("DELETE FROM article_search WHERE rowid > 1")
        connection.execute("DELETE FROM article WHERE id > 1")
    connection.close()
    rest = newscrawl("import", "--workers", "0", "theirs/*.warc.gz", **fresh).stdout
    assert "taken 1" in rest
    assert f"articles: {number - 1} new" in rest
    assert one(tmp_path / "theirs", "SELECT count(*) FROM capture") == 1
    assert one(tmp_path / "theirs", "SELECT count(*) FROM articles WHERE published_at IS NOT NULL") == number
    assert "1 captures proved, 0 failed" in told("verify", database=tmp_path / "theirs" / "news.db")
    again = newscrawl("reread", "--workers", "0", **fresh).stdout
    assert f"{number} pages read again" in again
    assert f"{number} the same" in again


def test_an_import_of_damaged_files_is_no_success(newscrawl: Command, tmp_path: Path) -> None:
    """A torn record and a file that is none are counted and told by the exit code; the rest is taken."""
    file = next((tmp_path / "archive").glob("two-rivers*.warc.gz"))
    (tmp_path / "torn.warc.gz").write_bytes(file.read_bytes()[:-700])
    (tmp_path / "cut.wacz").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "empty.warc").touch()
    with zipfile.ZipFile(tmp_path / "other.wacz", "w") as package:
        package.writestr("pages/pages.jsonl", "{}")
    fresh = {"NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path / 'elsewhere.db'}"}
    done = newscrawl(
        "import", "--any", "--workers", "0", "torn.warc.gz", "cut.wacz", "empty.warc", "other.wacz", code=1, **fresh
    )
    assert "unreadable file 3" in done.stdout
    assert "torn 1" in done.stdout
    assert "cut.wacz can't be read" in done.stderr
    for name in ("empty.warc", "other.wacz"):
        assert f"{name} holds no WARC, ARC or WACZ record" in done.stderr
    assert " 0 new" not in done.stdout
