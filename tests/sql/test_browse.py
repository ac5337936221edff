"""Datasette on the archive, and the commands that read it."""

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from newscrawl.browse import metadata
from newscrawl.cookbook import queries


def test_datasette_serves_articles_and_canned_queries(archive: Path, tmp_path: Path) -> None:
    """The archive opens read-only: articles with facets, a cookbook query and search give their rows."""
    about = tmp_path / "metadata.json"
    about.write_text(json.dumps(metadata(archive.stem)))
    command = [sys.executable, "-m", "datasette", "serve", str(archive), "--metadata", str(about), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        base = next(line.split("running on ")[1].split()[0] for line in server.stderr if "running on" in line)
        try:
            for path, rows in (
                ("articles.json?_shape=array", 25),
                ("who-copied-whom.json?_shape=array", 3),
                ("search.json?words=wheat&_shape=array", 1),
            ):
                for _ in range(20):
                    try:
                        found = json.load(urllib.request.urlopen(f"{base}/{archive.stem}/{path}", timeout=10))
                        break
                    except OSError:
                        time.sleep(0.2)
                assert len(found) == rows, path
        finally:
            server.terminate()


def test_every_cookbook_query_is_a_button() -> None:
    """Datasette knows all questions of the cookbook."""
    assert {query.name for query in queries()} <= set(metadata("news")["databases"]["news"]["queries"])


def run(archive: Path, *args: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "newscrawl", *args, "-s", f"DATABASE_URL=sqlite:///{archive}"], capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout


def test_diff_shows_what_was_changed(archive: Path) -> None:
    """The corrected figure stands in the comparison, cut and added; an unchanged article has nothing to compare."""
    found = run(archive, "search", "bus overturns hasakah highway").split("\n")[3].split()[0]
    shown = run(archive, "diff", found)
    assert "[-four-]{+six+}" in shown
    other = "1" if found != "1" else "2"
    assert "nothing to compare" in run(archive, "diff", other, code=1)
