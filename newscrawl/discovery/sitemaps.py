"""Sitemaps (sitemaps.org protocol 0.9): indexes, gzip, Google's news extension; and those that robots.txt names."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from newscrawl.discovery.gather import Gather
from newscrawl.discovery.identity import identity
from newscrawl.discovery.links import DiscoveryError, Listing
from newscrawl.discovery.moments import moment, outside
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet

#: Largest sitemap after decompression, bytes: the protocol's 50 MB.
LARGEST = 50 * 1024 * 1024
#: Most sitemaps named by robots.txt that are followed.
_ROBOTS_MOST = 20


def read_sitemap(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read a sitemap or an index of them; raise DiscoveryError ``not-a-sitemap`` or ``too-large``."""
    body = _plain(page.body)
    if not re.search(rb"<\s*(?:\w+:)?(?:urlset|sitemapindex)\b", body[:4096]):
        raise DiscoveryError("not-a-sitemap", body[:80].decode("utf-8", "replace").strip() or "the answer is empty")
    gather = Gather(outlet, **window)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise DiscoveryError("not-a-sitemap", str(error)) from error
    if root is None:
        raise DiscoveryError("not-a-sitemap", "no element could be read")
    own = identity(page.url)
    for entry in root.iterchildren(tag=etree.Element):
        facts = _facts(entry)
        address = facts.get("loc", "").strip()
        if not address:
            gather.refuse("no-address")
            continue
        url, modified = gather.absolute(page.url, address), moment(facts.get("lastmod"))
        if url is None:
            continue
        if _name(entry) == "sitemap":
            # An index entry changes last when its newest article does: older than the window, nothing in it matters.
            if identity(url) == own:
                gather.refuse("names-itself")
            elif modified is not None and gather.since is not None and modified < gather.since:
                gather.refuse("outside-window")
            else:
                gather.source("sitemap", url, modified)
        else:
            _take(gather, url, facts, modified)
    return gather.listing()


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


def _plain(body: bytes) -> bytes:
    """Unpack gzip (RFC 1952) up to the limit; a bomb is refused, a torn end is read as far as it goes."""
    if body[:2] != b"\x1f\x8b":
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, LARGEST)
    except zlib.error as error:
        raise DiscoveryError("not-a-sitemap", f"broken gzip: {error}") from error
    if unpacker.unconsumed_tail:
        raise DiscoveryError("too-large", f"more than {LARGEST} bytes after decompression")
    return plain


def sitemaps_in(robots: str, base: str) -> list[str]:
    """Give the sitemaps that a robots.txt names (sitemaps.org, "Specifying the Sitemap location")."""
    found = re.findall(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", robots, re.IGNORECASE | re.MULTILINE)
    named = []
    for url in dict.fromkeys(found):
        with suppress(ValueError):  # such as http://[/
            named.append(urljoin(base, url))
    return named[:_ROBOTS_MOST]
