"""What a page says about itself outside its text: title, dates, authors, language, section, images."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawl.item import Author, DateClaim, Evidence, Hint, Image
from newscrawl.outlet import Outlet
from newscrawl.reading import bylines, structured
from newscrawl.reading.claims import choose, claims_of
from newscrawl.reading.language import language_of
from newscrawl.reading.titles import title_of

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """All fields but the text; ``headlines`` are all spellings of the title, by which its copies are known."""

    title: str = ""
    headlines: tuple[str, ...] = ()
    description: str | None = None
    canonical_url: str | None = None
    authors: tuple[Author, ...] = ()
    credits: tuple[str, ...] = ()
    published: DateClaim | None = None
    modified: DateClaim | None = None
    date_conflicts: tuple[DateClaim, ...] = ()
    language: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    paywalled: bool = False
    kinds: tuple[str, ...] = field(default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """A page's meta elements by lower-case name (first wins), its JSON-LD, and the object that is the article."""

    meta: dict[str, str]
    things: list[dict[str, Any]]
    article: dict[str, Any]


def read_head(tree: HtmlElement) -> Head:
    """Collect meta elements and JSON-LD in one pass each."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            meta.setdefault(name.strip().lower(), _SPACE.sub(" ", unescape(content)).strip())
    things = structured.objects(tree)
    return Head(meta=meta, things=things, article=structured.article(things))


def read_metadata(
    tree: HtmlElement,
    *,
    url: str,
    fetched_at: datetime,
    outlet: Outlet | None = None,
    hint: Hint | None = None,
    trace: list[Evidence] | None = None,
) -> Metadata:
    """Read a parsed page's metadata; the tree is left as it is. Every finding goes to ``trace``, if there is one."""
    head = read_head(tree)
    trace = [] if trace is None else trace
    title, headlines = title_of(tree, head.meta, head.article, outlet, hint, trace)
    language = language_of(tree, head.meta, head.article, outlet, title, trace)
    zone = ZoneInfo(outlet.timezone) if outlet else None
    published, modified, conflicts = choose(
        claims_of(tree, head.meta, head.article, url=url, hint=hint, zone=zone, selector=_published_selector(outlet)),
        fetched_at + timedelta(days=1),
        trace,
    )
    authors, credits = _authors(tree, head, outlet, language, trace)
    return Metadata(
        title=title, headlines=headlines, description=_description(head), canonical_url=_canonical(tree, head, url),
        authors=tuple(authors), credits=tuple(credits), published=published, modified=modified,
        date_conflicts=conflicts, language=language, section=_section(head, tree, outlet), tags=_tags(head),
        images=_images(head, url), paywalled=_paywalled(head),
        kinds=tuple(kind for thing in head.things for kind in structured.kinds(thing)),
    )  # fmt: skip


def _published_selector(outlet: Outlet | None) -> str | None:
    return outlet.article.selectors.published if outlet else None


def _description(head: Head) -> str | None:
    for text in (
        structured.text_of(head.article.get("description")),
        head.meta.get("og:description"),
        head.meta.get("description"),
    ):
        if text and len(text) > 20:
            return text
    return None


def _canonical(tree: HtmlElement, head: Head, url: str) -> str | None:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            return _joined(url, element.get("href") or "")
    return _joined(url, head.meta["og:url"]) if "og:url" in head.meta else None


