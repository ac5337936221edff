"""The headline, without the site's name that pages glue to it."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.item import Evidence, Hint
from newscrawl.outlet import Outlet
from newscrawl.reading import structured

#: Korean titles end in ``-section|outlet`` without spaces.
_SECTION = re.compile(r"-[가-힣]{2,4}$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SIGNS = re.compile(r"[\W_]+")
_GLUE = re.compile(r"\s+[|\-–—·•»«:]+\s+|\s*[|»ㅣ]\s*")


@lru_cache(4096)
def key(text: str) -> str:
    """Give a text's letters and digits only, for comparing headlines.

    >>> key("Water’s back — at last!") == key("Water's back - at last")
    True
    """
    return _SIGNS.sub("", text.casefold())


def title_of(
    tree: HtmlElement,
    meta: dict[str, str],
    article: dict[str, Any],
    outlet: Outlet | None,
    hint: Hint | None,
    trace: list[Evidence],
    url: str = "",
) -> tuple[str, tuple[str, ...]]:
    """Give the headline and every spelling of it on the page.

    The seed's selector decides; then JSON-LD's headline, an h1 that another source confirms, og:title, the title
    element and what the feed said, each freed of the site's name where another spelling proves that it is one.
    """
    heads = [" ".join(one.text_content().split()) for one in tree.iter("h1")]
    heads = [head for head in heads if 3 < len(head) < 400]
    page = " ".join((tree.findtext(".//title") or "").split())
    candidates: list[tuple[str, str]] = []
    if outlet and outlet.article.selectors.title:
        candidates += [
            ("selector", " ".join(one.text_content().split())) for one in tree.cssselect(outlet.article.selectors.title)
        ]
    headline = structured.text_of(article.get("headline")) or structured.text_of(article.get("name"))
    headline = unescape(headline or "")  # some sites escape twice
    shared = meta.get("og:title") or meta.get("twitter:title") or ""
    confirmed = next(
        (head for head in heads if any(key(head) and key(head) in key(other) for other in (headline, shared, page))),
        "",
    )
    if key(confirmed) == key(shared):
        confirmed = shared  # an h1 of several boxes has lost the space between them
    candidates += [("JSON-LD", headline), ("h1", confirmed), ("meta", shared), ("title", page)]
    candidates += [("h1", head) for head in heads[:1]] + [("feed", (hint.title if hint else None) or "")]
    site = meta.get("og:site_name") or (outlet.name if outlet else "")
    host = key(urlsplit(url).netloc)
    chosen = ""
    spellings: dict[str, None] = {}
    for where, text in candidates:
        if not text:
            continue
        # Sites glue their name to og:title and title; a JSON-LD headline is cut only where it ends with the site's name.
        bare = _bare(text, site, heads if where != "JSON-LD" or _signed(text, heads, host) else [])
        spellings[text] = None
        spellings[bare] = None
        fits = bool(key(bare)) and not chosen
        if fits and where == "JSON-LD":
            fits = key(bare) == key(shared) or not _cut(bare, _bare(confirmed or shared, site, heads))
            fits = fits and not _foreign(bare, confirmed, shared, page)
        trace.append(
            Evidence(
                field="title", found=bare, where=where, taken=fits, note="" if fits else "another source was taken"
            )
        )
        chosen = chosen or (bare if fits else "")
    return chosen, tuple(spelling for spelling in spellings if spelling)


def _foreign(headline: str, confirmed: str, shared: str, page: str) -> bool:
    """Has the JSON-LD headline not one long word of the headline that h1, og:title and title agree on? It is none."""
    others = [set(_WORD.findall(other.casefold())) for other in (confirmed, shared, page) if other]
    return bool(confirmed) and all(
        len(set(_WORD.findall(headline.casefold())) & words) < 2 < len(words) for words in others
    )


def _signed(headline: str, heads: list[str], host: str) -> bool:
    """Does the JSON-LD headline go on after an h1 with nothing but the site's name, as its host has it?"""
    for head in heads:
        rest = key(headline)[len(key(head)) :].removeprefix("the")
        if rest and key(headline).startswith(key(head)) and rest in host:
            return True
    return False


def _cut(headline: str, whole: str) -> bool:
    """Is the JSON-LD headline only the beginning of the real one? Google's old limit of 110 characters made sites cut."""
    long = len(headline) >= 60 or headline.endswith(("…", "..."))
    return long and len(whole) > len(headline) and key(whole).startswith(key(headline.rstrip(".… ")))


def _bare(text: str, site: str, heads: list[str]) -> str:
    """Cut the site's name off a title where the site's own name or an h1 proves that it is one."""
    parts = _GLUE.split(text)
    if len(parts) < 2:
        return text
    for head in heads:
        if (
            key(head)
            and key(text) != key(head)
            and key(text).startswith(key(head))
            and len(key(head)) > len(key(text)) // 3
        ):
            return head
    if site:
        if key(parts[-1]) == key(site) or key(parts[-1]).startswith(key(site)):
            return _SECTION.sub("", text[: text.rindex(parts[-1])].rstrip(" |-–—·•»:ㅣ"))
        if key(parts[0]) == key(site):
            return text[text.index(parts[0]) + len(parts[0]) :].lstrip(" |-–—·•»:")
    return text
