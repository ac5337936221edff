"""What stands behind a sign that may end a dateline: a sentence of its own, a second town, a score, an aside."""

from __future__ import annotations

import re

from newscrawl.outlet import Outlet
from newscrawl.reading import places
from newscrawl.reading.dateline.parts import Part, is_cased

#: Short names that only some languages have, and that stand at the head of their outlets' reports: Diyarbakır in Kurdish.
_SHORT = frozenset(
    [
        "amed",
        "riha",
        "roma",
        "rom",
        "rim",
        "rzym",
        "wien",
        "riad",
        "kiew",
        "kiev",
        "kief",
        "prag",
        "alep",
        "genf",
        "lvov",
        "baki",
        "seul",
        "kair",
        "vasa",
        "wan",
        "cluj",
        "luik",
        "gand",
        "nis",
        "lodz",
        "sana",
        "taiz",
        "hims",
        "hums",
        "urfa",
        "ruha",
        "xost",
        "zaxo",
        "reqa",
        "cebu",
        "jeju",
        "koln",
    ]
)


def large(part: Part, outlet: Outlet | None) -> int:
    """Give the population of the largest place of this name; one in the outlet's own country counts twenty times."""
    known = places.rows(part.value)
    if (
        len(part.text) < 5 and part.text.isascii() and part.text.casefold() not in _SHORT
    ):  # as GeoNames names it, for any four letters are some village's name
        known = tuple(row for row in known if row.called)
    home = outlet.country if outlet else None
    return max((row.population * (20 if row.place.country == home else 1) for row in known), default=0)


def is_route(rest: str) -> bool:
    """Does another large place follow the dash, as in ``Beirut – Damascus highway``?"""
    second = re.match(r"[^\s\d،,.:(]+(?:[ -][A-Z][^\W\d_]+)?", rest)
    if (
        second is not None
        and len(second[0]) > 3
        and any(area.region is None for area in places.areas(second[0].split()[0]))
    ):
        return True  # Gaza – Israel war
    least = 20_000 if second and is_cased(second[0]) else 100_000
    names = [second[0]] if second and len(second[0]) > 3 else []
    if not is_cased(rest[:1]) and (pair := re.match(r"[^\s\d،,.:(]+ [^\s\d،,.:(]+", rest)):
        names.append(pair[0])  # תל אביב
    return any(row.population >= least for name in names for row in places.rows(name))


def is_pair(rest: str) -> bool:
    """Does a second name follow and end there: ``Marseille – PSG : ...``, ``Roma – Lazio, le ...``?"""
    second = re.match(r"(?:(?:[^\W\d_][\w'’-]*)(?: [^\W\d_][\w'’-]*)?\s?:|[^\W\d_]+,)", rest)
    return second is not None and all(is_cased(word) and word[0].isupper() for word in second[0].strip(" :,").split())


def is_aside(rest: str) -> bool:
    """Does a second dash close what the first one opened: ``Hamburg – Tor zur Welt – feiert Geburtstag``?"""
    second = re.match(r"[^.!?]{3,60}?\s[-–—]\s+(\w)", rest)
    return second is not None and (second[1].islower() or not is_cased(second[1]))


def length(rest: str) -> int:
    """Count words; where a script puts no spaces between them (Thai to Khmer, and East Asia), five letters are one."""
    return max(len(rest.split()), sum("\u0e00" <= letter <= "\u17ff" or letter > "\u2e80" for letter in rest) // 5)


def is_landmark(text: str, large: int) -> bool:
    """Is the name that of something in a far larger place, as WASHINGTON SQUARE is?"""
    first, _, rest = text.partition(" ")
    known = [row for row in places.rows(first) if places.fold_name(row.place.name) == places.fold_name(first)]
    alone = max((row.population for row in known), default=0) if rest else 0
    return alone > 100_000 and alone > 20 * large


def starts(rest: str) -> bool:
    """Does a sentence begin here: a capital, a digit, a quotation mark, or a script without capitals?"""
    text = rest.lstrip("“”\"'‘’«»„([< ¿¡*")
    return text[:1].isalnum() and (not is_cased(text[0]) or text[0].isupper() or text[0].isdigit())
