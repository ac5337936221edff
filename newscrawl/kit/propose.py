"""From what was seen of a site to a seed: each key with its evidence, and what could not be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import html

from newscrawl.item import Article, Page
from newscrawl.kit import zones
from newscrawl.kit.clues import Clue, menu_of, pattern, sources
from newscrawl.kit.look import Looked, Miss
from newscrawl.outlet import host_of
from newscrawl.reading import NotAnArticle, agency, extract, structured
from newscrawl.reading.language import guess, tag_of
from newscrawl.reading.metadata import Head, read_head
from newscrawl.reading.titles import key
from newscrawl.reading.tree import parse

#: What home pages are called, beside the outlet's name.
_WELCOME = frozenset(
    {
        "home", "homepage", "home page", "news", "latest news", "الرئيسية", "الصفحة الرئيسية", "أخبار", "الأخبار", "ana sayfa",
        "anasayfa", "haberler", "inicio", "portada", "noticias", "accueil", "actualités", "início", "startseite", "главная",
        "новости", "головна", "новини", "صفحه اصلی", "خانه", "سەرەکی", "سەرەتا", "destpêk", "beranda", "trang chủ",
        "首页", "首頁", "ホーム", "홈", "होम",
    }
)  # fmt: skip
_GLUE = re.compile(r"\s+[|\-–—·•»:]\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A seed in the making: ``country`` and ``id`` name its file; ``unknown`` says what a human must look up."""

    id: str
    country: str | None
    clues: tuple[Clue, ...]
    unknown: tuple[str, ...]
    read: tuple[tuple[Page, Article | None, str], ...] = field(default=())

    def value(self, name: str) -> Any:
        """Give the proposed value of a key, or None."""
        return next((clue.value for clue in self.clues if clue.key == name), None)


def propose(looked: Looked, country: str | None = None) -> Proposal:
    """Propose a seed; ``country`` is what the user knows better than the evidence."""
    tree = _tree(looked.home)
    head = read_head(tree)
    read = tuple(_read(page) for page in looked.articles if isinstance(page, Page))
    articles = [article for _, article, _ in read if article is not None]
    clues: list[Clue] = []
    unknown: list[str] = []
    name = _name(head, looked, read)
    clues.append(name)
    clues.append(Clue(key="homepage", value=looked.url, evidence="the address that answered"))
    clues.append(_languages(tree, looked.url, articles))
    place = _country(looked, articles, country)
    if place is None:
        unknown.append("country: the address has no country's ending and nothing else says it; give --country")
    zone = zones.told(looked.about.get("timezone_string")) or zones.of(
        place.value if place else None, _offsets(articles)
    )
    if zone is None:
        unknown.append("timezone: UTC is written until a human knows it")
    clues.append(Clue(key="timezone", value=zone[0] if zone else "UTC", evidence=zone[1] if zone else "not known"))
    clues.extend(_agency(looked, name.value, articles))
    clues.extend(sources(looked, menu_of(tree, looked), unknown))
    clues.extend(pattern(looked, tree, unknown))
    if not any(clue.key == "agency" for clue in clues):
        unknown.append("agency: neither the registry of agencies nor a dateline says that the outlet is one")
    unknown.append("region: no page says where the outlet sits")
    return Proposal(
        id=_id(looked.url),
        country=place.value if place else None,
        clues=tuple(clues),
        unknown=tuple(unknown),
        read=read,
    )


def _id(url: str) -> str:
    host = host_of(url)
    if re.fullmatch(r"[\d.]+(?::\d+)?", host):
        return re.sub(r"[.:]", "-", host)
    labels = [label for label in host.split(":")[0].split(".") if label not in ("www", "news", "m")]
    return re.sub(r"[^a-z0-9]+", "-", labels[0].lower()).strip("-") or "outlet"


def _read(page: Page) -> tuple[Page, Article | None, str]:
    try:
        return page, extract(page), ""
    except NotAnArticle as error:
        return page, None, error.reason


def _name(head: Head, looked: Looked, read: tuple[tuple[Page, Article | None, str], ...]) -> Clue:
    for thing in head.things:
        if thing.get("@type") in ("NewsMediaOrganization", "Organization", "WebSite") and isinstance(
            thing.get("name"), str
        ):
            return Clue(key="name", value=thing["name"].strip(), evidence=f"JSON-LD {thing['@type']} of the home page")
    if site := head.meta.get("og:site_name"):
        return Clue(key="name", value=site, evidence="og:site_name of the home page")
    if looked.about.get("name"):
        return Clue(key="name", value=looked.about["name"], evidence="the WordPress API")
    told: Counter[str] = Counter()
    for page, article, _ in read:
        if article is not None:
            inner = read_head(_tree(page))
            told.update({inner.meta[one] for one in ("og:site_name", "application-name") if one in inner.meta})
            told.update(name for name, _ in structured.named(inner.article.get("publisher"), inner.things))
            title = " ".join((_tree(page).findtext(".//title") or "").split())
            told.update(part for part in _GLUE.split(title)[1:] if key(part) not in key(article.title))
    if told:
        best, number = told.most_common(1)[0]
        return Clue(key="name", value=best, evidence=f"site name, publisher or title of {number} articles")
    title = " ".join((_tree(looked.home).findtext(".//title") or "").split())
    parts = [part for part in _GLUE.split(title) if part.lower() not in _WELCOME] or [""]
    host = key(host_of(looked.url).split(".")[0])
    likely = next((part for part in parts if key(part) and (key(part) in host or host in key(part))), parts[0])
    return Clue(key="name", value=likely or host_of(looked.url), evidence="title of the home page")


