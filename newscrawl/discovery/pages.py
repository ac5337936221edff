"""Home pages and sections: links that look like articles, next pages, and sources that the page names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import html
from lxml.etree import ParserError

from newscrawl.discovery.anchors import Anchor, anchors_of, base_of, once
from newscrawl.discovery.evidence import is_headline, looks_like_article, looks_like_section
from newscrawl.discovery.gather import Gather
from newscrawl.discovery.identity import identity
from newscrawl.discovery.links import DiscoveryError, Listing
from newscrawl.discovery.periods import archive_of, archives_like
from newscrawl.discovery.wordpress import endpoint
from newscrawl.item import Page
from newscrawl.outlet import Outlet
from newscrawl.reading.decode import decode

_FEEDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
_COMMENTS = re.compile(r"comments?(?:/feed)?/?$|/comments/", re.IGNORECASE)
#: Addresses of feeds and sitemaps that a page links to without saying what they are.
_FEED = re.compile(
    r"//[^/]+(?:/[^/]+)?/(?:rss|atom|feeds?)/?$|\.(?:rss|rdf|atom)$|/(?:rss|feed|atom|index|news)[\w-]*\.xml$|[?&]feed=(?:rss2?|atom|rdf)$",
    re.IGNORECASE,
)
_SITEMAP = re.compile(r"/[\w.-]*site-?map[\w.-]*\.xml(?:\.gz)?$", re.IGNORECASE)
_NEXT_PAGE = re.compile(
    r"(?:/(?:page|p|seite)[/-]|[?&](?:page|paged|pg|p|pageno|page_?num(?:ber)?|sayfa)=)(\d+)(?=$|[/&.])", re.IGNORECASE
)
_OFFSET = re.compile(r"[?&](?:offset|start|from|skip)=(\d+)(?=$|&)", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:next|older|weiter|nächste|suivante?|siguiente|seguente|próxima|следующая|далее|наступна|далі|sonraki|ileri|"
    r"التالي|التالية|السابق|المزيد|بعدی|صفحه بعد|دواتر|pêş|次へ|下一页|下一頁|다음)\b.{0,20}|[›»→>]{1,2}",
    re.IGNORECASE,
)
#: Most sections, feeds and kinds of archives that are taken from one page that nobody declared them on.
_SECTIONS, _UNDECLARED, _ARCHIVES = 15, 5, 6


def read_section(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read a section's page: its articles, its next page, and in a window the archives of its days."""
    tree = _tree(page, outlet)
    gather = Gather(outlet, **window)
    anchors = anchors_of(tree, page.url)
    _articles(gather, anchors, outlet)
    _next(gather, tree, anchors, page)
    _archives(gather, anchors, page)
    return gather.listing()


