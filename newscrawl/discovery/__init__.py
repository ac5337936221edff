"""Discovery: a source's bytes in, links out. Pure; what is fetched and when is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from newscrawl.discovery.budget import Budget
from newscrawl.discovery.evidence import looks_like_article
from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.identity import identity, shape, undressed
from newscrawl.discovery.links import DiscoveryError, Link, Listing, Post, SourceLink
from newscrawl.discovery.pages import read_home, read_section, walk_of
from newscrawl.discovery.sitemaps import read_sitemap, sitemaps_in
from newscrawl.discovery.wordpress import api_url, endpoint, read_wordpress
from newscrawl.item import Page
from newscrawl.outlet import Outlet

__all__ = [
    "Budget", "DiscoveryError", "Link", "Listing", "Post", "SourceLink", "api_url", "endpoint", "identity", "looks_like_article",
    "read", "read_feed", "read_home", "read_section", "read_sitemap", "read_wordpress", "shape", "sitemaps_in", "undressed",
    "walk_of",
]  # fmt: skip

_READERS: dict[str, Callable[..., Listing]] = {
    "feed": read_feed,
    "sitemap": read_sitemap,
    "section": read_section,
    "home": read_home,
    "wordpress": read_wordpress,
}


def read(
    kind: str, page: Page, outlet: Outlet, since: datetime | None = None, until: datetime | None = None
) -> Listing:
    """Read a source's page of the given kind; what its source dates outside [since, until) is left out.

    Raises DiscoveryError when the page is not what it should be, KeyError for an unknown kind.
    """
    return _READERS[kind](page, outlet, since=since, until=until)
