"""Dates that a page shows its readers: time elements, elements that call themselves a date, and lines that are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawl.reading import smallprint, texts
from newscrawl.reading.claims import Claim, about_of, claim_of
from newscrawl.reading.marks import Marks, marks_of

#: Letters one of which stands in all of those: looking for them first is what makes the pattern cheap.
_LETTERS = re.compile(r"date|time|publish|posted|tarih|datum|fecha")
_MARKED = re.compile(
    r"\b(?:dates?|time|published|posted|publish|entry-date|post-date|article-date|meta-date|tarih|datum|fecha)\b",
    re.IGNORECASE,
)
#: A publication date in the JSON of a script, perhaps in a string of its own, with escaped quotes.
_SCRIPTED = re.compile(
    r'"(?:date_?published|published_?(?:at|date|time|on)|publish_?(?:date|time)|publication_?date|pub_?date|deploy_?(?:dt|date))'
    r'\\*"\s*:\s*\\*"([^"\\<>]{8,40})\\*"',
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Marks of the article's own date, wherever it stands.
_OWN = re.compile(
    r"^(?!.*(?:related|comment|modified|updated)).*\b(?:single|article|entry|post)-(?:\w+-)?date\b", re.IGNORECASE
)
_PROPERTY = re.compile(r"(?i)\b(?:datepublished|datemodified|dc:date|dc:created|dcterms:created|pubdate)\b")
_NOT = re.compile(
    r"comment|related|sidebar|(?<!post-)(?<!entry-)(?<!article-)(?<!template-)footer|widget|modified|updated|most-read|popular",
    re.IGNORECASE,
)
_LONGEST_ALONE = 60
_BOXES = ("span", "div", "p")


def times_of(tree: HtmlElement, marks: Marks, zone: ZoneInfo | None) -> Iterator[Claim]:
    """Give the dates of time elements, hAtom's abbr, and what microdata or RDFa calls a date."""
    named: Iterator[HtmlElement] = tree.iter("time", "abbr")
    if marks.stated:
        named = (one for one in tree.iter("time", "abbr", *_BOXES) if one in marks.stated or one.tag not in _BOXES)
    for number, element in enumerate(filter(_is_time, named)):
        if number > 10:
            return
        prop = (element.get("itemprop") or "").lower()
        stated = element.get("datetime") or element.get("content") or element.get("title")
        near = _near(element)
        if (
            prop == "datemodified"
            or "updated" in near.lower()
            or (not prop and about_of(f"{_label(element)} {texts.whole(element)}") == "modified")
        ):
            yield from claim_of("modified", stated or texts.whole(element), "time", zone)
        elif not _NOT.search(near):
            yield from claim_of("published", stated or texts.whole(element), "time", zone)


def marked_dates(tree: HtmlElement, marks: Marks, zone: ZoneInfo | None) -> Iterator[Claim]:
    """Give dates written in elements that call themselves a date, near the head of the page."""
    seen = 0
    named = marks.those(_is_date) | {one for one in marks.stated if _is_date(one.get("itemprop") or "")}
    if not named:
        return
    for element in tree.iter("span", "div", "p", "li", "small", "em", "b", "a", "td"):
        if element not in named or len(element) > 4:
            continue
        if _NOT.search(_near(element)) and not _OWN.search(f"{marks_of(element)} {element.get('itemprop') or ''}"):
            continue
        text = texts.line(element)
        if 5 < len(text) < 120:
            yield from claim_of(about_of(f"{_label(element)} {text}"), text, "text", zone)
            seen += 1
        if seen > 5:
            return


def last_resort(tree: HtmlElement, source: str, *, zone: ZoneInfo | None) -> Iterator[Claim]:
    """Give the dates of a page that marks none: lines around the headline that are a date, and one that its scripts state.

    ``source`` is the page's text with its scripts; of several different dates in them none is believed.
    """
    for text in smallprint.dates(tree):
        yield from claim_of(about_of(text), text, "text", zone)
    alone = list(_alone(tree, zone))
    for about in ("published", "modified"):
        shown = [claim for claim in alone if claim.about == about]
        if len({claim.claim.at.date() for claim in shown}) == 1:
            yield shown[0]
    written = {found[1] for found in _SCRIPTED.finditer(source)}
    if len(written) == 1:
        yield from claim_of("published", written.pop(), "text", zone)


def _alone(tree: HtmlElement, zone: ZoneInfo | None) -> Iterator[Claim]:
    """Give the lines of the page that are a date and nothing else, but for those of comments, links and other stories."""
    for element in tree.iter("p", "span", "div", "small", "time", "td", "em", "i", "li", "h3", "h4", "h5", "h6"):
        text = (element.text or "") if len(element) == 0 else texts.short(element, _LONGEST_ALONE)
        parent = element.getparent()
        if not 7 < len(text) < _LONGEST_ALONE or parent is None or parent.tag == "a":
            continue
        if any(map(str.isdigit, text)) and not _NOT.search(_near(element)) and smallprint.is_date(text):
            yield from claim_of(about_of(f"{_label(element)} {text}"), text, "text", zone)


def _label(element: HtmlElement) -> str:
    """Give the words right before an element, which may say what its date is of; what holds numbers is a line of its own."""
    before, parent = element.getprevious(), element.getparent()
    text = (
        f"{texts.whole(before)} {before.tail or ''}"
        if before is not None
        else (parent.text if parent is not None else "")
    )
    return "" if not text or any(sign.isdigit() for sign in text) else text[-40:]


def _near(element: HtmlElement) -> str:
    """Give the classes around an element, which say whether a date is the article's or a related link's."""
    marks, here = [], element
    for _ in range(4):
        marks.append(marks_of(here))
        parent = here.getparent()
        if parent is None or parent.tag == "body":
            break
        here = parent
    return " ".join(marks)


def _is_time(element: HtmlElement) -> bool:
    """Is it a time element, hAtom's abbr, or one that microdata or RDFa (schema.org, Dublin Core) calls a date?"""
    if element.tag == "time":
        return True
    if element.tag == "abbr":
        return "published" in (element.get("class") or "")
    prop = element.get("itemprop") or element.get("property")
    return prop is not None and _PROPERTY.search(prop) is not None


@lru_cache(8192)
def _is_date(marks: str) -> bool:
    if marks.isascii() and _LETTERS.search(marks.lower()) is None:
        return False
    return _MARKED.search(_CAMEL.sub("-", marks.replace("_", "-"))) is not None
