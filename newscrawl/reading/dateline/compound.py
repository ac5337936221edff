"""Pieces that are told by their company: a region by its town, and two facts that no sign separates."""

from __future__ import annotations

import re
from dataclasses import replace

from newscrawl.outlet import Outlet
from newscrawl.reading import places
from newscrawl.reading.dateline.days import date_of
from newscrawl.reading.dateline.parts import (
    DIGIT,
    Part,
    agency_of,
    is_caps,
    is_cased,
    is_name,
    place_of,
)

#: What stands before or behind a place's name and leaves it the same place for a reader far away.
_QUALIFIER = re.compile(
    r"^(?:ខេត្ត|រាជធានី|ក្រុង|ស្រុក|จังหวัด|ແຂວງ|ນະຄອນຫຼວງ)|^(?:(?:NEAR|OUTSIDE|OFF|INSIDE|OCCUPIED|RURAL|(?:NORTH|SOUTH|EAST|WEST)ERN|(?:NORTH|SOUTH)(?:EAST|WEST)ERN|CENTRAL|PRÈS DE|CERCA DE|PERTO DE|BEI)\s|"
    r"(?:ريف|شمال|جنوب|شرق|غرب|وسط|شمالي|جنوبي|شرقي|غربي|مخيم|مدينة|بلدة|قرية|محافظة|ولاية)\s)|"
    r"(?:\s(?:المحتلة|COUNTRYSIDE|PROVINCE|GOVERNORATE|REGION|CITY|OBLAST|STATE|DISTRICT|City|Province|District|Governorate|ili|İLİ))$"
)


#: What quarter of a country a town is in, as agencies tell readers abroad: Gdynia, northern Poland.
_QUARTER = re.compile(r"^(?:(?:north|south)?-?(?:north|south|east|west)(?:ern)?|central) (?=[A-Z])")
_AND = re.compile(r"\s(?:and|&|und|et|y|e|en|og|och|i|и|та|і|ve|û|dan|và|na|و)\s")


def around(text: str, seen: list[Part]) -> Part | None:
    """Read ``NEAR KOBANI``, ``ريف إدلب``, ``القدس المحتلة`` and ``Baghdad city``; only in capitals is it sure."""
    if seen or not 4 < len(text) <= 45:
        return None
    bare = _QUALIFIER.sub("", text)
    place = place_of(bare) if bare != text else None
    if place is None or (is_cased(bare) and not is_caps(bare) and text[0].islower()):
        return None
    return replace(
        place,
        text=text,
        sure=is_caps(bare)
        or text.endswith((" Province", " Governorate", " Oblast"))
        or "\u0e00" <= text[0] <= "\u17ff",
    )


def is_code(text: str) -> bool:
    """Are two letters those of a state? OK and DE are, De and Ok are words; Pa and Ga are how the wires shorten states."""
    return not text.isascii() or is_caps(text) or text in ("Pa", "Ga", "Va", "Vt", "Md", "Mo", "Ky", "La", "Ia", "Me")


def lies_in(town: Part, area: places.Area | None) -> bool:
    """Has the gazetteer a town of this name in the region?"""
    here = area is not None and area.region
    return bool(here) and any((row.place.country, row.place.region) == area for row in places.rows(town.value))


def area_after(text: str, seen: list[Part], *, slashed: bool) -> Part | None:
    """Read the country or region of the place before it.

    A region that is also a town is one only where the gazetteer has the place before it in that region, or knows no
    such place: ``Douma, Damascus`` are two towns, ``Nusaybin, Mardin`` a town and its province.
    """
    text = text if places.areas(text) else _QUARTER.sub("", text)
    town = next(part for part in reversed(seen) if part.kind == "place")
    rows = places.rows(town.value)
    named = places.areas(text) if is_code(text) or len(text) != 2 else ()
    towns = places.rows(text)
    named += tuple(
        places.Area(place.country, place.region)
        for place, *_ in towns[:3]
        if place.country and place.region and places.fold_name(place.region) == places.fold_name(place.name)
    )
    if not named:
        return None
    around = {(row.place.country, row.place.region) for row in rows}
    for area in named:
        if (
            area.region is None
            and (len(text) > 4 or is_caps(text) or not rows or area.country in {c for c, _ in around})
        ) or (not slashed and (area.country, area.region) in around):
            return Part(kind="area", text=text, value=text, country=area.country, area=area)
    if slashed or (towns and rows):
        return None
    countries = {country for country, _ in around}
    area = next((area for area in named if area.country in countries), named[0])
    return Part(kind="area", text=text, value=text, country=area.country, area=area)


