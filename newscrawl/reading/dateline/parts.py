"""What the pieces of a dateline are: a place, a country or region, a date, an agency, a reporter, a label."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.days import TIME, WEEKDAYS, date_of
from newscrawl.reading.dateline.labels import is_label
from newscrawl.reading.words import digits, fold

Kind = Literal["place", "area", "date", "year", "weekday", "agency", "person", "newsroom", "label"]

_NEWSROOMS = """Navenda Nûçeyan, News Desk, Newsroom, News Room, Web Desk, Haber Merkezi, مركز الأخبار, مركز الاخبار,
ناوەندی هەواڵ, Nûçe, Headquarters, Staff Reporter, Our Correspondent, Staff Correspondent, نامہ نگار,
نمائندہ خصوصی, وكالات, الوكالات, Agencies, Agencias, Agences, Agenturen, Ajanslar, Агентства, סוכנויות הידיעות,
סוכנויות, خبر ایجنسیاں, ایجنسیاں, एजेंसी, एजेंसियां, News Center, News Centre, Ajansên Nûçeyan"""
#: What stands in an agency's place and names none, folded.
NEWSROOMS = frozenset(fold(name) for name in re.split(r",\s+", _NEWSROOMS))
#: What a name of an outlet or agency that no registry knows looks like.
_OUTLET = re.compile(
    r"\b(?:TV|News|Watch|Monitor|Correspondent|Press|Agency|Newswire|Wire|Media|Times|Post|Network|Radio|Ajans[ıi]?|Haber|Agencia|Agence|Agentur|Noticias|Nachrichten|Новости|Пресс|Агентство|Инфо|Novosti|Notícias|Notizie|Agenzia|Agência|Nieuws|Haberleri|Medya|Médias|Medios|Diario|Journal|Observer|Tribune|Herald|Gazette|Today"
    r"FM|Online|Daily)\b|(?:^|\s)(?:وكالة|شبكة|نيوز|برس|ميديا|بوست|تايمز|قناة|تلفزيون|راديو|صحيفة|موقع|خبرگزاری|ئاژانسی|تیڤی)(?:\s|$)|(?-i:^[A-Z]{2,}[a-z]{3,}$)|^[\w-]+\.(?:com|net|org|co\.\w\w|[a-z]{2})(?:\.\w\w)?$",
    re.IGNORECASE,
)
#: Longest piece of a dateline, characters: both calendars of a Gulf agency with the place and the agency.
_LONGEST = 80
#: Longest without a number in it.
_LONGEST_NAME = 50
#: Most spaces in it: Agence Malienne de Presse et de Publicité.
_MOST_WORDS = 6
_DIGIT = re.compile(r"\d")
_PREFIX = re.compile(r"(?:[Кк]орр|[Кк]ор|Ред|Кар|Кор)\.\s+|(?:ИА|НИАТ|АМИТ|информагентство|агентство)\s+|(?:وكالة|خبرگزاری)\s+")


#: A month that no table has, of a date that nothing else could be: Waxabajjii 12, 2015.
_UNKNOWN_MONTH = re.compile(r"[^\W\d_]{3,12} \d{1,2}(?:, \d{4}| \d{4})")
#: Our own correspondent, in the languages whose papers begin so.
_REPORTERS = re.compile(r"संवाददाता|प्रतिनिधि|সংবাদদাতা|প্রতিনিধি|প্রতিবেদক|ప్రతినిధి|செய்தியாளர்|ಪ್ರತಿನಿಧಿ|ലേഖകൻ|પ્રતિનિધિ|ਪੱਤਰ ਪ੍ਰੇਰਕ|نامہ نگار|Mwandishi Wetu|Koresponden")
#: A scene that is no place: ABOARD THE PAPAL PLANE, ALONG THE IRAQ-SYRIA BORDER.
_SCENE = re.compile(r"(?:A BORD|ABOARD|À BORD|A BORDO|ALONG|AN BORD|AT SEA|NEAR|OFF|ON THE|ON BOARD|OVER|OUTSIDE|WITH|В БОРТ)\b\s*")
#: What stands before or behind a place's name and leaves it the same place for a reader far away.
_QUALIFIER = re.compile(
    r"^(?:(?:NEAR|OUTSIDE|OFF|INSIDE|OCCUPIED|RURAL|(?:NORTH|SOUTH|EAST|WEST)ERN|(?:NORTH|SOUTH)(?:EAST|WEST)ERN|CENTRAL|PRÈS DE|CERCA DE|PERTO DE|BEI)\s|"
    r"(?:ريف|شمال|جنوب|شرق|غرب|وسط|شمالي|جنوبي|شرقي|غربي|مخيم|مدينة|بلدة|قرية|محافظة|ولاية)\s)|"
    r"(?:\s(?:المحتلة|COUNTRYSIDE|PROVINCE|GOVERNORATE|REGION|CITY|OBLAST|STATE|DISTRICT|City|Province|District|Governorate|ili|İLİ))$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A classified piece: ``value`` is a canonical agency, a date in ISO form, or the text itself.

    ``sure`` is False where only the surroundings make it what it is: an unknown outlet, an unknown town.
    """

    kind: Kind
    text: str
    value: str
    sure: bool = True
    country: str | None = None
    area: places.Area | None = None


