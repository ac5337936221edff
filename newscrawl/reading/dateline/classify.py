"""What the pieces of a dateline are: a place, a country or region, a date, an agency, a reporter, a label."""

from __future__ import annotations

import re
from dataclasses import replace

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.behind import large
from newscrawl.reading.dateline.compound import (
    agency_and_date,
    agency_and_place,
    area_after,
    area_and_date,
    around,
    bracketed_place,
    could_be_area,
    date_and_agency,
    joined,
    place_and_agency,
    place_and_date,
)
from newscrawl.reading.dateline.days import COMMON_DAYS, TIME, WEEKDAYS, date_of
from newscrawl.reading.dateline.labels import REPORTERS, is_body, is_label
from newscrawl.reading.dateline.parts import (
    DIGIT,
    Part,
    agency_of,
    is_acronym,
    is_caps,
    is_cased,
    is_name,
    outlet_of,
    place_of,
    quoted_outlet,
    region_of,
)
from newscrawl.reading.words import digits, fold

_NEWSROOMS = """Navenda Nûçeyan, News Desk, Newsroom, News Room, Web Desk, Haber Merkezi, مركز الأخبار, مركز الاخبار,
ناوەندی هەواڵ, Nûçe, Redacción Central, Redacción, Redacción Internacional, Rédaction, La Rédaction, Redação, Da Redação,
Redazione, Redaktion, Redaksi, Redakcja, Редакция, هيئة التحرير, Headquarters, Staff Reporter, Our Correspondent, Staff Correspondent, نامہ نگار,
نمائندہ خصوصی, وكالات, الوكالات, Agencies, Agencias, Agences, Agenturen, Ajanslar, Агентства, סוכנויות הידיעות,
סוכנויות, خبر ایجنسیاں, ایجنسیاں, एजेंसी, एजेंसियां, News Center, News Centre, Ajansên Nûçeyan"""
#: What stands in an agency's place and names none, folded.
NEWSROOMS = frozenset(fold(name) for name in re.split(r",\s+", _NEWSROOMS))
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
    if not text:
        return []
    placed = any(part.kind == "place" for part in seen)
    dated = any(part.kind == "date" for part in seen)
    numbered = DIGIT.search(text) is not None
    if len(text) > _LONGEST or (not numbered and (len(text) > _LONGEST_NAME or text.count(" ") > _MOST_WORDS)):
        return []
    plain = fold(text)
    if (
        (bracketed or (placed and is_caps(text)))
        and agency.spelled(text)
        and (named := agency_of(text, outlet))
        and named.sure
    ):
        return [named]
    if plain in WEEKDAYS and (seen or not _is_city(text, plain)):  # Monday is душанбе in Tajik
        return [Part(kind="weekday", text=text, value=text)]
    if dated and re.fullmatch(r"\d{4}", text):
        return [Part(kind="year", text=text, value=digits(text))]
    if TIME.fullmatch(text):
        return [Part(kind="weekday", text=text, value=text)]
    if (date := date_of(text)) is not None:
        return [Part(kind="date", text=text, value=date)]
    if placed and not bracketed and _UNKNOWN_MONTH.fullmatch(text):
        return [Part(kind="date", text=text, value="")]
    if (
        not bracketed
        and not seen
        and (found_word := REPORTERS.search(text))
        and (signed := place_of(named := text[: found_word.start()].strip()) or agency_of(named, outlet))
    ):
        return [signed, Part(kind="newsroom", text=text, value=text)]
    if (
        bracketed and placed and (agency.is_staff(text) or (_INITIALS.fullmatch(text) and not agency_of(text, outlet)))
    ) or REPORTERS.search(text):
        return [Part(kind="newsroom", text=text, value=text)]
    if plain in NEWSROOMS or (
        not seen and not bracketed and (scene := _SCENE.match(text)) and not place_of(text[scene.end() :])
    ):
        return [Part(kind="newsroom", text=text, value=text)]
    if (
        bracketed
        and all(part.kind in ("date", "year", "weekday") for part in seen)
        and (place := bracketed_place(text, outlet))
    ):
        return [place]
    if bracketed and not seen and (pair := place_and_date(text, outlet)):  # (Bangkok, November 12, 2025) -
        return pair
    if bracketed and (pair := agency_and_date(text, outlet) or ([] if seen else agency_and_place(text, outlet))):
        return pair
    if placed and not dated and not bracketed and (pair := area_and_date(text, seen)):
        return pair
    where = area_after(text, seen, slashed=slashed) if placed else None
    if where is not None and not bracketed and not is_caps(text):  # Pa. is no PA Media
        return [where]
    found = agency_of(text, outlet)
    if (
        found
        and placed
        and is_body(text)
        and found.country not in {row.place.country for row in places.rows(seen[0].value)}
    ):
        return []  # Ankara (AKP) is not Cambodia's agency
    if found and (bracketed or slashed or found.sure or placed or (outlet and outlet.agency == found.value)):
        return [replace(found, sure=True) if bracketed else found]
    if where is not None and (not bracketed or len(text) > 3 or "/" in text):
        return [where]
    if bracketed and not placed and (area := places.area(text)):
        return [Part(kind="area", text=text, value=text, country=area.country, area=area)]
    if not bracketed and (
        place := place_of(text) or around(text, seen) or (region_of(text) if is_caps(text) and not seen else None)
    ):
        return [place]
    if not bracketed and (found_all := place_and_date(text, outlet) or joined(text, seen)):
        return found_all
    if placed and not bracketed and (pair := date_and_agency(text, outlet)):
        return pair
    if not bracketed and not seen and (pair := place_and_agency(text, outlet)):
        return pair
    if (
        not bracketed
        and not seen
        and not slashed
        and not is_cased(text)
        and 2 < len(text) <= 20
        and len(text.split()) < 3
        and not DIGIT.search(text)
        and not is_label(text)
    ):
        return [Part(kind="place", text=text, value=text, sure=False)]
    if unknown := outlet_of(text, bracketed=bracketed or (enclosed and placed and " " not in text)) or (
        quoted_outlet(text) if dated else None
    ):
        return [unknown]
    if not bracketed and not slashed and placed and not dated and could_be_area(whole, seen[0]):
        return [Part(kind="area", text=text, value=text, sure=False)]
    if placed and dated and not bracketed and is_name(text):
        return [Part(kind="agency", text=text, value=text, sure=False)]
    if (
        placed
        and not bracketed
        and (
            (is_acronym(text) and not is_body(text) and large(seen[0], outlet) >= 20_000)
            or (dated and text[0] in '«“"„')
        )
    ):
        return [Part(kind="agency", text=text, value=text.strip('«»“”„"'), sure=False)]
    if slashed and placed and len(text.split()) in (2, 3):
        return [Part(kind="person", text=text, value=text, sure=False)]
    if slashed and placed and len(text) > 2 and " " not in text and not is_cased(text):
        return [Part(kind="agency", text=text, value=text, sure=False)]
    if (
        not bracketed
        and not seen
        and is_caps(text)
        and len(text.split()) <= 4
        and len(text) > 2
        and not DIGIT.search(text)
    ):
        return [Part(kind="place", text=text, value=text, sure=False)]
    return []


def _is_city(text: str, plain: str) -> bool:
    """Is this a town before it is a day of the week: Dushanbe is Monday in Tajik, Lindi in Mauritius?"""
    return any(row.population >= (500_000 if plain in COMMON_DAYS else 50_000) for row in places.rows(text))
