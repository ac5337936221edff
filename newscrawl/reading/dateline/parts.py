"""What the pieces of a dateline are: a place, a country or region, a date, an agency, a reporter, a label."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.days import WEEKDAYS, date_of
from newscrawl.reading.dateline.labels import is_label
from newscrawl.reading.words import digits, fold

Kind = Literal["place", "area", "date", "year", "weekday", "agency", "person", "newsroom", "label"]

_NEWSROOMS = """Navenda Nûçeyan, News Desk, Newsroom, News Room, Web Desk, Haber Merkezi, مركز الأخبار, مركز الاخبار,
ناوەندی هەواڵ, Nûçe, Headquarters, Staff Reporter, Our Correspondent, Staff Correspondent, نامہ نگار,
نمائندہ خصوصی, News Center, News Centre, Ajansên Nûçeyan, Redacción, Redacción Central, Redacción Digital, Rédaction, La Rédaction,
Redação, Da Redação, Redazione, Redaktion, Редакция"""
#: What stands in an agency's place and names none, folded.
NEWSROOMS = frozenset(fold(name) for name in re.split(r",\s+", _NEWSROOMS))
#: What a name of an outlet or agency that no registry knows looks like.
_OUTLET = re.compile(
    r"\b(?:TV|News|Press|Agency|Newswire|Wire|Radio|Ajans[ıi]?|Agencia|Agence|Agentur|Noticias|Nachrichten|Новости|Пресс|Агентство|FM)\b|"
    r"(?:^|\s)(?:وكالة|شبكة|نيوز|برس|خبرگزاری|ئاژانسی|تیڤی)(?:\s|$)|^[\w-]+\.(?:com|net|org|co\.\w\w|[a-z]{2})(?:\.\w\w)?$",
    re.IGNORECASE,
)
#: Words that outlets are also called by, and that say so only beside a place or in brackets.
_OUTLET_BESIDE = re.compile(
    r"\b(?:Haber|Post|Times|Media|Daily|Online|Network|Tribune|Herald|Observer|Gazette|Chronicle|Standard|Star|Mail|Mirror|Monitor|Journal|Telegraph|Bulletin|Guardian|"
    r"Today|Nation|Dispatch|Info|Actu|Presse|Diario|Prensa|Jornal|Giornale|Zeitung|Gazetesi|Berita|Медиа|Ньюс|Правда|Газета|Инфо)\b"
    r"|(?:^|\s)(?:قناة|تلفزيون|راديو|صحيفة|موقع|ميديا|أونلاين|جريدة|مجلة|الإخبارية|الاخبارية|پرس|نیوز|خبر|न्यूज़|न्यूज|समाचार|संवाद|নিউজ|সংবাদ)(?:\s|$)",
    re.IGNORECASE,
)
#: What stands for several agencies at once, folded; canonical: agencies.
AGENCIES = frozenset(
    fold(name)
    for name in [
        "agencies",
        "news agencies",
        "وكالات",
        "الوكالات",
        "وكالات الأنباء",
        "خبرگزاری\u200cها",
        "ئاژانسەکان",
        "ajanslar",
        "agences",
        "agencias",
        "agências",
        "agenturen",
        "agenzie",
        "agentschappen",
        "агентства",
        "סוכנויות",
        "סוכנויות הידיעות",
        "ایجنسیاں",
        "ایجنسیز",
        "एजेंसी",
        "एजेंसियां",
        "এজেন্সি",
    ]
)
#: Longest piece of a dateline, characters: both calendars of a Gulf agency with the place and the agency.
_LONGEST = 80
#: Longest without a number in it.
_LONGEST_NAME = 50
_PREFIX = re.compile(
    r"(?:Корр|корр|кор|Ред)\.\s+|(?:ИА|НИАТ|NIAT|информагентство|агентство)\s+|(?:وكالة|خبرگزاری|آژانس)\s+"
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


def is_caps(text: str) -> bool:
    """Is every cased letter a capital, and are there two at least?"""
    cased = [letter for letter in text if letter.islower() or letter.isupper()]
    return len(cased) > 1 and all(letter.isupper() for letter in cased)


def is_cased(text: str) -> bool:
    """Is the text in a script whose names begin with a capital? Georgian has capitals that no name begins with."""
    return any((letter.islower() or letter.isupper()) and not "\u10d0" <= letter <= "\u10ff" for letter in text)


def agency_of(text: str, outlet: Outlet | None, country: str | None = None) -> Part | None:
    """Read an agency that the registry knows."""
    if fold(text) in AGENCIES:
        return Part(kind="agency", text=text, value="agencies")
    found, _ = agency.choose(text, country=country, outlet=outlet)
    if found is None and (prefix := _PREFIX.match(text)):
        found, _ = agency.choose(text[prefix.end() :].strip('«»"“” '), country=country, outlet=outlet)
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


def outlet_of(text: str, *, bracketed: bool, beside: bool = False) -> Part | None:
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
    if _OUTLET.search(text) or ((beside or bracketed) and _OUTLET_BESIDE.search(text)):
        return Part(kind="agency", text=text, value=_proper(text), sure=False)
    titled = all(word[0].isupper() or not is_cased(word) for word in words)
    if bracketed and titled and not text.isdigit() and len(text) > 1:
        return Part(kind="agency", text=text, value=text, sure=False)
    return None


def is_outlet_s(text: str) -> bool:
    """Has the name a word that outlets and agencies are called by: News, Press, وكالة?"""
    return _OUTLET.search(text) is not None or _OUTLET_BESIDE.search(text) is not None


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
    if not 1 < len(text) <= 40 or any(letter.isdigit() for letter in text) or not text.strip("'’.- "):
        return None
    first = text.lstrip("'’ʿ‘")[:1]
    if is_cased(first) and first.islower():
        return None
    return Part(kind="place", text=text, value=text) if places.rows(text) else None


def classify(text: str, *, outlet: Outlet | None, seen: list[Part], bracketed: bool, slashed: bool) -> list[Part]:
    """Tell what a piece is, given the pieces before it; an empty list when it is nothing that a dateline has."""
    text = text.strip(' \t.«»"“”„' if seen else " \t.")
    if not text:
        return []
    placed = any(part.kind == "place" for part in seen)
    dated = any(part.kind == "date" for part in seen)
    if len(text) > _LONGEST or (len(text) > _LONGEST_NAME and not any(letter.isdigit() for letter in text)):
        return []
    plain = fold(text)
    of = next((part.text for part in seen if part.kind == "place"), "")
    if plain in WEEKDAYS:
        return [Part(kind="weekday", text=text, value=text)]
    if dated and re.fullmatch(r"\d{4}", text):
        return [Part(kind="year", text=text, value=digits(text))]
    if (date := date_of(text)) is not None:
        return [Part(kind="date", text=text, value=date)]
    if plain in NEWSROOMS:
        return [Part(kind="newsroom", text=text, value=text)]
    if (
        bracketed
        and _only_dated(seen)
        and is_caps(text)
        and (place := place_of(text))
        and agency_of(text, outlet) is None
    ):
        return [place]
    if bracketed and (pair := _agency_and_date(text, outlet)):
        return pair
    if (
        placed and not slashed and not bracketed and not is_caps(text) and (where := places.area(text, of=of))
    ):  # Pa. is no PA Media
        return [Part(kind="area", text=text, value=text, country=where.country)]
    found = agency_of(text, outlet)
    if found and (bracketed or slashed or found.sure or placed or (outlet and outlet.agency == found.value)):
        return [replace(found, sure=True) if bracketed else found]
    if (placed and not bracketed) or (bracketed and places.area(text)):
        where = places.area(text, of=None if slashed and place_of(text) else of)
        if where is not None:
            return [Part(kind="area", text=text, value=text, country=where.country)]
    if not bracketed and (place := place_of(text)):
        return [place]
    if not bracketed and (
        found_all := _place_and_date(text, outlet) or (_date_and_agency(text, outlet) if placed else None)
    ):
        return found_all
    if placed and bracketed and re.fullmatch(r"[A-Z]{1,3}/R", text):  # a region of Ghana
        return [Part(kind="area", text=text, value=text)]
    if unknown := outlet_of(text, bracketed=bracketed, beside=placed):
        return [unknown]
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
        and not any(c.isdigit() for c in text)
    ):
        return [Part(kind="place", text=text, value=text, sure=False)]
    return []


def _agency_and_date(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``پژواک، ۲۱ حمل`` and ``MindaNews / 14 November``, an agency and a date that share their brackets."""
    for sign in (r"\s[-/|]\s", r"[,،]\s"):
        pieces = re.split(sign, text)
        name, rest = pieces[0].strip(), pieces[-1].strip() if sign[0] != "[" else text[len(pieces[0]) + 1 :].strip()
        if len(pieces) < 2 or (date := date_of(rest)) is None:
            continue
        if found := agency_of(name, outlet) or outlet_of(name, bracketed=True):
            return [replace(found, sure=True), Part(kind="date", text=rest, value=date)]
    return None


def _date_and_agency(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``20-11-2026 وفا``, a date with an agency behind it."""
    words = text.split()
    if len(words) < 2 or not words[0][0].isdigit():
        return None
    for tail in (1, 2):
        date = date_of(" ".join(words[:-tail]))
        named = agency_of(" ".join(words[-tail:]), outlet) if date else None
        if date and named:
            when = Part(kind="date", text=" ".join(words[:-tail]), value=date)
            return [when, replace(named, sure=True)]
    return None


def _only_dated(seen: list[Part]) -> bool:
    """Is what stands before at most a date, as in ``November 5, 2026 (PORT SUDAN) –``?"""
    return all(part.kind in ("date", "year", "weekday") for part in seen)


def _place_and_date(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``Khartoum May 4`` and ``غزة 5-3-2025 وفا``: a place and a date without a comma, and an agency behind them."""
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 14 or not any(letter.isdigit() for letter in text):
        return None
    first = next(number for number, word in enumerate(words) if any(letter.isdigit() for letter in word))
    for cut in range(min(first, 4), 0, -1):
        place = place_of(" ".join(words[:cut]).strip("."))
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
