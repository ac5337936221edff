"""Crawls of the sample as a user starts them: in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newscrawl.sample import Sample, serve

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Sample]:
    """The sample outlets on free ports, with their seeds in the test's folder."""
    with serve() as running:
        running.seeds(tmp_path / "seeds")
        yield running


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a command of the test sees: no setting of the machine, reading in the process itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCRAWL_", "SCRAPY_"))}
    return kept | {"NEWSCRAWL_READER_WORKERS": "0", "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture
def newscrawl(tmp_path: Path, environment: dict[str, str]) -> Command:
    """Run a command in the test's folder and give what it printed."""

    def run(*args: str, code: int | None = 0, timeout: float = 90, **extra: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "newscrawl", *args], cwd=tmp_path, env=environment | extra, capture_output=True, text=True,
            timeout=timeout, check=False,
        )  # fmt: skip
        assert code is None or done.returncode == code, done.stderr[-3000:]
        return done

    return run
