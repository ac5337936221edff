"""The first crawl, end to end: the sample over HTTP into a database, twice, and read again."""

import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from newscrawl.sample import truth

Command = Callable[..., subprocess.CompletedProcess[str]]


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "news.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_the_sample_from_nothing_to_a_second_edition(
    newscrawl: Command, tmp_path: Path, ports: tuple[str, ...]
) -> None:
    """The first crawl stores each article once, with place and agency; the second, one revision and one takedown."""
    first = newscrawl("sample", "--crawl", "--ports", *ports)
    articles = {
        str(title): row
        for title, *row in rows(tmp_path, "SELECT title, dateline_place, dateline_country, body FROM articles")
    }
    assert len(articles) == 25
    assert articles["Bus overturns on Hasakah highway, killing four"][:2] == ["Hasakah", "SY"]
    assert "make crawl OUTLET=" in first.stdout.splitlines()[-1]
    lost = dict(rows(tmp_path, "SELECT reason, count(*) FROM lost GROUP BY reason"))  # type: ignore[arg-type]
    assert lost == {
        "binary": 1,
        "broken-feed": 1,
        "empty": 1,
        "http-404": 1,
        "not-a-sitemap": 1,
        "section-page": 1,
        "wrong-language": 1,
    }

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
    assert (
        rows(tmp_path, "SELECT url, title, body, dateline, agency, published_at FROM articles ORDER BY url") == before
    )


def test_what_is_stored_is_what_the_sample_says(crawled: dict[int, Path]) -> None:
    """Every stored body is the article's text, whole, in order, and nothing else; the other fields are right, too."""
    folder = crawled[1]
    columns = "url, title, body, language, dateline_place, dateline_country, published_at"
    stored = {str(row[0]): row[1:] for row in rows(folder, f"SELECT {columns} FROM articles")}
    bases = {str(name): str(url).rstrip("/") for name, url in rows(folder, "SELECT id, homepage FROM outlet")}
    bases = {name: url.replace("/anasayfa", "") for name, url in bases.items()}
    answers = truth(bases)
    assert set(stored) == set(answers)
    wrong = []
    for url, answer in answers.items():
        wanted = (
            answer.title,
            answer.body,
            answer.language,
            answer.place,
            answer.country,
            f"{answer.published.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        )
        wrong += [(url, have, want) for have, want in zip(stored[url], wanted, strict=True) if have != want]
    assert wrong == []
