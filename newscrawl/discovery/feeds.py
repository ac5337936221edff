"""RSS, Atom and RDF feeds, read by feedparser, which tolerates what feeds get wrong."""

from __future__ import annotations

import io
from typing import Any

import feedparser

from newscrawl.discovery.gather import Gather
from newscrawl.discovery.links import DiscoveryError, Listing
from newscrawl.discovery.moments import moment
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet


def read_feed(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read a feed; raise DiscoveryError ``not-a-feed`` for a page without any sign of one, else ``broken-feed``."""
    if not page.body.strip():
        raise DiscoveryError("not-a-feed", "the answer is empty")
    parsed = feedparser.parse(io.BytesIO(page.body), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and not parsed.version:
        raise DiscoveryError("not-a-feed", _first(page.body))
    if not parsed.entries and parsed.bozo:
        raise DiscoveryError("broken-feed", str(parsed.get("bozo_exception", "")))
    gather = Gather(outlet, **window)
    language = parsed.feed.get("language")
    for entry in parsed.entries:
        link = entry.get("link") or (entry.get("id") if str(entry.get("id", "")).startswith("http") else None)
        if not link:
            gather.refuse("no-address")
            continue
        url = gather.absolute(page.url, link)
        if url is None:
            continue
        # Where there is no "updated", feedparser answers with "published" and a warning.
        updated = entry["updated"] if "updated" in entry else entry.get("published")
        hint = Hint(
            title=_text(entry.get("title")), published=entry.get("published"), modified=updated,
            guid=entry.get("id"), language=language, source="feed",
        )  # fmt: skip
        published = moment(hint.published)
        # Many RSS feeds have one date only, which feedparser then gives as both.
        modified = moment(hint.modified) if hint.modified != hint.published else None
        gather.article(url, hint=hint, published=published, modified=modified)
    return gather.listing()


def _text(value: Any) -> str | None:
    return " ".join(str(value).split()) or None if value else None


def _first(body: bytes) -> str:
    return body[:80].decode("utf-8", "replace").strip() or "the answer is empty"