def is_caps(text: str) -> bool:
    """Is every cased letter a capital, and are there two at least?"""
    return text.isupper() and sum(map(str.isupper, text)) > 1


def is_cased(text: str) -> bool:
    """Is the text in a script whose names begin with a capital? Georgian has capitals that no name begins with."""
    return text.lower() != text.upper() and any((letter.islower() or letter.isupper()) and not "\u10d0" <= letter <= "\u10ff" for letter in text)


def agency_of(text: str, outlet: Outlet | None, country: str | None = None) -> Part | None:
    """Read an agency that the registry knows."""
    found, _ = agency.choose(text, country=country, outlet=outlet)
    if found is None and (prefix := _PREFIX.match(text)):
        named = text[prefix.end() :].strip('«»"“” ')
        found = next((one for name in (named, named.strip("«»"), named.split(" ")[0]) if (one := agency.choose(name, country=country, outlet=outlet)[0])), None)
    if found is None and text[:1] in "«“„\"":
        found, _ = agency.choose(text.strip('«»"“”„ '), country=country, outlet=outlet)
    if found is None and outlet is not None and agency.is_own(text, outlet):
        return Part(kind="agency", text=text, value=outlet.agency or outlet.name, country=outlet.country)
    if found is None and "-" in text:
        head = text.split("-")[0].strip()
        found = agency.choose(head, country=country, outlet=outlet)[0] if is_caps(head) else None
    if found is None:
        first, _, rest = text.partition(" ")
        if rest and any(area.region is None for area in places.areas(rest)) and agency.spelled(first):
            return Part(kind="agency", text=text, value=text)
        return None
    doubtful = bool(found.ambiguous) and (len(text) <= 5 or (found.ambiguous == "word" and " " not in text))
    return Part(kind="agency", text=text, value=found.name, sure=not doubtful, country=found.country)


def outlet_of(text: str, *, bracketed: bool) -> Part | None:
    """Read the name of an outlet or agency that the registry does not know, by its looks."""
    words = text.split()
    if (
        not words
        or len(words) > 4
        or len(text) > 40
        or is_label(text)
        or any(letter in text for letter in '“”"«»!?;()[]')
    ):
        return None
    if _OUTLET.search(text):
        host = re.search(r"\.([a-z]{2})$", text)
        country = host[1].upper() if host and host[1] not in ("tv", "co", "me", "io", "ai", "fm", "am", "cc") else None
        return Part(kind="agency", text=text, value=_proper(text), sure=False, country=country)
    titled = all(word[0].isupper() or not is_cased(word) for word in words)
    if bracketed and titled and not text.isdigit() and len(text) > 1 and not any(row.population > 100_000 for row in places.rows(text)):
        return Part(kind="agency", text=text, value=text, sure=False)
    return None


def is_outlet_s(text: str) -> bool:
    """Has the name a word that outlets and agencies are called by: News, Press, وكالة?"""
    return _OUTLET.search(text) is not None


def is_name(text: str) -> bool:
    """Could these one to three words, each with a capital, be a name?"""
    words = text.split()
    return 0 < len(words) <= 3 and all(is_cased(word) and word[0].isupper() for word in words) and len(text) > 2


def _proper(text: str) -> str:
    """Write an outlet's name as a name: AMED TV becomes Amed TV."""
    if not is_caps(text) or "." in text:
        return text
    return " ".join(word if len(word) <= 3 else word.capitalize() for word in text.split())


def place_of(text: str) -> Part | None:
    """Read a place that the gazetteer knows."""
    if not 1 < len(text) <= 40 or _DIGIT.search(text) or not text.strip("'’.- "):
        return None
    first = text.lstrip("'’ʿ‘")[:1]
    if is_cased(first) and first.islower():
        return None
    return Part(kind="place", text=text, value=text) if places.rows(text) else None


