"""From pieces to a Dateline: the places looked up, the agency named, and the evidence told."""

from __future__ import annotations

from newscrawl.item import Dateline, Evidence, Place
from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.days import date_of, local_date
from newscrawl.reading.dateline.parts import Head, Part, is_caps


def build(head: Head, text: str, start: int, end: int, outlet: Outlet | None, trace: list[Evidence]) -> Dateline:
    """Resolve the pieces of a dateline that stands at ``text[start:end]``."""
    areas = [part.area for part in head.parts if part.area]
    within = next((area for area in areas if area.region), next(iter(areas), None))
    for part in head.parts:
        if part.area:
            others = [one for one in places.areas(part.value) if one != part.area]
            note = "could have been " + "; ".join(f"{one.region or 'a country'}, {one.country}" for one in others[:3])
            where = f"{part.area.region}, {part.area.country}" if part.area.region else part.area.country
            trace.append(
                Evidence(
                    field="dateline_region", found=where, where=f"table of regions: {part.text}", taken=True,
                    note=note if others else "",
                )
            )  # fmt: skip
    all_named = [part for part in head.parts if part.kind == "agency"]
    named = next((part for part in all_named if part.sure), next(iter(all_named), None))
    found = [
        _resolved(part, within, _prior(outlet, named, part.value), trace) for part in head.parts if part.kind == "place"
    ]
    first = found[0] if found else None
    name = _agency(named, first, outlet, trace) if named else None
    date = _date(head.parts, first.country if first else None)
    raw = text[start:end]
    trace.append(Evidence(field="dateline", found=raw, where=f"rule {head.rule}", taken=True))
    region = within.region if within and within.region else (first.region if first else None)
    return Dateline(
        raw=raw, span=(start, end), place=first.name if first else None,
        country=(within.country if within else None) or (first.country if first else None), region=region, agency=name,
        date=date, places=tuple(found),
    )  # fmt: skip


#: Where agencies are at home that report from everywhere.
_WORLDWIDE = {"GB", "US", "FR", "NL", "CH", "QA", "CN", "RU", "AE", "SN"}
#: Of these, whose readers name foreign cities in their own language, and a large one at home is meant before another.
_CONTINENTAL = {"FR", "ES", "DE", "IT"}
#: At home in one of these countries, and nonetheless its national agency.
_NATIONAL = {
    "Keystone-SDA",
    "ANP",
    "PA Media",
    "Emirates News Agency",
    "Qatar News Agency",
    "Agence de Presse Sénégalaise",
}
_AGENCIES = {
    "EFE",
    "Europa Press",
    "ANSA",
    "dpa",
    "Kyodo News",
    "Jiji Press",
    "Deutsche Welle",
    "Inter Press Service",
    "Fides",
}


def _prior(outlet: Outlet | None, named: Part | None, town: str) -> str | None:
    """Give the country to prefer: the outlet's, else that of a national agency: ``NNA - Tripoli -`` is in Lebanon."""
    if outlet is not None and outlet.country:
        return outlet.country
    known = places.rows(town)
    largest = next((row.place.country for row in known), None)  # St. Petersburg (TASS)
    if named and named.country in _CONTINENTAL:  # BREST (AFP) is in France
        home = max((row.population for row in known if row.place.country == named.country), default=0)
        if home >= 50_000 and known[0].population < 10 * home:
            return named.country
    return (
        named.country
        if named
        and (
            named.value in _NATIONAL
            or not (named.country in _WORLDWIDE or named.value in _AGENCIES)
            or named.country == largest
        )
        else None
    )


def _resolved(part: Part, within: places.Area | None, prior: str | None, trace: list[Evidence]) -> Place:
    place, others = places.resolve(part.value, within=within, prior=prior)
    if place is None:
        name = " ".join(word.capitalize() for word in part.value.split()) if is_caps(part.value) else part.value
        trace.append(
            Evidence(field="dateline_place", found=name, where="text", taken=True, note="not in the gazetteer")
        )
        region = places.area(part.value) if within is None or within.region is None else None
        if region and region.region and (within is None or within.country == region.country):
            return Place(name=region.region, country=region.country, region=region.region)
        home = prior if within is None else None
        return Place(name=name, country=within.country if within else home, region=within.region if within else None)
    others_text = "; ".join(f"{other.name}, {other.country}" for other in others)
    note = f"GeoNames {place.geonames_id}, {place.country}" + (
        f"; could have been {others_text}" if others_text else ""
    )
    trace.append(
        Evidence(field="dateline_place", found=place.name, where=f"gazetteer: {part.value}", taken=True, note=note)
    )
    return place


def _agency(part: Part, place: Place | None, outlet: Outlet | None, trace: list[Evidence]) -> str:
    chosen, others = agency.choose(part.text, country=place.country if place else None, outlet=outlet)
    name = chosen.name if chosen and part.sure else (part.value if not chosen else chosen.name)
    where = f"registry: {part.text}" if chosen else "text, as no registry row is spelled so"
    note = "could have been " + "; ".join(other.name for other in others) if others else ""
    trace.append(Evidence(field="agency", found=name, where=where, taken=True, note=note))
    return name


def _date(parts: list[Part], country: str | None) -> str | None:
    dates = [part for part in parts if part.kind == "date"]
    date = next((part for part in dates if part.value), next(iter(dates), None))  # of two calendars, ours
    behind = parts[parts.index(date) :] if date else []
    year = next((part.value for part in behind if part.kind == "year"), None)
    if date and country and (local := local_date(f"{date.text} {year or ''}", country)):
        return local
    if date and year and not date.value:  # of another calendar, which needs the year
        return date_of(f"{date.text}/{year}") or None
    if date and date.value.startswith("--") and not date.value.startswith("---") and year:
        return f"{year}-{date.value[2:]}"
    return date.value or None if date else None
