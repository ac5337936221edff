"""Crawls of the sample as a user starts them: in processes of their own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import starter as starting
from scrapy.cmdline import execute

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

    def run(*args: str, code: int | None = 0, feed: bytes = b"", **extra: str) -> subprocess.CompletedProcess[str]:
        done = starter.run(args, tmp_path, environment | extra, feed)
        assert code is None or done.returncode == code, done.stderr[-3000:]
        return done

    return run


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that crawls nothing within the test's process, on the test's folder; give what it printed."""
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
    monkeypatch.chdir(tmp_path)

    def run(*args: str, code: int = 0, database: Path = tmp_path / "news.db") -> str:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            execute(["newscrawl", *args, "-s", f"DATABASE_URL=sqlite:///{database}"])
        output = capsys.readouterr()
        assert ended.value.code == code, output.err
        return output.out + output.err

    return run
