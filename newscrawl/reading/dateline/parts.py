"""What the pieces of a dateline are: a place, a country or region, a date, an agency, a reporter, a label."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.words import MONTHS, fold

Kind = Literal["place", "area", "date", "year", "weekday", "agency", "person", "newsroom", "label"]

_WEEKDAYS = frozenset(
    fold(word)
    for word in [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
        "lunedì",
        "martedì",
        "mercoledì",
        "giovedì",
        "venerdì",
        "sabato",
        "domenica",
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "pazartesi",
        "salı",
        "çarşamba",
        "perşembe",
        "cuma",
        "cumartesi",
        "pazar",
        "понедельник",
        "вторник",
        "среда",
        "четверг",
        "пятница",
        "суббота",
        "воскресенье",
        "الاثنين",
        "الإثنين",
        "الثلاثاء",
        "الأربعاء",
        "الخميس",
        "الجمعة",
        "السبت",
        "الأحد",
        "دوشنبه",
        "سه\u200cشنبه",
        "چهارشنبه",
        "پنجشنبه",
        "جمعه",
        "شنبه",
        "یکشنبه",
    ]
)
NEWSROOMS = frozenset(
    fold(name)
    for name in (
        "Navenda Nûçeyan",
        "News Desk",
        "Newsroom",
        "News Room",
        "Web Desk",
        "Haber Merkezi",
        "مركز الأخبار",
        "مركز الاخبار",
        "ناوەندی هەواڵ",
        "Nûçe",
        "Headquarters",
    )
)
#: What a name of an outlet or agency that no registry knows looks like.
_OUTLET = re.compile(
    r"\b(?:TV|News|Press|Agency|Newswire|Wire|Media|Times|Post|Network|Radio|Ajans[ıi]?|Haber|Agencia|Agence|Agentur|Noticias|Nachrichten|Новости|Пресс|Агентство|Инфо|"
    r"FM|Online|Daily)\b|(?:^|\s)(?:وكالة|شبكة|نيوز|برس|قناة|تلفزيون|راديو|صحيفة|موقع|خبرگزاری|ئاژانسی|تیڤی)(?:\s|$)|^[\w-]+\.(?:com|net|org|co\.\w\w|[a-z]{2})(?:\.\w\w)?$",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(?:le |el |il |am |den |на )?(\d{1,2})(?:st|nd|rd|th|er|\.|º|-?ê|-?an|ی)?\s*(?:de |of |ی |ê )?\s*([^\W\d_][^\d,]*?)\.?(?:[\s,]+(?:de |del )?(\d{4}))?\s*(?:г\.?|року|года)?"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s*(\d{1,2})(?:st|nd|rd|th|\.)?(?:[\s,]+(\d{4}))?")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?\.?")
_PLACE_DATE = re.compile(r"(.*?[^\W\d_.])[\s,]+(\d{1,2}\.? ?[^\W\d_]+\.?(?: \d{4})?|[^\W\d_]+\.? \d{1,2})")


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


def date_of(text: str) -> str | None:
    """Read a day and month, with or without a year, as ``YYYY-MM-DD`` or ``--MM-DD``.

    >>> date_of("Feb 26"), date_of("22nd April 2026"), date_of("3 ديسمبر"), date_of("10 фев")
    ('--02-26', '2026-04-22', '--12-03', '--02-10')
    """
    plain = fold(text).strip(" .,،")
    if len(plain) > 40 or not any(letter.isdigit() for letter in plain):
        return None
    words = plain.split(None, 1)
    if len(words) == 2 and words[0].strip(",") in _WEEKDAYS:
        plain = words[1]
    if found := _DAY_FIRST.fullmatch(plain):
        return _iso(found[2], found[1], found[3])
    if found := _MONTH_FIRST.fullmatch(plain):
        return _iso(found[1], found[2], found[3])
    if (found := _NUMERIC.fullmatch(plain)) and found[3] and int(found[2]) <= 12:
        return _dated(found[3], int(found[2]), int(found[1]))
    return None


def _iso(month: str, day: str, year: str | None) -> str | None:
    number = MONTHS.get(month.strip(" .,"))
    return _dated(year, number, int(day)) if number else None


def _dated(year: str | None, month: int, day: int) -> str | None:
    if not 1 <= day <= 31 or (year and not 1900 <= int(year) <= 2100):
        return None
    return f"{year or '-'}-{month:02}-{day:02}"


def is_caps(text: str) -> bool:
    """Is every cased letter a capital, and are there two at least?"""
    cased = [letter for letter in text if letter.islower() or letter.isupper()]
    return len(cased) > 1 and all(letter.isupper() for letter in cased)


def is_cased(text: str) -> bool:
    """Does the text's script have capitals?"""
    return any(letter.islower() or letter.isupper() for letter in text)


