"""Where a page shows its headline: its h1, a heading that links to the page itself, the heading above the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

from newscrawl.reading import texts

_LETTERS = re.compile(r"[^\W_]+")
#: ASCII's signs, which are no letters or digits.
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_LOGO = re.compile(r"logo|site-?(?:name|title)|brand|masthead", re.IGNORECASE)
_LONGEST = 400
#: Letters of a heading that is more than the name of a section.
_SHORT = 12
#: Characters of a paragraph of the text.
_PARAGRAPH = 60
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?|\.\/?", re.IGNORECASE)


@lru_cache(4096)
def key(text: str) -> str:
    """Give a text's letters and digits only, for comparing headlines.

    >>> key("Water’s back — at last!") == key("Water's back - at last")
    True
    """
    if text.isascii():
        return text.lower().encode().translate(None, _SIGNS).decode()
    return "".join(_LETTERS.findall("".join(text.casefold().split())))


class Head(NamedTuple):
    """An h1's text, and whether it stands in a trail of links to the page's sections: there it is no headline."""

    text: str
    trail: bool


def heads(tree: HtmlElement) -> Iterator[Head]:
    """Give the page's h1, but for those that call themselves a logo."""
    for one in tree.iter("h1"):
        text = texts.line(one)
        if 3 < len(text) < _LONGEST and not _LOGO.search(one.get("class") or "") and not _leads_home(one):
            yield Head(text, _is_trail(one))


def _leads_home(heading: HtmlElement) -> bool:
    link = next(heading.iterdescendants("a"), None)
    return (
        link is not None
        and texts.line(link) == texts.line(heading)
        and _HOME.fullmatch(link.get("href") or "") is not None
    )


def own(tree: HtmlElement, url: str) -> str:
    """Give the heading that is a link to this very page, as blogs print it, where exactly one says more than a word or two."""
    found = {}
    for heading in tree.iter("h2", "h3", "h4", "div", "p"):
        if heading.tag in ("div", "p") and "title" not in (heading.get("class") or "").lower():
            continue
        link = next(heading.iterchildren("a"), None)
        if link is None:
            continue
        text, there = texts.line(heading), urlsplit(urljoin(url, link.get("href") or "#"))
        if (
            texts.line(link) == text
            and len(key(text)) > _SHORT
            and not there.fragment
            and _same_page(there, urlsplit(url))
        ):
            found[key(text)] = text
    return next(iter(found.values())) if len(found) == 1 else ""


def above_text(tree: HtmlElement, page: str, shared: str) -> str:
    """Give the heading above the first long paragraph where h1 leads home, and title and og:title say no more than it."""
    logos = {key(texts.line(one)) for one in tree.iter("h1") if _leads_home(one)}
    if key(page) not in logos or (shared and key(shared) not in logos):
        return ""
    above = ""
    for one in tree.iter("h2", "h3", "p"):
        text = texts.line(one)
        if one.tag == "p" and len(text) > _PARAGRAPH:
            break
        above = text if one.tag != "p" else above
    return above


def _same_page(there: SplitResult, here: SplitResult) -> bool:
    return there.netloc == here.netloc and there.path.rstrip("/") == here.path.rstrip("/") != ""


def _is_trail(heading: HtmlElement) -> bool:
    """Does the heading end a trail of links (home, section, this page)? German sites put their h1 there, for search engines."""
    for steps, box in enumerate((heading, *heading.iterancestors())):
        if box.tag == "nav" or (steps < 5 and (box.tag in ("ul", "ol") or "crumb" in (box.get("class") or "").lower())):
            return True
    return False


def shown(tree: HtmlElement, declared: tuple[str, ...]) -> tuple[str, str]:
    """Give the declared headline that a heading of the article shows, alone or under a kicker, and the whole heading."""
    keys = {key(text): text for text in declared if text}
    for heading in tree.iter("h2", "h3"):
        for part in heading.iter():
            if shown := keys.get(key(texts.line(part))):
                return shown, texts.line(heading)
    return "", ""
