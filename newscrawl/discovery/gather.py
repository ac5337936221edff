"""Collects what a source names: once each, on the outlet's own hosts, within the window, and not without end."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from newscrawl.discovery.identity import identity, shape
from newscrawl.discovery.links import Link, Listing, Post, SourceKind, SourceLink
from newscrawl.discovery.moments import moment, outside
from newscrawl.discovery.periods import of_article
from newscrawl.item import Hint
from newscrawl.outlet import Outlet

#: Most addresses taken from one page: the sitemap protocol's own limit.
MOST = 50_000
#: Most addresses of one shape that a page's links may give when nothing else says that they are articles.
MOST_OF_A_SHAPE = 500
#: Most further sources taken from one page: what the largest sitemap indexes of newspapers have.
MOST_SOURCES = 5_000
#: Longest address that is believed.
LONGEST = 2_000
#: What browsers cut out of an address, and what they would not send.
_BREAKS = re.compile(r"[\t\r\n]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Gather:
    """Builds a Listing; addresses are refused by reason, and counted."""

    def __init__(self, outlet: Outlet, *, since: datetime | None = None, until: datetime | None = None) -> None:
        self.outlet = outlet
        self.since = since
        self.until = until
        self._shapes: Counter[str] = Counter()
        self._articles: dict[str, Link] = {}
        self._sources: dict[str, SourceLink] = {}
        self._posts: list[Post] = []
        self._refused: Counter[str] = Counter()

    def refuse(self, reason: str) -> None:
        """Count something that was left out."""
        self._refused[reason] += 1

    def _good(self, url: str) -> bool:
        try:
            url.encode()  # lone surrogates are no text
            parts = urlsplit(url)
        except ValueError:
            self.refuse("broken-address")
            return False
        if _CONTROL.search(url) or "@" in parts.netloc:
            self.refuse("broken-address")
        elif parts.scheme not in ("http", "https"):
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
            return urljoin(base, _BREAKS.sub("", address.strip()))
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
        told = of_article(url) if published is None and (self.since or self.until) else None
        if outside(published, self.since, self.until) or (told is not None and told.misses(self.since, self.until)):
            self.refuse("outside-window")
        elif len(self._articles) >= MOST:
            self.refuse("too-many")
        elif not sure and self._is_trap(url):
            self.refuse("over-budget")
        else:
            link = Link(url=url, hint=hint or Hint(), published=published, modified=modified, sure=sure)
            self._articles.setdefault(identity(url), link)

    def _is_trap(self, url: str) -> bool:
        form = shape(url)
        self._shapes[form] += 1
        return self._shapes[form] > MOST_OF_A_SHAPE

    def source(self, kind: SourceKind, url: str, modified: datetime | None = None, *, dated: bool = False) -> None:
        """Take a further source."""
        if len(self._sources) >= MOST_SOURCES:
            self.refuse("too-many")
        elif self._good(url):
            link = SourceLink(kind=kind, url=url, modified=modified, dated=dated)
            self._sources.setdefault(identity(url), link)

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
