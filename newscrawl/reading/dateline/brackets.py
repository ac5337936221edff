"""Pieces that share their brackets: a town, an agency and a day, an agency and its reporter, an agency and a town."""

from __future__ import annotations

import re
from dataclasses import replace

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.compound import place_and_date
from newscrawl.reading.dateline.days import date_of
from newscrawl.reading.dateline.names import is_reporter
from newscrawl.reading.dateline.parts import (
    Part,
    agency_of,
    is_caps,
    is_cased,
    is_outlet_s,
    outlet_of,
    place_of,
    quoted_outlet,
)

_BY = re.compile(r"(?P<agency>[^,;/]{2,30})[,;/]\s?(?:por|par|by|von|di|da|de|od|door|av) [^\d]{3,50}", re.IGNORECASE)


#: Maria Ivanova of BTA, in brackets.
_FOR = re.compile(r"[^\W\d_]+ [^\W\d_]+ (?:от|za|для|for|of|pour|para|für|per|till|για) (?P<agency>[^,;/]{2,30})")


def bracketed_place(text: str, outlet: Outlet | None) -> Part | None:
    """Read ``(PORT SUDAN)`` and ``(Khartoum)``, where no agency is called so."""
    place = place_of(text)
    return place if place and (is_caps(text) or len(text) > 3) and agency_of(text, outlet) is None else None


def agency_and_date(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``پژواک، ۲۱ حمل``, an agency and a date that share their brackets."""
    halves = re.split(r"\s*[,،/|;·–—-]\s+|\s+[/|]\s*", text, maxsplit=1)
    several = [part.strip() for part in re.split(r"\s[-–—/]\s", text)]
    pieces = [part.strip() for part in text.split("/")]
    spaced = re.fullmatch(r"(\D{2,30}) (\d{1,2}[/.].+)", text)
    for name, when in (
        *(((several[0], several[-1]), (several[-1], several[0])) if len(several) > 1 else ()),
        *((halves, halves[::-1]) if len(halves) == 2 else ()),
        *((spaced.groups(),) if spaced else ()),
        *(((pieces[0], "/".join(pieces[1:])), (pieces[0], pieces[1])) if len(pieces) > 1 else ()),
    ):
        found = agency_of(name, outlet) or outlet_of(name, bracketed=True)
        date = date_of(when) if found else None
        if date is None and found and found.sure and not is_cased(when) and any(letter.isdigit() for letter in when):
            date = ""
        if found and date is not None:
            return [found, Part(kind="date", text=when, value=date)]
    return None


def place_date_and_agency(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``Казань, 23 мая, Татар-информ, Алина Сафина``, all of a dateline within the brackets at its head."""
    pieces = re.split(r"\s*[,،]\s*", text)
    place = place_of(pieces[0]) if len(pieces) > 2 else None
    for cut in (2, 3) if place else ():
        date = date_of(", ".join(pieces[1:cut]))
        name = "".join(pieces[cut : cut + 1])
        named = (agency_of(name.strip('«»"“”'), outlet) or quoted_outlet(name)) if date and name else None
        if place and date and named and len(pieces) <= cut + 2:
            dated = Part(kind="date", text=", ".join(pieces[1:cut]), value=date)
            return [place, dated, replace(named, sure=True)]
    return None


def agency_and_reporter(text: str, outlet: Outlet | None) -> list[Part] | None:
    """Read ``Télam, por Marta Ruiz``, an agency and its reporter that share their brackets."""
    found = _BY.fullmatch(text) or _FOR.fullmatch(text)
    named = agency_of(found["agency"], outlet) if found else None
    return [named] if named else None


def _signs(name: str) -> bool:
    """Is this the reporter's name rather than an outlet's, as in ``(යාපනය - නිමල් සිල්වා)``?"""
    return is_reporter(name) or (" " in name and not is_cased(name) and not is_outlet_s(name))


def agency_and_place(text: str, outlet: Outlet | None) -> list[Part]:
    """Read ``UTV | COLOMBO``, an agency and a place that share the brackets at the head."""
    halves = re.split(r"\s*[|=:：]\s*|\s+[-–—/]\s+", text)
    for name, where in (halves, halves[::-1]) if len(halves) == 2 else ():
        dated = place_and_date(where, outlet)
        place = place_of(where) or (dated[0] if dated else None)
        part = (agency_of(name, outlet) or outlet_of(name, bracketed=True)) if place else None
        if place and part and not part.sure and _signs(name):
            part = Part(kind="newsroom", text=name, value=name)
        if place and part and not place_of(name):
            return [*(dated or [place]), replace(part, sure=True)]
    named = agency_of(halves[1], outlet) if len(halves) == 2 and not is_cased(text) else None
    if named and named.sure and " " not in halves[0]:  # {دولية: الفرات نيوز}, a section and the agency
        return [named]
    return []
