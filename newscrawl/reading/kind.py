"""Tells articles from what only looks like one: soft 404s, walls, listings and galleries."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawl.item import Block
from newscrawl.outlet import Outlet
from newscrawl.reading.language import guess, same
from newscrawl.reading.metadata import Metadata
from newscrawl.reading.refusal import NotAnArticle

_MISSING = re.compile(
    r"\b404\b|not found|page (?:can(?:not|'t) be|could not be|no longer|doesn.t) (?:found|available|exist)?|no longer (?:available|exists)|"
    r"seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|sayfa bulunamadı|страница не найдена|сторінку не знайдено|"
    r"الصفحة غير موجودة|لم يتم العثور|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد|پەڕەکە نەدۆزرایەوە|rûpel nehat dîtin|ページが見つかりません|页面不存在|找不到",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|please log in|anmelden|se connecter|iniciar sesión|giriş yap|войдите|تسجيل الدخول|ورود به سایت)\b",
    re.IGNORECASE,
)
_COOKIE = re.compile(
    r"\b(?:cookies?|consent|gdpr|datenschutz|privacy (?:settings|choices)|çerez|ملفات تعريف الارتباط)\b", re.IGNORECASE
)
_LISTING = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"})


def check(tree: HtmlElement, shape: Shape, metadata: Metadata, blocks: list[Block]) -> None:
    """Raise NotAnArticle when the page is none; what remains is one."""
    text = sum(len(block.text) for block in blocks)
    prose = sum(len(block.text) for block in blocks if block.kind in ("paragraph", "quote", "entry"))
    head = f"{metadata.title} {' '.join(metadata.headlines)}"
    article = any(kind.endswith(("Article", "Posting")) for kind in metadata.kinds)
    if text < 600 and (
        _MISSING.search(head) or (not article and any(_MISSING.search(block.text) for block in blocks[:3]))
    ):
        raise NotAnArticle("soft-404", metadata.title)
    if (
        text < 800
        and tree.find(".//input[@type='password']") is not None
        and _LOGIN.search(tree.text_content()[:20_000])
        and prose < 200
    ):
        raise NotAnArticle("login-wall", metadata.title)
    if not blocks:
        if len(list(tree.iter("img"))) >= 4:
            raise NotAnArticle("gallery", "pictures without a text")
        raise NotAnArticle("no-text", "no text was found")
    if (
        text < 2500
        and not article
        and sum(len(block.text) for block in blocks if _COOKIE.search(block.text)) * 2 > text
    ):
        raise NotAnArticle("cookie-wall", blocks[0].text[:80])
    dated = metadata.published is not None and metadata.published.source in ("json-ld", "meta", "time")
    if not article and (not dated or _LISTING & set(metadata.kinds)) and shape.is_listing(prose):
        raise NotAnArticle("section-page", metadata.title)


def check_language(metadata: Metadata, blocks: list[Block], outlet: Outlet | None) -> None:
    """Raise NotAnArticle ``wrong-language`` when the text is certainly in none of the languages that the seed names."""
    if outlet is None or "und" in outlet.languages:
        return
    seen = guess("\n".join(block.text for block in blocks))
    if seen is not None and not any(same(tag.split("-")[0], seen) for tag in outlet.languages):
        raise NotAnArticle("wrong-language", f"the text is {seen}, the seed says {' '.join(outlet.languages)}")


class Shape(NamedTuple):
    """What a page shows before anything is pruned: headlines that are links, article elements, its longest paragraph."""

    linked: int
    articles: int
    longest: int

    def is_listing(self, prose: int) -> bool:
        """Does it show many headlines that are links, and little prose of its own?"""
        many = self.linked >= 6 or self.articles >= 5
        return many and prose < 250 * max(self.linked, self.articles) and self.longest < 400


def shape_of(tree: HtmlElement) -> Shape:
    """Measure a page."""
    linked = sum(heading.find(".//a") is not None or _inside_link(heading) for heading in tree.iter("h2", "h3", "h4"))
    articles = sum(1 for _ in tree.iter("article"))
    longest = max((len(one.text_content().strip()) for one in tree.iter("p")), default=0)
    return Shape(linked, articles, longest)


def _inside_link(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "a"
