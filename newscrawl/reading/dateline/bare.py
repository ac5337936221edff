"""A place without an agency: what must stand before and behind a dash, colon or full stop, or on a line of its own."""

from __future__ import annotations

import re

from newscrawl.outlet import Outlet
from newscrawl.reading import places
from newscrawl.reading.dateline.behind import is_aside, is_landmark, is_pair, is_route, large, length, starts
from newscrawl.reading.dateline.labels import is_club, is_label, is_word
from newscrawl.reading.dateline.parts import Head, Part, is_caps, is_cased

COLONS = (":", "：", "፦", "៖", "ঃ")
SCORE = re.compile(r"\b\d{1,3}\s?[-:–]\s?\d{1,3}\b")
#: The end of a sentence.
CLOSED = re.compile(r"[.!?।۔؟…»”\"።။។։]\s*$")
#: A weather report's figures.
_FIGURES = re.compile(r"[+−-]?\d+\s?(?:[-–/]\s?\d|°|%|[CF]\b|\()|[$€£¥₹]\d")
#: How a title goes on behind a city's name and a colon: The Musical, One of the ..., How to ...
_TITLED = re.compile(
    r"(?:The (?:Musical|Movie|Story|City|Game|Album|Book|Complete|Ultimate|Best|Last|Secret|Art|Making|Fall|Rise)|One of|City of|"
    r"Home (?:of|to)|Capital of|Tale of|(?:A |The )?(?:[Gg]uide|[Cc]ity|[Jj]ourney|[Hh]istory|[Ss]tory)|How|Why|What|Where|Who|Inside|Best|Top|Un[ae]? |Eine? |Die Stadt|La (?:ville|ciudad|città))\b"
)
#: What a picture agency's caption has behind the place: MAY 04: Runners ...
_CAPTIONED = re.compile(r"(?:[A-Z]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z]{3,9}):")


def full_stop(head: Head, rest: str, outlet: Outlet | None) -> bool:
    """Is ``ЧЕРНІВЦІ. Нічний тролейбус …`` a dateline: one known place alone, and a sentence behind it?

    Without capitals to tell it from a sentence of one word, only a large place is believed, or one at home.
    """
    first = head.parts[0]
    if (
        len(head.parts) != 1
        or first.kind != "place"
        or is_label(first.text)
        or is_word(first.text)
        or is_caps(rest[:40])
    ):
        return False
    if "." in first.text or len(first.text) < 3 or is_club(first.text):  # N.Y. or a surname's initials
        return False
    least = (3_000 if len(first.text) > 5 else 20_000) if is_caps(first.text) else 100_000
    least = 40_000 if not first.text.isascii() and is_cased(first.text) and len(first.text) > 4 else least
    return large(first, outlet) >= least and length(rest) >= 4 and starts(rest) and not SCORE.search(rest[:60])


def own_line(head: Head, line: str) -> str:
    """A line of its own: only a place in capitals, a place and a date, or a place with its agency."""
    if head.parts[0].kind == "newsroom" and head.parts[-1].kind == "place" and head.has("place", sure=True):
        return "own line: newsroom, place"
    if head.parts[0].kind == "newsroom" or ("." in head.parts[0].text and not head.has("area", sure=True)):
        return ""
    if not head.has("place", sure=True) and not (head.has("agency", sure=True) and head.has("place")):
        return ""
    if head.has("agency"):
        return "own line: place, agency"
    first = head.parts[0]
    if head.parts[-1].kind == "newsroom" and not is_cased(first.text):
        return "own line: place, newsroom"
    if len(first.text) < 3 and is_cased(first.text):
        return ""
    if len(head.parts) == 1 and line.rstrip().endswith(",") and not is_cased(first.text):  # as Tamil papers write
        return "own line: place,"
    if len(head.parts) == 2 and head.parts[1].kind == "area" and _in_its_country(head):
        return "own line: place, country"
    dated = head.has("date") or (head.has("weekday") and not is_cased(first.text))
    if dated or (is_caps(first.text) and len(line.strip()) < 40):
        return "own line: place"
    return ""


