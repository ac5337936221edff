"""What speaks for a seed's sources and for its URL pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from newscrawl.kit import patterns
from newscrawl.kit.look import Looked
from newscrawl.outlet import host_of

_SECTIONS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Clue:
    """A seed key, its proposed value, and what speaks for it."""

    key: str
    value: Any
    evidence: str


def sources(looked: Looked, menu: list[str], unknown: list[str]) -> Iterator[Clue]:
    """Give the sources that listed something, each with what it listed."""
    for kind, name in (("feed", "sources.feeds"), ("sitemap", "sources.sitemaps")):
        good = [one for one in looked.good if one.kind == kind and not one.why.startswith("newest part")]
        if good:
            told = "; ".join(f"{one.why}: {_counted(one.listing)}" for one in good)
            yield Clue(key=name, value=[one.url for one in good], evidence=told)
        else:
            bad = [f"{one.url} {one.trouble}" for one in looked.sources if one.kind == kind]
            unknown.append(
                f"{name}: none found" + (f" ({'; '.join(bad)})" if bad else ", the usual addresses were tried")
            )
    api = next((one for one in looked.good if one.kind == "wordpress"), None)
    if api is not None:
        yield Clue(
            key="sources.wordpress",
            value=api.url.partition("wp-json")[0],
            evidence=f"{api.why}: {_counted(api.listing)}",
        )
    if menu:
        yield Clue(key="sources.sections", value=menu, evidence="links of the home page's menu")
    else:
        unknown.append("sources.sections: the home page has no menu that was understood")


def _counted(listing: Any) -> str:
    number = len(listing.articles) + len(listing.posts)
    parts = sum(source.kind == "sitemap" for source in listing.sources)
    return f"{number} articles" + (f", {parts} parts" if parts else "")


def menu_of(tree: html.HtmlElement, looked: Looked) -> list[str]:
    """Give the addresses of the menu that are no articles: short paths of the same host."""
    articles = {*looked.links(), *looked.home_links}
    found: dict[str, None] = {}
    for link in tree.cssselect("nav a[href], header a[href], [class*=menu] a[href]"):
        url = urljoin(looked.url, link.get("href") or "").split("#")[0]
        steps = [step for step in urlsplit(url).path.split("/") if step]
        if (
            host_of(url) == host_of(looked.url)
            and 1 <= len(steps) <= 3
            and url not in articles
            and not _NO_SECTION.search(url)
        ):
            found[url] = None
    return list(found)[:_SECTIONS]


_NO_SECTION = re.compile(
    r"/(?:about|contact|privacy|terms|search|login|register|subscribe|donate|feed|rss|wp-|cart|account|imprint|impressum)|\.(?:xml|pdf|jpg|png)$",
    re.IGNORECASE,
)


def pattern(looked: Looked, tree: html.HtmlElement, unknown: list[str]) -> Iterator[Clue]:
    """Give a pattern that tells the known articles from the home page's other links."""
    sure = looked.links() or looked.home_links
    links = [urljoin(looked.url, one.get("href") or "") for one in tree.iter("a")]
    others = [
        url for url in links if host_of(url) == host_of(looked.url) and url not in sure and url not in looked.home_links
    ]
    found = patterns.induce(sure, others)
    if found is None:
        unknown.append(f"article.url_pattern: the {len(sure)} addresses known have no simple form; evidence decides")
        return
    told = f"matches {found.articles[0]} of {found.articles[1]} articles, {found.others[0]} of {found.others[1]} other links"
    yield Clue(key="article.url_pattern", value=found.pattern, evidence=told)
