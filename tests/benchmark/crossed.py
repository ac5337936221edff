"""Datelines put together from the tables: `python tests/benchmark/crossed.py [SEED] [-v]`.

Forms, the registry's unambiguous agencies, towns of their countries and months of eight languages, crossed at random; prints
how many are read wholly right, and which forms are not. It measures the grammar apart from what the tables know.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from pathlib import Path

from newscrawl.reading import agency, dateline, places

DATA = Path(places.__file__).parent / "data"
FORMS = """{P} ({A}) –|{P} ({A}) -|{P} ({A}) —|{p} ({A}) –|{P}, {d} ({A}) -|{p}, {d} ({A}) –|{P}, {d} ({A}) --|{p}, {d} /{A}/|{p}, {d} /{A}/.|
{p}, {d} - {A}.|{P}, {d} – {A}.|{p}. {d}. {A} -|{p}, {d}, {A} –|{p} – {A} –|{p} - {A} -|({A}) – {p}, {d} –|({A}) {P}, {d} -|{A}, {P} –|
{A} – {P}, {d} –|{P} / {A} /|{p}/{A}/|{P}/{A} –|{P} [{A}] –|{p}, {d}. ({A}) –|{d}, {p} ({A}).|{P} ({A}, {d}) –|{p} ({A}/{d}) –|{P} – {d} –|
{P}, {d} –|{P}:|{P} –|{p}, {d} {y} ({A}) –|{P}, {d}, {y} ({A}) –|{p} ({A}).-|{p}, {d} ({A}).-|{P}, ({A}) –|{P}: ({A})|{p} ({A}):"""
MONTHS = """en January February March April May June July August September October November December
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
tr Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
id Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"""
SENTENCE = " Officials said on Monday that the bridge would open again."


def towns() -> dict[str, list[str]]:
    """Give the sixty largest towns of each country that are no numbered quarters of one."""
    found: dict[str, list[str]] = {}
    for line in (DATA / "places.txt").read_text(encoding="utf-8").splitlines():
        name, country, *_, population = line.split("\t")
        known = found.setdefault(country, [])
        if int(population) >= 20_000 and len(known) < 60 and name.replace(" ", "").replace("-", "").isalpha():
            known.append(name)
    return found


def registry() -> list[tuple[str, str, str]]:
    """Give agencies as they sign: name, country and an alias in Latin letters."""
    with (DATA / "agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] and not row["ambiguous"]]
    spelled = [(row, [one.split(":", 1)[1] for one in row["aliases"].split(";") if ":" in one]) for row in rows]
    return [
        (row["name"], row["country"].split(" ")[0], name)
        for row, aliases in spelled
        for name in [row["name"], *aliases]
        if name.isascii() and len(name) < 30
    ]


def right(text: str, town: str, form: str, name: str, day: str) -> bool:
    found = dateline.parse(text)
    if found is None or found.place is None:
        return False
    spellings = {places.fold_name(town)} | {places.fold_name(row.place.name) for row in places.rows(town)}
    named = {one.agency.name for one in agency.spelled(name)}
    return (
        places.fold_name(found.place) in spellings
        and ("{A}" not in form or found.agency in named)
        and ("{d}" not in form or (found.date or "").endswith(day))
    )


def main() -> None:
    chance = random.Random(next((int(one) for one in sys.argv[1:] if one.isdigit()), 1))
    known = towns()
    signs = [one for one in registry() if known.get(one[1])]
    months = [line.split()[1:] for line in MONTHS.splitlines()]
    missed: Counter[str] = Counter()
    number = 4000
    for _ in range(number):
        _, country, name = chance.choice(signs)
        town, form = chance.choice(known[country]), chance.choice(FORMS.replace("\n", "").split("|"))
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        when = f"{day} {chance.choice(months)[month - 1]}"
        text = form.format(P=town.upper(), p=town, A=name, d=when, y=2026) + SENTENCE
        if not right(text, town, form, name, f"{month:02}-{day:02}"):
            missed[form] += 1
            if "-v" in sys.argv:
                print(f"missed: {text[:70]!r}")
    print(
        f"{number} datelines put together: {1 - missed.total() / number:.3f} wholly right; missed most: {missed.most_common(4)}"
    )


if __name__ == "__main__":
    main()
