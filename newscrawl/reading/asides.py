"""Boxes beside or inside a text that are told by their build, in any language: sign-up forms, labelled links, next articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from lxml.html import HtmlElement

from newscrawl.reading import cards, texts
from newscrawl.reading.titles import key

#: A sign-up box has at most this many characters; a paragraph of this many beside it shows that it stands in a text.
_BOX, _TEXT = 300, 80
#: The longest label before a link to another article ("Read also:"), and the shortest headline after it.
_LABEL, _HEADLINE = 30, 20
_ENDS = (":", "：", "|", "-", "–", "—", ">", "»", "→", "►", "▶", "•", "👉", "🔴", "⬅", "◄", "«")


def sign_ups(tree: HtmlElement) -> list[HtmlElement]:
    """Give small boxes around a field for an e-mail address that stand beside paragraphs of a text."""
    found = []
    length, beside = cache(_length), cache(_holds_paragraph)
    for field in tree.iter("input"):
        if field.get("type") == "email" or "mail" in f"{field.get('name')} {field.get('placeholder')}".lower():
            box = _widest(field, length, beside)
            if box is not None:
                found.append(box)
    return found


def _widest(
    field: HtmlElement, length: Callable[[HtmlElement], int], beside: Callable[[HtmlElement], bool]
) -> HtmlElement | None:
    widest = None
    for box in field.iterancestors():
        parent = box.getparent()
        if (
            parent is None
            or box.tag == "body"
            or length(box) > _BOX
            or next(box.iterdescendants("h1"), None) is not None
        ):
            break
        if beside(parent):
            widest = box
    return widest


def _holds_paragraph(box: HtmlElement) -> bool:
    return any(one.tag == "p" and len(texts.whole(one)) > _TEXT for one in box)


def labelled(tree: HtmlElement, url: str) -> list[HtmlElement]:
    """Give paragraphs that are a short label and a link to another page of the site, and nothing else."""
    return [one for one in tree.iter("p") if _is_labelled(one, url)]


def _is_labelled(paragraph: HtmlElement, url: str) -> bool:
    links = list(paragraph.iter("a"))
    if len(links) != 1 or cards.target(links[0], url) is None:
        return False
    headline, whole = texts.line(links[0]), texts.line(paragraph)
    if len(headline) < _HEADLINE:
        return False
    label, _, rest = whole.partition(headline)
    label = label.strip()
    return 0 < len(label) <= _LABEL and label.endswith(_ENDS) and headline[-1] not in ".!?" and len(rest.strip()) <= 2


def next_articles(tree: HtmlElement, url: str) -> list[HtmlElement]:
    """Give the articles that some pages append to theirs: an article beside the one with the headline, with one of its own.

    The headline of its own is a second h1, or leads to another page of the site.
    """
    heading = next(tree.iter("h1"), None)
    first = next((one for one in heading.iterancestors("article")), None) if heading is not None else None
    if heading is None or first is None:
        return []
    found = []
    for article in first.itersiblings("article"):
        own = next(article.iter("h1", "h2", "h3"), None)
        if own is None or key(texts.whole(own)) == key(texts.whole(heading)):
            continue
        above = own.getparent()
        link = above if above is not None and above.tag == "a" else next(own.iterdescendants("a"), None)
        if own.tag == "h1" or (link is not None and cards.target(link, url) is not None):
            found.append(article)
    return found


def _length(element: HtmlElement) -> int:
    return len(texts.line(element))
