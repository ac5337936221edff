"""Teasers: boxes that say that the rest of the article is for subscribers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.reading import saying, texts

#: A box that says so is no longer than this, and no shorter; one that opens over the page asks for an address, and locks nothing.
_NOTE, _SHORTEST = 400, 8
#: Boxes around a word in bold that are looked at, too.
_ABOVE = 3
_OPENS = re.compile(r"modal|pop-?up|lightbox", re.IGNORECASE)
_BOXES = ("p", "div", "span", "strong", "h2", "h3", "h4", "section", "a", "b", "em")
_ELSEWHERE = frozenset({"nav", "footer", "li", "noscript"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "strong", "b", "svg", "img", "i"})


def notes(tree: HtmlElement) -> list[HtmlElement]:
    """Give the boxes, outside menus and footers and not hidden, that say that the rest is for subscribers.

    Each is as wide as it can be while nothing but a heading stands in it before the words.
    """
    found: dict[HtmlElement, None] = {}
    looked: set[HtmlElement] = set()
    says = cache(lambda text: saying.line("locked", text))  # a box around nothing but another says the same
    for element in _hinted(tree):
        if not any(map(_is_apart, (element, *element.iterancestors()))):
            for box in (element, *islice(element.iterancestors(*_BOXES), _ABOVE)):
                if box in looked:
                    break
                looked.add(box)
                text = texts.line(box)
                if len(text) > _NOTE:
                    break
                if len(text) >= _SHORTEST and says(text):
                    found[box] = None
    outer = {above for element in found for above in element.iterancestors()}
    return [_widest(element) for element in found if element not in outer]


def _hinted(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Give the elements in whose own text stands what may belong to such words; all texts are looked at in one search."""
    elements, texts = [], []
    for element in tree.iter(*_BOXES):
        own = element.text or ""  # the text that stands in an element itself, and in no other inside it
        if len(element):
            own += "".join([child.tail or "" for child in element])
        if own and not own.isspace() and (len(own) <= _NOTE or len(" ".join(own.split())) <= _NOTE):
            elements.append(element)
            texts.append(own)
    whole = "\0".join(texts).lower()
    signs = saying.hints("locked", whole)
    here = number = 0
    while signs is not None and here >= 0 and (hint := signs.search(whole, here)) is not None:
        number += whole.count("\0", here, hint.start())
        yield elements[number]
        here = whole.find("\0", hint.end())


def _widest(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    while parent is not None and parent.tag not in ("body", "article", "main") and not _is_text_before(element):
        if len(texts.whole(parent)) > _NOTE:
            break
        element, parent = parent, parent.getparent()
    return element


def _is_text_before(element: HtmlElement) -> bool:
    parent = element.getparent()
    before = list(element.itersiblings(preceding=True))
    loose = (parent.text if parent is not None else "") or ""
    return bool(loose.strip()) or any(
        (texts.whole(one).strip() and one.tag not in _HEADINGS) or (one.tail or "").strip() for one in before
    )


def _is_apart(element: HtmlElement) -> bool:
    if element.tag in _ELSEWHERE or element.get("hidden") is not None:
        return True
    style, marks = element.get("style"), (element.get("class"), element.get("id"))
    if style and "display:none" in style.replace(" ", ""):
        return True
    return any(mark and _OPENS.search(mark) for mark in marks)