def read_home(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read the home page: its articles, and the feeds, sitemaps, sections and the WordPress API that it names."""
    tree = _tree(page, outlet)
    gather = Gather(outlet, **window)
    anchors = anchors_of(tree, page.url)
    _articles(gather, anchors, outlet)
    base = base_of(tree, page.url)
    for link in tree.iter("link"):
        rel, href = (link.get("rel") or "").lower().split(), link.get("href")
        url = _absolute(base, href) if href else None
        if not url:
            continue
        if "alternate" in rel and (link.get("type") or "").lower() in _FEEDS and not _COMMENTS.search(url):
            gather.source("feed", url)
        if "sitemap" in rel:
            gather.source("sitemap", url)
        if "https://api.w.org/" in rel:
            gather.source("wordpress", endpoint(url))
    _undeclared(gather, anchors, outlet)
    _archives(gather, anchors, page)
    return gather.listing()


def walk_of(url: str) -> str:
    """Give what all pages of one listing have in common: the address without page number, offset and cursor.

    >>> walk_of("https://demo.example/world/page/7/"), walk_of("https://demo.example/world/?page=2")
    ('https://demo.example/world', 'https://demo.example/world')
    """
    plain = _NEXT_PAGE.sub("", url.partition("#")[0])
    return identity(plain.partition("?")[0])


def _tree(page: Page, outlet: Outlet) -> html.HtmlElement:
    if not page.body.strip():
        raise DiscoveryError("empty", "the page has no content")
    decoded = decode(page.body, page.content_type, outlet.encoding)
    if decoded.how == "detected" and b"\x00" in page.body[:1000]:
        raise DiscoveryError("binary", "the page is no text")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text)
    try:
        return html.fromstring(text, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (ParserError, ValueError) as error:
        raise DiscoveryError("not-html", str(error)) from error


def _absolute(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def _articles(gather: Gather, anchors: list[Anchor], outlet: Outlet) -> None:
    own: list[Anchor] = []
    for anchor in anchors:
        if not outlet.owns(anchor.url):
            gather.refuse("foreign-host")
        elif _is_article(anchor, outlet):
            own.append(anchor)
    for anchor in once(own):
        gather.article(anchor.url, sure=outlet.is_article_url(anchor.url) is True)


def _is_article(anchor: Anchor, outlet: Outlet) -> bool:
    headline = is_headline(anchor.text, heading=anchor.heading)
    return looks_like_article(anchor.url, outlet, headline=headline, menu=anchor.menu)


def _undeclared(gather: Gather, anchors: list[Anchor], outlet: Outlet) -> None:
    """Take feeds and sitemaps that are merely linked, and, where the seed names no sections, the menu's sections."""
    own = [anchor for anchor in anchors if outlet.owns(anchor.url)]
    feeds = [anchor.url for anchor in own if _FEED.search(anchor.url) and not _COMMENTS.search(anchor.url)]
    for url in feeds[:_UNDECLARED]:
        gather.source("feed", url)
    for url in [anchor.url for anchor in own if _SITEMAP.search(anchor.url)][:_UNDECLARED]:
        gather.source("sitemap", url)
    if outlet.sources.sections:
        return
    menu = [one for one in own if one.menu] or own
    home = identity(outlet.homepage)
    sections = [
        one.url for one in menu
        if one.text and len(one.text) <= 30 and len(one.text.split()) <= 3 and identity(one.url) != home
        and looks_like_section(one.url) and outlet.is_article_url(one.url) is not True and not _FEED.search(one.url)
    ]  # fmt: skip
    for url in sections[:_SECTIONS]:
        gather.source("section", url)


def _next(gather: Gather, tree: html.HtmlElement, anchors: list[Anchor], page: Page) -> None:
    """Find the next page of the same listing: by rel=next, by number or offset, or by the link's words."""
    base = base_of(tree, page.url)
    for element in tree.xpath("//link[@rel='next']|//a[contains(concat(' ', @rel, ' '), ' next ')]"):
        if url := _absolute(base, element.get("href") or ""):
            gather.source("section", url)
            return
    if url := next(_by_number(anchors, page.url), None) or next(_by_words(anchors, page.url), None):
        gather.source("section", url)


def _by_number(anchors: list[Anchor], here: str) -> Iterator[str]:
    own = _NEXT_PAGE.search(here)
    wanted = int(own[1]) + 1 if own else 2
    for anchor in _same_walk(anchors, here):
        found = _NEXT_PAGE.search(anchor.url)
        if found and int(found[1]) == wanted:
            yield anchor.url
    before = _OFFSET.search(here)
    offsets = [
        (int(found[1]), anchor.url) for anchor in _same_walk(anchors, here) if (found := _OFFSET.search(anchor.url))
    ]
    yield from (url for offset, url in sorted(offsets)[:1] if offset > (int(before[1]) if before else 0))


def _by_words(anchors: list[Anchor], here: str) -> Iterator[str]:
    for anchor in _same_walk(anchors, here):
        if _NEXT.fullmatch(anchor.text) and not (_NEXT_PAGE.search(anchor.url) and _NEXT_PAGE.search(here)):
            yield anchor.url


def _same_walk(anchors: list[Anchor], here: str) -> Iterator[Anchor]:
    walk, own = walk_of(here), identity(here)
    return (anchor for anchor in anchors if identity(anchor.url) != own and walk_of(anchor.url) == walk)


def _archives(gather: Gather, anchors: list[Anchor], page: Page) -> None:
    """In a window, take the archives of its years, months and days, made after those that the page links to."""
    if gather.since is None:
        return
    until = min(gather.until or page.fetched_at, page.fetched_at)
    kinds: dict[str, str] = {}
    for anchor in anchors:
        if gather.outlet.owns(anchor.url) and archive_of(anchor.url) is not None:
            kinds.setdefault(re.sub(r"\d+", "9", anchor.url), anchor.url)
    for example in list(kinds.values())[:_ARCHIVES]:
        for url, end in archives_like(example, gather.since, until):
            gather.source("section", url, modified=min(end, page.fetched_at), dated=True)
