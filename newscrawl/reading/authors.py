"""Who wrote it: the sources that name authors, in their order, and what is told of each name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml.html import HtmlElement

from newscrawl.item import Author, Evidence
from newscrawl.outlet import Outlet
from newscrawl.reading import bylines, smallprint, structured

_MARK = re.compile(
    r"\b(?:byline|by-line|author(?:-name|s)?|article-author|post-author|entry-author|c-author|writer)\b", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Addresses of authors' pages on news sites.
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i|a)?|auteurs?|signataires?|by|profile|producers?|journalists?|yazarlar?|kose-yazarlari)/[^/?#]",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(r"powered by|published|posted|updated|follow|share|about the author", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|der|die|das|le|la|les|el|il|de|het) ")
_META = (
    "author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author", "twitter:creator", "twitter:data1",
)  # fmt: skip


def authors_of(
    tree: HtmlElement,
    meta: dict[str, str],
    things: list[dict[str, Any]],
    article: dict[str, Any],
    outlet: Outlet | None,
    language: str | None,
    trace: list[Evidence],
) -> tuple[list[Author], list[str]]:
    """Give the authors by the first source that names people, and the agencies that any source credits.

    The seed's selector decides; then JSON-LD, meta elements, an element that calls itself a byline, and a line near the
    headline that begins with "By" in some language. Only JSON-LD that says Person may give a name of one word.
    """
    own = _own(meta, things, article, outlet)
    structured_names = structured.named(article.get("author"), things)
    persons = frozenset(name for name, kind in structured_names if kind == "Person")
    sources: list[tuple[str, list[str]]] = []
    if outlet and outlet.article.selectors.authors:
        sources.append(("selector", [text_of(one) for one in tree.cssselect(outlet.article.selectors.authors)]))
    sources.append(("JSON-LD", [name for name, _ in structured_names]))
    sources.append(("meta", [meta[name] for name in _META if name in meta and _speaks_of_author(name, meta)]))
    sources.append(("page", _marked(tree) or _beside_headline(tree)))
    credits: dict[str, None] = {}
    for thing in ("sourceOrganization", "creditText", "copyrightHolder"):
        for name, _ in structured.named(article.get(thing), things):
            credits.update(dict.fromkeys(bylines.people([name], language=language)[1]))
    authors: list[Author] = []
    for where, texts in sources:
        given = [text for text in texts if text]
        found, credited = bylines.people(given, language=language, outlet_names=own, persons=persons)
        credits.update(dict.fromkeys(credited))
        taken = bool(found) and not authors
        note = "" if taken else "another source was taken"
        trace += [Evidence(field="authors", found=one.name, where=where, taken=taken, note=note) for one in found]
        authors = found if taken else authors
    for name in credits:
        trace.append(Evidence(field="credit", found=name, where="byline or structured data", taken=True))
    return authors, list(credits)


def _own(
    meta: dict[str, str], things: list[dict[str, Any]], article: dict[str, Any], outlet: Outlet | None
) -> frozenset[str]:
    """Give the outlet's own names, which are no authors; a site that is a person's own is one."""
    own = {outlet.name.casefold(), outlet.id} if outlet else set()
    own |= {meta[name].casefold() for name in ("og:site_name", "application-name") if name in meta}
    own |= {name.casefold() for name, kind in structured.named(article.get("publisher"), things) if kind != "Person"}
    named = {name.casefold() for name, kind in structured.named(article.get("author"), things) if kind == "Person"}
    return frozenset(own - {name for name in named if len(name.split()) > 1 and not _ARTICLE.match(name)})


def _speaks_of_author(name: str, meta: dict[str, str]) -> bool:
    return name != "twitter:data1" or meta.get("twitter:label1", "").casefold() in (
        "written by",
        "von",
        "par",
        "escrito por",
        "yazan",
    )


def _marked(tree: HtmlElement) -> list[str]:
    """Give the texts of the first element that calls itself a byline, or else of links to authors' pages.

    rel=author, itemprop=author, or such a class or id; of several boxes inside it each is a name of its own.
    """
    linked: list[str] = []
    for element in tree.iter("a", "span", "div", "p", "address", "li", "ul"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.get("rel") == "author" or element.get("itemprop") == "author" or _is_byline(marks):
            text = text_of(element)
            if 3 < len(text) < 100 and not _NO_BYLINE.match(text):
                parts = [text_of(part) for part in element.iter("span", "a", "li") if len(part) == 0]
                return [part for part in parts if len(part.split()) > 1] or [text]
        elif element.tag == "a" and len(linked) < 5 and _PROFILE.search(element.get("href") or ""):
            text = text_of(element)
            if 3 < len(text) < 60 and len(text.split()) in (2, 3, 4, 5):
                linked.append(text)
    return linked[:1]


@lru_cache(8192)
def _is_byline(marks: str) -> bool:
    return _MARK.search(_CAMEL.sub("-", marks.replace("_", "-"))) is not None


def _beside_headline(tree: HtmlElement) -> list[str]:
    """Give a short line near the headline that begins as bylines do: with "By", "von", "بقلم" and a name."""
    for element in smallprint.around(tree):
        text = text_of(element)
        if 6 < len(text) < 60 and bylines.begins(text):
            return [text]
    return []


def text_of(element: Any) -> str:
    """Give an element's text as one line."""
    return " ".join(element.text_content().split())
