"""The last piece of a dateline that only a full stop ends: ``МОСКВА, 10 фев — РИА Новости. В ...``."""

from __future__ import annotations

import re

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.days import date_of
from newscrawl.reading.dateline.parts import Head, Part, agency_of, is_name, outlet_of, place_of, quoted_outlet

_STOPPED = re.compile(r"((?:[^.։\n]|\.(?=\w)){2,60})[.։](?=\s)")
#: REGNUM and a sentence, with nothing between them.
_LEADING = re.compile(r"\s*([A-ZА-ЯЁ][\w.]*[A-ZА-ЯЁ](?: [A-ZА-ЯЁ]{3,})?)\s+(?=[«\"]?[A-ZА-ЯЁ][а-яёa-z])")


def with_last(line: str, position: int, best: Head | None, head: Head, outlet: Outlet | None) -> Head | None:
    """Add what follows at ``position`` and ends with a full stop to what is a dateline, or a place and a date, already."""
    placed = best or (head if head.has("place", sure=True) and head.has("date") else None)
    if placed is None:
        return None
    found = _STOPPED.match(line, position)
    part = _part(found[1].strip(), placed, best, head, outlet) if found else None
    if found is None or part is None:
        return best
    return Head(parts=[*placed.parts, part], end=found.end(), rule="place, date - agency.")


def with_leading(line: str, best: Head, outlet: Outlet | None) -> Head:
    """Add an agency in capitals that a sentence follows without a sign: ``Москва, 12 ноября — REGNUM Мост ...``."""
    found = _LEADING.match(line, best.end) if best.has("date") and not best.has("agency") else None
    part = agency_of(found[1], outlet) if found else None
    if found is None or part is None or not part.sure:
        return best
    return Head(parts=[*best.parts, part], end=found.end(1), rule="place, date - AGENCY")


def _part(text: str, placed: Head, best: Head | None, head: Head, outlet: Outlet | None) -> Part | None:
    if placed.has("agency"):
        if not placed.has("place"):  # agency – Place.
            return place_of(text)
        date = date_of(text) if not placed.has("date") else None
        return Part(kind="date", text=text, value=date) if date else None
    looks = outlet_of(text, bracketed=False) if best and best.has("date") else None
    part = agency_of(text, outlet) or quoted_outlet(text) or looks
    if part is None and is_name(text) and head.has("agency", sure=True):  # РИА Новости, Иван Петров.
        part = head.parts[-1]
    return part
