"""Datelines that are turns of phrase rather than a row of pieces: 'according to ...', 'X via Y', 'place | outlet |'.

Each turn is a pattern whose groups say what they hold: a place, a region, an agency, a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.compound import area_after
from newscrawl.reading.dateline.days import date_of
from newscrawl.reading.dateline.labels import is_label
from newscrawl.reading.dateline.names import is_reporter
from newscrawl.reading.dateline.parts import (
    Head,
    Part,
    agency_of,
    is_caps,
    is_name,
    is_outlet_s,
    outlet_of,
    place_of,
    region_of,
)
from newscrawl.reading.places import rows

#: Longest line that is a dateline and nothing else.
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase. ``agency`` says what is believed there: one of the registry (``sure``: whose name is no other
    word), an outlet by its looks, or whatever is written; ``town`` that a place which no table has is believed, too; ``sign`` what is in every line of the kind.
    """

    rule: str
    sign: str
    pattern: re.Pattern[str]
    agency: Literal["known", "sure", "looks", "written", "home"] = "known"
    town: bool = False
    whole: bool = False

    def read(self, line: str, outlet: Outlet | None) -> Head | None:
        """Read it at the head of a line, or give None."""
        if self.whole and len(line) > _LONGEST:
            return None
        found = self.pattern.fullmatch(line) if self.whole else self.pattern.match(line)
        if found is None:
            return None
        parts: list[Part] = []
        for group, text in found.groupdict().items():
            if text is None:
                continue
            part = self._part(group, text.strip(), parts, outlet)
            if part is None:
                return None
            parts.append(part)
        return Head(parts=parts, end=found.end(), rule=self.rule)

    def _part(self, group: str, text: str, seen: list[Part], outlet: Outlet | None) -> Part | None:
        match group:
            case "place":
                return place_of(text.title() if text.isascii() and text.islower() else text) or self._unknown_town(text)
            case "region":
                return region_of(text)
            case "country":
                return area_after(text, seen, slashed=False)
            case "area":
                where = area_after(text, seen, slashed=False)
                return where if where and where.area and where.area.region else None
            case "date":
                date = date_of(text)
                return None if date is None else Part(kind="date", text=text, value=date)
            case "person":
                return Part(kind="newsroom", text=text, value=text) if is_reporter(text) else None
            case "reporter":
                signs = is_outlet_s(text) or is_label(text) or place_of(text)
                return None if signs else Part(kind="newsroom", text=text, value=text)
            case "day":  # the day alone, or day and month between dashes
                day, _, month = text.partition(" - ")
                if not 1 <= int(day) <= 31 or int(month or 1) > 12:
                    return None
                return Part(
                    kind="date", text=text, value=f"--{int(month):02}-{int(day):02}" if month else f"---{int(day):02}"
                )
            case _:
                return self._agency(text, seen, outlet)

    def _unknown_town(self, text: str) -> Part | None:
        believed = self.town and is_name(text) and not is_label(text)
        return Part(kind="place", text=text, value=text, sure=False) if believed else None

    def _agency(self, text: str, seen: list[Part], outlet: Outlet | None) -> Part | None:
        part = agency_of(text, outlet)
        if self.agency == "written":
            return part or Part(kind="agency", text=text, value=text, sure=False)
        if self.agency == "looks":
            return part or outlet_of(text.title() if is_caps(text) else text, bracketed=True)
        if self.agency == "home":  # where two words in capitals could be anything
            homes = {row.place.country for row in rows(seen[0].value)[:1]} if seen else set()
            return part if part and part.country in homes else None
        town = seen[0].text if self.town and seen else ""
        if "".join(word[0] for word in town.split()).casefold() == text.casefold():  # Advanced Placement (AP)
            return None
        return part if part and (part.sure or self.agency == "known") else None


