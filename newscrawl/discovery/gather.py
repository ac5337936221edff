"""Collects what a source names: once each, on the outlet's own hosts, within the window, and not without end."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from newscrawl.discovery.identity import identity, shape
from newscrawl.discovery.links import Link, Listing, Post, SourceKind, SourceLink
from newscrawl.discovery.moments import moment, outside
from newscrawl.item import Hint
from newscrawl.outlet import Outlet

#: Most addresses taken from one page: the sitemap protocol's own limit.
MOST = 50_000
#: Longest address that is believed.
LONGEST = 2_000


class Budget:
    """How many unsure addresses of one shape a page may name before they count as a trap: a calendar or a tag cloud."""

    def __init__(self, per_shape: int = 60) -> None:
        self._per_shape = per_shape
        self._shapes: Counter[str] = Counter()

    def allows(self, url: str) -> bool:
        """Count an address; is its shape still within the budget? Slugs and numbers of articles are blurred apart."""
        form = shape(url)
        self._shapes[form] += 1
        return self._shapes[form] <= self._per_shape


class Gather:
    """Builds a Listing; addresses are refused by reason, and counted."""

    def __init__(self, outlet: Outlet, *, since: datetime | None = None, until: datetime | None = None) -> None:
        self.outlet = outlet
        self.since = since
        self.until = until
        self._budget = Budget()
        self._articles: dict[str, Link] = {}
        self._sources: dict[str, SourceLink] = {}
        self._posts: list[Post] = []
        self._refused: Counter[str] = Counter()

    def refuse(self, reason: str) -> None:
        """Count something that was left out."""
        self._refused[reason] += 1

    def _good(self, url: str) -> bool:
        try:
            scheme = urlsplit(url).scheme
        except ValueError:
            self.refuse("broken-address")
            return False
        if scheme not in ("http", "https"):
            self.refuse("bad-scheme")
        elif len(url) > LONGEST:
            self.refuse("long-address")
        elif not self.outlet.owns(url):
            self.refuse("foreign-host")
        else:
            return True
        return False

    def absolute(self, base: str, address: str) -> str | None:
        """Give an address as its page means it, or None (and count it) where it is none at all."""
        try:
            return urljoin(base, address.strip())
        except ValueError:  # such as http://[/
            self.refuse("broken-address")
            return None

    def article(
        self,
        url: str,
        *,
        hint: Hint | None = None,
        published: datetime | None = None,
        modified: datetime | None = None,
        sure: bool = True,
    ) -> None:
        """Take an article's address."""
        url = url.strip()
        if not self._good(url):
            return
        if outside(published, self.since, self.until):
            self.refuse("outside-window")
        elif len(self._articles) >= MOST:
            self.refuse("too-many")
        elif not sure and not self._budget.allows(url):
            self.refuse("over-budget")
        else:
            link = Link(url=url, hint=hint or Hint(), published=published, modified=modified, sure=sure)
            self._articles.setdefault(identity(url), link)

    def source(self, kind: SourceKind, url: str, modified: datetime | None = None) -> None:
        """Take a further source."""
        if self._good(url):
            self._sources.setdefault(identity(url), SourceLink(kind=kind, url=url, modified=modified))

    def post(self, post: Post) -> None:
        """Take a whole article."""
        if not self._good(post.url):
            return
        if outside(moment(post.hint.published), self.since, self.until):
            self.refuse("outside-window")
        else:
            self._posts.append(post)

    def listing(self) -> Listing:
        """Give all that was taken."""
        return Listing(
            articles=tuple(self._articles.values()),
            sources=tuple(self._sources.values()),
            posts=tuple(self._posts),
            refused=dict(self._refused),
        )
