"""Live blogs: each entry's time, as the page's data or its time elements give it, goes before the entry's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawl.item import Block, Evidence
from newscrawl.reading import cards, structured, texts
from newscrawl.reading.dates import read_date
from newscrawl.reading.titles import key

#: A page with fewer entries than this is an article with a time in it.
LEAST = 3
#: A page with more times than this is a table of them.
_MOST = 2000
#: Letters at its beginning by which an entry's text is known among the blocks, and the fewest where its data has no more.
_ENOUGH, _FEWEST = 40, 15
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3])\s?[:.hH]\s?[0-5]\d\b")
_HOUR = re.compile(r"\s?[:.hH]\s?")
#: A line that is a clock, and perhaps a word such as "Uhr" or a zone beside it.
_CLOCK_LINE, _LONGEST_CLOCK = re.compile(rf"(?:[^\W\d]{{1,6}}\.?\s)?{_CLOCK.pattern}[^\d!?]*$"), 30


class Entry(NamedTuple):
    """An entry's time (ISO 8601 in UTC, or the clock as the page shows it), its headline, and its text's first letters."""

    at: str
    headline: str
    first: str


def declared(article: dict[str, Any]) -> tuple[Entry, ...]:
    """Give the entries that a LiveBlogPosting lists (schema.org ``liveBlogUpdate``)."""
    found = []
    updates = article.get("liveBlogUpdate")
    for one in updates if isinstance(updates, list) else []:
        at = _utc(structured.text_of(one.get("datePublished")) or "", None) if isinstance(one, dict) else None
        if at is not None:
            text = structured.text_of(one.get("articleBody")) or ""
            found.append(Entry(at, structured.text_of(one.get("headline")) or "", key(re.sub(r"<[^>]*>", " ", text))))
    return tuple(found)


def shown(tree: HtmlElement, url: str, zone: ZoneInfo | None) -> tuple[Entry, ...]:
    """Give the entries that a page shows: boxes beside each other, of one kind, each with a time and a text.

    A box whose headline leads to another page is a teaser, and no entry.
    """
    boxes: dict[tuple[HtmlElement, object], list[tuple[HtmlElement, HtmlElement]]] = {}
    for element in _times(tree):
        box = _box(element)
        parent = box.getparent() if box is not None else None
        if box is not None and parent is not None:
            boxes.setdefault((parent, box.tag), []).append((element, box))
    if not boxes:
        return ()
    found = max(boxes.values(), key=len)
    if not LEAST <= len(found) <= _MOST or any(_is_teaser(box, url) for _, box in found):
        return ()
    return tuple(_entries(found, zone))


def _times(tree: HtmlElement) -> list[HtmlElement]:
    """Give the time elements, or where the page has too few of them, the short lines that begin with a clock."""
    marked = list(tree.iter("time"))
    if len(marked) < LEAST:
        marked = [
            one for one in tree.iter("span", "div", "p", "b", "strong", "h3", "h4") if len(one) == 0 and _is_clock(one)
        ]
    return marked if len(marked) <= _MOST else []


def _is_clock(element: HtmlElement) -> bool:
    text = (element.text or "").strip()
    return 4 <= len(text) <= _LONGEST_CLOCK and _CLOCK_LINE.match(text) is not None


def _is_teaser(box: HtmlElement, url: str) -> bool:
    link = next((link for head in box.iter("h2", "h3", "h4") for link in head.iter("a")), None)
    there = cards.target(link, url) if link is not None else None
    return there is not None and not there.startswith(urlsplit(url).path.rstrip("/") + "/")


def place(entries: tuple[Entry, ...], blocks: list[Block], trace: list[Evidence]) -> list[Block]:
    """Put a block of kind ``entry``, its time and headline, before the text of every entry that the text keeps.

    An entry's headline among the blocks becomes part of it. Fewer than LEAST entries found are no live blog.
    """
    starts: dict[int, tuple[Entry, bool]] = {}
    letters = [key(block.text) for block in blocks]
    for entry in entries:
        found = _start(entry, letters)
        if found is not None and found[0] not in starts:
            starts[found[0]] = (entry, found[1])
    if len(starts) < LEAST:
        return blocks
    placed: list[Block] = []
    for number, block in enumerate(blocks):
        if number not in starts:
            placed.append(block)
            continue
        entry, is_headline = starts[number]
        if placed and len(placed[-1].text) <= _LONGEST_CLOCK and _CLOCK_LINE.match(placed[-1].text):
            placed.pop()  # the same time, as the page writes it
        placed.append(Block("entry", f"{entry.at} {block.text if is_headline else entry.headline}".strip()))
        if not is_headline:
            placed.append(block)
    trace.append(Evidence(field="body", found=f"{len(starts)} entries", where="live blog", taken=True))
    return placed


def _start(entry: Entry, letters: list[str]) -> tuple[int, bool] | None:
    """Find an entry's first block, and whether that is its headline."""
    headline = key(entry.headline)
    for number, block in enumerate(letters):
        if headline and block == headline:
            return number, True
    for number, block in enumerate(letters):
        if len(entry.first) >= _FEWEST and block.startswith(entry.first[:_ENOUGH]):
            return number, False
    return None


def _box(element: HtmlElement) -> HtmlElement | None:
    """Climb from a time to the largest box that holds no other time."""
    here = element
    for above in element.iterancestors():
        if above.tag in ("body", "main", "html") or next(above.iter("h1"), None) is not None:
            return here
        like = (one for one in above.iter(str(element.tag)) if one is not element and _is_like(one, element))
        if next(like, None) is not None:
            return here
        here = above
    return None


def _is_like(one: HtmlElement, element: HtmlElement) -> bool:
    return one.tag == "time" or (one.get("class") == element.get("class") and _is_clock(one))


def _entries(found: list[tuple[HtmlElement, HtmlElement]], zone: ZoneInfo | None) -> Iterator[Entry]:
    for element, box in found:
        text = next((one for one in box.iter("p") if len(texts.whole(one)) > _ENOUGH), None)
        if element.tag != "time" and text is not None and text in element.iterancestors():
            continue  # the text itself begins with its time
        written = texts.line(element)
        clock = _CLOCK.search(written)
        at = _utc(element.get("datetime") or "", zone) or (_written(clock[0]) if clock else None)
        if text is not None and at is not None:
            head = next((one for one in box.iter("h2", "h3", "h4") if one is not element), None)
            yield Entry(at, texts.line(head) if head is not None else "", key(texts.whole(text)))


def _written(clock: str) -> str:
    return _HOUR.sub(":", clock)


def _utc(raw: str, zone: ZoneInfo | None) -> str | None:
    when = read_date(raw, zone)
    return f"{when.at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if when is not None and when.has_time else None