_TOWN = r"(?P<place>[^\W\d_][\w'’ -]{2,30}?)"
_BRACKET = r"\((?P<agency>[^()\n]{2,30})\)"
_PERSIAN = Turn(
    "به گزارش agency",
    "",
    re.compile(
        r"(?:به گزارش )?(?:خبرنگار |خبرگزاری |گروه \S+ )*(?P<agency>.{2,40}?)(?: (?:از|در) (?P<place>[^،,؛:]{2,30}))?\s*(?:[،,؛]|:(?=\s))"
    ),
)
_PERSIAN_STARTS = ("به گزارش", "خبرگزاری")
_TURNS = (
    Turn("outlet من place:", " من ", re.compile(r"(?P<agency>\S{2,20}) من (?P<place>[^\n:：]{2,25})\s*[:：]"), "written"),
    Turn("place : outlet, own line", ":", re.compile(r"(?P<place>[^\n:：]{2,25})\s[:：]\s(?P<agency>\S{2,20}(?:\s\S{2,15})?)"), "written", whole=True),
    Turn("via agency -", " via ", re.compile(r"[^\n]{2,40}? via (?P<agency>[^\n]{2,30}?)\s+[-–—]+(?=\s)")),
    # جدة 15 شوال 1446 هـ الموافق 13 أبريل 2025 م واس: Saudi Arabia's agency puts no sign between them
    Turn(
        "place both dates agency", "الموافق",
        re.compile(r"(?P<place>[^\d\n]{2,25}?)(?: في)? (?P<date>\d{1,2} [^\d\n]{3,20} \d{4} ?هـ?.{0,4}الموافق.{3,25}?\d{4} ?م?)[\s.،/–-]+(?P<agency>[^\s\d:]{2,12})(?=[\s:]|$)"),
    ),
    # الكويت - 3 - 2 (كونا) --
    Turn("place - d - m (agency)", " - ", re.compile(r"(?P<place>[^-\n]{2,25}?) - (?P<day>\d{1,2} - \d{1,2}) \((?P<agency>[^()\n]{2,20})\)\s*-*")),
    Turn("place, d (agency)", "(", re.compile(rf"(?P<place>[^,\n]{{2,30}}), (?P<day>\d{{1,2}}) {_BRACKET}\s*(?:[-–—]|$|(?=[A-ZÁÉÍÓÚÑ¿¡“\"]))")),
    # Agence France-Presse à Paris; هسبريس من الرباط: a line of its own
    Turn(
        "agency in place, own line", " ",
        re.compile(r"(?P<agency>(?:[^\n,،:|/–—-]|(?<=\w)-(?=\w)){2,30}?),? (?:à|in|en|a|em|من|في|из|в|у|w|we|u|i|at|aus|iz|z|în|din|a|da|ב|از|در|لە) (?P<place>[^\n\d,،:|]{3,25})"),
        "sure", whole=True,
    ),
    # STOCKHOLM TT Regeringen ...; GÖTEBORG/TT Regeringen ...
    Turn(
        "PLACE AGENCY Sentence", "",
        re.compile(r"(?P<place>[A-ZÅÄÖØÆÉ]{3,20})[ /](?P<agency>[A-Z]{2,5})(?=\s[A-ZÅÄÖØÆÉ][^\W\d_A-Z]+ [^\W\d_A-Z])"), "home",
    ),
    # تعز - عدنان الحمادي: a line of its own
    Turn("place - reporter, own line", "-", re.compile(r"(?P<place>[؀-ۿ][^-–—:،\n]{2,20}?)\s?[-–—]\s?(?P<reporter>[؀-ۿ]+ [؀-ۿ]+(?: [؀-ۿ]+)?)\s?:?"), whole=True),
    Turn("agency - place -", "", re.compile(r"(?P<agency>[^-–—\n]{2,25}?)\s*[-–—]\s*(?P<place>[^-–—\n،,]{2,30}?)\s*[-–—:](?=\s)")),
    Turn("place (agency)", "(", re.compile(r"(?P<place>[a-z][a-z' -]{2,30})(?:, [a-z ]{2,20})? \((?P<agency>[a-z0-9 .]{2,25})\)\s*[-–—:]"), "sure"),
    # Tapachula, Chis. Los migrantes ...
    Turn("Place, Reg.", ".", re.compile(r"(?P<place>[^,\n.]{3,30}), (?P<area>[A-ZÑ][^\W\d_]{1,4}\.(?:\s?[A-Z]\w*\.?)?),?\s*[-–—]*\s+(?=[A-ZÁÉÍÓÚÑ¿¡\"“])")),
    Turn("By reporter, Place –", ", ", re.compile(r"(?:By|BY|FROM|From|Par|Por|Von|Oleh|Na|Door|Af|Av)\s(?:[^\W\d_][\w'’.-]*\s?){1,4},\s(?:in\s|à\s|en\s|em\s|a\s)?(?P<place>[^\W\d_][\w' -]{2,25}?)(?:, (?P<country>[A-Z][\w. -]{2,25}?))?(?:\s?[–—]\s?|\s-+\s|:\s)(?=\S)")),
    Turn("town, date (agency)", "(", re.compile(rf"{_TOWN},\s(?P<date>[^()\n]{{3,30}}?)\s{_BRACKET}\s*[-–—:.]"), "sure", town=True),
    # Ghana's agency: Kwesimintsim (W/R), March 3, GNA -
    Turn("town (X/R), date, agency", ", ", re.compile(rf"{_TOWN}(?: \([A-Z]{{1,2}}/[A-Z]{{1,3}}\))?,\s(?P<date>[^(),\n]{{3,30}}),\s(?P<agency>[^(),\n]{{2,12}}?)\s*[-–—:]+(?=\s)"), "sure", town=True),
    # Lankaran. Elvin Aliyev – APA. Tea growers ...
    Turn("Place. Reporter – agency.", ". ", re.compile(r"(?P<place>[^.\n]{3,25})\. [^\W\d_]+(?: [^\W\d_]+){1,2}\s[-–—]\s(?P<agency>[^.\n]{2,20})\.(?=\s)")),
    # المكلا «الأيام» خاص:
    Turn("place «outlet»:", "", re.compile(r"(?P<place>[^«»:،\n-]{2,25}?)\s?[-–—،]?\s?[«“\"](?P<agency>[^«»”\"\n]{2,25})[»”\"](?: [^\s:]{2,10})?\s*[:：–-]"), "written"),
    Turn("outlet/place, own line", "/", re.compile(r"(?P<agency>[^/\n\d]{2,25})/\s?(?P<place>[^/\n\d]{3,20})"), "written", whole=True),
    # عمان – الغد –
    Turn("place - agency -", "", re.compile(r"(?P<place>[^\s–—ـ-][^–—ـ\n:-]{1,20}?)\s?[-–—ـ]+\s?(?P<agency>[؀-ۿ]+(?: [؀-ۿ]+){0,2})\s?[-–—ـ]+(?=\s)")),
    Turn("place: «agency»", "«", re.compile(r"(?P<place>[^«»:\n-]{2,25}?)\s?[:：]\s?[«](?P<agency>[^«»\n]{2,25})[»](?=\s|$)")),
    Turn(
        "agency, in place -", ", ",
        re.compile(r"(?:D[ao]s?|De la|De|D[ae]l|Dalla|Von|From|Du|De l['’])\s?(?P<agency>[^,\n]{3,30}), (?:em|n[oa]s?|en|in|a|à|au|aux|aus|from|desde|da)\s(?P<region>[^-–—\n,]{3,30}?)\s*(?:[-–—]+(?=\s)|[:：](?=\s)|$)"),
        "sure",
    ),
    # KUTAISI – Korrespondent; Sonam Dorji | Paro; In Galway: lines of their own
    Turn("place – correspondent, own line", "", re.compile(r"(?P<place>[^-–—\n]{2,30}?)\s[-–—]\s(?:[Cc]orrespondante?|[Ee]nvoyée? spéciale?|[Cc]orresponsal|[Ee]nviad[oa] especial|[Cc]orrispondente|[Ii]nviat[oa]|[Kk]orrespondent(?:in)?)(?: [^\W\d_]+){0,2}"), whole=True),
    Turn("reporter | place, own line", " | ", re.compile(r"(?P<person>[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){1,2}) \| (?P<place>[A-Z][^|\n]{2,25})"), whole=True),
    Turn("In place, own line", "In ", re.compile(r"In (?P<place>[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)?)"), whole=True),
    # MERCY ZULU, Choma THE council ...
    Turn("REPORTER, Place SENTENCE", ", ", re.compile(r"[A-Z'-]{3,}(?: [A-Z'-]{3,}){1,2}, (?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+)?)\s+(?=[A-Z]{1,} ?[A-Z]*\s[a-z])")),
    # المنيا - سعاد حسن: شهدت ...
    Turn("place - reporter:", ":", re.compile(r"(?P<place>[؀-ۿ][^-–—:،\n]{2,20}?) ?[-–—] ?(?P<reporter>[؀-ۿ]+ [؀-ۿ]+(?: [؀-ۿ]+)?)\s?:(?=\s)")),
    # Nov 12, 2025 Some News – ...; Some News: 6 October 2025: ...
    Turn("date agency -", "", re.compile(r"(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}),? (?P<agency>[A-Z][^-–—\d,\n]{2,30}?)\s*[-–—]+\s"), "sure"),
    Turn("agency: date:", ":", re.compile(r"(?P<agency>[A-Z][^:\d\n]{2,30}): (?P<date>[^:\n]{6,25}):(?=\s)"), "sure"),
    # Xinhua in Uyghur: the agency, the town, the day and "dispatch"
    Turn("agency place date dispatch:", ":", re.compile(r"(?P<agency>شىنخۇا)(?: ئاگېنتلىقى)? (?P<place>[^\s:]+) (?P<date>\d{1,2}-[^\s:]+) (?:تېلېگراممىسى|خەۋىرى):")),
    # NIA CHARLESTOWN NEVIS (November 12, 2025) -
    Turn("AGENCY PLACE (date) -", "(", re.compile(r"(?P<agency>[A-Z]{3,5}) (?P<place>[A-Z]+(?: [A-Z]+)??)(?: NEVIS| ST\.? KITTS)? \((?P<date>[^()\n]{6,25})\)\s*[-–—]")),
    Turn("reporter/place (agency)", "/", re.compile(rf"[^/\n,:]{{4,40}}/\s?(?P<place>[^/,\n(]{{2,40}}?),?\s*{_BRACKET}\s*[-–—]")),
    Turn("town (agency)", "(", re.compile(rf"{_TOWN} {_BRACKET}\s*[-–—:](?=\s)"), "sure", town=True),
    Turn("place | outlet |", " | ", re.compile(r"(?P<place>[^|,\n]{2,50}?)(?:,[^|\n]{2,40})?\s\|\s(?P<agency>[^|\n]{2,30}?)\s\|\s"), "looks"),
)  # fmt: skip
#: One of these stands in every turn of phrase but the Persian one; in most sentences none does.
_MARKS = re.compile(
    r"^In [A-Z]|^[^\n]{6,45}$|^[A-ZÅÄÖØÆÉ'-]{3,} [A-Z'-]{2,}[ ,]|[-–—|/«“\"(:：]|\.,?\s\S|الموافق| via "
)


def read_phrase(line: str, outlet: Outlet | None) -> Head | None:
    """Read such a dateline at the head of a line, or None."""
    if line.startswith(_PERSIAN_STARTS):
        return _PERSIAN.read(line, outlet)
    if not _MARKS.search(line, 0, 90):
        return None
    start = line[:90]
    return next((head for turn in _TURNS if turn.sign in start and (head := turn.read(line, outlet))), None)
