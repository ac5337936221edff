"""One crawl of one outlet as a process sees it: its database, writer, claims, heartbeat, counts and furniture."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from newscrawl.db import captures, claiming, frontier, furniture, lease, losses, runs, store
from newscrawl.db.session import open_database
from newscrawl.db.store import Ending
from newscrawl.db.writer import Writer
from newscrawl.discovery import Budget
from newscrawl.outlet import Outlet
from newscrawl.visit import Visit

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

#: Most addresses held at once that are not read yet: enough to keep connection and readers busy, few enough that what is
#: found meanwhile and matters more does not wait long.
UNREAD = 16
#: New articles after which the furniture that they taught is written down.
LEARN_EVERY = 25
#: Why a linked address is given up unasked: many of its shape brought no article.
OVER_BUDGET = "over-budget"
#: How long misses count against a shape in later crawls: an outlet that showed a wall for a day gets another chance.
REMEMBERED = timedelta(days=7)


class CrawlRun:
    """Begins with ``begin``, hands out claims with ``claims``, and must be ended with ``end``."""

    def __init__(
        self, engine: Engine, writer: Writer, outlet: Outlet, *, backfill: str | None, confirm: timedelta
    ) -> None:
        self.engine = engine
        self.writer = writer
        self.outlet = outlet
        self.backfill = backfill
        self.confirm = confirm
        self.id = 0
        self.counts = runs.Counts()
        self.reached = False
        self.unreachable = False
        self.parked: tuple[datetime, str] | None = None
        self.furniture: frozenset[str] = frozenset()
        self.latest: Ending | None = None
        self.budget = Budget()
        self._linked: set[int] = set()
        self._held: set[int] = set()
        self._unread: set[int] = set()
        self._changed = asyncio.Event()
        self._taught: list[frozenset[str]] = []

    @classmethod
    async def begin(
        cls,
        url: str,
        outlet: Outlet,
        arguments: dict[str, Any],
        *,
        backfill: str | None,
        confirm: timedelta,
        going: Callable[[], bool],
    ) -> CrawlRun:
        """Open the database and take the outlet; wait, while ``going`` says yes, for another one on the same host.

        Raises db.session.DatabaseError, db.writer.WriteError or db.lease.OutletBusy.
        """
        engine = await asyncio.to_thread(open_database, url)
        run = cls(engine, Writer(engine), outlet, backfill=backfill, confirm=confirm)
        try:
            await run._in_a_second_of_its_own()
            run.id, run.parked = await run._taken(arguments, going)
            run.furniture = await run.write(lambda c: furniture.known(c, outlet.id))
            for tried, article in await run.write(lambda c: claiming.tried(c, outlet.id, run.now() - REMEMBERED)):
                run.budget.count(tried, article=article)
        except BaseException:
            await run.close()
            raise
        return run

    async def _in_a_second_of_its_own(self) -> None:
        """Wait out the second in which the outlet's last run ended: the database counts in seconds, and what that run
        changed would pass for this one's.
        """
        ended = await self.write(lambda c: runs.last_end(c, self.outlet.id))
        now = self.now()
        if ended is not None and ended.replace(microsecond=0) == now.replace(microsecond=0):
            await asyncio.sleep(1 - now.microsecond / 1e6)

    async def _taken(
        self, arguments: dict[str, Any], going: Callable[[], bool]
    ) -> tuple[int, tuple[datetime, str] | None]:
        told = False
        while True:
            try:
                return await self.write(
                    lambda c: runs.begin(c, self.outlet, arguments, self.now(), backfill=self.backfill)
                )
            except lease.HostBusy as busy:
                if not going():
                    raise
                if not told:
                    logger.info("%s; waiting", busy)
                told = True
                await asyncio.sleep(1)

    @staticmethod
    def now() -> datetime:
        """Give the time, aware, in UTC."""
        return datetime.now(UTC)

    async def write(self, job: Callable[[Connection], Result]) -> Result:
        """Run a job in the writer thread and wait for its commit."""
        return await self.writer.run(job)

    async def claims(self, most: int) -> AsyncIterator[claiming.Claim]:
        """Hand out what is due, up to ``most`` addresses, until nothing is left and nothing is in flight.

        What is in flight may still name more, so an empty frontier alone ends nothing.
        """
        given = 0
        while given < most:
            self._changed.clear()
            room = min(UNREAD - len(self._unread), most - given)
            batch = await self._claim(room) if room > UNREAD // 2 or room == most - given else []
            self.hold([claim.id for claim in batch])
            for claim in batch:
                given += 1
                yield claim
            if not batch:
                if not self._held:
                    return
                await self._changed.wait()

    async def _claim(self, room: int) -> list[claiming.Claim]:
        if self.parked is not None or self.unreachable or room <= 0:
            return []
        while True:
            batch = await self.write(
                lambda c: claiming.claim(c, self.outlet.id, self.id, self.now(), room, backfill=self.backfill)
            )
            trapped = [claim for claim in batch if self._is_trap(claim)]
            fair = [claim for claim in batch if claim not in trapped]
            await self._give_up(trapped)
            if fair or not batch:
                self._linked.update(claim.id for claim in fair if _is_linked(claim))
                return fair

    async def _give_up(self, trapped: list[claiming.Claim]) -> None:
        if trapped:
            await self.write(lambda c: losses.give_up(c, self.outlet.id, self.id, trapped, self.now(), OVER_BUDGET))
            self.counts.dropped += len(trapped)
            for _ in trapped:
                self.counts.lost(OVER_BUDGET)

    def _is_trap(self, claim: claiming.Claim) -> bool:
        return _is_linked(claim) and not self.budget.allows(claim.url)

    def hold(self, claim_ids: Sequence[int]) -> None:
        """Count claims as in flight."""
        self._held.update(claim_ids)
        self._unread.update(claim_ids)

    def done(self, claim_id: int) -> None:
        """Let go of a claim whose end is committed."""
        self._held.discard(claim_id)
        self._read(claim_id)

    def _read(self, claim_id: int) -> None:
        self._unread.discard(claim_id)
        self._changed.set()

    async def waiting(self) -> int:
        """Count what is due and unclaimed."""
        return await self.write(lambda c: claiming.waiting(c, self.outlet.id, self.now(), backfill=self.backfill))

    async def settle(self, visit: Visit) -> Ending:
        """Commit how a visit ended, count it, and let go of its claim. Raises db.writer.WriteError."""
        if visit.frontier_id is not None:
            self._read(visit.frontier_id)
        ending = await self.write(lambda c: _end(c, visit, self.confirm))
        counts, outcome = self.counts, ending.outcome
        if outcome in ("stored", "revised", "unchanged", "gone") and not ending.known:
            setattr(counts, outcome, getattr(counts, outcome) + 1)
        if visit.status == 304:
            counts.not_modified += 1
        if ending.reason is not None:
            counts.lost(ending.reason)
            counts.dropped += outcome == "dropped"
            counts.failed += outcome in ("failed", "quarantined")
        if visit.status in (200, 304):
            self.reached = True
        if visit.frontier_id in self._linked and (outcome in ("stored", "revised", "dropped") or ending.alias):
            self.budget.count(visit.url_requested, article=outcome in ("stored", "revised") and not ending.alias)
        self.latest = ending
        if outcome == "stored" and visit.article is not None:
            await self.teach(frozenset(visit.article.furniture))
        if visit.frontier_id is not None:
            self.done(visit.frontier_id)
        return ending

    async def teach(self, blocks: frozenset[str]) -> None:
        """Learn an article's furniture, once for each new article."""
        self._taught.append(blocks)
        if len(self._taught) >= LEARN_EVERY:
            await self._learn()

    async def _learn(self) -> None:
        taught, self._taught = self._taught, []
        if taught:
            await self.write(lambda c: furniture.learn(c, self.outlet.id, taught, self.now()))
            self.furniture = await self.write(lambda c: furniture.known(c, self.outlet.id))

    async def beat(self) -> None:
        """Show signs of life for ever; ends by raising lease.LeaseLost or db.writer.WriteError."""
        while True:
            await asyncio.sleep(lease.BEAT.total_seconds())
            await self.write(lambda c: runs.beat(c, self.outlet.id, self.id, self.counts, self.now()))

    async def end(self, *, reason: str, exit_code: int, stats: dict[str, Any]) -> None:
        """End the run and close the database."""
        try:
            await self._learn()
            await self.write(
                lambda c: runs.end(
                    c, self.outlet, self.id, self.counts, self.now(), reason=reason, exit_code=exit_code,
                    reached=self.reached, stats=stats, parked=self.parked,
                )
            )  # fmt: skip
        finally:
            await self.close()

    async def close(self) -> None:
        """Finish writing and close the database."""
        await asyncio.to_thread(self.writer.close)
        self.engine.dispose()


def _is_linked(claim: claiming.Claim) -> bool:
    """Was the address found as a link on a page, and no article came of it so far?"""
    return claim.kind == "article" and claim.article_id is None and claim.priority < frontier.PRIORITY_NAMED


def _end(connection: Connection, visit: Visit, confirm: timedelta) -> Ending:
    if visit.kept is not None:
        visit.capture_id = captures.record(connection, visit)
    if visit.article is not None:
        return store.keep(connection, visit)
    if visit.status == 304 and visit.reason is None:
        return losses.seen_unchanged(connection, visit)
    return losses.lose(connection, visit, confirm=confirm)
