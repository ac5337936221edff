"""Who wrote it, as the page shows it: elements that call themselves bylines, lines beside the headline, names above the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from newscrawl.item import Author
from newscrawl.reading import bylines, smallprint, texts
from newscrawl.reading.bylines import Given
from newscrawl.reading.marks import Marks, marks_of
from newscrawl.reading.titles import key

_MARK = re.compile(
    r"\b(?:bylines?|by-line|authors?|writer|writers|written|auteurs?|autor|autore|autores|autorin|yazar|kunye|skribent|forfatter|periodista|journalist|reporter|redaktor|creator-name)\b",
    re.IGNORECASE,
)
#: Letters one of which stands in all of those: looking for them first is what makes the pattern cheap.
_LETTERS = re.compile(r"by[-_]?line|auth?or|aute|writ|yazar|kunye|skrib|forfatt|period|journal|report|redakt|creator")
#: Marks of what stands near a byline and is none: portraits, biographies, an author's calling, lists of others.
_NO_MARK = re.compile(
    r"comment|avatar|image|img|photo|picture|social|share|follow|\bbio\b|job|role|position|related", re.IGNORECASE
)
#: Boxes whose authors are others': of comments, of teasers, of other stories.
_OTHERS = re.compile(
    r"comment|related|sidebar|recommend|popular|most-read|teaser|latest|trending|newsletter|reviewed-by", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Addresses of authors' pages on news sites, in lower case.
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i|a)?|auteurs?|signataires?|by|profile|producers?|journalists?|yazarlar?|kose-yazarlari)/[^/?#]"
)
_NO_BYLINE = re.compile(r"powered by|published|posted on|updated|follow|share|about the author|read more|more from|login|sign in|full bio|view", re.IGNORECASE)  # fmt: skip
#: Marked elements that are looked at, and the longest text of one.
_MOST, _LONGEST = 12, 100


def read(
    tree: HtmlElement, marks: Marks, language: str | None, is_own: Callable[[str], bool]
) -> tuple[list[Author], list[str]]:
    """Read what the page shows: the first marked element that names people, an agency or the outlet itself, which ends it.

    Only names in bold above the text still count where the marked byline is the outlet's.
    """
    given: list[Given] = []
    for lines, declared in _candidates(tree, marks):
        given = [Given(text) for text in lines]
        authors, credits = bylines.read(given, language=language, is_own=is_own, declared=declared)
        if any(author.kind == "person" for author in authors):
            return authors, credits
        if authors or credits or any(is_own(text) or bylines.is_nobody(text) for text in lines):
            break
    else:
        authors, credits = [], []
    above = [Given(text) for text in _above_text(tree)]
    people, more = bylines.read(above, language=language, is_own=is_own)
    return people or authors, [*credits, *more]


def _candidates(tree: HtmlElement, marks: Marks) -> Iterator[tuple[list[str], bool]]:
    """Give what may be the byline, the best first: texts, and whether the element declares them as data."""
    yield from _marked(tree, marks)
    yield _beside_headline(tree), False


def _marked(tree: HtmlElement, marks: Marks) -> Iterator[tuple[list[str], bool]]:
    """Give the texts of each element that calls itself a byline, then of the first links to authors' pages.

    It has rel=author or itemprop=author, which is data (True), or such a class or id; of several boxes inside it each is a
    name of its own.
    """
    linked: list[str] = []
    box, number = None, 0
    named, stated = marks.those(_is_byline), marks.related | marks.stated
    for element in tree.iter(
        "a", "span", "div", "p", "address", "li", "ul", "cite", "h3", "h4", "h5", "h6", "strong", "em"
    ):
        declared = element in stated and _is_declared(element)
        if declared or element in named:
            text = texts.line(element)
            if 3 < len(text) < _LONGEST and not _NO_BYLINE.match(text) and not _is_others(element):
                parts = [texts.line(part) for part in element.iter("span", "a", "li") if len(part) == 0]
                yield [part for part in parts if len(part.split()) > 1] or [text], declared
                number += 1
                if number == _MOST:
                    break
        elif element.tag == "a" and len(linked) < 5 and _PROFILE.search((element.get("href") or "").lower()):
            text = texts.line(element)
            beside = box is None or element.getparent() is box
            if beside and 3 < len(text) < 60 and len(text.split()) in (2, 3, 4, 5) and not _is_others(element):
                box = element.getparent()
                linked.append(text)
    yield linked, False


def _is_declared(element: HtmlElement) -> bool:
    return "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author"


def _is_others(element: HtmlElement) -> bool:
    """Does the element stand in a box of comments, teasers or other stories?"""
    for steps, box in enumerate(element.iterancestors()):
        if box.tag in ("body", "article", "main") or steps > 6:
            return False
        if box.tag in ("nav", "footer") or _OTHERS.search(marks_of(box)):
            return True
    return False


@lru_cache(8192)
def _is_byline(marks: str) -> bool:
    if marks.isascii() and _LETTERS.search(marks.lower()) is None:
        return False
    words = _CAMEL.sub("-", marks.replace("_", "-")).split()
    return any(_MARK.search(word) is not None and _NO_MARK.search(word) is None for word in words)


def _beside_headline(tree: HtmlElement) -> list[str]:
    """Give a short line near the headline that begins as bylines do: with "By", "von", "بقلم" and a name."""
    for element in smallprint.around(tree):
        text = texts.line(element)
        if 6 < len(text) < 80 and bylines.begins(text):
            return [text]
    return []


def _above_text(tree: HtmlElement) -> list[str]:
    """Give the names that stand alone in bold right above the first paragraph, as papers set bylines without any mark."""
    before: HtmlElement | None = None
    for paragraph in tree.iter("p"):
        text = texts.line(paragraph)
        if len(text) > _LONGEST and not _is_others(paragraph):
            bold = list(before.iter("strong", "b")) if before is not None else []
            line = texts.line(before) if before is not None and bold else ""
            return [line] if bold and key(texts.line(bold[0])) == key(line) and bylines.names_alone(line) else []
        if text:
            before = paragraph
    return []
