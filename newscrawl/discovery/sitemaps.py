"""Sitemaps (sitemaps.org protocol 0.9): indexes, gzip, Google's news extension; and those that robots.txt names."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import chain
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.gather import Gather
from newscrawl.discovery.identity import identity
from newscrawl.discovery.links import DiscoveryError, Listing
from newscrawl.discovery.moments import moment, outside
from newscrawl.discovery.periods import of_sitemap
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet
from newscrawl.reading.decode import decode

#: Largest sitemap after decompression, bytes: the protocol's 50 MB.
LARGEST = 50 * 1024 * 1024
#: How much is unpacked and parsed at once, bytes.
CHUNK = 64 * 1024
#: Most entries that are read: the protocol's 50,000, and some for those who miscount.
MOST_ENTRIES = 60_000
#: Most sitemaps named by robots.txt that are followed.
_ROBOTS_MOST = 20


def read_sitemap(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read a sitemap or an index of them; raise DiscoveryError ``not-a-sitemap`` or ``too-large``.

    The protocol also allows feeds, and plain text with one address a line. What is read is let go of at once, so that
    a sitemap of fifty megabytes takes no more memory than one of fifty thousand addresses.
    """
    chunks = _plain(page.body)
    head = next(chunks, b"")
    start = decode(head[:4096], page.content_type).text
    if re.search(r"<\s*(?:rss|feed|(?:\w+:)?RDF)\b", start):
        return read_feed(page, outlet, **window)
    gather = Gather(outlet, **window)
    if re.match(r"\s*https?://", start):
        for line in (head + b"".join(chunks)).decode("utf-8", "replace").splitlines():
            if url := gather.absolute(page.url, line):
                _take(gather, url, {}, None)
        return gather.listing()
    if not re.search(r"<\s*(?:\w+:)?(?:urlset|sitemapindex)\b", start):
        raise DiscoveryError("not-a-sitemap", start[:80].strip() or "the answer is empty")
    own = identity(page.url)
    for number, entry in enumerate(_entries(head, chunks)):
        if number >= MOST_ENTRIES:
            gather.refuse("too-many")
            break
        facts = _facts(entry)
        address = facts.get("loc", "").strip()
        if not address:
            gather.refuse("no-address")
            continue
        url, modified = gather.absolute(page.url, address), moment(facts.get("lastmod"))
        if url is None:
            continue
        if _name(entry) == "sitemap":
            _child(gather, url, own, modified)
        else:
            _take(gather, url, facts, modified)
    return gather.listing()


def _entries(head: bytes, chunks: Iterator[bytes]) -> Iterator[Any]:
    """Give the elements ``url`` and ``sitemap`` as they close, and forget each afterwards."""
    parser = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for chunk in chain([head], chunks):
            for start in range(0, len(chunk), CHUNK):
                parser.feed(chunk[start : start + CHUNK])
                root = None
                for _, element in parser.read_events():
                    if isinstance(element.tag, str) and _name(element) in ("url", "sitemap"):
                        yield element
                        root = element.getparent()
                if root is not None:
                    del root[:-1]  # all but the last are closed, and read
    except etree.XMLSyntaxError as error:
        raise DiscoveryError("not-a-sitemap", str(error)) from error


def _child(gather: Gather, url: str, own: str, modified: datetime | None) -> None:
    """Take an index's child, unless its date or its name says that nothing in it lies inside the window."""
    told = of_sitemap(url) if gather.since or gather.until else None
    # An index entry changes last when its newest article does: older than the window, nothing in it matters.
    before = modified is not None and gather.since is not None and modified < gather.since
    if identity(url) == own:
        gather.refuse("names-itself")
    elif before or (told is not None and told.misses(gather.since, gather.until)):
        gather.refuse("outside-window")
    else:
        gather.source("sitemap", url, modified or (told.end if told else None))


def _take(gather: Gather, url: str, facts: dict[str, str], modified: Any) -> None:
    published = moment(facts.get("publication_date"))
    hint = Hint(
        title=facts.get("title"), published=facts.get("publication_date"), modified=facts.get("lastmod"),
        language=facts.get("language"), source="sitemap",
    )  # fmt: skip
    if published is None and outside(modified, gather.since, None):
        gather.refuse("outside-window")  # last changed before the window, so published before it, too
        return
    known = gather.outlet.is_article_url(url)
    if published is None and known is False:
        gather.refuse("not-an-article")
        return
    gather.article(url, hint=hint, published=published or None, modified=modified, sure=True)


def _facts(entry: Any) -> dict[str, str]:
    """Give the texts of an entry's elements by local name: its own, and those of its news extension."""
    facts: dict[str, str] = {}
    for child in entry.iterchildren(tag=etree.Element):
        if _name(child) in ("loc", "lastmod"):
            facts.setdefault(_name(child), (child.text or "").strip())
        elif _name(child) == "news":
            for part in child.iter(tag=etree.Element):
                if _name(part) in ("publication_date", "title", "language") and part.text:
                    facts.setdefault(_name(part), part.text.strip())
    return facts


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)


def _plain(body: bytes) -> Iterator[bytes]:
    """Unpack gzip (RFC 1952) up to the limit; a bomb is refused, a torn end is read as far as it goes."""
    if body[:2] != b"\x1f\x8b":
        yield body
        return
    unpacker, size, rest = zlib.decompressobj(wbits=31), 0, body
    while rest:
        try:
            plain = unpacker.decompress(rest, CHUNK)
        except zlib.error as error:
            raise DiscoveryError("not-a-sitemap", f"broken gzip: {error}") from error
        size += len(plain)
        if size > LARGEST:
            raise DiscoveryError("too-large", f"more than {LARGEST} bytes after decompression")
        yield plain
        rest = unpacker.unconsumed_tail if plain else b""


def sitemaps_in(robots: str, base: str) -> list[str]:
    """Give the sitemaps that a robots.txt names (sitemaps.org, "Specifying the Sitemap location")."""
    found = re.findall(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", robots, re.IGNORECASE | re.MULTILINE)
    named = []
    for url in dict.fromkeys(found):
        with suppress(ValueError):  # such as http://[/
            named.append(urljoin(base, url))
    return named[:_ROBOTS_MOST]
