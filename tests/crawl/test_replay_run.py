"""A reread's own bookkeeping: what it says it has come to was written."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from newscrawl.db import rereads
from newscrawl.db.models import Run
from newscrawl.db.session import open_database
from newscrawl.db.writer import DiskFullError
from newscrawl.fetching.reads import read, take
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet
from newscrawl.spiders.replay_run import Replay, ReplayRun
from newscrawl.visit import Visit
from tests.hostile import article

NOW = datetime(2026, 11, 23, tzinfo=UTC)


async def test_nothing_is_written_behind_a_page_that_could_not_be(tmp_path: Path, demo: Outlet) -> None:
    """A small page behind one that the disk had no room for would say that both were read again, and one would be lost."""
    replay = Replay(visits=lambda connection: iter(()), kind="reread", arguments={}, workers=0)
    run = ReplayRun(f"sqlite:///{tmp_path}/news.db", replay, timedelta(0))
    full = "PRAGMA max_page_count = %d"
    pages = run.writer.call(lambda c: int(c.exec_driver_sql("PRAGMA page_count").scalar_one()))
    run.writer.call(lambda c: c.exec_driver_sql(full % (pages + 30)).scalar())
    large, small = visit(demo, 1, 400_000), visit(demo, 2, 0)
    for one in (large, small):
        run.take(one)
        one.capture_id = None  # there is no archive here
    for one in (large, small):
        with pytest.raises(DiskFullError):
            await run.settle(one)
    assert run.writer.call(lambda c: c.execute(select(Run.stats)).scalar_one()) == {"reached": 0}
    run.writer.call(lambda c: c.exec_driver_sql(full % 100_000).scalar())
    run.close("disk-full", 12)


async def test_a_page_is_told_of_once_when_one_beside_it_crashes(
    tmp_path: Path, demo: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dry run counts what each page would change once, though the pages of a batch are looked at again for a crash."""
    seen, told, differences = [], [], rereads.differences

    def looked_at(connection: Connection, visit: Visit) -> rereads.Differences:
        seen.append(visit.page.url)
        if visit.page.url.endswith("2"):
            raise ZeroDivisionError
        return differences(connection, visit)

    monkeypatch.setattr(rereads, "differences", looked_at)
    url = f"sqlite:///{tmp_path}/news.db"
    open_database(url).dispose()
    replay = Replay(
        visits=lambda connection: iter(()),
        kind="reread",
        arguments={},
        workers=0,
        look=lambda visit, found: told.append((visit.page.url[-1], list(found))),
    )
    run = ReplayRun(url, replay, timedelta(0))
    visits = [visit(demo, number, 0) for number in (1, 2, 3)]
    for one in visits:
        run.take(one)
    begun, go = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    run.writer.submit(lambda connection: (loop.call_soon_threadsafe(begun.set), go.wait(60)))
    await begun.wait()  # the writer is at a batch of its own: all three are in the next
    settling = [asyncio.ensure_future(run.settle(one)) for one in visits]
    await asyncio.sleep(0)
    go.set()
    endings = await asyncio.gather(*settling, return_exceptions=True)
    assert [type(ending).__name__ for ending in endings] == ["Ending", "ZeroDivisionError", "Ending"]
    assert (len(seen), sorted(told)) == (2 + 3, [("1", ["article"]), ("3", ["article"])])
    run.close("crash", 1)


def visit(demo: Outlet, capture: int, more: int) -> Visit:
    body = article(capture).replace(b"</p>", b" Sand and water." * (more // 16) + b"</p>", 1)
    page = Page(body, f"https://demo.example/news/{capture}", NOW, "text/html; charset=utf-8")
    made = Visit(outlet=demo, page=page, url_requested=page.url, capture_id=capture)
    take(made, read(page, demo, hint=Hint(), furniture=frozenset()))
    assert made.prints is not None, made.reason
    return made
