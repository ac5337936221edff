"""Datelines: ``IDLIB, Syria (North Press) –`` is Idlib, SY, North Press. A grammar of pieces, not a list of forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newscrawl.item import Dateline, Evidence
from newscrawl.outlet import Outlet
from newscrawl.reading.agency import spelled
from newscrawl.reading.dateline.above import Above
from newscrawl.reading.dateline.agency_first import read_agency_first, read_outlet_first
from newscrawl.reading.dateline.credit import read_credit
from newscrawl.reading.dateline.east_asian import read_east_asian
from newscrawl.reading.dateline.explain import build
from newscrawl.reading.dateline.head import read_head
from newscrawl.reading.dateline.labels import is_picture_or_stamp
from newscrawl.reading.dateline.parts import Head, place_of
from newscrawl.reading.dateline.phrases import read_phrase

__all__ = ["credit_of", "parse", "stated"]

#: Longest dateline of a page's data that is believed to be one.
_LONGEST = 150

#: How many lines may stand above a dateline: bylines, dates, view counters.
_ABOVE = 6
#: What an East Asian dateline of the grammar's kind has; commas and full stops stand in every sentence.
_SPACED = re.compile(r"[（(【/:：|－—–-]|\s")
#: What begins a dateline in lower case: eThekwini, al-Bab.
_LOWER = re.compile(r"[a-z][A-Z]|(?:a[lrsdntz]|ash|el)[- ][A-Z]")
#: A paragraph below.
_TEXT = re.compile(r"\s*[^\n]{40}")
#: Signs that a few newsrooms have for others.
_SIGNS = str.maketrans("\\{}", "/()")
#: An agency's letters and a hyphen.
_HYPHENED = re.compile(r"[A-Z]{2,6}\s?[-–—]")
#: The end of a picture's caption.
_CAPTION = re.compile(
    r"(?:foto|photo|bild|image|credit|фото|صورة|تصوير|fotoğraf)s?(?: by| credit)?\s?[:/©].{3,60}$", re.IGNORECASE
)


def parse(
    text: str,
    *,
    title: str | None = None,
    url: str | None = None,
    outlet: Outlet | None = None,
    trace: list[Evidence] | None = None,
) -> Dateline | None:
    """Read the dateline at the head of a text, else the credit at its end, else give None; never raises.

    ``outlet`` decides what the text leaves open: its country between places of one name, its agency between agencies.
    ``title`` and ``url`` are taken for callers' convenience and hold nothing that a dateline needs today beyond the
    headline itself, which is skipped where it stands again above the text.
    """
    trace = [] if trace is None else trace
    found = _head(text, title, outlet, trace)
    return found if found is not None else credit_of(text, outlet=outlet, trace=trace)


def credit_of(text: str, *, outlet: Outlet | None = None, trace: list[Evidence] | None = None) -> Dateline | None:
    """Read the credit at the end of a text, or give None."""
    found = read_credit(text, outlet)
    if found is None:
        return None
    part, start, end, rule = found
    if (
        not part.sure and part.text not in (part.value, part.text.upper()) and part.text.isascii()
    ):  # api and Map are no API and MAP
        return None
    if trace is not None:
        trace.append(Evidence(field="credit", found=text[start:end], where=f"rule {rule}", taken=True, note=part.value))
    return Dateline(raw=text[start:end], span=(start, end), kind="credit", agency=part.value)


def stated(line: str, *, outlet: Outlet | None = None, trace: list[Evidence] | None = None) -> Dateline | None:
    """Read what a page's data call its dateline, in which the sentence and often the dash are missing.

    >>> getattr(stated("TRIPOLI, Lebanon (Reuters)"), "country", None), stated("Published on Monday")
    ('LB', None)
    """
    line = " ".join(line.split()).strip(" -–—:")
    trace = [] if trace is None else trace
    found = _head(f"{line} – The report of the day follows.", None, outlet, trace) if len(line) <= _LONGEST else None
    return replace(found, raw=line, span=(0, 0)) if found else None


def _head(text: str, title: str | None, outlet: Outlet | None, trace: list[Evidence]) -> Dateline | None:
    above = Above(title=(title or "").strip(), outlet=outlet)
    for start, line in _lines(text):
        end = start + len(line)
        last = text.find("\n", end) < 0
        if is_picture_or_stamp(line):
            continue
        head = _line(line, outlet, alone=last)
        if head is not None and not head.has("agency") and _CAPTION.search(line, max(0, len(line) - 80)):
            break
        if head is None and above.agency is not None:
            head = _after_agency(line)
        if head is None:
            if not above.takes(line, start, first=not text[:start].strip(), last=last):
                break
            continue
        if head.rule == "own line: place, country" and not _TEXT.match(text, end):  # an entry of a list
            break
        whole = head.has("place") and head.has("agency", sure=True)
        if above.named and not (whole or head.rule.startswith("own line: place")):
            break
        return _found(head, text, start, end, above, trace)
    if above.fallback is None:
        return None
    head, start = above.fallback
    return build(head, text, start, start + head.end, outlet, trace)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Give the first lines that say something, without the spaces around them, and where each starts."""
    position, given = 0, 0
    while position < min(len(text), 2000) and given < _ABOVE:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        if bare := line.strip():
            given += 1
            yield position + len(line) - len(line.lstrip()), bare
        position = end + 1


