"""Tells articles from what only looks like one: soft 404s, walls, listings and galleries."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawl.item import Block
from newscrawl.outlet import Outlet
from newscrawl.reading import cards
from newscrawl.reading.language import guess, same
from newscrawl.reading.metadata import Metadata
from newscrawl.reading.refusal import NotAnArticle
from newscrawl.reading.titles import key

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
_ENDS = (".", "!", "?", "…", "。", "؟", "۔", "।", "!", "?", "։", "።")
#: Words of a headline that says what happened; the names of sections and tags are shorter.
_WORDS = 5
_DENSE = re.compile("[぀-ヿ㐀-䶿一-鿿]")
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
        if not article and shape.is_listing(blocks):
            raise NotAnArticle("section-page", metadata.title)
        if len(list(tree.iter("img"))) >= 4:
            raise NotAnArticle("gallery", "pictures without a text")
        raise NotAnArticle("no-text", "no text was found")
    if text < 200 and not prose_in(blocks):
        pictures = sum(1 for _ in tree.iter("img")) >= 4
        raise NotAnArticle("gallery" if pictures else "no-text", blocks[0].text)
    if (
        text < 2500
        and not article
        and sum(len(block.text) for block in blocks if _COOKIE.search(block.text)) * 2 > text
    ):
        raise NotAnArticle("cookie-wall", blocks[0].text[:80])
    dated = metadata.published is not None and metadata.published.source in ("json-ld", "meta", "time")
    if not article and (not dated or _LISTING & set(metadata.kinds)) and shape.is_listing(blocks):
        raise NotAnArticle("section-page", metadata.title)


def prose_in(blocks: list[Block]) -> bool:
    """Is there a sentence among the blocks, and not the words of a menu alone?"""
    return any(len(block.text) >= 40 or block.text.rstrip("\"'”»)").endswith(_ENDS) for block in blocks)


def check_language(metadata: Metadata, blocks: list[Block], outlet: Outlet | None) -> None:
    """Raise NotAnArticle ``wrong-language`` when the text is certainly in none of the languages that the seed names."""
    if outlet is None or "und" in outlet.languages:
        return
    seen = guess("\n".join(block.text for block in blocks))
    if seen is not None and not any(same(tag.split("-")[0], seen) for tag in outlet.languages):
        raise NotAnArticle("wrong-language", f"the text is {seen}, the seed says {' '.join(outlet.languages)}")


class Shape(NamedTuple):
    """What a page shows before anything is pruned: how many headlines lead to other pages of the site, how many
    article elements it has, its longest paragraph, the letters of all cards if there are many, and its first h1.
    """

    linked: int
    articles: int
    longest: int
    cards: str
    headline: str

    def is_listing(self, blocks: list[Block]) -> bool:
        """Does it show many headlines that lead elsewhere, and little text outside their cards?"""
        own = [block for block in blocks if key(block.text) not in self.cards]
        return (
            bool(self.cards)
            and self.longest < 400
            and sum(len(block.text) for block in own) < 1000
            and not self._is_brief(own)
        )

    def _is_brief(self, own: list[Block]) -> bool:
        """Does the page have a headline of its own, as long as those of articles are, and a sentence under it?"""
        words = len(self.headline.split()) + 2 * len(_DENSE.findall(self.headline)) // 3
        sentence = any(
            len(block.text) + 2 * len(_DENSE.findall(block.text)) >= 60 and block.text.rstrip("\"'”»)").endswith(_ENDS)
            for block in own
        )
        return words >= _WORDS and sentence


def shape_of(tree: HtmlElement, url: str) -> Shape:
    """Measure a page."""
    heads = [heading for heading in tree.iter("h2", "h3", "h4") if _leads_on(heading, url)]
    articles = sum(1 for _ in tree.iter("article"))
    longest = max((len(one.text_content().strip()) for one in tree.iter("p")), default=0)
    shown = ""
    if len(heads) >= 6 or articles >= 5:
        boxes = [box for heading in heads if (box := heading.getparent()) is not None] + [
            card for card, _ in cards.cards(tree, url)
        ]
        shown = " ".join(key(box.text_content()) for box in boxes if len(box.text_content()) < 2000) or " "
    heading = next(tree.iter("h1"), None)
    title = " ".join(heading.text_content().split()) if heading is not None else ""
    return Shape(len(heads), articles, longest, shown, title)


def _leads_on(heading: HtmlElement, url: str) -> bool:
    parent = heading.getparent()
    link = parent if parent is not None and parent.tag == "a" else heading.find(".//a")
    return link is not None and cards.target(link, url) is not None
