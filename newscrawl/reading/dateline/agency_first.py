"""Datelines that begin with an agency or outlet and a place behind a slash or hyphen: APA-Niamey, Tasnim/Ahvaz."""

from __future__ import annotations

import re
from dataclasses import replace

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.behind import large, length, starts
from newscrawl.reading.dateline.compound import area_after
from newscrawl.reading.dateline.parts import Head, agency_of, is_caps, is_outlet_s, outlet_of, place_of, region_of
from newscrawl.reading.places import rows

_ALONE = re.compile(r"([^/\n\d]{2,25})/\s?([^/\n\d]{3,20})")
_SLASH = re.compile(r"([^/\n(（\[]{2,20})/\s?([^\s/]{3,20})\s+(?=[^\s–—-])")
_HYPHEN = re.compile(
    r"([A-Z]{2,6})\s?[-–—]\s?([^\W\d_][\w’' -]{2,25}?)(?: \(([^)]{3,30})\))?(?:\s*[-–—:](?=\s)|\.-?(?=\s)|(?<=\))(?=\s|$))"
)
#: An outlet that no registry knows, and behind it a town in capitals, or a large one.
_UNKNOWN = re.compile(r"([^,/:–—\n-]{3,30}?)\s?[,/]\s?([^\W\d_][^,/:–—\n]{2,25}?)\s?(?:[:–—]+|--?)(?=\s)")


def read_agency_first(line: str, outlet: Outlet | None) -> Head | None:
    """Read ``APA-Niamey (Niger) –`` and ``ایسنا/خوزستان ...``, which the grammar would take for other things."""
    if (found := _ALONE.fullmatch(line)) and (part := agency_of(found[1], outlet)) and (place := place_of(found[2])):
        return Head(parts=[place, part], end=found.end(), rule="agency/place, own line")
    if found := _SLASH.match(line):
        part = agency_of(found[1], outlet)
        words = line[found.end() :].split(" ", 2)[:2]
        for name in (" ".join([found[2], *words[:more]]) for more in (2, 1, 0)):  # سیستان و بلوچستان has three words
            place = region_of(name) if part and part.sure else None
            if place and part:
                return Head(parts=[place, part], end=found.start(2) + len(name), rule="agency/place")
        return None
    if found := _HYPHEN.match(line):
        part, place = agency_of(found[1], outlet), place_of(found[2])
        where = area_after(found[3], [place], slashed=False) if place and found[3] else None
        parts = [one for one in (place, where, part) if one]
        return Head(parts=parts, end=found.end(), rule="AGENCY-place") if place and part else None
    return None


def read_outlet_first(line: str, outlet: Outlet | None) -> Head | None:
    """Read ``SomeOutlet, MAIDUGURI –`` and ``SomeOutlet/Maiduguri:`` by the outlet's looks and the town's size."""
    found = _UNKNOWN.match(line)
    if not found or not starts(line[found.end() :].lstrip()) or length(line[found.end() :]) < 4:
        return None
    place = place_of(found[2])
    known = agency_of(found[1], outlet) if place else None
    if place and known and any(row.place.country == known.country for row in rows(found[2])[:1]):
        return Head(parts=[place, replace(known, sure=True)], end=found.end(), rule="outlet, place -")
    part = outlet_of(found[1], bracketed=False) if place and is_outlet_s(found[1]) else None
    if not part or not place:
        return None
    if large(place, outlet) < (5_000 if is_caps(found[2]) else 50_000):
        return None
    return Head(parts=[place, part], end=found.end(), rule="outlet, place -")
