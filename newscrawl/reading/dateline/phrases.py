"""Datelines that are turns of phrase rather than a row of pieces: 'according to ...', 'X via Y', 'place | outlet |'."""

from __future__ import annotations

import re

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.compound import area_after
from newscrawl.reading.dateline.days import date_of
from newscrawl.reading.dateline.ends import Head
from newscrawl.reading.dateline.labels import is_label
from newscrawl.reading.dateline.parts import (
    Part,
    agency_of,
    is_caps,
    is_name,
    outlet_of,
    place_of,
    region_of,
)

#: One of these stands in every turn of phrase but the Persian one; in most sentences none does.
_MARKS = re.compile(r"[-–—|/«“\"(:：]|\.\s\S|الموافق")
_ACCORDING = re.compile(
    r"(?:به گزارش )?(?:خبرنگار |خبرگزاری )*(.{2,40}?)(?: (?:از|در) ([^،,؛:]{2,30}))?\s*(?:[،,؛]|:(?=\s))"
)
_ACCORDING_STARTS = ("به گزارش", "خبرگزاری")
_FROM = re.compile(r"(\S{2,20}) من ([^\n:：]{2,25})\s*[:：]")
_PLACE_OUTLET = re.compile(r"([^\n:：]{2,25})\s[:：]\s(\S{2,20}(?:\s\S{2,15})?)")
_VIA = re.compile(r"([^\n]{2,40}?) via ([^\n]{2,30}?)\s+[-–—]+(?=\s)")
_AGENCY_PLACE = re.compile(r"([^-–—\n]{2,25}?)\s*[-–—]\s*([^-–—\n،,]{2,30}?)\s*[-–—:](?=\s)")
_LOWER = re.compile(r"([a-z][a-z' -]{2,30})(?:, [a-z ]{2,20})? \(([a-z0-9 .]{2,25})\)\s*[-–—:]")
#: Mexico's papers: Tapachula, Chis. Los migrantes ...
_ABBREVIATED = re.compile(
    r"([^,\n.]{3,30}), ([A-ZÑ][^\W\d_]{1,4}\.(?:\s?[A-Z]\w*\.?)?)\s*[-–—]*\s+(?=[A-ZÁÉÍÓÚÑ¿¡\"“])"
)
#: Lankaran. Elvin Aliyev – APA. Tea growers ...
_SIGNED = re.compile(r"([^.\n]{3,25})\. [^\W\d_]+(?: [^\W\d_]+){1,2}\s[-–—]\s([^.\n]{2,20})\.(?=\s)")
#: المكلا «الأيام» خاص:
_QUOTED = re.compile(r"([^«»:\n]{3,25}) [«“\"]([^«»”\"\n]{2,25})[»”\"](?: [^\s:]{2,10})?\s*[:：–-]")
_BYLINED = re.compile(
    r"(?:By|BY|Par|Por|Von)\s(?:[^\W\d_][\w'’.-]*\s?){1,4},\s([^\W\d_][\w' -]{2,25}?)\s[–—-]+\s(?=\S)"
)
_DATED_TOWN = re.compile(r"([^\W\d_][\w'’ -]{2,30}?),\s([^()\n]{3,30}?)\s\(([^()\n]{2,30})\)\s*[-–—:.]")
_OUTLET_SLASH = re.compile(r"([^/\n\d]{2,25})/\s?([^/\n\d]{3,20})")
_FROM_AGENCY = re.compile(
    r"(?:Da|De la|De|Dal|Dalla|Von|From|Del|De l['’])\s?([^,\n]{3,30}), (?:em|en|in|a|à|aus|from|desde|da)\s([^-–—\n,]{3,30}?)\s*[-–—]+(?=\s)"
)
_BARRED = re.compile(r"([^|\n]{2,50}?)\s\|\s([^|\n]{2,30}?)\s\|\s")
_REPORTER = re.compile(r"[^/\n,:]{4,40}/\s?([^/,\n(]{2,40}?),?\s*\(([^()\n]{2,30})\)\s*[-–—]")
_DAY_ONLY = re.compile(r"([^,\n]{2,30}), (\d{1,2}) \(([^()\n]{2,30})\)\s*[-–—]")
_UNKNOWN_TOWN = re.compile(r"([^\W\d_][\w'’ -]{2,30}?) \(([^()\n]{2,30})\)\s*[-–—:](?=\s)")
#: Both calendars and the agency without a sign between them, as Saudi Arabia's agency writes.
_BOTH_CALENDARS = re.compile(
    r"([^\d\n]{2,25}?)(?: في)? (\d{1,2} [^\d\n]{3,20} \d{4} ?هـ?.{0,4}الموافق.{3,25}?\d{4} ?م?)[\s.،/–-]+([^\s\d:]{2,12})(?=[\s:])"
)
#: Day and month between dashes, as KUNA writes them: الكويت - 3 - 2 (كونا) --.
_DASHED_DATE = re.compile(r"([^-\n]{2,25}?) - (\d{1,2}) - (\d{1,2}) \(([^()\n]{2,20})\)\s*-*")


