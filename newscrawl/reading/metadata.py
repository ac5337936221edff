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
from newscrawl.reading import liveblog, structured, texts
from newscrawl.reading.authors import authors_of
from newscrawl.reading.claims import choose
from newscrawl.reading.date_sources import claims_of
from newscrawl.reading.language import language_of
from newscrawl.reading.marks import Marks
from newscrawl.reading.pictures import pictures
from newscrawl.reading.shown_dates import last_resort
from newscrawl.reading.titles import title_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """All fields but the text; ``headlines`` are all spellings of the title, by which its copies are known."""

    title: str = ""
    headlines: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    canonical_url: str | None = None
    authors: tuple[Author, ...] = ()
    credits: tuple[str, ...] = ()
    dateline: str | None = None
    published: DateClaim | None = None
    modified: DateClaim | None = None
    date_conflicts: tuple[DateClaim, ...] = ()
    language: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    paywalled: bool | None = None
    kinds: tuple[str, ...] = field(default=())
    entries: tuple[liveblog.Entry, ...] = ()


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
            label, text = name.strip().lower(), " ".join(unescape(content).split())
            if label == "author" and text not in meta.get(label, text):
                text = f"{meta.pop(label)}; {text}"  # one element an author, or the outlet's and then the reporter's
            meta.setdefault(label, text)
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
    source: str = "",
    marks: Marks | None = None,
) -> Metadata:
    """Read a parsed page's metadata; the tree is left as it is; ``source`` is the page's text with its scripts. Every finding goes to ``trace``, if there is one."""
    head = read_head(tree)
    trace = [] if trace is None else trace
    marks = marks or Marks(tree)
    title, headlines = title_of(tree, head.meta, head.article, outlet, hint, trace, url)
    language = language_of(tree, head.meta, head.article, outlet, title, trace)
    zone = ZoneInfo(outlet.timezone) if outlet else None
    claims = list(
        claims_of(
            tree, head.meta, head.article, url=url, hint=hint, zone=zone, selector=_published_selector(outlet),
            things=head.things, marks=marks,
        )
    )  # fmt: skip
    if all(one.about != "published" or one.claim.source == "url" for one in claims):
        claims += last_resort(tree, source, zone=zone)
    published, modified, conflicts = choose(claims, fetched_at + timedelta(days=1), trace)
    authors, credits = authors_of(tree, head.meta, head.things, head.article, outlet, language, url, marks, trace)
    return Metadata(
        title=title, headlines=headlines, descriptions=_descriptions(head), canonical_url=_canonical(tree, head, url),
        authors=tuple(authors), credits=tuple(credits), dateline=_dateline(head), published=published, modified=modified,
        date_conflicts=conflicts, language=language, section=_section(head, tree, outlet), tags=_tags(head, tree),
        images=pictures(tree, head.article, head.meta.get("og:image"), url), paywalled=_paywalled(head),
        kinds=tuple(kind for thing in head.things for kind in structured.kinds(thing)),
        entries=liveblog.declared(head.article) or liveblog.shown(tree, url, zone),
    )  # fmt: skip


def _dateline(head: Head) -> str | None:
    """Give what the page's data call its dateline."""
    stated = head.article.get("dateline")
    return stated if isinstance(stated, str) and stated.strip() else None


def _published_selector(outlet: Outlet | None) -> str | None:
    return outlet.article.selectors.published if outlet else None


def _descriptions(head: Head) -> tuple[str, ...]:
    """Give what the page says that it is about, each spelling once, JSON-LD's first."""
    told = (
        structured.text_of(head.article.get("description")),
        head.meta.get("og:description"),
        head.meta.get("description"),
        head.meta.get("twitter:description"),
    )
    return tuple(dict.fromkeys(text for text in told if text and len(text) > 20))


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


def _section(head: Head, tree: HtmlElement, outlet: Outlet | None) -> str | None:
    if outlet and outlet.article.selectors.section:
        for element in tree.cssselect(outlet.article.selectors.section):
            return texts.line(element) or None
    return structured.text_of(head.article.get("articleSection")) or head.meta.get("article:section") or None


def _tags(head: Head, tree: HtmlElement) -> tuple[str, ...]:
    """Give JSON-LD's keywords, those of the meta elements, or the links that say rel=tag (a microformat)."""
    words = head.article.get("keywords") or head.meta.get("news_keywords") or head.meta.get("keywords") or ""
    parts = [str(word) for word in words] if isinstance(words, list) else re.split(r"[,،;]", str(words))
    if not words:
        parts = [texts.line(link) for link in tree.iter("a") if "tag" in (link.get("rel") or "").split()]
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))[:50]


def _paywalled(head: Head) -> bool | None:
    """Is only a teaser shown, as the page's data states it? None where it states nothing; a part that is locked counts."""
    parts = head.article.get("hasPart")
    for thing in (head.article, *(parts if isinstance(parts, list) else [parts])):
        free = str(thing.get("isAccessibleForFree")).lower() if isinstance(thing, dict) else ""
        if free in ("true", "false"):
            return free == "false"
    tier = head.meta.get("article:content_tier", "").lower()
    return tier != "free" if tier in ("locked", "metered", "free") else None
