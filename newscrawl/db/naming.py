"""What a source's page named, committed at once: addresses, further sources, and articles that it carried whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select, update

from newscrawl.db import frontier, robots, sources, walks
from newscrawl.db.claiming import Claim
from newscrawl.db.frontier import Found
from newscrawl.db.models import Frontier
from newscrawl.discovery import Link, Listing, Post, SourceLink, identity, shape, sitemaps_in
from newscrawl.outlet import Outlet
from newscrawl.visit import Visit

#: How deep sitemap indexes may nest: the protocol allows one level, sites use two.
SITEMAP_DEPTH = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """How many addresses were new, and the posts to read, each with the frontier row that this run holds for it."""

    new: int
    posts: tuple[tuple[Post, int], ...]


def commit(
    connection: Connection,
    outlet: Outlet,
    claim: Claim,
    run_id: int,
    visit: Visit,
    listing: Listing,
    *,
    backfill: str | None,
) -> Named:
    """Write down all that a source named, and end the look at it, in one transaction."""
    now = visit.fetched_at
    found = [_found(link, claim) for link in listing.articles]
    found += [
        Found(
            url=post.url, rank=frontier.rank_of(_moment(post.hint.published)), source_id=claim.source_id, hint=post.hint
        )
        for post in listing.posts
    ]
    new = frontier.add(connection, outlet.id, found, now, backfill=backfill)
    posts = tuple(_claimed(connection, outlet.id, listing.posts, run_id))
    mark = _mark(listing)
    if backfill is None:
        more = new > 0 or bool(posts)
    else:
        more = bool(posts) or walks.goes_on(connection, outlet.id, claim, listing, mark, backfill)
    named = [
        sources.Named(kind=child.kind, url=child.url, depth=depth, modified=child.modified, mark=mark)
        for child in listing.sources
        if (depth := _depth(claim, child, outlet, more, endless=backfill is not None)) is not None
    ]
    if any(child.dated for child in listing.sources):
        dry = walks.dry_archives(connection, outlet.id)
        dated = {child.url for child in listing.sources if child.dated}
        named = [one for one in named if one.url not in dated or shape(one.url) not in dry]
    if claim.kind == "home":
        text = robots.stored_text(connection, outlet.homepage)
        named += [
            sources.Named(kind="sitemap", url=url) for url in sitemaps_in(text, outlet.homepage) if outlet.owns(url)
        ]
    sources.add(connection, outlet.id, named, now, backfill=backfill)
    headers = {name.lower(): value for name, value in visit.headers}
    # An API is asked for what came since the last visit: nothing is an answer.
    status = "listed" if listing.articles or listing.posts or claim.kind == "wordpress" else "empty"
    sources.answered(
        connection, outlet.id, claim, now, status, new=new, etag=headers.get("etag"),
        last_modified=headers.get("last-modified"), backfill=backfill,
    )  # fmt: skip
    return Named(new=new, posts=posts)


def _found(link: Link, claim: Claim) -> Found:
    priority = {"section": frontier.PRIORITY_SECTION, "home": frontier.PRIORITY_HOME}.get(
        claim.kind, frontier.PRIORITY_NAMED
    )
    return Found(
        url=link.url, priority=priority, rank=frontier.rank_of(link.published), depth=claim.depth + 1,
        source_id=claim.source_id, hint=link.hint, modified=link.modified,
    )  # fmt: skip


def _mark(listing: Listing) -> str:
    """Give a digest of the articles that a page names: the page after it is none of its own if it names the same."""
    keys = sorted(identity(link.url) for link in listing.articles)
    return sha256("\n".join(keys).encode("utf-8", "replace")).hexdigest()[:16]


def _depth(claim: Claim, child: SourceLink, outlet: Outlet, more: bool, *, endless: bool) -> int | None:
    """Give the depth at which a source inside a source is followed, or None: not at all.

    A WordPress API that nobody declared is asked by backfills only: it knows no authors, which an article's own page
    does; a feed's older pages are for backfills, too. A listing's next page is followed only while the one before named
    something new, or posts that were edited.
    """
    if claim.kind == "home":
        if child.kind == "wordpress" and not endless:
            return None
        return 1 if child.kind == "section" else 0
    depth = claim.depth + 1
    if child.kind == "sitemap":
        return depth if depth <= SITEMAP_DEPTH else None
    if child.dated:
        return depth
    if child.kind == "feed" and not endless:
        return None
    return depth if more and (endless or depth <= outlet.limits.depth) else None


def _claimed(connection: Connection, outlet_id: str, posts: tuple[Post, ...], run_id: int) -> list[tuple[Post, int]]:
    """Claim the frontier rows of posts that are new, or changed since they were read."""
    by_key = {frontier.key_of(post.url): post for post in posts}
    rows = connection.execute(
        select(Frontier.id, Frontier.url_key, Frontier.finished_at).where(
            Frontier.outlet_id == outlet_id, Frontier.url_key.in_(by_key), Frontier.state.in_(("waiting", "done"))
        )
    ).all()
    chosen = []
    for row in rows:
        post = by_key[row.url_key]
        modified = _moment(post.hint.modified)
        if row.finished_at is None or (modified is not None and modified > row.finished_at):
            chosen.append((post, row.id))
    if chosen:
        connection.execute(
            update(Frontier)
            .where(Frontier.id.in_([row_id for _, row_id in chosen]))
            .values(state="claimed", claimed_by=run_id)
        )
    return chosen


def _moment(text: str | None) -> datetime | None:
    """Read a WordPress API's date, which discovery gives with its zone; anything else counts as unknown."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
