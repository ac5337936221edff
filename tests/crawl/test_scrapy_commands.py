"""Scrapy's own commands pick the outlet by the address's host."""

import os
import subprocess
import sys
from pathlib import Path

from newscrawl.sample import Sample

ROOT = Path(__file__).parents[2]


def scrapy(sample: Sample, folder: Path, *args: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCRAWL_", "SCRAPY_"))}
    environment = kept | {
        "NEWSCRAWL_SEEDS": str(folder / "seeds"), "NEWSCRAWL_ALLOW_PRIVATE": sample.allow_private, "NEWSCRAWL_READER_WORKERS": "0",
        "NEWSCRAWL_DATABASE_URL": f"sqlite:///{folder / 'none.db'}",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *args],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    return done.stdout


def test_list_parse_and_shell(sample: Sample, tmp_path: Path) -> None:
    """`scrapy list` names the seeds; `parse` and `shell` read a page with its own outlet's seed, and store nothing."""
    names = [name for name, _ in sample.outlets]
    assert scrapy(sample, tmp_path, "list").split() == sorted(names)
    base = dict(sample.outlets)["two-rivers"].rstrip("/")
    url = f"{base}/en/2026/11/17/wheat-seed-raqqa-farmers/"
    parsed = scrapy(sample, tmp_path, "parse", url)
    assert "'place': 'Raqqa'" in parsed
    shown = scrapy(sample, tmp_path, "shell", url, "-c", "(outlet.id, article().title)")
    assert "('two-rivers', 'Raqqa farmers receive wheat seed two weeks late')" in shown
    assert not (tmp_path / "none.db").exists()
