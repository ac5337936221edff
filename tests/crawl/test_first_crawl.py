"""The first crawl, end to end: the sample over HTTP into a database, twice, and read again."""

import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from newscrawl.sample import Sample, truth

Command = Callable[..., subprocess.CompletedProcess[str]]


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "news.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def everything(folder: Path) -> list[list[dict[str, object]]]:
    """Give all that is known of every article, but for the numbers that rows get when they are stored."""
    numbers = {"id", "article_id", "story_id", "revision_id", "run_id", "capture_id"}
    found = []
    with sqlite3.connect(folder / "news.db") as connection:
        connection.row_factory = sqlite3.Row
        for query in (
            "SELECT * FROM articles ORDER BY url",
            "SELECT * FROM article ORDER BY url",
            "SELECT r.*, a.url FROM revision r JOIN article a ON a.id = r.article_id ORDER BY a.url, n",
            "SELECT x.*, a.url FROM article_author x JOIN article a ON a.id = x.article_id ORDER BY a.url, position",
            "SELECT a.url, min(b.url) AS first FROM article a JOIN article b ON b.story_id = a.story_id GROUP BY 1 ORDER BY 1",
            "SELECT url, outcome, article_id IS NOT NULL AS linked FROM frontier WHERE kind = 'article' ORDER BY url",
        ):
            found.append(
                [{name: row[name] for name in row.keys() if name not in numbers} for row in connection.execute(query)]  # noqa: SIM118
            )
    connection.close()
    return found


def test_the_sample_from_nothing_to_a_second_edition(
    newscrawl: Command, tmp_path: Path, ports: tuple[str, ...]
) -> None:
    """The first crawl stores each article once, with place and agency; the second, one revision and one takedown.

    Then all articles are deleted, and a reread of the archive gives every column of every row back.
    """
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
    assert rows(tmp_path, "SELECT sum(stored), sum(revised), sum(gone) FROM run") == [(25, 1, 1)]  # each told once

    assert "0 failed" in newscrawl("verify").stdout
    before = everything(tmp_path)
    with sqlite3.connect(tmp_path / "news.db") as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("UPDATE frontier SET article_id = NULL")
        for table in ("article", "article_search", "story"):
            connection.execute(f"DELETE FROM {table}")
    connection.close()
    newscrawl("reread", "--workers", "0")
    assert everything(tmp_path) == before


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


def test_the_latest_crawl_tells_only_its_own_changes(newscrawl: Command, sample: Sample, tmp_path: Path) -> None:
    """However soon a crawl follows another, `latest` does not take what the one before stored for new."""
    settings = {"NEWSCRAWL_SEEDS": str(tmp_path / "seeds"), "NEWSCRAWL_ALLOW_PRIVATE": sample.allow_private}
    for _ in range(2):
        newscrawl("crawl", "two-rivers", **settings)
    began, ended = rows(
        tmp_path,
        "SELECT (SELECT started_at FROM run ORDER BY id DESC LIMIT 1), (SELECT finished_at FROM run ORDER BY id LIMIT 1)",
    )[0]
    assert str(began) > str(ended)
    assert "Nothing new" in newscrawl("latest", **settings).stdout