def region_of(text: str) -> Part | None:
    """Read a place that the gazetteer knows, or a region."""
    place = place_of(text)
    known = any(area.region for area in places.areas(text))
    return place or (Part(kind="place", text=text, value=text) if known else None)


def classify(text: str, *, outlet: Outlet | None, seen: list[Part], bracketed: bool, slashed: bool) -> list[Part]:
    """Tell what a piece is, given the pieces before it; an empty list when it is nothing that a dateline has."""
    whole, text = text.strip(), text.strip(" \t.")
    if not text:
        return []
    placed = any(part.kind == "place" for part in seen)
    dated = any(part.kind == "date" for part in seen)
    numbered = _DIGIT.search(text) is not None
    if len(text) > _LONGEST or (not numbered and (len(text) > _LONGEST_NAME or text.count(" ") > _MOST_WORDS)):
        return []
    plain = fold(text)
    if plain in WEEKDAYS and (seen or not _is_city(text)):  # Monday is душанбе in Tajik
        return [Part(kind="weekday", text=text, value=text)]
    if dated and re.fullmatch(r"\d{4}", text):
        return [Part(kind="year", text=text, value=digits(text))]
    if TIME.fullmatch(text):
        return [Part(kind="weekday", text=text, value=text)]
    if (date := date_of(text)) is not None:
        return [Part(kind="date", text=text, value=date)]
    if placed and not bracketed and _UNKNOWN_MONTH.fullmatch(text):
        return [Part(kind="date", text=text, value="")]
    if not bracketed and not seen and (found_word := _REPORTERS.search(text)) and (place := place_of(text[: found_word.start()].strip())):
        return [place, Part(kind="newsroom", text=text, value=text)]
    if (bracketed and placed and agency.is_staff(text)) or _REPORTERS.search(text):
        return [Part(kind="newsroom", text=text, value=text)]
    if plain in NEWSROOMS or (not seen and not bracketed and (scene := _SCENE.match(text)) and not place_of(text[scene.end() :])):
        return [Part(kind="newsroom", text=text, value=text)]
    if bracketed and all(part.kind in ("date", "year", "weekday") for part in seen) and (place := _bracketed_place(text, outlet)):
        return [place]
    if bracketed and (pair := _agency_and_date(text, outlet)):
        return pair
    if placed and not dated and not bracketed and (pair := _area_and_date(text, seen)):
        return pair
    where = area_after(text, seen, slashed=slashed) if placed else None
    if where is not None and not bracketed and not is_caps(text):  # Pa. is no PA Media
        return [where]
    found = agency_of(text, outlet)
    if found and (bracketed or slashed or found.sure or placed or (outlet and outlet.agency == found.value)):
        return [replace(found, sure=True) if bracketed else found]
    if where is not None and (not bracketed or len(text) > 3 or "/" in text):
        return [where]
    if bracketed and not placed and (area := places.area(text)):
        return [Part(kind="area", text=text, value=text, country=area.country, area=area)]
    if not bracketed and (place := place_of(text) or _around(text, seen)):
        return [place]
    if not bracketed and (found_all := _place_and_date(text, outlet)):
        return found_all
    if not bracketed and not seen and (pair := _place_and_agency(text, outlet)):
        return pair
    if not bracketed and not seen and not slashed and not is_cased(text) and 2 < len(text) <= 20 and len(text.split()) < 3 and not _DIGIT.search(text) and not is_label(text):
        return [Part(kind="place", text=text, value=text, sure=False)]
    if unknown := outlet_of(text, bracketed=bracketed):
        return [unknown]
    if not bracketed and not slashed and placed and not dated and _could_be_area(whole, seen[0]):
        return [Part(kind="area", text=text, value=text, sure=False)]
    if placed and dated and not bracketed and is_name(text):
        return [Part(kind="agency", text=text, value=text, sure=False)]
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
        and not _DIGIT.search(text)
    ):
        return [Part(kind="place", text=text, value=text, sure=False)]
    return []


def _bracketed_place(text: str, outlet: Outlet | None) -> Part | None:
    """Read ``(PORT SUDAN)`` and ``(Khartoum)``, where no agency is called so."""
    place = place_of(text)
    return place if place and (is_caps(text) or len(text) > 3) and agency_of(text, outlet) is None else None


def _is_city(text: str) -> bool:
    return any(row.population >= 500_000 for row in places.rows(text))


