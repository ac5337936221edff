"""Places offline: a spelling in, GeoNames' row out. The table is mapped into memory and searched by bisection.

Names and coordinates of cities: GeoNames (geonames.org), CC BY 4.0. Names of countries: Unicode CLDR.
"""

from __future__ import annotations

import mmap
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from newscrawl.item import Place
from newscrawl.reading.words import fold

_DATA = Path(__file__).parent / "data"


class Row(NamedTuple):
    """A place and its population, by which places of one name are told apart when nothing else does."""

    place: Place
    population: int


def fold_name(name: str) -> str:
    """Fold a place's name: letters and digits only, without accents, case and the Arabic article.

    >>> fold_name("Al-Ḩasakah"), fold_name("إدلب"), fold_name("DEİR EZ-ZOR")
    ('hasakah', 'ادلب', 'deirezzor')
    """
    plain = unicodedata.normalize("NFKD", fold(name).replace("ı", "i")).replace("եւ", "եվ")
    words = "".join(
        " " if letter in "-’'ʼ‘`. /_" else letter
        for letter in plain
        if _spells(letter) or not unicodedata.combining(letter)
    ).split()
    if len(words) > 1 and words[0] in ("al", "ar", "as", "ad", "an", "at", "az", "ash", "el"):
        words = words[1:]
    text = "".join("".join(letter for letter in word if letter.isalnum() or _spells(letter)) for word in words)
    return text[2:] if text.startswith("ال") and len(text) > 4 else text


def _spells(letter: str) -> bool:
    """Is this a vowel sign or tone mark of an Indic, Thai or Lao word, without which it would be another word?

    The nukta (combining class 7) is left out as newsrooms leave it out.
    """
    return "\u0900" <= letter <= "\u0eff" and letter not in "़়ੑ਼଼" and unicodedata.category(letter)[0] == "M"


@cache
def _mapped(name: str) -> mmap.mmap:
    with (_DATA / name).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@lru_cache(maxsize=4096)
def rows(name: str) -> tuple[Row, ...]:
    """Give every place that is spelled so, the largest first."""
    key = fold_name(name)
    if not key:
        return ()
    found = _search(_mapped("names.txt"), key.encode())
    return tuple(_row(int(number, 16)) for number in found.decode().split(",")) if found else ()


def _search(table: mmap.mmap, key: bytes) -> bytes | None:
    """Bisect the sorted lines ``key TAB value`` of a table."""
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.find(b"\n", start)
        name, _, value = table[start:end].partition(b"\t")
        if name == key:
            return value
        if name < key:
            low = end + 1
        else:
            high = start
    return None


def _row(offset: int) -> Row:
    table = _mapped("places.txt")
    name, country, region, lat, lon, number, population = table[offset : table.find(b"\n", offset)].decode().split("\t")
    place = Place(
        name=name, country=country or None, region=region or None, lat=float(lat) if lat else None,
        lon=float(lon) if lon else None, geonames_id=int(number) if number else None,
    )  # fmt: skip
    return Row(place, int(population))


class Area(NamedTuple):
    """A country, or a region of one."""

    country: str
    region: str | None


@cache
def _areas() -> dict[str, list[Area]]:
    """Read the table of countries and regions by folded name, with their exact abbreviations."""
    found: dict[str, list[Area]] = {}
    for line in (_DATA / "countries.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, names = line.partition("|")
            country, _, region = code.partition("/")
            for name in names.split(","):
                found.setdefault(area_key(name), []).append(Area(country, region or None))
    for line in (_DATA / "country_names.txt").read_text(encoding="utf-8").splitlines():
        country, _, key = line.partition("|")
        found.setdefault(key, []).append(Area(country, None))
    return found


@cache
def _regions() -> dict[str, list[Area]]:
    """Read the first-level regions of all countries by folded name."""
    found: dict[str, list[Area]] = {}
    for line in (_DATA / "regions.txt").read_text(encoding="utf-8").splitlines():
        country, region, key = line.split("|")
        found.setdefault(key, []).append(Area(country, region))
    return found


#: What a region calls itself, before or after its name.
_CALLED = re.compile(
    r"(?:(?:the )?(?:state|province|region|governorate|department) of |(?:province|région|wilaya|département)s? (?:de |du |des |d['’]|de l['’])?(?:la )?"
    r"|(?:provincia|departamento|estado|stato|regione) (?:de |di |do |da )?|محافظة |ولاية |إقليم |اقليم |استان |ولایت |پارێزگای |parêzgeha )"
    r"|\s+(?:governorate|province|state|region|oblast|prefecture|department|county|district|voivodeship|canton|krai|division|ili|"
    r"область|обл|край|область|استان|ولايت|صوبہ|राज्य|省|州|県|府|도)\.?$",
    re.IGNORECASE,
)


def area_key(name: str) -> str:
    """Fold the name of a country or region for comparing."""
    return fold(name).replace(".", "").strip()


def area(name: str, *, of: str | None = None) -> Area | None:
    """Give the country or region of this name, in any of the languages that the table has.

    ``of`` is the place that stands before it, as it is spelled: it decides between regions of one name, and only with it
    the regions of all countries are known, for many of them are called like a town.

    >>> area("Mich."), area("سوريا").country, area("Punjab", of="Lahore").country
    (Area(country='US', region='Michigan'), 'SY', 'PK')
    """
    countries = {row.place.country for row in rows(of)} if of else set()
    found = _areas().get(area_key(name), [])
    if of is None or any(one.country in countries or one.region is None for one in found):
        return next((one for one in found if one.country in countries), found[0] if found else None)
    bare = _CALLED.sub("", name).strip()
    regions = _regions().get(area_key(bare), [])
    if not regions and bare != name:  # محافظة الحسكة: called like its town
        regions = [Area(row.place.country or "", row.place.region) for row in rows(bare)[:1] if row.place.region]
    for one in (*regions, *found):
        if any((row.place.country, row.place.region) == one for row in rows(of)):
            return one
    if not countries or bare != name or not rows(name):
        return next(
            (one for one in (*found, *regions) if not countries or one.country in countries),
            found[0] if found else None,
        )
    return found[0] if found else None


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
        home = [row for row in known if row.place.country == prior]
        if home and not (
            known[0].population >= 500_000 and known[0].population > 10 * max(row.population for row in home)
        ):
            chosen = home
    if not chosen:
        return None, tuple(row.place for row in known[:3])
    key = fold_name(name)
    # A place that is called so weighs twenty times one that is only also known so; five times more with its accents.
    accented = name.casefold() if not name.isascii() else ""
    best = max(
        chosen,
        key=lambda row: (
            row.population
            * (20 if fold_name(row.place.name) == key else 1)
            * (5 if row.place.name.casefold() == accented else 1)
        ),
    )
    return best.place, tuple(row.place for row in known if row is not best)[:3]
