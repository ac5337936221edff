"""The small print around a headline: lines that are a date, a byline, or both, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.reading import texts
from newscrawl.reading.dates import read_date
from newscrawl.reading.titles import key
from newscrawl.reading.words import MONTHS, fold

#: Elements after and before the headline among which its small print stands.
_AFTER, _BEFORE = 40, 15
_LONGEST = 90
#: Letters that may be left of a date line beside date, names and small words: a place, a time zone.
_LEFT = 14
_SMALL = re.compile(
    r"\b(?:by|von|par|por|di|de|door|af|av|and|und|et|y|e|published|updated?|posted|modified|created|last|on|at|stand|uhr|aktualisiert|veröffentlicht|publié|mis à jour|le|à|publicado|"
    r"actualizado|em|às|el|pubblicato|aggiornato|uppdaterad|publicerad|publisert|oppdatert|yayınlanma|güncelleme|giriş|tarihi|опубликовано|обновлено|입력|수정|기사입력|"
    r"a\.?m|p\.?m|[a-z]{2}t|gmt|utc|min|mins?|minutes?|read|ago)\b\.?|نشر|تحديث|آخر|بتاريخ|الساعة|تاريخ",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(r"\d{1,4}\s?[./:年月日\-–]\s?\d{1,2}|\b\d{1,2}:\d\d\b|\b(?:19|20)\d\d\b")
_NUMBERS = re.compile(r"[\d/:.,\-–|()\[\]年月日年오전후분시]+")
_TWO_WORDS = tuple(name for name in MONTHS if " " in name)
_BOXES = (
    "p",
    "div",
    "span",
    "li",
    "em",
    "strong",
    "b",
    "address",
    "small",
    "abbr",
    "i",
    "td",
    "a",
    "font",
    "h4",
    "h5",
    "h6",
)


def is_byline(text: str, names: list[str]) -> bool:
    """Is a line nothing but authors (as letters), a date, and the small words around them?"""
    letters = key(text)
    named = any(name in letters for name in names)
    dated = bool(_DATE_LIKE.search(text)) and (":" in text or read_date(text) is not None)
    if not (named or dated):
        return False
    left = _left(text) if dated else key(_SMALL.sub(" ", text))
    for name in names:
        left = left.replace(name, "")
    return len(left) <= (_LEFT if dated else 3)


def _left(text: str) -> str:
    """Give the letters of a dated line that are neither numbers, months nor small words."""
    folded = fold(_SMALL.sub(" ", _NUMBERS.sub(" ", text)))
    for name in _TWO_WORDS:
        folded = folded.replace(name, " ")
    return key("".join(word for word in folded.split() if word.strip(",.()،") not in MONTHS))


def around(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Give the boxes of text after the first h1, then those before it, nearest first, as far as small print stands."""
    heading = next(tree.iter("h1"), None)
    if heading is not None:
        yield from islice(_leaves(_following(heading)), _AFTER)
        yield from islice(_leaves(_preceding(heading)), _BEFORE)


def _leaves(elements: Iterator[HtmlElement]) -> Iterator[HtmlElement]:
    """Leave out what holds blocks of its own, and what holds no text."""
    for element in elements:
        if next(element.iterchildren("div", "p"), None) is None and texts.whole(element).strip():
            yield element


def _following(heading: HtmlElement) -> Iterator[HtmlElement]:
    for above in (heading, *heading.iterancestors()):
        for element in above.itersiblings():
            yield from element.iter(*_BOXES)


def _preceding(heading: HtmlElement) -> Iterator[HtmlElement]:
    for above in (heading, *heading.iterancestors()):
        for element in above.itersiblings(preceding=True):
            yield from reversed(list(element.iter(*_BOXES)))


def dates(tree: HtmlElement) -> Iterator[str]:
    """Give the lines around the headline that are a date, perhaps with its small words and a name beside it."""
    for element in around(tree):
        text = texts.line(element)
        if len(text) <= _LONGEST and is_date(text, 2 * _LEFT):
            yield text


def is_date(text: str, most: int = _LEFT) -> bool:
    """Is a line a date, and of other letters no more than its small words and ``most`` beside?"""
    dated = len(text) > 5 and any(sign.isdigit() for sign in text) and read_date(text) is not None
    return dated and len(_left(text)) <= most