def _in_its_country(head: Head) -> bool:
    """Is the second piece the country or region of the first, a town that the gazetteer has there?"""
    area = head.parts[1].area
    return area is not None and any(
        row.place.country == area.country and area.region in (None, row.place.region) and row.population >= 10_000
        for row in places.rows(head.parts[0].value)
    )


def bare(head: Head, sign: str, rest: str, outlet: Outlet | None) -> str:
    """A place without an agency before a dash or colon: believed only when what follows is a sentence of its own."""
    first = head.parts[0]
    named = [part for part in head.parts if part.kind == "place"]
    caps, dated = is_caps(first.text), head.has("date")
    if (
        is_label(first.text)
        or (len(head.parts) == 1 and is_club(first.text))
        or _CAPTIONED.match(rest)
        or not (dated or _is_sentence(rest))
    ):
        return ""
    if not caps and ((is_route(rest) and not rest.startswith(first.text)) or is_aside(rest)):
        return ""
    if sign in COLONS:
        listed = len(named) > 1 and not caps and "/" not in first.text
        return "" if listed else _colon(head, rest, large(first, outlet))
    if sign == "|":
        return "place, date |" if dated or caps else ""
    if dated or head.has("area", sure=True):
        return "PLACE -"
    several = len(named) > 1 and not _both_large(head, named, outlet)
    if not caps and (several or is_word(first.text) or is_pair(rest) or head.has("area")):
        return ""
    return _dash(first, large(first, outlet) * (10 if sign.startswith(".") else 1))


def _is_sentence(rest: str) -> bool:
    return starts(rest) and length(re.split(r"[.!?]\s", rest, maxsplit=1)[0]) >= 3 and not SCORE.search(rest[:60])


def _dash(first: Part, size: int) -> str:
    if is_caps(first.text):
        named = len(first.text) > 2 or not first.text.isascii()  # PA is a state
        return "PLACE -" if size >= 1_000 and named and not is_landmark(first.text, size) else ""
    least = 500_000 if _is_country(first.text) else 15_000  # Lebanon is a country before it is a town
    return "Place -" if size >= least and len(first.text) > 2 else ""


def _is_country(text: str) -> bool:
    """Is this a country's name and no town's of its own, as Monaco is?"""
    homes = {row.place.country for row in places.rows(text)[:1]}
    return any(area.region is None and area.country not in homes for area in places.areas(text))


def _both_large(head: Head, named: list[Part], outlet: Outlet | None) -> bool:
    """Are these the two cities of ``London/Teheran -``?"""
    if not head.slashes or len(named) < 2:
        return False
    inside = any(  # Ağrı/Doğubayazıt, a province and its town
        row.place.region and places.fold_name(row.place.region) == places.fold_name(named[0].text)
        for row in places.rows(named[1].value)[:2]
    )
    return inside or all(large(part, outlet) >= 100_000 for part in named)


def _colon(head: Head, rest: str, size: int) -> str:
    """``LATAKIA: A ship …``: capitals, a date, or a script that has none; else only a place that is size or at home."""
    first = head.parts[0]
    if _FIGURES.match(rest):
        return ""
    date = next((part for part in head.parts if part.kind == "date"), None)
    if date and head.has("area") and is_caps(date.text) and date.value.startswith("--") and not head.has("year"):
        return ""  # a picture agency's caption
    if date or (head.has("area", sure=True) and is_caps(first.text)):
        return "place:"
    if head.has("area") or (_is_country(first.text) and size < 500_000):
        return ""
    if not is_cased(first.text) and (rest[0] in '«“"' or (length(rest) < 8 and not CLOSED.search(rest))):
        return ""  # a heading: what a capital says, or a city's story
    if is_caps(first.text) or not is_cased(first.text):
        least = 500 if len(first.text) > 5 else 5_000
        if "\u0590" <= first.text[0] <= "\u08ff" and len(first.text) <= 5:  # where a speaker's name looks the same
            least = 100_000
        return "place:" if size >= least and length(rest) >= 4 else ""
    return (
        "place:" if size >= 50_000 and length(rest) >= 6 and not _TITLED.match(rest) and not is_word(first.text) else ""
    )