def could_be_area(text: str, town: Part) -> bool:
    """Could this be a region that no table has: ``Sin.``, ``Херсонская область``, ``محافظة كذا``, ``Some District``?"""
    if places.bare_region(text) != text:
        return len(text.split()) <= 4
    if town.sure and not is_caps(text) and is_name(text) and len(text.split()) <= 2:
        return True
    return re.fullmatch(r"[A-ZÀ-Ý][^\W\d_]{1,5}\.", text) is not None


def joined(text: str, seen: list[Part]) -> list[Part]:
    """Read ``Kenya and GOMA`` behind NAIROBI, and ``Damascus and Beirut``: "and" in the languages of the wires."""
    halves = _AND.split(text)
    second = place_of(halves[1]) if len(halves) == 2 else None
    if second is None:
        return []
    placed = any(part.kind == "place" for part in seen)
    first = area_after(halves[0], seen, slashed=False) if placed else place_of(halves[0])
    return [first, second] if first else []


def area_and_date(text: str, seen: list[Part]) -> list[Part] | None:
    """Read ``Kenya Apr 4`` behind a place: its country or region, and the date without a comma."""
    first = re.match(r"(.{3,30}?)\s+([^\W\d_]+\.? \d{1,2}\b.*|\d{1,2} .+)", text)
    date = date_of(first[2]) if first else None
    where = area_after(first[1], seen, slashed=False) if first and date is not None else None
    return [where, Part(kind="date", text=first[2], value=date)] if first and where and date is not None else None


def place_and_agency(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``Helsinki STT``: a place and the agency without a sign between them."""
    name, _, where = text.partition(" ")
    if is_caps(name) and name[-1] != "." and (named := agency_of(name, outlet)) and (place := place_of(where)):
        return [replace(named, sure=True), place]
    where, _, name = text.rpartition(" ")
    named = agency_of(name, outlet) if where and len(name) > 1 and (is_caps(name) or not is_cased(name)) else None
    place = place_of(where) if named else None
    if place and named and not named.sure and places.rows(where)[0].place.country != named.country:
        return None
    return [place, named] if place and named else None


def date_and_agency(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``20-11-2026 وفا``, a date with an agency behind it."""
    words = text.split()
    if len(words) < 2 or not words[0][0].isdigit():
        return None
    for tail in (1, 2):
        date = date_of(" ".join(words[:-tail]))
        named = agency_of(" ".join(words[-tail:]), outlet) if date else None
        if date and named:
            return [Part(kind="date", text=" ".join(words[:-tail]), value=date), replace(named, sure=True)]
    return None


def date_and_place(text: str) -> list[Part] | None:
    """Read ``05.03.2024 Kraków``: a whole date in figures and a place without a sign between them."""
    when, _, where = text.partition(" ")
    date = date_of(when) if when[0].isdigit() else None
    place = place_of(where) if date and not date.startswith("-") else None
    return [Part(kind="date", text=when, value=date), place] if date and place else None


def place_and_date(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``Khartoum May 4`` and ``غزة 5-3-2025 وفا``: a place and a date without a comma, and an agency behind them."""
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 14 or not DIGIT.search(text):
        return None
    first = next(number for number, word in enumerate(words) if any(letter.isdigit() for letter in word))
    for cut in range(min(first, 4), 0, -1):
        named_so = " ".join(words[:cut]).strip(".")
        place = place_of(named_so) or around(named_so, [])
        if place is None:
            continue
        for tail in (1, 2, 0):
            when = " ".join(words[cut : len(words) - tail])
            date = date_of(when)
            named = agency_of(" ".join(words[len(words) - tail :]), outlet) if tail else None
            if date is not None and (tail == 0 or named):
                dated = [place, Part(kind="date", text=when, value=date)]
                return [*dated, replace(named, sure=True)] if named else dated
    return None
