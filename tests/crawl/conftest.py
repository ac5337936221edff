"""Crawls of the sample as a user starts them: in processes of their own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import starter as starting

from newscrawl.sample import Sample, serve

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Sample]:
    """The sample outlets on free ports, with their seeds in the test's folder."""
    with serve() as running:
        running.seeds(tmp_path / "seeds")
        yield running


@pytest.fixture
def environment() -> dict[str, str]:
    """What a command of the test sees."""
    return starting.environment()


@pytest.fixture
def newscrawl(tmp_path: Path, environment: dict[str, str], starter: starting.Starter) -> Command:
    """Run a command in the test's folder and give what it printed."""

    def run(*args: str, code: int | None = 0, **extra: str) -> subprocess.CompletedProcess[str]:
        done = starter.run(args, tmp_path, environment | extra)
        assert code is None or done.returncode == code, done.stderr[-3000:]
        return done

    return run
