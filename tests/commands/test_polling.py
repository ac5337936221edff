"""Polling when the database fails under it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from sqlalchemy import create_engine

from newscrawl.exit_codes import Exit
from newscrawl.spiders.polling import Polling


async def test_a_database_without_a_schedule_ends_a_poll_and_not_a_watch(tmp_path: Path) -> None:
    """One tick ends with the database's exit code; a watch goes on, because the database may come back."""
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    process = AsyncCrawlerProcess.__new__(AsyncCrawlerProcess)  # nothing is started, so nothing need be set up
    ended: list[str] = []
    once = Polling(process, engine, {}, most=1)
    await once.run(lambda: ended.append("once"))
    assert once.codes == {"": Exit.DATABASE}
    watching = Polling(process, engine, {}, most=1, watch=True)
    task = asyncio.create_task(watching.run(lambda: ended.append("watching")))
    await asyncio.sleep(0.2)
    assert ended == ["once"]
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert ended == ["once", "watching"]
    assert watching.codes == {}
    engine.dispose()
