"""`newscrawl browse` in a real browser, and the commands that read the archive."""

import os
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from starter import Starter, environment

from newscrawl.browse import metadata
from newscrawl.commands.browse import Command
from newscrawl.cookbook import queries
from newscrawl.db.session import DatabaseError, connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def command(archive: Path, *args: str) -> list[str]:
    return [*args, "-s", f"DATABASE_URL=sqlite:///{archive}"]


@pytest.fixture(scope="module")
def site(archive: Path, starter: Starter) -> Iterator[str]:
    """The address at which `newscrawl browse` serves the sample's archive."""
    server = starter.start(
        command(archive, "browse", "--port", "0"), archive.parent, environment(), streams=(None, None, subprocess.PIPE)
    )
    assert server.stderr is not None
    yield next(line.split("running on ")[1].split()[0] for line in server.stderr if "running on" in line)
    os.killpg(server.pid, signal.SIGTERM)
    server.communicate(timeout=30)


def test_datasette_gives_rows_as_json_and_csv(site: str, archive: Path) -> None:
    """Articles, a cookbook query, and a search spelt otherwise give their rows; nothing can be written."""
    for path, rows in (
        ("articles.csv?_size=max", 26),
        ("who-copied-whom.csv", 4),
        ("search.csv?words=QAMISLO*", 2),
        ("search.csv?words=%D8%A7%D8%B1%D8%A8%D8%B9%D9%87+%D8%A7%D8%B4%D8%AE%D8%A7%D8%B5", 2),
        ("search.csv?words=%22*", 1),
    ):
        with urllib.request.urlopen(f"{site}/{archive.stem}/{path}", timeout=20) as answer:
            assert len(answer.read().decode().strip().splitlines()) >= rows, path
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(f"{site}/{archive.stem}.json?sql=delete+from+article", timeout=20)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
def test_chromium_shows_articles_facets_and_search(site: str, archive: Path, tmp_path: Path) -> None:
    """A real browser draws articles with descriptions and facets, the cookbook's questions, and what a search found."""
    for path, wanted in (
        ("articles", ("25 rows", "canonical name of the first place", 'data-column="dateline_place"', "facet-info")),
        ("", ("On which days can I not trust an outlet&#39;s zero?", "Full-text search")),
        ("search?words=wheat+SEED", ("Raqqa farmers receive wheat seed two weeks late",)),
    ):
        shown = subprocess.run(
            [
                str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                f"--user-data-dir={tmp_path}", "--dump-dom", f"{site}/{archive.stem}/{path}",
            ], capture_output=True, text=True, timeout=60, check=True,
        ).stdout  # fmt: skip
        for text in wanted:
            assert text in shown or text.replace("&#39;", "'") in shown, (path, text)


def test_every_cookbook_query_is_a_button(archive: Path) -> None:
    """Datasette knows all questions of the cookbook, and what each column of each view means."""
    engine = connect(f"sqlite:///{archive}", read_only=True)
    told = metadata(engine, "news")["databases"]["news"]
    engine.dispose()
    assert {query.name for query in queries()} <= set(told["queries"])
    assert (
        told["tables"]["story_copies"]["columns"]["lag_seconds"] == "copy's publication minus the original's, seconds"
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///{}/none.db", "there is no archive"),
        ("sqlite:///{}/damaged.db", "not a database"),
        ("postgresql+psycopg://postgres@127.0.0.1/none", "copy-db"),
    ],
)
def test_what_can_t_be_browsed_is_one_clear_line(tmp_path: Path, url: str, told: str) -> None:
    """A file that is missing or damaged, and a PostgreSQL archive, are refused with what to do; nothing is made."""
    (tmp_path / "damaged.db").write_bytes(b"no database" * 500)
    browse = Command()
    browse.settings = Settings({"DATABASE_URL": url.format(tmp_path)})
    with pytest.raises((UsageError, DatabaseError), match=told):
        browse.run([], Namespace(port=0, open=False))
    assert not (tmp_path / "none.db").exists()


def test_diff_shows_what_was_changed(archive: Path, starter: Starter) -> None:
    """The corrected figure stands in the comparison, cut and added; an unchanged article has nothing to compare."""

    def run(*args: str, code: int = 0) -> str:
        done = starter.run(command(archive, *args), archive.parent, environment())
        assert done.returncode == code, done.stderr
        return done.stdout

    found = run("search", "bus overturns hasakah highway").split("\n")[3].split()[0]
    shown = run("diff", found)
    assert "[-four-]{+six+}" in shown
    other = "1" if found != "1" else "2"
    assert "nothing to compare" in run("diff", other, code=1)
