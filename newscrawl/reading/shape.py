"""A page's shape before anything is pruned: what of it leads elsewhere, what is dated, what asks who is reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from newscrawl.item import Block
from newscrawl.reading import cards, prose, saying, smallprint, texts
from newscrawl.reading.titles import key

#: Words of a headline that says what happened; the names of sections and tags are shorter. With a date beside it, fewer.
_WORDS, _WORDS_DATED = 5, 2
_ENDS = (".", "!", "?", "…", "。", "؟", "۔", "।", "!", "?", "։", "።", "။")
_DENSE = re.compile("[぀-ヿ㐀-䶿一-鿿]")
#: What WordPress writes into the class of body on listings; on articles it writes "single".
_ARCHIVE = frozenset({"archive", "category", "tag", "search", "search-results", "author", "blog", "tax-post_tag"})
_LISTING = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"})
_QUERIES = frozenset({"s", "q", "query", "search", "keyword", "keywords", "suche", "recherche"})
#: Headlines that lead on, or article elements, or cards, from which a page is full of them; declared listings need fewer.
_HEADS, _ARTICLES, _CARDS, _DECLARED = 6, 5, 6, 2
#: Pages that are led to from a page without any text, from which it is a listing.
LEADS = 5
#: The longest paragraph of a listing, and the most text of its own.
_TEASER, _OWN = 400, 1000
#: Sentences of so many characters are more than the lines that say what a section is about.
_MUCH = 250


class Shape(NamedTuple):
    """What a page shows: its first h1, its longest paragraph, the letters of its cards if it is full of them, how many
    pages its headlines lead to, whether a date stands outside them, whether it declares itself a listing, and whether it has a
    field for a password or an address.
    """

    headline: str
    longest: int
    cards: str
    leads: int
    dated: bool
    declared: bool
    form: bool

    def is_listing(self, blocks: list[Block]) -> bool:
        """Does it show many headlines that lead elsewhere, and little text outside their cards?"""
        if not self.cards or (self.longest >= _TEASER and not self.declared):
            return False
        own = [block for block in blocks if key(block.text) not in self.cards]
        return sum(len(block.text) for block in own) < _OWN and not self._is_brief(own)

    def _is_brief(self, own: list[Block]) -> bool:
        """Does the page have a headline of its own, as long as those of articles are, and a sentence under it?"""
        words = len(self.headline.split()) + 2 * len(_DENSE.findall(self.headline)) // 3
        sentences = [block for block in own if _is_sentence(block.text)]
        least = _WORDS_DATED if self.dated else _WORDS
        much = len(sentences) > 1 or sum(len(block.text) for block in sentences) >= _MUCH
        return (words >= least and bool(sentences)) or (much and not self.declared)


def _is_sentence(text: str) -> bool:
    return len(text) + 2 * len(_DENSE.findall(text)) >= 60 and prose.ends(text)


def shape_of(tree: HtmlElement, url: str, kinds: tuple[str, ...]) -> Shape:
    """Measure a page; a page that declares an article is looked at for fields only."""
    heading = next(tree.iter("h1"), None)
    headline = texts.line(heading) if heading is not None else ""
    form = any(one.get("type") in ("password", "email") for one in tree.iter("input"))
    if is_article(kinds):
        return Shape(headline, 0, "", 0, True, False, form)
    longest = max((len(texts.whole(one).strip()) for one in tree.iter("p")), default=0)
    declared = _is_declared(tree, url, headline, kinds)
    if longest >= _TEASER and not declared:
        return Shape(headline, longest, "", 0, True, declared, form)
    boxes, full = _boxes(tree, url, declared)
    shown = " ".join(key(texts.whole(box)) for box in boxes if len(texts.whole(box)) < 2000) or " "
    leads = len(cards.leads(tree, url))
    return Shape(headline, longest, shown if full else "", leads, _is_dated(tree, boxes), declared, form)


def is_article(kinds: tuple[str, ...]) -> bool:
    """Does the page's data say that it is an article?"""
    return any(kind.endswith(("Article", "Posting")) for kind in kinds)


def _boxes(tree: HtmlElement, url: str, declared: bool) -> tuple[set[HtmlElement], bool]:
    """Give the boxes that lead to other pages of the site, and whether the page is full of them."""
    boxes: set[HtmlElement] = set()
    paths: set[str] = set()
    heads = 0
    for heading in tree.iter("h2", "h3", "h4"):
        path = _leads_to(heading, url)
        if path is not None:
            heads += 1
            paths.add(path)
            boxes.add(_entry(heading))
    for card, path in cards.cards(tree, url):
        boxes.add(card)
        paths.add(path)
    full = heads >= _HEADS or sum(1 for _ in tree.iter("article")) >= _ARTICLES or len(paths) >= _CARDS
    return boxes, full or (declared and len(paths) >= _DECLARED)


def _leads_to(heading: HtmlElement, url: str) -> str | None:
    parent = heading.getparent()
    link = parent if parent is not None and parent.tag == "a" else next(heading.iterdescendants("a"), None)
    return cards.target(link, url) if link is not None else None


def _entry(heading: HtmlElement) -> HtmlElement:
    """Give the box of a headline that leads on: its article or list item, else its parent."""
    for above, _ in zip(heading.iterancestors("article", "li"), range(1), strict=False):
        return above if next(above.iterdescendants("h1"), None) is None else heading
    parent = heading.getparent()
    return parent if parent is not None else heading


def _is_dated(tree: HtmlElement, boxes: set[HtmlElement]) -> bool:
    """Does a date stand on the page, outside the boxes that lead elsewhere?"""
    return any(not _inside(one, boxes) for one in tree.iter("time")) or any(
        not _inside(one, boxes) for one in _date_lines(tree)
    )


def _date_lines(tree: HtmlElement) -> Iterator[HtmlElement]:
    for one in smallprint.around(tree):
        text = texts.line(one)
        if len(text) < 60 and smallprint.is_date(text, 28):
            yield one


def _inside(element: HtmlElement, boxes: set[HtmlElement]) -> bool:
    return element in boxes or any(above in boxes for above in element.iterancestors())


def _is_declared(tree: HtmlElement, url: str, headline: str, kinds: tuple[str, ...]) -> bool:
    """Does the page say that it is a listing: by its data, its body's class, its address, or in words?"""
    if _LISTING & set(kinds):
        return True
    body = tree.find("body")
    marks = set((body.get("class") or "").lower().split()) if body is not None else set()
    if _ARCHIVE & marks and not any(mark.startswith(("single", "article", "post-template", "story")) for mark in marks):
        return True
    query = urlsplit(url).query
    if query and _QUERIES & set(parse_qs(query)):
        return True
    title = " ".join((next((one.text for one in tree.iter("title")), None) or "").split())
    return any(text and saying.head("search", text) for text in (headline, title))