def _tree(page: Page | Miss) -> html.HtmlElement:
    """Parse a page; one that can't be read is an empty one here."""
    try:
        return parse(page, None)[0] if isinstance(page, Page) else html.document_fromstring("<html><body/></html>")
    except NotAnArticle:
        return html.document_fromstring("<html><body/></html>")


def _languages(tree: html.HtmlElement, url: str, articles: list[Article]) -> Clue:
    declared = tag_of(tree.getroottree().getroot().get("lang"))
    read = Counter(article.language for article in articles if article.language)
    others: list[str] = []
    for link in tree.iter("link"):
        same_site = host_of(urljoin(url, link.get("href") or "")) == host_of(url)
        if link.get("hreflang") not in (None, "x-default") and same_site and (tag := tag_of(link.get("hreflang"))):
            others.append(tag)
    found = dict.fromkeys([*(tag for tag, _ in read.most_common()), *([declared] if declared else []), *others])
    said = [f"articles read: {', '.join(f'{tag} {number}' for tag, number in read.items())}"] if read else []
    said += [f"html lang {declared}"] if declared else []
    said += [f"hreflang {', '.join(dict.fromkeys(others))}"] if others else []
    if not found and (seen := guess(" ".join(tree.text_content().split())[:5000])):
        return Clue(key="languages", value=[seen], evidence="the text of the home page")
    return Clue(key="languages", value=list(found) or ["und"], evidence="; ".join(said) or "nothing says it")


def _country(looked: Looked, articles: list[Article], known: str | None) -> Clue | None:
    if known:
        return Clue(key="country", value=known.upper(), evidence="given")
    host = host_of(looked.url).split(":")[0]
    registered = agency.of_domain(host)
    if registered is not None and registered.country:
        return Clue(key="country", value=registered.country, evidence=f"{registered.name} in the registry of agencies")
    ending = host.rsplit(".", 1)[-1]
    if zones.is_country(ending):
        return Clue(
            key="country", value={"uk": "GB"}.get(ending, ending.upper()), evidence=f"the address ends in .{ending}"
        )
    places = Counter(one.dateline.country for one in articles if one.dateline is not None and one.dateline.country)
    if places and places.most_common(1)[0][1] * 2 > len(articles):
        return Clue(key="country", value=places.most_common(1)[0][0], evidence="the datelines of the articles read")
    return None


def _offsets(articles: list[Article]) -> list[str]:
    """Give the offsets from UTC that pages state in their dates."""
    found = (re.search(r"[+-]\d\d:?\d\d$", one.published_raw or "") for one in articles)
    return [match[0] for match in found if match]


def _agency(looked: Looked, name: str, articles: list[Article]) -> Iterator[Clue]:
    registered = agency.of_domain(host_of(looked.url)) or agency.choose(name)[0]
    if registered is not None:
        yield Clue(key="agency", value=registered.name, evidence="the registry of agencies has its address or name")
        return
    named = Counter(one.dateline.agency for one in articles if one.dateline is not None and one.dateline.agency)
    for own, number in named.most_common(1):
        if number >= 2 and (key(own) in key(name) or key(name) in key(own)):
            yield Clue(key="agency", value=own, evidence=f"{number} of {len(articles)} datelines name it")


def declared(page: Page) -> dict[str, str]:
    """Give what a page's own metadata says, for showing beside what the reader made of it."""
    head = read_head(_tree(page))
    article, meta = head.article, head.meta
    found = {
        "title": article.get("headline") or meta.get("og:title"),
        "published_at": article.get("datePublished") or meta.get("article:published_time"),
        "modified_at": article.get("dateModified") or meta.get("article:modified_time"),
        "authors": article.get("author") or meta.get("author"),
        "language": article.get("inLanguage") or meta.get("og:locale"),
        "section": article.get("articleSection") or meta.get("article:section"),
        "standfirst": meta.get("og:description") or meta.get("description"),
    }
    return {name: _said(value) for name, value in found.items() if value}


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value)
    return str(value.get("name", value.get("@id", "")) if isinstance(value, dict) else value)
