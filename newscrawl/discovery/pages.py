"""Home pages and sections: links that look like articles, next pages, and sources that the head declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from lxml.etree import ParserError

from newscrawl.discovery.evidence import looks_like_article
from newscrawl.discovery.gather import Gather
from newscrawl.discovery.links import DiscoveryError, Listing
from newscrawl.discovery.wordpress import endpoint
from newscrawl.item import Page
from newscrawl.outlet import Outlet

_FEEDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
_COMMENTS = re.compile(r"comments?(?:/feed)?/?$|/comments/", re.IGNORECASE)
_NEXT_PAGE = re.compile(r"(?:/page/|[?&](?:page|paged|p|start|offset)=)(\d+)/?$", re.IGNORECASE)
#: Most links of one page that are looked at: the hundred thousandth link of a page is no news.
MOST_LINKS = 10_000


def read_section(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read a section's page: its articles, and its next page as a further source."""
    tree = _tree(page)
    gather = Gather(outlet, **window)
    _articles(gather, tree, page, outlet)
    _next(gather, tree, page)
    return gather.listing()


def read_home(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read the home page: its articles, and the feeds and the WordPress API that it declares."""
    tree = _tree(page)
    gather = Gather(outlet, **window)
    _articles(gather, tree, page, outlet)
    for link in tree.iter("link"):
        rel, href = (link.get("rel") or "").lower().split(), link.get("href")
        if not href:
            continue
        url = _absolute(page, href)
        if url and "alternate" in rel and (link.get("type") or "").lower() in _FEEDS and not _COMMENTS.search(url):
            gather.source("feed", url)
        if url and "https://api.w.org/" in rel:
            gather.source("wordpress", endpoint(url))
    return gather.listing()


def _tree(page: Page) -> html.HtmlElement:
    if not page.body.strip():
        raise DiscoveryError("empty", "the page has no content")
    if b"\x00" in page.body[:1000] and not page.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DiscoveryError("binary", "the page is no text")
    try:
        return html.fromstring(page.body, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (ParserError, ValueError) as error:
        raise DiscoveryError("not-html", str(error)) from error


def _absolute(page: Page, href: str) -> str | None:
    try:
        return urljoin(page.url, href.strip())
    except ValueError:
        return None


def _links(tree: html.HtmlElement, page: Page) -> Iterator[tuple[Any, str]]:
    # A base element may point anywhere, so it is believed on the page's own host only.
    base = page.url
    for element in tree.iter("base"):
        candidate = _absolute(page, element.get("href") or "")
        if candidate and urlsplit(candidate).netloc == urlsplit(page.url).netloc:
            base = candidate
        break
    for number, link in enumerate(tree.iter("a")):
        if number >= MOST_LINKS:
            return
        href = link.get("href")
        if href and not href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
            try:
                yield link, urljoin(base, href.strip())
            except ValueError:
                continue


def _articles(gather: Gather, tree: html.HtmlElement, page: Page, outlet: Outlet) -> None:
    for _, url in _links(tree, page):
        if not outlet.owns(url):
            gather.refuse("foreign-host")
        elif looks_like_article(url, outlet):
            gather.article(url, sure=outlet.is_article_url(url) is True)


def _next(gather: Gather, tree: html.HtmlElement, page: Page) -> None:
    """Find the next page: by rel=next, else by a page number one higher than this page's own."""
    for element in tree.xpath("//link[@rel='next']|//a[contains(concat(' ', @rel, ' '), ' next ')]"):
        if url := _absolute(page, element.get("href") or ""):
            gather.source("section", url)
            return
    here = _NEXT_PAGE.search(page.url)
    wanted = int(here[1]) + 1 if here else 2
    for _, url in _links(tree, page):
        found = _NEXT_PAGE.search(url)
        if found and int(found[1]) == wanted:
            gather.source("section", url)
            return
