"""Cards: the boxes that lead to other articles, told by their build and not by their name.

A card is one link to another page of the site with a headline, perhaps a picture and a line of teaser; cards come in
groups. A list article's entries are longer, lead elsewhere or carry no link, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.reading import addresses, texts

#: A card has at most this many characters, and at least this many in its link.
LARGEST, SHORTEST = 420, 18
#: A list of lines with a link each is a box of related articles up to this many characters; longer ones are contents.
SHORT = 800
_DENSE = re.compile("[぀-ヿ㐀-䶿一-鿿가-힣]")
_BLOCKS = frozenset({"div", "li", "article", "section", "a", "figure", "td", "header"})
_GROUPS = frozenset({"div", "ul", "ol", "section", "aside", "article", "tr", "tbody", "table", "nav", "footer"})


def groups(tree: HtmlElement, url: str) -> list[HtmlElement]:
    """Give the boxes that hold two cards or more and little else, and the cards of boxes that hold more."""
    beside: dict[HtmlElement, dict[HtmlElement, str]] = {}
    for card, path in cards(tree, url):
        parent = card.getparent()
        if parent is not None and parent.tag in _GROUPS:
            beside.setdefault(parent, {})[card] = path
    found: list[HtmlElement] = []
    for parent, group in beside.items():
        if len(set(group.values())) < 2 or next(parent.iterdescendants("h1"), None) is not None:
            continue
        whole, inside = _length(parent), sum(_length(card) for card in group)
        if inside >= 0.7 * whole and (whole <= SHORT or any(_built(card) for card in group)):
            found.append(parent)
        else:
            found.extend(card for card in group if _built(card))
    return found


def target(link: HtmlElement, url: str) -> str | None:
    """Give the path of another page of the same site that a link leads to, else None."""
    return _target(link.get("href") or "", url)


@lru_cache(4096)
def _target(href: str, url: str) -> str | None:
    if not href or href.startswith(("#", "mailto:", "javascript:")):
        return None
    site, path = _home(url)
    try:
        there = addresses.joined(url, href)
    except ValueError:
        return None
    same = there.host is None or _site(there.host) == site
    return there.path if same and there.path not in (path, "", "/") else None


@lru_cache(16)
def _home(url: str) -> tuple[str, str]:
    home = urlsplit(url)
    return _site(home.netloc), home.path


def cards(tree: HtmlElement, url: str) -> Iterator[tuple[HtmlElement, str]]:
    """Give every card, and the path of the page that it leads to."""
    length = cache(_length)
    for link in tree.iter("a"):
        linked = length(link)
        if linked < SHORTEST or (path := target(link, url)) is None:
            continue
        card = _widest(link, length)
        if card is not None and linked >= (0.2 if _built(card) else 0.7) * length(card):
            yield card, path


def leads(tree: HtmlElement, url: str) -> set[str]:
    """Give the paths of all other pages of the site that a link as long as a headline leads to."""
    found = (target(link, url) for link in tree.iter("a") if _length(link) >= SHORTEST)
    return {path for path in found if path is not None}


def _site(host: str) -> str:
    return ".".join(host.split(":")[0].split(".")[-2:])


def _widest(link: HtmlElement, length: Callable[[HtmlElement], int]) -> HtmlElement | None:
    """Climb from a link to the widest box that holds its headline and no other."""
    here, card = link, link if link.tag in _BLOCKS and next(link.iterdescendants("div"), None) is not None else None
    href = link.get("href")
    for _ in range(6):
        parent = here.getparent()
        if parent is None or parent.tag in ("p", "body", "main", "blockquote"):
            break
        if len(parent) > 1 and length(parent) > LARGEST:
            break
        if any(other.get("href") != href and length(other) >= SHORTEST for other in parent.iter("a")):
            break
        here = parent
        if here.tag in _BLOCKS:
            card = here
    return card


def _built(card: HtmlElement) -> bool:
    """Is it a box with a headline or a picture, or of several boxes? A list's item that is a line with a link is none."""
    inside = [one.tag for one in card.iter("h2", "h3", "h4", "h5", "h6", "img", "picture", "figure", "div", "p")]
    return any(tag not in ("div", "p") for tag in inside) or len(inside) >= 2


def _length(element: HtmlElement) -> int:
    """Count the letters of a text in one line; one of a script whose letters are words or syllables counts three times."""
    text = texts.line(element)
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text))
