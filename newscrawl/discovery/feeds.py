"""RSS, Atom and RDF feeds, read by feedparser, which tolerates what feeds get wrong."""

from __future__ import annotations

import io
import re
from typing import Any

import feedparser

from newscrawl.discovery.gather import Gather
from newscrawl.discovery.links import DiscoveryError, Listing
from newscrawl.discovery.moments import moment
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet
from newscrawl.reading.decode import decode

_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
#: References to characters; those to NUL, lone surrogates and beyond Unicode are more than the parser survives.
_REFERENCE = re.compile(r"&#(x[0-9a-f]{1,8}|\d{1,10});", re.IGNORECASE)
_PAGED = re.compile(r"(?<=[?&]paged=)\d+")


def read_feed(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read a feed; raise DiscoveryError ``not-a-feed`` for a page without any sign of one, else ``broken-feed``.

    The feed's older pages (RFC 5005, or WordPress's ``paged``) are named as a further source while they may reach into
    the window.
    """
    text = _DECLARED.sub("", decode(page.body, page.content_type, outlet.encoding).text)
    text = _REFERENCE.sub(lambda found: found[0] if _is_character(found[1]) else "", text)
    if not text.strip():
        raise DiscoveryError("not-a-feed", "the answer is empty")
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")), sanitize_html=False, resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )  # fmt: skip
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise DiscoveryError("broken-feed", f"{type(error).__name__}: {error}") from error
    if not parsed.entries and not parsed.version:
        raise DiscoveryError("not-a-feed", _first(page.body))
    if not parsed.entries and parsed.bozo:
        raise DiscoveryError("broken-feed", str(parsed.get("bozo_exception", "")))
    gather = Gather(outlet, **window)
    language = parsed.feed.get("language")
    newest = None
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
        newest = max(filter(None, (newest, published)), default=None)
    if gather.since is None or newest is None or newest >= gather.since:
        _older(gather, parsed, page)
    return gather.listing()


def _older(gather: Gather, parsed: Any, page: Page) -> None:
    links = parsed.feed.get("links", [])
    href = next((one.get("href") for rel in ("next", "prev-archive") for one in links if one.get("rel") == rel), None)
    if href and (url := gather.absolute(page.url, href)):
        gather.source("feed", url)
    elif parsed.entries and "wordpress" in str(parsed.feed.get("generator", "")).lower():
        found = _PAGED.search(page.url)
        number = str(int(found[0]) + 1 if found else 2)
        more = f"{page.url}{'&' if '?' in page.url else '?'}paged={number}"
        gather.source("feed", _PAGED.sub(number, page.url) if found else more)


def _is_character(reference: str) -> bool:
    number = int(reference[1:], 16) if reference[0] in "xX" else int(reference)
    return 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF


def _text(value: Any) -> str | None:
    return " ".join(str(value).split()) or None if value else None


def _first(body: bytes) -> str:
    return body[:80].decode("utf-8", "replace").strip() or "the answer is empty"
