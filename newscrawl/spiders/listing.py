"""What the spider does with a source's page: put what it names into the frontier, hand on the articles it brings."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy.http import Response

from newscrawl import discovery
from newscrawl.db import sources
from newscrawl.db.claiming import Claim
from newscrawl.db.losses import BLOCKED
from newscrawl.db.naming import commit
from newscrawl.fetching.workers import WorkerFailed
from newscrawl.item import Page
from newscrawl.visit import Visit

if TYPE_CHECKING:
    from newscrawl.spiders.outlet import OutletSpider

logger = logging.getLogger(__name__)


async def list_source(
    spider: OutletSpider, response: Response | None, claim: Claim, visit: Visit
) -> AsyncIterator[Visit]:
    """Read a source's page and commit what it names; yield the articles that it carries whole (a WordPress API's)."""
    run = spider.run
    assert run is not None
    if visit.reason is None and visit.status not in (200, 304):
        visit.lose(f"http-{visit.status}", stage="source")
    listing = None
    if visit.reason is None and visit.status == 200:
        try:
            listing = await spider.pool.call(
                discovery.read, claim.kind, visit.page, spider.outlet, spider.since, spider.until
            )
        except (discovery.DiscoveryError, WorkerFailed) as error:
            visit.lose(error.reason, error.detail, "source")
    if visit.reason is not None:
        await _failed(spider, claim, visit)
        return
    if listing is None:
        run.counts.not_modified += 1
        await run.write(
            lambda c: sources.answered(c, run.outlet.id, claim, run.now(), "not-modified", backfill=run.backfill)
        )
    else:
        for reason, number in listing.refused.items():
            spider.crawler.stats.inc_value(f"newscrawl/refused/{reason}", number)
        named = await run.write(lambda c: commit(c, run.outlet, claim, run.id, visit, listing, backfill=run.backfill))
        run.counts.found += named.new
        run.hold([frontier_id for _, frontier_id in named.posts])
        for post, frontier_id in named.posts:
            article = replace_page(visit, Page(post.body, post.url, visit.fetched_at, "text/html; charset=utf-8"))
            article.hint, article.frontier_id = post.hint, frontier_id
            await spider.read(article)
            yield article
    run.reached = True
    run.done(claim.id)


def replace_page(visit: Visit, page: Page) -> Visit:
    """Give a visit of the same exchange for another page that it carries."""
    return replace(visit, page=page, url_requested=page.url)


async def _failed(spider: OutletSpider, claim: Claim, visit: Visit) -> None:
    run = spider.run
    assert run is not None
    assert visit.reason is not None
    reason, detail = visit.reason, visit.detail
    logger.warning("source %s failed: %s %s", claim.url, reason, detail or "")
    await run.write(
        lambda c: sources.failed(
            c, run.outlet.id, claim, run.id, run.now(), reason, detail, blocked=reason in BLOCKED, backfill=run.backfill
        )
    )
    run.counts.failed += 1
    run.counts.lost(reason)
    run.done(claim.id)
