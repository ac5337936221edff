"""Many machines: a worker that dies in mid-crawl takes its crawl with it, and another one finishes the work."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from sqlalchemy import NullPool, create_engine, text
from starter import Running, Starter, environment

from newscrawl.commands import worker
from newscrawl.sample import Sample, serve

#: Workers of the tests find the dead sooner than real ones: a sign of life every half second, none for two: dead.
WORKER = "from newscrawl.fetching import jobs; jobs.BEAT, jobs.DEAD_AFTER, jobs.TICK = 0.5, 2.0, 0.5"


def start(starter: Starter, url: str, folder: Path, sample: Sample) -> Running:
    """Start a worker."""
    settings = {
        "NEWSCRAWL_DATABASE_URL": url, "NEWSCRAWL_SEEDS": str(folder / "seeds"), "NEWSCRAWL_ARCHIVE": "off",
        "NEWSCRAWL_ALLOW_PRIVATE": sample.allow_private,
    }  # fmt: skip
    with (folder / "log").open("ab") as log:
        return starter.start(
            ["worker", "--most", "4"], folder, environment() | settings, streams=(None, log, log), before=WORKER
        )


def wait(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is so, or fail."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def is_alive(owner: str) -> bool:
    """Does the process of a run's owner (host/boot/pid/start) still run? A zombie does not."""
    try:
        state = Path(f"/proc/{owner.split('/')[2]}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return state[0] != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="a crawl dies with its worker on Linux only")
def test_what_a_killed_worker_held_is_finished_by_another(
    own_postgresql_url: str, tmp_path: Path, starter: Starter
) -> None:
    """After kill -9 in mid-crawl the crawls are gone too, and a second worker stores every article exactly once."""
    pytest.importorskip("procrastinate")
    engine = create_engine(own_postgresql_url, poolclass=NullPool)

    def ask(query: str) -> list[str]:
        with engine.connect() as connection:
            return [str(value) for value in connection.execute(text(query)).scalars()]

    with serve() as sample:
        agency, *rest = sample.seeds(tmp_path / "seeds")
        agency.write_text(agency.read_text().replace("delay = 0\n", "delay = 0.2\n"))
        for seed in rest:
            seed.unlink()
        wanted = {url for url, right in sample.truth().items() if right.outlet == agency.stem}
        first = start(starter, own_postgresql_url, tmp_path, sample)
        try:
            wait(lambda: len(ask("SELECT url FROM article")) >= 2)
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait()
        owners = ask("SELECT owner FROM run WHERE finished_at IS NULL")
        assert owners
        wait(lambda: not any(map(is_alive, owners)), 5)
        held = ask("SELECT url FROM article")
        assert len(held) < len(wanted)
        second = start(starter, own_postgresql_url, tmp_path, sample)
        try:
            wait(lambda: wanted <= set(ask("SELECT url FROM article")))
            wait(lambda: not ask("SELECT id FROM run WHERE finished_at IS NULL"))
        finally:
            second.terminate()
            second.wait(30)
        urls = ask("SELECT url FROM article")
        assert len(urls) == len(set(urls))
        assert len(ask("SELECT id FROM revision")) == len(urls)
        assert "killed" in ask("SELECT finish_reason FROM run")


def test_a_worker_needs_postgresql(tmp_path: Path) -> None:
    """On SQLite the worker refuses and names the command that crawls there."""
    command = worker.Command()
    command.settings = Settings({"DATABASE_URL": f"sqlite:///{tmp_path / 'news.db'}"})
    with pytest.raises(UsageError, match="newscrawl poll"):
        command.run([], argparse.Namespace(most=1, once=False))
