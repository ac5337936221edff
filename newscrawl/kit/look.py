"""Looking at a site: its home page, robots.txt, the sources it declares or usually has, and three of its articles."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from urllib.parse import urljoin, urlsplit

from newscrawl.discovery import DiscoveryError, Listing, SourceLink, api_url, read, read_home, sitemaps_in
from newscrawl.discovery.links import SourceKind
from newscrawl.item import Page
from newscrawl.outlet import Outlet, host_of

#: What feeds and sitemaps are usually called, tried when a site declares none.
_FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/wp-sitemap.xml")
#: Sources of one kind that are kept: a site may declare a feed for every tag.
_MOST = 6
#: Articles that are fetched and read.
ARTICLES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Miss:
    """An address that gave no page, and why: ``http-404``, ``robots``, a network error."""

    url: str
    reason: str


Get = Callable[[str], Awaitable[Page | Miss]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source that was asked: what it listed, or why it can't be used; ``why`` says where its address is from."""

    kind: SourceKind
    url: str
    why: str
    listing: Listing | None = None
    trouble: str | None = None


@dataclass(kw_only=True, slots=True)
class Looked:
    """All that was seen of a site."""

    url: str
    home: Page | Miss
    robots: str | None = None
    sources: list[Source] = field(default_factory=list)
    home_links: list[str] = field(default_factory=list)
    articles: list[Page | Miss] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    """What the WordPress API says of the site: ``name`` and ``timezone_string``."""

    @property
    def good(self) -> list[Source]:
        """The sources that listed something."""
        return [source for source in self.sources if source.listing is not None]

    def links(self) -> list[str]:
        """Give the addresses of articles that sources name for sure, each once: the first of every source, then the
        second, so that a feed for each language has its say.
        """
        order = {"feed": 0, "wordpress": 1, "sitemap": 2, "section": 3}
        lists = [list(_links_of(one.listing)) for one in sorted(self.good, key=lambda one: order[one.kind])]
        return list(dict.fromkeys(url for row in zip_longest(*lists) for url in row if url is not None))


def anyone(url: str) -> Outlet:
    """Make the outlet of which nothing is known but its address."""
    return Outlet(id="probe", country="XX", name=host_of(url), homepage=url, languages=("und",), timezone="UTC")


async def look(url: str, get: Get) -> Looked | Miss:
    """Look at a site that has no seed; every address is asked once, through ``get``."""
    home = await get(url)
    if isinstance(home, Miss):
        return home
    outlet = anyone(home.url)
    try:
        listing = read_home(home, outlet)
    except DiscoveryError as error:
        return Miss(url=home.url, reason=str(error))
    looked = Looked(url=home.url, home=home, home_links=[link.url for link in listing.articles])
    robots = await get(urljoin(home.url, "/robots.txt"))
    looked.robots = robots.body.decode("utf-8", "replace") if isinstance(robots, Page) else None
    for kind, declared, guessed in _addresses(home, looked.robots, listing):
        await _try(looked, outlet, declared, get)
        if all(source.kind != kind for source in looked.good):
            await _try(looked, outlet, guessed, get, enough=1)
    await _about(looked, get)
    await _deeper(looked, outlet, get)
    for address in (looked.links() or looked.home_links)[:ARTICLES]:
        looked.articles.append(await get(address))
    return looked


async def revisit(outlet: Outlet, get: Get) -> Looked:
    """Look at an outlet by its seed: its home page, its own sources, and three articles that they name."""
    home = await get(outlet.homepage)
    looked = Looked(url=home.url, home=home)
    if isinstance(home, Page):
        with suppress(DiscoveryError):  # a home page that can't be read names no articles
            looked.home_links = [link.url for link in read_home(home, outlet).articles]
    declared: list[_Address] = [("feed", one, "seed") for one in outlet.sources.feeds]
    declared += [("sitemap", one, "seed") for one in outlet.sources.sitemaps]
    declared += [("section", one, "seed") for one in outlet.sources.sections]
    if outlet.sources.wordpress:
        declared.append(("wordpress", outlet.sources.wordpress, "seed"))
    await _try(looked, outlet, declared, get, most=len(declared))
    await _deeper(looked, outlet, get)
    chosen = [one for one in looked.links() or looked.home_links if outlet.is_article_url(one) is not False]
    for address in chosen[:ARTICLES]:
        looked.articles.append(await get(address))
    return looked


