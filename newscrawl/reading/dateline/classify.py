"""What the pieces of a dateline are: a place, a country or region, a date, an agency, a reporter, a label."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.brackets import (
    agency_and_date,
    agency_and_place,
    agency_and_reporter,
    bracketed_place,
    place_date_and_agency,
)
from newscrawl.reading.dateline.compound import (
    area_after,
    area_and_date,
    around,
    date_and_agency,
    date_and_place,
    joined,
    lies_in,
    place_and_agency,
    place_and_date,
)
from newscrawl.reading.dateline.days import TIME, date_of
from newscrawl.reading.dateline.labels import NEWSROOMS, is_body, reporter_at
from newscrawl.reading.dateline.names import is_reporter
from newscrawl.reading.dateline.parts import DIGIT, PARTICLES, Part, agency_of, is_caps, is_cased, place_of, region_of
from newscrawl.reading.dateline.unknown import Piece, read_unknown
from newscrawl.reading.dateline.weekdays import COMMON_DAYS, WEEKDAYS
from newscrawl.reading.words import digits, fold

#: Longest piece of a dateline, characters: both calendars of a Gulf agency with the place and the agency.
_LONGEST = 80
#: Longest without a number in it.
_LONGEST_NAME = 50
#: Most spaces in it: Agence Malienne de Presse et de Publicité.
_MOST_WORDS = 6
#: A month that no table has, of a date that nothing else could be: Waxabajjii 12, 2015.
_UNKNOWN_MONTH = re.compile(r"[^\W\d_]{3,12} \d{1,2}(?:, \d{4}| \d{4})")
#: How German papers sign: Kiel (red) -, Kiel (abc/hn) -.
_INITIALS = re.compile(r"[a-zäöü]{2,4}(?:/[a-zäöü]{2,4})?")
#: A day without its month, as Gujarati and Marathi papers write it: તા. 18.
_DAY = re.compile(r"(?:તા|ता|दि|दिनांक|ତା|তা)\.?\s?\d{1,2}")
#: Where a town lies, for readers abroad: on the Black Sea, near Lake Tana.
_ASIDE = re.compile(r"(?:on|in|near|off|along) (?:the )?[A-Z][\w' -]{3,30}")
#: A scene that is no place: ABOARD THE PAPAL PLANE, ALONG THE IRAQ-SYRIA BORDER.
_SCENE = re.compile(
    r"(?:A BORD|ABOARD|À BORD|A BORDO|ALONG|AN BORD|AT SEA|NEAR|OFF|ON THE|ON BOARD|OVER|OUTSIDE|WITH|В БОРТ)\b\s*"
)


def classify(
    text: str, *, outlet: Outlet | None, seen: list[Part], bracketed: bool, slashed: bool, enclosed: bool = False
) -> list[Part]:
    """Tell what a piece is, given the pieces before it; an empty list when it is nothing that a dateline has.

    ``slashed`` is a piece beside a slash, ``enclosed`` one between two.
    """
    whole, text = text.strip(), text.strip(" \t.")
    numbered = DIGIT.search(text) is not None
    if not text or len(text) > _LONGEST:
        return []
    if not numbered and (len(text) > _LONGEST_NAME or text.count(" ") > _MOST_WORDS):
        return []
    if not numbered and _is_clause(text) and not agency.spelled(text) and reporter_at(text) < 0:
        return []
    kinds = {part.kind for part in seen}
    piece = Piece(
        text=text, plain=fold(text), whole=whole, outlet=outlet, seen=seen, bracketed=bracketed, slashed=slashed, enclosed=enclosed,
        placed="place" in kinds, dated="date" in kinds,
    )  # fmt: skip
    return next((parts for read in _READERS if (parts := read(piece)) is not None), [])


def _is_clause(text: str) -> bool:
    """Is it too long for a name: three words and more with a small letter, or six where letters have no case?

    "The town said on Tuesday" and "قال مسؤولون في المدينة يوم الثلاثاء" are; particles don't count.
    """
    words = [word for word in text.split(" ") if word and word not in PARTICLES]
    return sum(word[0].islower() for word in words) > 2 or (len(words) > 5 and not is_cased(text))


def _spelled(piece: Piece) -> list[Part] | None:
    """Read an agency whose very name a table has before its words say anything else: (SHAN), (2 December News Agency)."""
    clear = piece.bracketed or (piece.placed and is_caps(piece.text))
    named = agency_of(piece.text, piece.outlet) if clear and agency.spelled(piece.text) else None
    return [named] if named and named.sure else None


def _time(piece: Piece) -> list[Part] | None:
    text, plain = piece.text, piece.plain
    if plain in WEEKDAYS and (piece.seen or not _is_city(text, plain)):  # Monday is душанбе in Tajik
        return [Part(kind="weekday", text=text, value=text)]
    if piece.placed and _DAY.fullmatch(text):
        return [Part(kind="weekday", text=text, value=text)]
    if piece.dated and re.fullmatch(r"\d{4}", text):
        return [Part(kind="year", text=text, value=digits(text))]
    if TIME.fullmatch(text):
        return [Part(kind="weekday", text=text, value=text)]
    if text[0].isdigit() and agency.spelled(text):  # 26سبتمبرنت, 24.hu
        return None
    if (date := date_of(text)) is not None:
        return [Part(kind="date", text=text, value=date)]
    if piece.placed and not piece.bracketed and _UNKNOWN_MONTH.fullmatch(text):
        return [Part(kind="date", text=text, value="")]
    return None


def _newsroom(piece: Piece) -> list[Part] | None:
    text = piece.text
    newsroom = Part(kind="newsroom", text=text, value=text)
    first = not piece.bracketed and not piece.seen
    reporter = reporter_at(text)
    if not piece.seen and reporter >= 0:
        named = text[:reporter].strip()
        signed = place_of(named) or (agency_of(named, piece.outlet) if len(named) > 2 else None)
        return [signed, newsroom] if signed else [newsroom]
    named_by = agency_of(text[:reporter].strip(), piece.outlet) if reporter > 3 else None
    if named_by is not None and piece.bracketed:  # (ЎзА мухбири)
        return [named_by]
    if reporter >= 0 or piece.plain in NEWSROOMS:
        return [newsroom]
    if piece.placed and not piece.bracketed and _ASIDE.fullmatch(text):
        return [Part(kind="weekday", text=text, value=text)]
    if piece.bracketed and piece.placed and is_reporter(text):
        return [newsroom]
    if piece.bracketed and piece.placed and (agency.is_staff(text) or _INITIALS.fullmatch(text)):
        if (own := agency_of(text, piece.outlet)) and own.country in _countries(piece.seen[0]) and text[0].isupper():
            return [replace(own, sure=True)]  # Quetta (Online)
        return None if agency_of(text, piece.outlet) and _INITIALS.fullmatch(text) else [newsroom]
    scene = _SCENE.match(text) if first else None
    return [newsroom] if scene and not place_of(text[scene.end() :]) else None


def _bracketed(piece: Piece) -> list[Part] | None:
    """Read what shares its brackets: a place, a place and a date, an agency and a date or a place."""
    if not piece.bracketed:
        return None
    dated = all(part.kind in ("date", "year", "weekday") for part in piece.seen)
    if dated or (
        piece.seen[0].sure and piece.seen[0].kind == "agency" and len(piece.seen) == 1 and len(piece.seen[0].text) > 3
    ):
        place = bracketed_place(piece.text, piece.outlet)
        if place:
            return [place]
    if not piece.seen and (whole := place_date_and_agency(piece.text, piece.outlet)):
        return whole
    if not piece.seen and (pair := place_and_date(piece.text, piece.outlet)):  # (Bangkok, November 12, 2025) -
        return pair
    pair = agency_and_place(piece.text, piece.outlet) if not piece.seen else []
    return pair or agency_and_date(piece.text, piece.outlet) or agency_and_reporter(piece.text, piece.outlet)


def _agency_or_area(piece: Piece) -> list[Part] | None:
    """Read an agency, or the country or region of the place before; some initials are both."""
    text, bracketed = piece.text, piece.bracketed
    if piece.placed and not piece.dated and not bracketed and (pair := area_and_date(text, piece.seen)):
        return pair
    where = area_after(text, piece.seen, slashed=piece.slashed) if piece.placed else None
    if where is not None and not bracketed and not is_caps(text):  # Pa. is no PA Media
        return [where]
    found = agency_of(text, piece.outlet)
    if where and found and len(text) <= 3 and found.country != where.country and lies_in(piece.seen[0], where.area):
        return [where]  # Belém (PA)
    if found and piece.placed and is_body(text) and found.country not in _countries(piece.seen[0]):
        return []  # Ankara (AKP) is not Cambodia's agency
    own = found is not None and piece.outlet is not None and piece.outlet.agency == found.value
    if found and (bracketed or piece.slashed or found.sure or piece.placed or own):
        return [replace(found, sure=True) if bracketed else found]
    if where is not None and (not bracketed or len(text) > 3 or "/" in text):
        return [where]
    area = places.area(text) if bracketed and not piece.placed else None
    return [Part(kind="area", text=text, value=text, country=area.country, area=area)] if area else None


def _place(piece: Piece) -> list[Part] | None:
    if piece.bracketed:
        return None
    text, seen, outlet = piece.text, piece.seen, piece.outlet
    place = place_of(text) or around(text, seen) or (region_of(text) if is_caps(text) and not seen else None)
    if place:
        return [place]
    pair = place_and_date(text, outlet) or joined(text, seen)
    if not pair and piece.placed:
        pair = date_and_agency(text, outlet) or []
    if not pair and not seen:
        pair = place_and_agency(text, outlet) or date_and_place(text) or []
    return pair or None


_READERS: tuple[Callable[[Piece], list[Part] | None], ...] = (
    _spelled, _time, _newsroom, _bracketed, _agency_or_area, _place, read_unknown,
)  # fmt: skip


def _countries(town: Part) -> set[str | None]:
    return {row.place.country for row in places.rows(town.value)}


def _is_city(text: str, plain: str) -> bool:
    """Is this a town before it is a day of the week: Dushanbe is Monday in Tajik, Lindi in Mauritius?"""
    return any(row.population >= (500_000 if plain in COMMON_DAYS else 50_000) for row in places.rows(text))
