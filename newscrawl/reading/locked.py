"""Teasers: boxes that say that the rest of the article is for subscribers."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.reading import saying

#: A box that says so is no longer than this; one that opens over the page asks for an address, and locks nothing.
_NOTE = 400
#: Boxes around a word in bold that are looked at, too.
_ABOVE = 3
_OPENS = re.compile(r"modal|pop-?up|lightbox", re.IGNORECASE)
_BOXES = ("p", "div", "span", "strong", "h2", "h3", "h4", "section", "a", "b", "em")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "strong", "b", "svg", "img", "i"})


def notes(tree: HtmlElement) -> list[HtmlElement]:
    """Give the boxes, outside menus and footers and not hidden, that say that the rest is for subscribers.

    Each is as wide as it can be while nothing but a heading stands in it before the words.
    """
    found: dict[HtmlElement, None] = {}
    looked: set[HtmlElement] = set()
    for element in tree.iter(*_BOXES):
        if saying.hints("locked", _own(element)):
            for box in (element, *islice(element.iterancestors(*_BOXES), _ABOVE)):
                if box in looked:
                    break
                looked.add(box)
                text = " ".join(box.text_content().split())
                if len(text) > _NOTE:
                    break
                if saying.line("locked", text) and not any(map(_is_apart, (box, *box.iterancestors()))):
                    found[box] = None
    outer = {above for element in found for above in element.iterancestors()}
    return [_widest(element) for element in found if element not in outer]


def _own(element: HtmlElement) -> str:
    """Give the text that stands in an element itself, and in no other inside it."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _widest(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    while parent is not None and parent.tag not in ("body", "article", "main") and not _is_text_before(element):
        if len(parent.text_content()) > _NOTE:
            break
        element, parent = parent, parent.getparent()
    return element


def _is_text_before(element: HtmlElement) -> bool:
    parent = element.getparent()
    before = list(element.itersiblings(preceding=True))
    loose = (parent.text if parent is not None else "") or ""
    return bool(loose.strip()) or any(
        (one.text_content().strip() and one.tag not in _HEADINGS) or (one.tail or "").strip() for one in before
    )


def _is_apart(element: HtmlElement) -> bool:
    hidden = element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")
    marks = f"{element.get('class')} {element.get('id')}"
    return hidden or element.tag in ("nav", "footer", "li", "noscript") or _OPENS.search(marks) is not None
