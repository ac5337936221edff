"""The hostile outlet, crawled for real in a process of its own."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import GOOD, Hostile, start, stored


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """The outlet, serving."""
    server = Hostile()
    yield server
    server.close()


def test_every_good_article_is_stored_and_nothing_led_astray(hostile: Hostile, tmp_path: Path) -> None:
    """All forty articles come in, no private address is asked, and the traps cost few requests."""
    crawl = start(hostile, tmp_path)
    _, log = crawl.communicate(timeout=90)
    assert crawl.returncode == 0, log[-3000:]
    assert len(stored(tmp_path)) == GOOD
    assert hostile.private_hits == 0
    assert hostile.requests["/robots.txt"] == 1
    assert hostile.requests["/trap/torn"] == 2
    assert hostile.requests["/trap/headers"] == 1
    assert f"not stored: too-large: {hostile.home}/trap/headers" in log
    assert hostile.requests["/forbidden/news/1"] == 0
    assert sum(hostile.requests.values()) < 2 * GOOD


def test_a_killed_crawl_loses_and_doubles_nothing(hostile: Hostile, tmp_path: Path) -> None:
    """After kill -9 in the middle one rerun stores all the rest and asks again only for what was in flight."""
    crawl = start(hostile, tmp_path)
    assert crawl.stderr is not None
    seen = 0
    for line in crawl.stderr:
        seen += " stored " in line
        if seen == 15:
            break
    crawl.send_signal(signal.SIGKILL)
    crawl.communicate()
    before = stored(tmp_path)
    assert 15 <= len(before) < GOOD
    again = start(hostile, tmp_path)
    _, log = again.communicate(timeout=90)
    assert again.returncode == 0, log[-3000:]
    after = stored(tmp_path)
    assert set(before) <= set(after)
    assert len(after) == len(set(after)) == GOOD
    articles = {path: number for path, number in hostile.requests.items() if path.startswith("/news/")}
    assert sum(articles.values()) - len(articles) <= 16


def test_an_origin_that_is_down_at_first_costs_nothing(hostile: Hostile, tmp_path: Path) -> None:
    """An outlet that answers 503 for some seconds is waited for, within the same crawl."""
    hostile.down = 4
    crawl = start(hostile, tmp_path)
    _, log = crawl.communicate(timeout=90)
    assert crawl.returncode == 0, log[-3000:]
    assert len(stored(tmp_path)) == GOOD


def test_an_interrupted_crawl_ends_soon_with_its_code(hostile: Hostile, tmp_path: Path) -> None:
    """SIGINT ends a crawl within thirty seconds with exit code 13, and what was acknowledged is there."""
    crawl = start(hostile, tmp_path)
    assert crawl.stderr is not None
    seen = 0
    for line in crawl.stderr:
        seen += " stored " in line
        if seen == 5:
            break
    began = time.monotonic()
    crawl.send_signal(signal.SIGINT)
    crawl.communicate(timeout=40)
    assert time.monotonic() - began < 30
    assert crawl.returncode == 13
    assert len(stored(tmp_path)) >= 5


def test_a_second_interrupt_ends_a_crawl_at_once_and_the_next_completes_it(hostile: Hostile, tmp_path: Path) -> None:
    """SIGINT twice does not wait for what is in flight, loses nothing and keeps the outlet from nobody."""
    crawl = start(hostile, tmp_path)
    assert crawl.stderr is not None
    seen = 0
    for line in crawl.stderr:
        seen += " stored " in line
        if seen == 5:
            break
    crawl.send_signal(signal.SIGINT)
    time.sleep(0.2)
    crawl.send_signal(signal.SIGINT)
    began = time.monotonic()
    crawl.communicate(timeout=20)
    assert time.monotonic() - began < 10
    assert crawl.returncode != 0
    again = start(hostile, tmp_path)
    _, log = again.communicate(timeout=90)
    assert again.returncode == 0, log[-3000:]
    assert len(stored(tmp_path)) == len(set(stored(tmp_path))) == GOOD
