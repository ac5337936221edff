"""The headline, without the site's name that pages glue to it."""

from __future__ import annotations

import re
from typing import Any

from lxml.html import HtmlElement

from newscrawl.item import Evidence, Hint
from newscrawl.outlet import Outlet
from newscrawl.reading import structured

_GLUE = re.compile(r"\s+[|\-–—·•»«:]+\s+|\s*[|»ㅣ]\s*")


def key(text: str) -> str:
    """Give a text's letters and digits only, for comparing headlines.

    >>> key("Water’s back — at last!") == key("Water's back - at last")
    True
    """
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def title_of(
    tree: HtmlElement,
    meta: dict[str, str],
    article: dict[str, Any],
    outlet: Outlet | None,
    hint: Hint | None,
    trace: list[Evidence],
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
    shared = meta.get("og:title") or meta.get("twitter:title") or ""
    confirmed = next(
        (
            head
            for head in heads
            if any(key(head) and key(head) in key(other) for other in (headline or "", shared, page))
        ),
        "",
    )
    candidates += [("JSON-LD", headline or ""), ("h1", confirmed), ("meta", shared), ("title", page)]
    candidates += [("h1", head) for head in heads[:1]] + [("feed", (hint.title if hint else None) or "")]
    site = meta.get("og:site_name") or (outlet.name if outlet else "")
    chosen = ""
    spellings: dict[str, None] = {}
    for where, text in candidates:
        if not text:
            continue
        bare = _bare(text, site, heads)
        spellings[text] = None
        spellings[bare] = None
        fits = bool(key(bare)) and not chosen and not (where == "JSON-LD" and _cut(bare, confirmed or shared))
        trace.append(
            Evidence(
                field="title", found=bare, where=where, taken=fits, note="" if fits else "another source was taken"
            )
        )
        chosen = chosen or (bare if fits else "")
    return chosen, tuple(spelling for spelling in spellings if spelling)


def _cut(headline: str, whole: str) -> bool:
    """Is the JSON-LD headline only the beginning of the real one? Google's old limit of 110 characters made sites cut."""
    return bool(whole) and len(whole) > len(headline) and key(whole).startswith(key(headline.rstrip(".… ")))


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
            return text[: text.rindex(parts[-1])].rstrip(" |-–—·•»:")
        if key(parts[0]) == key(site):
            return text[text.index(parts[0]) + len(parts[0]) :].lstrip(" |-–—·•»:")
    return text
