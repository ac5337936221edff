"""The first crawl, end to end: the sample over HTTP into a database, twice, and read again."""

import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

from newscrawl.sample import truth

Command = Callable[..., subprocess.CompletedProcess[str]]


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "news.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_the_sample_from_nothing_to_a_second_edition(newscrawl: Command, tmp_path: Path) -> None:
    """The first crawl stores each article once, with place and agency; the second, one revision and one takedown."""
    first = newscrawl("sample", "--crawl")
    articles = {str(title): row for title, *row in rows(tmp_path, "SELECT title, dateline_place, dateline_country, body FROM articles")}
    assert len(articles) == 25
    assert articles["Bus overturns on Hasakah highway, killing four"][:2] == ["Hasakah", "SY"]
    assert "make crawl OUTLET=" in first.stdout.splitlines()[-1]
    lost = dict(rows(tmp_path, "SELECT reason, count(*) FROM lost GROUP BY reason"))  # type: ignore[arg-type]
    assert lost == {"binary": 1, "broken-feed": 1, "empty": 1, "http-404": 1, "not-a-sitemap": 1, "section-page": 1, "wrong-language": 1}

    second = newscrawl("sample", "--crawl")
    assert "revised" in second.stdout
    assert "gone" in second.stdout
    assert rows(tmp_path, "SELECT count(*), sum(revision_count), count(gone_at) FROM articles") == [(25, 26, 1)]
    assert rows(tmp_path, "SELECT count(DISTINCT story_id), sum(is_original) FROM articles") == [(6, 6)]

    third = newscrawl("sample", "--crawl")
    assert "Nothing new" in third.stdout
    assert rows(tmp_path, "SELECT count(*), sum(revision_count), count(gone_at) FROM articles") == [(25, 26, 1)]

    assert "0 failed" in newscrawl("verify").stdout
    before = rows(tmp_path, "SELECT url, title, body, dateline, agency, published_at FROM articles ORDER BY url")
    with sqlite3.connect(tmp_path / "news.db") as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("UPDATE frontier SET article_id = NULL")
        for table in ("article", "article_search", "story"):
            connection.execute(f"DELETE FROM {table}")
    connection.close()
    newscrawl("reread", "--workers", "0")
    assert rows(tmp_path, "SELECT url, title, body, dateline, agency, published_at FROM articles ORDER BY url") == before


def test_bodies_are_what_the_sample_says(newscrawl: Command, tmp_path: Path) -> None:
    """Every stored body is the article's paragraphs, whole, in order, and nothing else."""
    newscrawl("sample", "--crawl")
    stored = {str(title): str(body).split("\n") for title, body in rows(tmp_path, "SELECT title, body FROM articles")}
    wanted = {answer.title: list(answer.paragraphs) for answer in truth("http://127.0.0.1").values()}
    for title, body in stored.items():
        for paragraph in wanted[title]:
            assert body.count(paragraph) == 1, (title, paragraph)
