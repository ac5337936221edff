"""Live blogs: each entry's time, as the page's data or its time elements give it, goes before the entry's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawl.item import Block, Evidence
from newscrawl.reading import structured
from newscrawl.reading.dates import read_date
from newscrawl.reading.titles import key

#: A page with fewer entries than this is an article with a time in it.
LEAST = 3
#: Letters at its beginning by which an entry's text is known among the blocks.
_ENOUGH = 40
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b")


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


def shown(tree: HtmlElement, zone: ZoneInfo | None) -> tuple[Entry, ...]:
    """Give the entries that a page shows: boxes beside each other, of one kind, each with a time and a text."""
    boxes: dict[HtmlElement, list[HtmlElement]] = {}
    for element in tree.iter("time"):
        box = _box(element)
        if box is not None and (parent := box.getparent()) is not None:
            boxes.setdefault(parent, []).append(element)
    if not boxes:
        return ()
    times = max(boxes.values(), key=len)
    return tuple(_entries(times, zone)) if len(times) >= LEAST else ()


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
        if len(entry.first) >= _ENOUGH and block[:_ENOUGH] == entry.first[:_ENOUGH]:
            return number, False
    return None


def _box(element: HtmlElement) -> HtmlElement | None:
    """Climb from a time to the largest box that holds no other time."""
    here = element
    for above in element.iterancestors():
        if above.tag in ("body", "main", "html") or next(above.iter("h1"), None) is not None:
            return here
        if sum(1 for _ in above.iter("time")) > 1:
            return here
        here = above
    return None


def _entries(times: list[HtmlElement], zone: ZoneInfo | None) -> Iterator[Entry]:
    for element in times:
        box = _box(element)
        text = (
            next((one for one in box.iter("p") if len(one.text_content()) > _ENOUGH), None) if box is not None else None
        )
        written = " ".join(element.text_content().split())
        clock = _CLOCK.search(written)
        at = _utc(element.get("datetime") or "", zone) or (clock[0] if clock else None)
        if box is not None and text is not None and at is not None:
            head = next(box.iter("h2", "h3", "h4"), None)
            yield Entry(at, " ".join(head.text_content().split()) if head is not None else "", key(text.text_content()))


def _utc(raw: str, zone: ZoneInfo | None) -> str | None:
    when = read_date(raw, zone)
    return f"{when.at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if when is not None and when.has_time else None
