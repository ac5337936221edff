"""What one piece of a dateline can be by itself: an agency, an outlet that no registry knows, a place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.labels import is_body, is_label

Kind = Literal["place", "area", "date", "year", "weekday", "agency", "person", "newsroom", "label"]
#: What a name of an outlet or agency that no registry knows looks like.
_OUTLET = re.compile(
    r"\b(?:TV|News|Watch|Monitor|Correspondent|Press|Agency|Newswire|Wire|Media|Times|Post|Network|Radio|Ajans[ıi]?|Haber|Agencia|Agence|Agentur|Noticias|Nachrichten|Новости|Пресс|Агентство|Инфо|Novosti|Notícias|Notizie|Agenzia|Agência|Nieuws|Haberleri|Medya|Médias|Medios|Diario|Journal|Observer|Tribune|Herald|Gazette|Today"
    r"FM|Online|Daily)\b|(?:^|\s)(?:न्यूज़?|नेटवर्क|टाइम्स|समाचार|वृत्तसेवा|নিউজ|টাইমস|সংবাদ|ન્યૂઝ|ਨਿਊਜ਼|న్యూస్|செய்திகள்|ന്യൂസ്|ನ್ಯೂಸ್|وكالة|شبكة|نيوز|برس|ميديا|بوست|تايمز|قناة|تلفزيون|راديو|صحيفة|موقع|خبرگزاری|ئاژانسی|تیڤی)(?:\s|$)|(?-i:^[A-Z]{2,}[a-z]{3,}$|^(?!Mc|Mac|De|Di|Du|La|Le|Van|Fitz)[A-Z][a-z]+[A-Z]\w+$)|^[\w-]+\.(?:com|net|org|co\.\w\w|[a-z]{2})(?:\.\w\w)?$",
    re.IGNORECASE,
)
#: What stands in lower case within a name.
PARTICLES = frozenset(
    re.findall(
        r"\w+", "of the de la le les du des del della di da do dos das el y e und der die das for and voor van et"
    )
)
#: The end of a sentence, and the next one's beginning.
_SENTENCE = re.compile(r"[^\W\d_]{4}\. ")
#: A digit of any script.
DIGIT = re.compile(r"\d")
_PREFIX = re.compile(
    r"(?:[Кк]орр|[Кк]ор|Ред|Кар|Кор)\.\s+|(?:ИА|НИАТ|NIAT|АМИТ|информагентство|агентство)\s+|(?:وكالة|خبرگزاری|آژانس)\s+"
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


@dataclass(kw_only=True)
class Head:
    """A dateline as far as it was read: its pieces and where it ends in the line."""

    parts: list[Part] = field(default_factory=list)
    end: int = 0
    rule: str = ""
    brackets: bool = False
    slashes: bool = False

    def has(self, kind: str, *, sure: bool = False) -> bool:
        """Is there a piece of this kind?"""
        return any(part.kind == kind and (part.sure or not sure) for part in self.parts)


def is_acronym(text: str) -> bool:
    """Are these the initials of something: three to six capitals that are neither a town nor a region?"""
    return 3 <= len(text) <= 6 and text.isalpha() and is_caps(text) and not (places.rows(text) or places.areas(text))


def is_cased(text: str) -> bool:
    """Is the text in a script whose names begin with a capital? Georgian has capitals that no name begins with."""
    return text.lower() != text.upper() and any(
        (letter.islower() or letter.isupper()) and not "\u10d0" <= letter <= "\u10ff" for letter in text
    )


def agency_of(text: str, outlet: Outlet | None, country: str | None = None) -> Part | None:
    """Read an agency that the registry knows."""
    found, _ = agency.choose(text, country=country, outlet=outlet)
    if found is None and (prefix := _PREFIX.match(text)):
        named = text[prefix.end() :].strip('«»"“” ')
        found = next(
            (
                one
                for name in (named, named.strip("«»"), named.split(" ")[0])
                if (one := agency.choose(name, country=country, outlet=outlet)[0])
            ),
            None,
        )
    if found is None and text[:1] in '«“„"':
        found, _ = agency.choose(text.strip('«»"“”„ '), country=country, outlet=outlet)
    if found is None and outlet is not None and agency.is_own(text, outlet):
        return Part(kind="agency", text=text, value=outlet.agency or outlet.name, country=outlet.country)
    if found is None and text.count("/") == 1 and is_caps(text.partition("/")[0]):  # UOL/Folhapress
        found = agency.choose(text.partition("/")[2], country=country, outlet=outlet)[0]
    if found is None and "-" in text:
        head, _, rest = text.partition("-")
        joined = is_caps(head) and rest[:1].isupper()  # ANA-MPA, and no EPA-rated range
        found = agency.choose(head, country=country, outlet=outlet)[0] if joined else None
    if found is None:
        first, _, rest = text.partition(" ")
        if rest and agency.spelled(first) and any(area.region is None for area in places.areas(rest)):
            return Part(kind="agency", text=text, value=text)
        return None
    word = found.ambiguous == "word" and " " not in text.removeprefix("The ")
    doubtful = bool(found.ambiguous) and (len(text) <= 5 or word)
    return Part(kind="agency", text=text, value=found.name, sure=not doubtful, country=found.country)


def outlet_of(text: str, *, bracketed: bool) -> Part | None:
    """Read the name of an outlet or agency that the registry does not know, by its looks."""
    if bracketed:
        text = text.strip('«»“”„"!')
    words = text.split()
    if (
        not words
        or len(words) > 4
        or len(text) > 40
        or not any(letter.isalpha() for letter in text)
        or is_body(text)
        or (is_label(text) and not (bracketed and len(words) > 1 and _OUTLET.search(text)))
        or any(letter in text for letter in '“”"«»!?;()[],=$')
        or _SENTENCE.search(text)
    ):
        return None
    lower = (word for word in words[:-1] if is_cased(word) and word[0].islower())
    if not bracketed and "." not in text and any(word not in PARTICLES for word in lower):  # Selon l'Agence
        return None
    if _OUTLET.search(text):
        host = re.search(r"\.([a-z]{2})$", text)
        country = host[1].upper() if host and host[1] not in ("tv", "co", "me", "io", "ai", "fm", "am", "cc") else None
        return Part(kind="agency", text=text, value=_proper(text), sure=False, country=country)
    titled = all(word[0].isupper() or word[0].isdigit() or not is_cased(word) for word in words)
    if (
        bracketed
        and titled
        and not text.isdigit()
        and len(text) > 1
        and not any(row.population > 100_000 for row in places.rows(text))
    ):
        return Part(kind="agency", text=text, value=text, sure=False)
    return None


_QUOTED = re.compile(r"(?:[А-ЯЁа-яёA-Za-z]{2,15}\s+)?[«\"“„]([^«»\"“”„]{2,30})[»\"”“]")


def quoted_outlet(text: str) -> Part | None:
    """Read ``ИА «Чечня Сегодня»``, an outlet that no registry knows, by its quotation marks."""
    found = _QUOTED.fullmatch(text)
    return Part(kind="agency", text=text, value=found[1], sure=False) if found else None


def is_outlet_s(text: str) -> bool:
    """Has the name a word that outlets and agencies are called by: News, Press, وكالة?"""
    return _OUTLET.search(text) is not None


def is_name(text: str) -> bool:
    """Could these one to three words, each with a capital, be a name?"""
    words = text.split()
    named = 0 < len(words) <= 3 and all(is_cased(word) and word[0].isupper() for word in words) and len(text) > 2
    return named and not _SENTENCE.search(text)


def _proper(text: str) -> str:
    """Write an outlet's name as a name: AMED TV becomes Amed TV."""
    if not is_caps(text) or "." in text:
        return text
    return " ".join(word if len(word) <= 3 else word.capitalize() for word in text.split())


def place_of(text: str) -> Part | None:
    """Read a place that the gazetteer knows."""
    if not 1 < len(text) <= 40 or DIGIT.search(text) or not text.strip("'’.- "):
        return None
    first = text.lstrip("'’ʿ‘")[:1]
    if is_cased(first) and first.islower() and not re.match(r"(?:a[lrsdntz]|ash|el)[- ][A-Z]|[a-z][A-Z]", text):
        return None
    return Part(kind="place", text=text, value=text) if places.rows(text) else None


def region_of(text: str) -> Part | None:
    """Read a place that the gazetteer knows, or a region."""
    place = place_of(text)
    known = any(area.region for area in places.areas(text))
    return place or (Part(kind="place", text=text, value=text) if known else None)