#: A source to ask: its kind, its address, and where that is from.
_Address = tuple[SourceKind, str, str]


def _addresses(
    home: Page, robots: str | None, listing: Listing
) -> Iterator[tuple[SourceKind, list[_Address], list[_Address]]]:
    """Give, kind by kind, the sources that the site declares, and those to try when none of them is any good."""
    feeds = [one.url for one in listing.sources if one.kind == "feed"]
    yield "feed", [("feed", one, "declared by the home page") for one in feeds], _guesses("feed", home, _FEEDS)
    maps = list(dict.fromkeys(sitemaps_in(robots or "", home.url)))
    yield "sitemap", [("sitemap", one, "named by robots.txt") for one in maps], _guesses("sitemap", home, _SITEMAPS)
    roots = [one.url for one in listing.sources if one.kind == "wordpress"]
    wordpress = re.search(rb"/wp-(?:content|includes)/", home.body) is not None
    guessed: list[_Address] = [("wordpress", urljoin(home.url, "/"), "the page uses WordPress's folders")]
    yield "wordpress", [("wordpress", one, "declared by the home page") for one in roots], guessed if wordpress else []


def _guesses(kind: SourceKind, home: Page, names: tuple[str, ...]) -> list[_Address]:
    return [(kind, urljoin(home.url, name), "a usual address, tried") for name in names]


async def _try(
    looked: Looked,
    outlet: Outlet,
    addresses: list[_Address],
    get: Get,
    *,
    enough: int | None = None,
    most: int = _MOST,
) -> None:
    found = 0
    for kind, url, why in addresses[:most]:
        source = await _ask(kind, url, why, outlet, get)
        if source.listing is not None or enough is None:  # a guess that failed says nothing
            looked.sources.append(source)
        found += source.listing is not None
        if enough is not None and found >= enough:
            return


async def _ask(kind: SourceKind, url: str, why: str, outlet: Outlet, get: Get) -> Source:
    page = await get(api_url(url) if kind == "wordpress" else url)
    if isinstance(page, Miss):
        return Source(kind=kind, url=url, why=why, trouble=page.reason)
    try:
        return Source(kind=kind, url=url, why=why, listing=read(kind, page, outlet))
    except DiscoveryError as error:
        return Source(kind=kind, url=url, why=why, trouble=str(error))


async def _about(looked: Looked, get: Get) -> None:
    """Ask a WordPress API that listed posts for its site's name and time zone."""
    for source in looked.good:
        if source.kind == "wordpress":
            root = source.url.partition("wp-json")[0].rstrip("/")
            page = await get(f"{root}/wp-json/?_fields=name,timezone_string")
            with suppress(ValueError, AttributeError):  # an API without this page tells nothing
                said = json.loads(page.body) if isinstance(page, Page) else {}
                looked.about = {key: value for key, value in said.items() if isinstance(value, str) and value}


async def _deeper(looked: Looked, outlet: Outlet, get: Get) -> None:
    """Ask the newest part of a sitemap's index, when nothing yet names an article."""
    if looked.links():
        return
    for source in list(looked.good):
        parts = [one for one in source.listing.sources if one.kind == "sitemap"] if source.listing else []
        if not parts:
            continue
        newest = max(parts, key=_age)
        part = await _ask("sitemap", newest.url, f"newest part of {urlsplit(source.url).path}", outlet, get)
        if part.listing is not None:
            looked.sources.append(part)
            return


def _age(part: SourceLink) -> str:
    return part.modified.isoformat() if part.modified else ""


def _links_of(listing: Listing | None) -> Iterator[str]:
    if listing is not None:
        yield from (link.url for link in listing.articles if link.sure)
        yield from (post.url for post in listing.posts)