def _found(head: Head, text: str, start: int, end: int, above: Above, trace: list[Evidence]) -> Dateline:
    """Build the dateline of a line, with the agency that stands on a line above; the spaces before it are its own."""
    first = 0 if text[0] == " " and not text[:start].strip() else start
    if above.agency is not None and not head.has("agency"):
        head.parts.append(above.agency[0])
        first = above.agency[1]
    found = build(head, text, first, start + head.end, above.outlet, trace)
    return _better(text, end, head, above.outlet, trace) or found


def _begins_in_lower_case(line: str) -> bool:
    """Does the line begin as eThekwini and al-Bab do, or with an agency that writes itself so: dpa, ritzau, askanews?"""
    return _LOWER.match(line) is not None or bool(spelled(re.split(r"[\s,:/–—-]", line, maxsplit=1)[0]))


def _after_agency(line: str) -> Head | None:
    """Read ``Ramallah: A crossing ...`` below a line that is an agency's name."""
    name, sign, rest = line.partition(":")
    place = place_of(name.strip()) if sign and rest.strip() else None
    return Head(parts=[place], end=len(name) + 1, rule="agency line, place:") if place else None


def _better(text: str, end: int, head: Head, outlet: Outlet | None, trace: list[Evidence]) -> Dateline | None:
    """Prefer a dateline with an agency on the next line to a place that stands alone above it."""
    if head.has("agency") or not head.rule.startswith("own line"):
        return None
    following = re.compile(r"\s*([^\n]+)").match(text, end)
    if not following:
        return None
    second = _line(following[1].strip(), outlet, alone=False)
    if second is None or not second.has("agency") or not second.has("place"):
        return None
    return build(second, text, following.start(1), following.start(1) + second.end, outlet, trace)


def _line(line: str, outlet: Outlet | None, *, alone: bool) -> Head | None:
    """Read the dateline at the head of one line, by the grammar or by one of the turns of phrase that need none."""
    if len(line) < 3 or line[0] in "-–—•*|":  # an entry of a list or table
        return None
    if line[0].islower() and line[0].isascii() and not _begins_in_lower_case(line):
        return read_phrase(line, outlet) if ("(" in line[:50] and line[0].islower()) else None
    if ("/" in line[2:25] or _HYPHENED.search(line, 0, 10)) and (head := read_agency_first(line, outlet)):
        return head
    if line.startswith("خبرگزاری") and (head := read_phrase(line, outlet)):
        return head
    if line[0] == "{" or "\\" in line[:40]:
        line = line.translate(_SIGNS)  # BERLINO\\ aise\\ -, {Mosul: Some News}
    if line[0] > "⺀" or line[0] in "（【〔［([":
        head = read_east_asian(line, outlet)
        if head is not None:
            return None if alone and head.end >= len(line) else head
        if line[0] > "⺀" and not _SPACED.search(line, 0, 30):
            return None
    head = read_head(line, outlet)
    if head is not None and line[head.end :].lstrip()[:1] == "«" and not head.has("agency"):
        head = read_phrase(line, outlet) or head  # القاهرة: «الشرق الأوسط»
    if head is not None:
        return None if alone and head.end >= len(line) else head
    return read_outlet_first(line, outlet) or read_phrase(line, outlet)
