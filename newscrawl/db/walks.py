"""Where a backfill's walks end: listings that repeat themselves, and archives of days on which nothing stands."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, func, select

from newscrawl.db import frontier
from newscrawl.db.claiming import Claim
from newscrawl.db.models import Frontier, Source
from newscrawl.discovery import Listing, shape, walk_of

#: Pages of one archive's shape that name no article, after which the archive counts as a calendar; each that names some
#: earns it two more.
DRY, EARNED = 12, 2


def goes_on(connection: Connection, outlet_id: str, claim: Claim, listing: Listing, mark: str, backfill: str) -> bool:
    """Does a listing's page name anything that no page before it in the same walk has named in this backfill?

    What daily crawls know already may fill a hundred pages before the window is reached, so it ends no walk, and neither
    does what lies outside the window; a page that repeats the one before (``mark`` is a digest of what it names), or
    names nothing, does.
    """
    if claim.hint.guid == mark and listing.articles:
        return False
    if not listing.articles:
        return bool(listing.refused.get("outside-window"))
    began = connection.execute(
        select(func.min(Frontier.added_at)).where(
            Frontier.outlet_id == outlet_id, Frontier.backfill == backfill, Frontier.kind != "article"
        )
    ).scalar_one()
    keys = [frontier.key_of(link.url) for link in listing.articles]
    walk = walk_of(claim.url)
    for start in range(0, len(keys), 500):
        rows = (
            select(Frontier.added_at, Frontier.source_id, Source.url)
            .outerjoin(Source, Source.id == Frontier.source_id)
            .where(Frontier.outlet_id == outlet_id, Frontier.url_key.in_(keys[start : start + 500]))
        )
        for row in connection.execute(rows):
            elsewhere = row.url is None or walk_of(row.url) != walk
            if row.source_id == claim.source_id or elsewhere or row.added_at < began:
                return True
    return False


def dry_archives(connection: Connection, outlet_id: str) -> set[str]:
    """Give the shapes of archives' addresses that were looked at often and named hardly an article."""
    looked: Counter[str] = Counter()
    empty: Counter[str] = Counter()
    rows = select(Source.url, Source.last_status).where(
        Source.outlet_id == outlet_id, Source.kind == "section", Source.last_checked_at.is_not(None)
    )
    for url, status in connection.execute(rows):
        looked[shape(url)] += 1
        empty[shape(url)] += status not in ("listed", "not-modified")
    return {form for form, number in empty.items() if number >= DRY + EARNED * (looked[form] - number)}
