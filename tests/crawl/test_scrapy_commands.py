"""Scrapy's own commands pick the outlet by the address's host."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starter import Starter, environment

from newscrawl.sample import Sample

ROOT = Path(__file__).parents[2]


def test_list_parse_and_shell(sample: Sample, tmp_path: Path, starter: Starter) -> None:
    """`scrapy list` names the seeds; `parse` and `shell` read a page with its own outlet's seed, and store nothing."""
    settings = {
        "NEWSCRAWL_SEEDS": str(tmp_path / "seeds"), "NEWSCRAWL_ALLOW_PRIVATE": sample.allow_private,
        "NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}",
    }  # fmt: skip

    def scrapy(*arguments: str) -> str:
        done = starter.run(arguments, ROOT, environment() | settings, program="scrapy")
        assert done.returncode == 0, done.stderr[-2000:]
        assert "Traceback" not in done.stderr
        return done.stdout

    names = [name for name, _ in sample.outlets]
    assert scrapy("list").split() == sorted(names)
    base = dict(sample.outlets)["two-rivers"].rstrip("/")
    url = f"{base}/en/2026/11/17/wheat-seed-raqqa-farmers/"
    parsed = scrapy("parse", url)
    assert "'place': 'Raqqa'" in parsed
    shown = scrapy("shell", url, "-c", "(outlet.id, article().title)")
    assert "('two-rivers', 'Raqqa farmers receive wheat seed two weeks late')" in shown
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("words", ["reread --dryrun", "search --outlt demo wheat", "crawl demo --sinze 2026-01-01"])
def test_a_misspelt_option_is_refused(told: Callable[..., str], words: str) -> None:
    """What looks like an option and is none ends the command before it does anything, and is named."""
    option = next(word for word in words.split() if word.startswith("--"))
    assert f"error: no option {option}" in told(*words.split(), code=2)