def _joined(url: str, href: str) -> str | None:
    try:
        joined = urljoin(url, href.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


_BYLINE = re.compile(
    r"\b(?:byline|by-line|author(?:-name|s)?|article-author|post-author|entry-author|c-author|writer)\b", re.IGNORECASE
)


def _authors(
    tree: HtmlElement, head: Head, outlet: Outlet | None, language: str | None, trace: list[Evidence]
) -> tuple[list[Author], list[str]]:
    own = {outlet.name.casefold(), outlet.id} if outlet else set()
    for name in ("og:site_name", "application-name"):
        if name in head.meta:
            own.add(head.meta[name].casefold())
    own |= {name.casefold() for name, _ in structured.named(head.article.get("publisher"), head.things)}
    sources: list[tuple[str, list[str]]] = []
    if outlet and outlet.article.selectors.authors:
        sources.append(("selector", [_text(one) for one in tree.cssselect(outlet.article.selectors.authors)]))
    sources.append(("JSON-LD", [name for name, _ in structured.named(head.article.get("author"), head.things)]))
    sources.append(
        (
            "meta",
            [
                head.meta[name]
                for name in (
                    "author",
                    "article:author",
                    "byl",
                    "dc.creator",
                    "parsely-author",
                    "sailthru.author",
                    "twitter:creator",
                )
                if name in head.meta
            ],
        )
    )
    sources.append(("page", _marked(tree)))
    credits: dict[str, None] = {}
    for thing in ("sourceOrganization", "creditText", "copyrightHolder"):
        for name, _ in structured.named(head.article.get(thing), head.things):
            credits.update(dict.fromkeys(bylines.people([name], language=language)[1]))
    authors: list[Author] = []
    for where, texts in sources:
        found, credited = bylines.people(
            [text for text in texts if text], language=language, outlet_names=frozenset(own)
        )
        credits.update(dict.fromkeys(credited))
        taken = bool(found) and not authors
        for author in found:
            trace.append(
                Evidence(
                    field="authors",
                    found=author.name,
                    where=where,
                    taken=taken,
                    note="" if taken else "another source was taken",
                )
            )
        if taken:
            authors = found
    for name in credits:
        trace.append(Evidence(field="credit", found=name, where="byline or structured data", taken=True))
    return authors, list(credits)


def _marked(tree: HtmlElement) -> list[str]:
    """Give the texts of elements that call themselves a byline: rel=author, itemprop=author, or such a class."""
    found: list[str] = []
    for element in tree.iter("a", "span", "div", "p", "address", "li"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        named = element.get("rel") == "author" or element.get("itemprop") == "author" or _BYLINE.search(marks)
        if named:
            text = _text(element)
            if 3 < len(text) < 100 and len(found) < 5:
                found.append(text)
    return found[:1]


def _text(element: Any) -> str:
    return _SPACE.sub(" ", element.text_content()).strip()


def _section(head: Head, tree: HtmlElement, outlet: Outlet | None) -> str | None:
    if outlet and outlet.article.selectors.section:
        for element in tree.cssselect(outlet.article.selectors.section):
            return _text(element) or None
    return structured.text_of(head.article.get("articleSection")) or head.meta.get("article:section") or None


def _tags(head: Head) -> tuple[str, ...]:
    words = head.article.get("keywords") or head.meta.get("news_keywords") or head.meta.get("keywords") or ""
    parts = [str(word) for word in words] if isinstance(words, list) else re.split(r"[,،;]", str(words))
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))[:50]


def _images(head: Head, url: str) -> tuple[Image, ...]:
    found: list[Image] = []
    raw = head.article.get("image")
    for one in raw if isinstance(raw, list) else [raw]:
        address = (
            structured.text_of(one.get("url") or one.get("contentUrl"))
            if isinstance(one, dict)
            else structured.text_of(one)
        )
        caption = structured.text_of(one.get("caption")) if isinstance(one, dict) else None
        if address and (joined := _joined(url, address)):
            found.append(Image(url=joined, caption=caption))
    if not found and (address := head.meta.get("og:image")) and (joined := _joined(url, address)):
        found.append(Image(url=joined))
    return tuple(dict.fromkeys(found))[:20]


def _paywalled(head: Head) -> bool:
    free = head.article.get("isAccessibleForFree")
    tier = head.meta.get("article:content_tier", "").lower()
    return free is False or str(free).lower() == "false" or tier in ("locked", "metered")