def _around(text: str, seen: list[Part]) -> Part | None:
    """Read ``NEAR KOBANI``, ``ريف إدلب``, ``القدس المحتلة`` and ``Baghdad city``; only in capitals is it sure."""
    if seen or not 4 < len(text) <= 45:
        return None
    bare = _QUALIFIER.sub("", text)
    place = place_of(bare) if bare != text else None
    if place is None or (is_cased(bare) and not is_caps(bare) and text[0].islower()):
        return None
    return replace(place, text=text, sure=is_caps(bare))


def area_after(text: str, seen: list[Part], *, slashed: bool) -> Part | None:
    """Read the country or region of the place before it.

    A region that is also a town is one only where the gazetteer has the place before it in that region, or knows no
    such place: ``Douma, Damascus`` are two towns, ``Nusaybin, Mardin`` a town and its province.
    """
    town = next(part for part in reversed(seen) if part.kind == "place")
    rows = places.rows(town.value)
    named = places.areas(text)
    towns = places.rows(text)
    named += tuple(
        places.Area(place.country, place.region)
        for place, _ in towns[:3]
        if place.country and place.region and places.fold_name(place.region) == places.fold_name(place.name)
    )
    if not named:
        return None
    around = {(row.place.country, row.place.region) for row in rows}
    for area in named:
        if (area.region is None and (len(text) > 4 or is_caps(text) or not rows or area.country in {c for c, _ in around})) or (not slashed and (area.country, area.region) in around):
            return Part(kind="area", text=text, value=text, country=area.country, area=area)
    if slashed or (towns and rows):
        return None
    countries = {country for country, _ in around}
    area = next((area for area in named if area.country in countries), named[0])
    return Part(kind="area", text=text, value=text, country=area.country, area=area)


def _could_be_area(text: str, town: Part) -> bool:
    """Could this be a region that no table has: ``Sin.``, ``Херсонская область``, ``محافظة كذا``, ``Some District``?"""
    if places.bare_region(text) != text:
        return len(text.split()) <= 4
    if town.sure and not is_caps(text) and is_name(text) and len(text.split()) <= 2:
        return True
    return re.fullmatch(r"[A-ZÀ-Ý][^\W\d_]{1,5}\.", text) is not None


def _agency_and_date(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``پژواک، ۲۱ حمل``, an agency and a date that share their brackets."""
    halves = re.split(r"\s*[,،/|;·–—-]\s+|\s+[/|]\s*", text, maxsplit=1)
    for name, when in (halves, halves[::-1]) if len(halves) == 2 else ():
        found = agency_of(name, outlet) or outlet_of(name, bracketed=True)
        date = date_of(when) if found else None
        if date is None and found and found.sure and not is_cased(when) and any(letter.isdigit() for letter in when):
            date = ""
        if found and date is not None:
            return [found, Part(kind="date", text=when, value=date)]
    return None


def _area_and_date(text: str, seen: list[Part]) -> list[Part] | None:
    """Read ``Kenya Apr 4`` behind a place: its country or region, and the date without a comma."""
    first = re.match(r"(.{3,30}?)\s+([^\W\d_]+\.? \d{1,2}\b.*|\d{1,2} .+)", text)
    date = date_of(first[2]) if first else None
    where = area_after(first[1], seen, slashed=False) if first and date is not None else None
    return [where, Part(kind="date", text=first[2], value=date)] if first and where and date is not None else None


def _place_and_agency(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``Helsinki STT``: a place and the agency without a sign between them."""
    name, _, where = text.partition(" ")
    if is_caps(name) and name[-1] != "." and (named := agency_of(name, outlet)) and (place := place_of(where)):
        return [replace(named, sure=True), place]
    where, _, name = text.rpartition(" ")
    named = agency_of(name, outlet) if where and len(name) > 1 and (is_caps(name) or not is_cased(name)) else None
    place = place_of(where) if named and named.sure else None
    return [place, named] if place and named else None


def _place_and_date(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``Khartoum May 4`` and ``غزة 5-3-2025 وفا``: a place and a date without a comma, and an agency behind them."""
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 14 or not _DIGIT.search(text):
        return None
    first = next(number for number, word in enumerate(words) if any(letter.isdigit() for letter in word))
    for cut in range(min(first, 4), 0, -1):
        named_so = " ".join(words[:cut]).strip(".")
        place = place_of(named_so) or _around(named_so, [])
        if place is None:
            continue
        for tail in (0, 1, 2):
            when = " ".join(words[cut : len(words) - tail])
            date = date_of(when)
            named = agency_of(" ".join(words[len(words) - tail :]), outlet) if tail else None
            if date is not None and (tail == 0 or named):
                dated = [place, Part(kind="date", text=when, value=date)]
                return [*dated, replace(named, sure=True)] if named else dated
    return None
