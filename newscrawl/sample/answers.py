"""What each of the sample's outlets answers to a path: the routes, without a socket."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newscrawl.sample import lists, pages, wordpress
from newscrawl.sample.world import Site, Story, Trap, furnished, world

HTML = "text/html; charset=utf-8"
#: Bytes of a portable document, served as if they were a page.
BINARY = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 8
#: What a feed looks like whose program failed half-way.
BROKEN_FEED = (
    "<br />\n<b>Fatal error</b>: Uncaught mysqli_sql_exception: Too many connections in feed.php:41\n"
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>GAP Postası'
)
_LISTING = re.compile(r"/(?:kategori/)?(en|ar|kmr|ckb|tr)/(latest|roads|water|harvest|schools)/?")
_CATEGORY = re.compile(r"/category/(latest|roads|water|harvest|schools)/")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer before conditional requests and compression: ``modified`` is its Last-Modified, where it has one."""

    status: int = 200
    type: str = HTML
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    modified: datetime | None = None


def answer(
    outlet: str, edition: int, base: str, path: str, query: Mapping[str, str], *, furniture: bool = False
) -> Answer:
    """Answer one path of an outlet, as it stands in an edition; whatever is unknown is a 404, what is gone a 410."""
    site = furnished(world(edition)[outlet]) if furniture else world(edition)[outlet]
    if path in site.gone:
        return _text(pages.plain(site, "410", "410 Gone"), status=410)
    for page in site.entries():
        if page.path == path:
            return _page(site, base, page)
    newest = max(page.touched if isinstance(page, Story) else page.published for page in site.entries())
    found = _source(site, base, path, query)
    if found is not None:
        return (
            Answer(status=found.status, type=found.type, body=found.body, headers=found.headers, modified=newest)
            if found.status == 200
            else found
        )
    return _text(pages.plain(site, "404", "404 Not Found"), status=404)


def _page(site: Site, base: str, page: Story | Trap) -> Answer:
    if isinstance(page, Story):
        return _text(pages.article(site, base, page), modified=page.touched)
    if page.kind == "empty":
        return Answer(modified=page.published)
    if page.kind == "binary":
        return Answer(body=BINARY, modified=page.published)
    return _text(pages.trap(site, base, page), modified=page.published)


def _source(site: Site, base: str, path: str, query: Mapping[str, str]) -> Answer | None:
    if path == "/robots.txt":
        return _text(lists.robots(site, base), type="text/plain; charset=utf-8")
    if found := _LISTING.fullmatch(path):
        return _listing(site, found[1], found[2], query)
    if path in ("/about/", "/kunye"):
        return _text(pages.plain(site, site.name, "2019 · news@example.org"))
    special = {"two-rivers": _two_rivers, "desht": _desht, "gap-postasi": _gap, "sada-alsahel": _sada}[site.id]
    return special(site, base, path, query)


def _two_rivers(site: Site, base: str, path: str, query: Mapping[str, str]) -> Answer | None:
    maps = {f"/sitemap-{lang}.xml": lang for lang in site.languages}
    feeds = {f"/{lang}/feed.xml": lang for lang in site.languages}
    if path == "/":
        return _text(pages.home(site))
    if path in feeds:
        return _text(lists.rss(site, base, feeds[path]), type="application/rss+xml; charset=utf-8")
    if path == "/sitemap_index.xml":
        return _text(lists.sitemap_index(base, maps), type="application/xml")
    if path in maps:
        return _text(lists.sitemap(site, base, maps[path]), type="application/xml")
    if path == "/news-sitemap.xml":
        return _text(lists.news_sitemap(site, base), type="application/xml")
    return None


def _desht(site: Site, base: str, path: str, query: Mapping[str, str]) -> Answer | None:
    if path == "/":
        return _text(pages.home(site))
    if path == "/atom.xml":
        return _text(lists.atom(site, base), type="application/atom+xml; charset=utf-8")
    if path == "/sitemap.xml.gz":
        return Answer(type="application/gzip", body=gzip.compress(lists.sitemap(site, base).encode(), mtime=0))
    if path == "/sitemap-archive.xml":  # a sitemap that is a page of HTML
        return _text(pages.plain(site, "Sitemap", "Maintenance"))
    return None


def _gap(site: Site, base: str, path: str, query: Mapping[str, str]) -> Answer | None:
    if path == "/rss.xml":
        return _text(lists.rss(site, base, None), type="text/xml; charset=utf-8")
    if path == "/rss/spor.xml":
        return _text(BROKEN_FEED, type="text/xml; charset=utf-8")
    return None


def _sada(site: Site, base: str, path: str, query: Mapping[str, str]) -> Answer | None:
    if path == "/":
        home = _text(pages.home(site))
        return Answer(body=home.body, headers={"Link": f'<{base}/wp-json/>; rel="https://api.w.org/"'})
    if found := _CATEGORY.fullmatch(path):
        return _listing(site, "ar", found[1], query)
    if path == "/feed/":
        return _text(lists.rss(site, base, "ar"), type="application/rss+xml; charset=UTF-8")
    if path == "/wp-sitemap.xml":
        return _text(lists.sitemap_index(base, ["/wp-sitemap-posts-post-1.xml"]), type="application/xml")
    if path == "/wp-sitemap-posts-post-1.xml":
        return _text(lists.sitemap(site, base), type="application/xml")
    if path == "/wp-json/":
        return _text(wordpress.index(site, base), type="application/json; charset=UTF-8")
    if path == "/wp-json/wp/v2/posts":
        status, headers, body = wordpress.posts(site, base, query)
        return Answer(status=status, type="application/json; charset=UTF-8", body=body.encode(), headers=headers)
    return None


def _listing(site: Site, lang: str, section: str, query: Mapping[str, str]) -> Answer | None:
    number = query.get("page", "1")
    html = pages.listing(site, lang, section, int(number)) if lang in site.languages and number.isdecimal() else None
    return None if html is None else _text(html)


def _text(text: str, *, status: int = 200, type: str = HTML, modified: datetime | None = None) -> Answer:
    return Answer(status=status, type=type, body=text.encode(), modified=modified.astimezone(UTC) if modified else None)
