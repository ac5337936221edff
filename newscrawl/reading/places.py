"""Places offline: a spelling in, GeoNames' row out. The table is mapped into memory and searched by bisection.

Names and coordinates of cities: GeoNames (geonames.org), CC BY 4.0. Names of countries: Unicode CLDR.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from newscrawl.item import Place
from newscrawl.reading import tables
from newscrawl.reading.fold import Letters
from newscrawl.reading.words import fold


class Row(NamedTuple):
    """A place and its population, by which places of one name are told apart when nothing else does.

    ``called`` is True where newsrooms call it so, and False where the name is one of many that a gazetteer gives it;
    ``first`` where the file written by hand says that it is meant before all others of the name.
    """

    place: Place
    population: int
    called: bool = False
    first: bool = False


def fold_name(name: str) -> str:
    """Fold a place's name: letters and digits only, without accents, case and the Arabic article.

    >>> fold_name("Al-Ḩasakah"), fold_name("إدلب"), fold_name("DEİR EZ-ZOR")
    ('hasakah', 'ادلب', 'deirezzor')
    """
    plain = name.lower()
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", fold(name).replace("ı", "i")).replace("եւ", "եվ")
    words = plain.translate(_LETTERS).split()
    if len(words) > 1 and words[0] in ("al", "ar", "as", "ad", "an", "at", "az", "ash", "el"):
        words = words[1:]
    text = "".join(words)
    return text[2:] if text.startswith("ال") and len(text) > 4 else text


def _spells(letter: str) -> bool:
    """Is this a vowel sign or tone mark of an Indic, Thai or Lao word, without which it would be another word?

    The nukta (combining class 7) is left out as newsrooms leave it out.
    """
    return "\u0900" <= letter <= "\u0eff" and letter not in "़়ੑ਼଼" and unicodedata.category(letter)[0] == "M"


#: What parts words, what spells them, and nothing else.
_LETTERS = Letters(
    lambda letter: letter.isalnum() or letter.isspace() or _spells(letter), {ord(sign): " " for sign in "-’'ʼ‘`. /_"}
)


@lru_cache(maxsize=4096)
def rows(name: str) -> tuple[Row, ...]:
    """Give every place that is spelled so, the largest first."""
    key = fold_name(name)
    if not key:
        return ()
    found = tables.find("names.txt", key.encode())
    return tuple(_row(number, key) for number in found.decode().split(",")) if found else ()


def _row(where: str, key: str) -> Row:
    """Read the place of an offset; one exclamation mark behind it says ``called``, two say ``first``."""
    table, offset = tables.mapped("places.txt"), int(where.rstrip("!"), 16)
    name, country, region, lat, lon, number, population = table[offset : table.find(b"\n", offset)].decode().split("\t")
    place = Place(
        name=name, country=country or None, region=region or None, lat=float(lat) if lat else None,
        lon=float(lon) if lon else None, geonames_id=int(number) if number else None,
    )  # fmt: skip
    return Row(place, int(population), where.endswith("!") or fold_name(name) == key, where.endswith("!!"))


class Area(NamedTuple):
    """A country, or a region of one."""

    country: str
    region: str | None


#: What a region may be called besides its name: Kherson Oblast, محافظة إدلب, Província de Tete, Херсонская область.
_KIND = re.compile(
    r"^(?:(?:the |le |la |l['’])?(?:province|governorate|state|region|district|department|departamento|departement|département|estado|etat|état|provincia|província|provinsi|wilaya|willaya|"
    r"préfecture|muhafazat|région|región|regione|prov|gouvernorat|gobernación|parêzgeha)\b\.?\s*(?:of |de la |del |de |do |da |d['’]|di )?|(?:محافظة|ولاية|ولایت|استان|إقليم|اقليم|منطقة|إمارة|ريف|مديرية|قضاء|"
    r"پارێزگای|صوبہ|ضلع|tỉnh)\s+)|\s*(?:\b(?:province|governorate|state|oblast|region|district|county|prefecture|pref|department|division|parish|canton|emirate|voivodeship|krai|republic|"
    r"countryside|il[iı]|ilçesi|vilayeti|eyaleti|viloyati|область|обл|край|облысы|oblast['’]?|oblasti|megye|provinz|kraj|kreis|län|fylke|регион|маркази|уезд|राज्य|जिला|प्रान्त)\b\.?|省|市|自治区|自治區|県|府|州|도)$",
    re.IGNORECASE,
)


def bare_region(name: str) -> str:
    """Take the word for what a region is off its name.

    >>> bare_region("Kherson Oblast"), bare_region("محافظة إدلب"), bare_region("Homs")
    ('Kherson', 'إدلب', 'Homs')
    """
    bare = _KIND.sub("", name.strip())
    return bare if len(bare) > 1 else name


@lru_cache(maxsize=4096)
def areas(name: str) -> tuple[Area, ...]:
    """Give the countries and regions of this name in any of the languages that the table has, countries first.

    >>> areas("Calif."), areas("سوريا"), areas("Punjab")[1].country
    ((Area(country='US', region='California'),), (Area(country='SY', region=None),), 'IN')
    """
    names = dict.fromkeys((fold_name(name), fold_name(bare_region(name))))
    found = next((hit for one in names if (hit := tables.find("areas.txt", one.encode()))), b"")
    return tuple(Area(one[:2], one[3:] or None) for one in found.decode().split("|") if one)


def area(name: str) -> Area | None:
    """Give the likeliest country or region of this name."""
    return next(iter(areas(name)), None)


def _weight(row: Row) -> int:
    """Weigh a place that is called so above one that is only also known so: Dili is no Delhi, Puno no Pune."""
    if row.first:
        return row.population * 1_000_000
    if not row.called:
        return row.population
    return row.population * (200 if row.population >= 100_000 else 20)


def resolve(
    name: str, *, within: Area | None = None, prior: str | None = None
) -> tuple[Place | None, tuple[Place, ...]]:
    """Tell which place a name means, and which others it could have meant.

    What the dateline says (``within``) decides; else the outlet's country (``prior``), unless a place ten times as
    large, of half a million people or more, has the same name elsewhere; else the population.
    """
    known = rows(name)
    chosen = list(known)
    if within is not None:
        chosen = [row for row in known if row.place.country == within.country]
        regional = [row for row in chosen if within.region and row.place.region == within.region]
        chosen = regional or chosen
    elif prior is not None and known:
        states = {area.country for area in areas(name) if area.region is None}  # San Marino is no village of Italy's
        home = [row for row in known if row.place.country in (states & {row.place.country for row in known} or {prior})]
        largest = max(map(_weight, home), default=0)
        if home and not (known[0].population >= 500_000 and known[0].population > 10 * largest):
            chosen = home
    if not chosen:
        return None, tuple(row.place for row in known[:3])
    accented = "" if name.isascii() else name.casefold()  # San José is no San Jose
    short = 50 if len(name) < 5 and name.isascii() else 1  # any few letters are some city's other name

    def weight(row: Row) -> int:
        exact = 20 if row.place.name.casefold() == accented else 1
        return _weight(row) * exact // (1 if row.called else short)

    best = max(chosen, key=weight)
    return best.place, tuple(row.place for row in known if row is not best)[:3]
