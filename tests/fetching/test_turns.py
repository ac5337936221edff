"""Turns at a host: one at a time, paced from start to start, given up when the crawl stops."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest

from newscrawl.fetching.turns import Stopped, hold_back, turn


async def test_requests_to_a_host_come_one_at_a_time_and_keep_their_pause() -> None:
    """However long answers take, two requests never start closer than the pause, nor overlap; another host need not wait."""
    starts: list[float] = []
    at_once = most = 0

    async def ask(host: str, seconds: float) -> None:
        nonlocal at_once, most
        async with turn(host, 0.1, lambda: True):
            starts.append(time.monotonic())
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(seconds)
            at_once -= 1

    await asyncio.gather(*(ask("demo.example", seconds) for seconds in (0.15, 0, 0, 0.15, 0)))
    assert most == 1
    assert min(later - earlier for earlier, later in itertools.pairwise(starts)) >= 0.1
    before = time.monotonic()
    await ask("other.example", 0)
    assert time.monotonic() - before < 0.1


async def test_a_host_that_asked_for_patience_is_held_back() -> None:
    """A pause for the whole host holds for the next request, whoever makes it."""
    hold_back("demo.example", 0.2)
    before = time.monotonic()
    async with turn("demo.example", 0, lambda: True):
        assert time.monotonic() - before >= 0.19


async def test_a_crawl_that_stops_asks_for_nothing_more() -> None:
    """A request whose turn comes after the signal is not made."""
    with pytest.raises(Stopped):
        async with turn("demo.example", 0, lambda: False):
            pass
