"""Furniture of an outlet on the sample: a crawl learns it, a second reading leaves it out, and the reasons show it."""

import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

from newscrawl.sample import Sample
from newscrawl.sample.world import labels

Command = Callable[..., subprocess.CompletedProcess[str]]


def bodies(folder: Path) -> dict[str, str]:
    """Give each article's current text by its address."""
    connection = sqlite3.connect(folder / "news.db", timeout=30)
    found = connection.execute("SELECT url, body FROM articles").fetchall()
    connection.close()
    return dict(found)


def test_a_second_reading_leaves_out_what_returned(
    sample: Sample, newscrawl: Command, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Every body loses the outlet's sentence and nothing else; what was taken stays visible."""
    sample.furniture = True
    environment |= {"NEWSCRAWL_ALLOW_PRIVATE": sample.allow_private, "NEWSCRAWL_SEEDS": "seeds"}
    right = {url: answer for url, answer in sample.truth().items() if answer.outlet == "sada-alsahel"}
    note = labels()["ar"]["note"]
    newscrawl("crawl", "sada-alsahel")
    assert bodies(tmp_path) == {url: f"{answer.body}\n{note}" for url, answer in right.items()}
    newscrawl("reread", "--workers", "0")
    assert bodies(tmp_path) == {url: answer.body for url, answer in right.items()}
    told = newscrawl("extract", next(iter(right))).stdout
    assert f"- {note}  <- rule furniture" in told