def read_phrase(line: str, outlet: Outlet | None) -> Head | None:
    """Read such a dateline at the head of a line, or None."""
    if not line.startswith(_ACCORDING_STARTS) and not _MARKS.search(line, 0, 90) and " via " not in line[:80]:
        return None
    if line.startswith(_ACCORDING_STARTS) and (found := _ACCORDING.match(line)):
        part = agency_of(found[1], outlet)
        place = place_of(found[2].strip()) if found[2] else None
        return Head(parts=[place, part] if place else [part], end=found.end(), rule="به گزارش agency") if part else None
    if found := _FROM.match(line):
        place = place_of(found[2].strip())
        part = agency_of(found[1], outlet) or Part(kind="agency", text=found[1], value=found[1], sure=False)
        return Head(parts=[place, part], end=found.end(), rule="outlet من place:") if place else None
    if (found := _PLACE_OUTLET.fullmatch(line)) and (place := place_of(found[1].strip())):
        part = agency_of(found[2], outlet) or Part(kind="agency", text=found[2], value=found[2], sure=False)
        return Head(parts=[place, part], end=found.end(), rule="place : outlet, own line")
    if found := _VIA.match(line):
        part = agency_of(found[2], outlet)
        return Head(parts=[part], end=found.end(), rule="via agency -") if part else None
    return _signed(line, outlet)


def _signed(line: str, outlet: Outlet | None) -> Head | None:
    if "الموافق" in line[:60] and (found := _BOTH_CALENDARS.match(line)):
        place, part = place_of(found[1]), agency_of(found[3], outlet)
        date = Part(kind="date", text=found[2], value=date_of(found[2]) or "")
        return (
            Head(parts=[place, date, part], end=found.end(), rule="place both dates agency") if place and part else None
        )
    if (found := _DASHED_DATE.match(line)) and int(found[3]) <= 12:
        place, part = place_of(found[1]), agency_of(found[4], outlet)
        date = Part(kind="date", text=found[0], value=f"--{int(found[3]):02}-{int(found[2]):02}")
        return (
            Head(parts=[place, date, part], end=found.end(), rule="place - d - m (agency)") if place and part else None
        )
    if (found := _DAY_ONLY.match(line)) and 1 <= int(found[2]) <= 31:
        place, part = place_of(found[1]), agency_of(found[3], outlet)
        date = Part(kind="date", text=found[2], value=f"---{int(found[2]):02}")
        return Head(parts=[place, date, part], end=found.end(), rule="place, d (agency)") if place and part else None
    if found := _AGENCY_PLACE.match(line):
        part, place = agency_of(found[1], outlet), place_of(found[2])
        return Head(parts=[place, part], end=found.end(), rule="agency - place -") if place and part else None
    if (found := _LOWER.match(line)) and (part := agency_of(found[2], outlet)):
        place = place_of(found[1].title())
        return Head(parts=[place, part], end=found.end(), rule="place (agency)") if place and part.sure else None
    if (found := _ABBREVIATED.match(line)) and (place := place_of(found[1])):
        where = area_after(found[2], [place], slashed=False)
        return (
            Head(parts=[place, where], end=found.end(), rule="Place, Reg.")
            if where and where.area and where.area.region
            else None
        )
    if (found := _BYLINED.match(line)) and (place := place_of(found[1])):
        return Head(parts=[place], end=found.end(), rule="By reporter, Place –")
    if (
        (found := _DATED_TOWN.match(line))
        and is_name(found[1])
        and not is_label(found[1])
        and (day := date_of(found[2])) is not None
    ):
        part = agency_of(found[3], outlet)
        town = Part(kind="place", text=found[1], value=found[1], sure=False)
        when = Part(kind="date", text=found[2], value=day)
        return (
            Head(parts=[town, when, part], end=found.end(), rule="unknown town, date (agency)")
            if part and part.sure
            else None
        )
    if (found := _SIGNED.match(line)) and (part := agency_of(found[2], outlet)) and (place := place_of(found[1])):
        return Head(parts=[place, part], end=found.end(), rule="Place. Reporter – agency.")
    if (found := _QUOTED.match(line)) and (place := place_of(found[1])):
        part = agency_of(found[2], outlet) or Part(kind="agency", text=found[2], value=found[2], sure=False)
        return Head(parts=[place, part], end=found.end(), rule="place «outlet»:")
    if (found := _OUTLET_SLASH.fullmatch(line)) and not place_of(found[1]) and (place := place_of(found[2])):
        part = agency_of(found[1], outlet) or Part(kind="agency", text=found[1], value=found[1], sure=False)
        return Head(parts=[place, part], end=found.end(), rule="outlet/place, own line")
    if found := _FROM_AGENCY.match(line):
        part, place = agency_of(found[1], outlet), region_of(found[2])
        if part and part.sure and place:
            return Head(parts=[place, part], end=found.end(), rule="agency, in place -")
    if found := _REPORTER.match(line):
        place, part = place_of(found[1]), agency_of(found[2], outlet)
        return Head(parts=[place, part], end=found.end(), rule="reporter/place (agency)") if place and part else None
    if (found := _UNKNOWN_TOWN.match(line)) and is_name(found[1]) and not is_label(found[1]):
        part = agency_of(found[2], outlet)
        initials = "".join(word[0] for word in found[1].split()).casefold()
        if part is None or not part.sure or initials == found[2].casefold():  # Advanced Placement (AP)
            return None
        town = Part(kind="place", text=found[1], value=found[1], sure=False)
        return Head(parts=[town, part], end=found.end(), rule="unknown town (agency)")
    if found := _BARRED.match(line):
        place = place_of(found[1].split(",")[0].strip())
        part = agency_of(found[2], outlet) or (
            outlet_of(found[2].title(), bracketed=True) if is_caps(found[2]) else None
        )
        return Head(parts=[place, part], end=found.end(), rule="place | outlet |") if place and part else None
    return None
