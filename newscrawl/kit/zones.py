"""Time zones by country: the tz database's own table (zone.tab), which the package tzdata ships."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found.setdefault(country, []).append(zone)
    return {country: tuple(names) for country, names in found.items()}


def is_country(ending: str) -> bool:
    """Is a domain's ending a country's? Endings that the world uses as words (.tv, .io, .me) are not taken for one.

    >>> is_country("sy"), is_country("uk"), is_country("com"), is_country("tv")
    (True, True, False, False)
    """
    return ending == "uk" or (ending.upper() in _table() and ending not in _WORDS)


_WORDS = frozenset({"tv", "io", "me", "co", "ai", "fm", "ws", "cc", "la", "ly", "gg", "to", "im"})


def told(name: str | None) -> tuple[str, str] | None:
    """Give the zone that a WordPress API names, unless it is a mere offset; with what speaks for it."""
    known = name is not None and any(name in zones for zones in _table().values())
    return (name, "the WordPress API names it") if name and known else None


def of(country: str | None, offsets: list[str]) -> tuple[str, str] | None:
    """Choose a country's zone, by the offsets that pages state where it has several; with what speaks for it.

    >>> of("SY", [])
    ('Asia/Damascus', 'the only zone of SY')
    """
    zones = _table().get(country or "", ())
    if not zones:
        return None
    if len(zones) == 1:
        return zones[0], f"the only zone of {country}"
    for offset, number in Counter(one.replace(":", "") for one in offsets).most_common():
        same = [zone for zone in zones if datetime.now(UTC).astimezone(ZoneInfo(zone)).strftime("%z") == offset]
        if same:
            others = f", as {' and '.join(same[1:4])} have: look" if same[1:] else ""
            return same[0], f"{number} pages state {offset}{others}"
    return zones[0], f"the first of {len(zones)} zones of {country}: look"