def agency_of(text: str, outlet: Outlet | None, country: str | None = None) -> Part | None:
    """Read an agency that the registry knows."""
    found, _ = agency.choose(text, country=country, outlet=outlet)
    if found is None and outlet is not None and agency.is_own(text, outlet):
        return Part(kind="agency", text=text, value=outlet.agency or outlet.name, country=outlet.country)
    if found is None and "-" in text:
        head = text.split("-")[0].strip()
        found = agency.choose(head, country=country, outlet=outlet)[0] if is_caps(head) else None
    if found is None:
        first, _, rest = text.partition(" ")
        if rest and places.area(rest) and agency.spelled(first):
            return Part(kind="agency", text=text, value=text)
        return None
    name = found.name
    return Part(
        kind="agency", text=text, value=name, sure=not (found.ambiguous and len(text) <= 5), country=found.country
    )


def outlet_of(text: str, *, bracketed: bool) -> Part | None:
    """Read the name of an outlet or agency that the registry does not know, by its looks."""
    words = text.split()
    if not words or len(words) > 4 or len(text) > 40 or any(letter in text for letter in '“”"«»!?;'):
        return None
    if _OUTLET.search(text):
        return Part(kind="agency", text=text, value=_proper(text), sure=False)
    titled = all(word[0].isupper() or not is_cased(word) for word in words)
    if bracketed and titled and not text.isdigit() and len(text) > 1:
        return Part(kind="agency", text=text, value=text, sure=False)
    return None


def _proper(text: str) -> str:
    """Write an outlet's name as a name: AMED TV becomes Amed TV."""
    if not is_caps(text) or "." in text:
        return text
    return " ".join(word if len(word) <= 3 else word.capitalize() for word in text.split())


def place_of(text: str) -> Part | None:
    """Read a place that the gazetteer knows."""
    if not 1 < len(text) <= 40 or any(letter.isdigit() for letter in text) or not text.strip("'’.- "):
        return None
    first = text.lstrip("'’ʿ‘")[:1]
    if is_cased(first) and first.islower():
        return None
    return Part(kind="place", text=text, value=text) if places.rows(text) else None


def classify(text: str, *, outlet: Outlet | None, seen: list[Part], bracketed: bool, slashed: bool) -> list[Part]:
    """Tell what a piece is, given the pieces before it; an empty list when it is nothing that a dateline has."""
    text = text.strip(" \t.")
    if not text:
        return []
    placed = any(part.kind == "place" for part in seen)
    dated = any(part.kind == "date" for part in seen)
    if fold(text) in _WEEKDAYS:
        return [Part(kind="weekday", text=text, value=text)]
    if dated and re.fullmatch(r"\d{4}", text):
        return [Part(kind="year", text=text, value=text)]
    if date := date_of(text):
        return [Part(kind="date", text=text, value=date)]
    if fold(text) in NEWSROOMS:
        return [Part(kind="newsroom", text=text, value=text)]
    found = agency_of(text, outlet)
    if found and (bracketed or slashed or found.sure or placed or (outlet and outlet.agency == found.value)):
        return [replace(found, sure=True) if bracketed else found]
    if (placed and not bracketed) or (bracketed and places.area(text)):
        where = places.area(text)
        if where is not None:
            return [Part(kind="area", text=text, value=text, country=where.country)]
    if not bracketed and (place := place_of(text)):
        return [place]
    if (
        not bracketed
        and (split := _PLACE_DATE.fullmatch(text))
        and (date := date_of(split[2]))
        and (place := place_of(split[1]))
    ):
        return [place, Part(kind="date", text=split[2], value=date)]
    if unknown := outlet_of(text, bracketed=bracketed):
        return [unknown]
    if slashed and placed and len(text.split()) in (2, 3):
        return [Part(kind="person", text=text, value=text, sure=False)]
    if (
        not bracketed
        and not seen
        and is_caps(text)
        and len(text.split()) <= 4
        and len(text) > 2
        and not any(c.isdigit() for c in text)
    ):
        return [Part(kind="place", text=text, value=text, sure=False)]
    return []
