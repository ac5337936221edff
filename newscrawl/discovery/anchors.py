"""The links of a page with what can be seen around each: its text, whether it heads a card, whether it is in a menu."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from newscrawl.discovery.evidence import is_whole
from newscrawl.discovery.identity import identity, undressed

#: Most links of one page that are looked at: the hundred thousandth link of a page is no news.
MOST_LINKS = 10_000
_OTHER_SCHEMES = ("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:", "sms:")
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menubar|breadcrumbs?|footer|topbar|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
#: How far up a link's surroundings are looked at.
_UP = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """A link: its absolute address, its longest text, and whether a heading holds it, or a menu each time it is seen."""

    url: str
    text: str
    heading: bool
    menu: bool


def anchors_of(tree: html.HtmlElement, url: str) -> list[Anchor]:
    """Give a page's links in their order, each address once."""
    base = base_of(tree, url)
    found: dict[str, Anchor] = {}
    for number, link in enumerate(tree.iter("a")):
        if number >= MOST_LINKS:
            break
        href = "".join((link.get("href") or "").split("\n")).strip()
        if not href or href.lower().startswith(_OTHER_SCHEMES):
            continue
        try:
            address = urljoin(base, href)
            key = identity(address)
        except ValueError:
            continue
        heading, menu = _around(link)
        text = _text(link)
        if (known := found.get(key)) is not None:
            text = max(text, known.text, key=len)
            heading, menu, address = heading or known.heading, menu and known.menu, min(address, known.url, key=len)
        found[key] = Anchor(url=address, text=text, heading=heading, menu=menu)
    return list(found.values())


def base_of(tree: html.HtmlElement, url: str) -> str:
    """Give what a page's relative addresses are relative to: a base element is believed on the page's own host only."""
    for element in tree.iter("base"):
        try:
            candidate = urljoin(url, (element.get("href") or "").strip())
            if urlsplit(candidate).netloc == urlsplit(url).netloc:
                return candidate
        except ValueError:
            pass
        break
    return url


def once(anchors: list[Anchor]) -> list[Anchor]:
    """Leave one address of those that differ in their query alone, where the path names one article without any.

    Orders, filters and sessions make a thousand addresses of one article.
    """
    kept: dict[str, Anchor] = {}
    for anchor in anchors:
        plain = anchor.url.partition("?")[0]
        key = undressed(anchor.url) if "?" in anchor.url and is_whole(plain) else identity(anchor.url)
        known = kept.get(key)
        if known is None or len(anchor.url) < len(known.url):
            kept[key] = anchor
    return list(kept.values())


def _text(link: Any) -> str:
    text = " ".join(str(link.text_content()).split())
    if not text:
        picture = link.find(".//img")
        text = link.get("title") or link.get("aria-label") or (picture.get("alt") if picture is not None else "") or ""
    return text


def _around(link: Any) -> tuple[bool, bool]:
    heading = any(child.tag in _HEADINGS for child in link.iterdescendants())
    for level, box in enumerate(link.iterancestors()):
        if level >= _UP or box.tag in ("body", "article", "main"):
            break
        heading = heading or box.tag in _HEADINGS
        named = f"{box.get('class') or ''} {box.get('id') or ''}"
        if box.tag in ("nav", "footer") or box.get("role") == "navigation" or _MENU.search(named):
            return heading, not heading
    return heading, False
