"""Where a dateline ends: after a dash, colon, full stop or bracket, if what stands before and behind it allows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newscrawl.outlet import Outlet
from newscrawl.reading import places
from newscrawl.reading.dateline.behind import is_aside, is_landmark, is_pair, is_route, large, length, starts
from newscrawl.reading.dateline.labels import is_label, is_word
from newscrawl.reading.dateline.parts import Part, is_caps, is_cased, is_outlet_s

_DASHES = ("-", "–", "—", "―", "--", ".-", "ـ", "//", "∙", "•", "●", "»")
_COLONS = (":", "：", "፦", "៖", "ঃ")
_SCORE = re.compile(r"\b\d{1,3}\s?[-:–]\s?\d{1,3}\b")
_CLOSE = ")]）】"
#: An interview's question, behind the name of who asks.
_QUESTION = re.compile(r"[^.!?;]{5,150}[?؟？]")
#: The end of a sentence.
_CLOSED = re.compile(r"[.!?।۔؟…»”\"።။។։]\s*$")
#: A weather report's figures.
_FIGURES = re.compile(r"[+−-]?\d+\s?(?:[-–/]\s?\d|°|%|[CF]\b)")


@dataclass(kw_only=True)
class Head:
    """A dateline as far as it was read: its pieces and where it ends in the line."""

    parts: list[Part] = field(default_factory=list)
    end: int = 0
    rule: str = ""
    brackets: bool = False
    slashes: bool = False
    separated: bool = False

    def has(self, kind: str, *, sure: bool = False) -> bool:
        """Is there a piece of this kind?"""
        return any(part.kind == kind and (part.sure or not sure) for part in self.parts)


def ends(head: Head, line: str, piece_end: int, sign: str, after: int, outlet: Outlet | None) -> str:
    """Name the rule by which a dateline ends here, or give ''."""
    if not head.parts:
        return ""
    rest = line[after:].lstrip()
    dash, own_line = sign.strip() in _DASHES or sign.strip(". ") in _DASHES, not rest
    place, agency, date = head.has("place"), head.has("agency"), head.has("date")
    sure = head.has("place", sure=True) or not place or (head.has("area", sure=True) and (date or agency))
    if sign and sign[0] in _CLOSE and line[0] in "([（" and head.has("place", sure=True) and not agency:
        return _bracketed(head, line[after - (len(sign) - len(sign.rstrip())) :], outlet)
    if head.brackets and sign and sign[0] in _CLOSE and (agency or head.has("newsroom")):
        followed = re.match(r"\s*(?:--|[-–—―:;：፦៖।=.]|$)", line[after - (len(sign) - len(sign.rstrip())) :])
        known = head.has("agency", sure=True)
        told = date and not is_cased(head.parts[0].text)
        if place and not (sure or known or told or any(is_outlet_s(part.text) for part in head.parts[1:])):
            return ""  # a table: TOKYO RUBBER (YEN PER KILO) -
        if head.parts[0].kind == "newsroom" or (place and (sure or known or told or followed)):
            return "place (agency)" if followed or (sure and known) or starts(rest) else ""
        if not place:
            return "(agency)" if (followed and head.has("agency")) or (known and starts(rest)) else ""
        return ""
    if sign and sign[0] in _CLOSE and place and sure and head.parts[-1].kind in ("date", "year") and starts(rest):
        return "place (date)" if head.has("area", sure=True) or is_caps(head.parts[0].text) else ""
    if sign == "/" and agency and head.parts[-1].kind == "agency" and head.slashes:
        return "place /agency/"
    if sign == "/" and agency and place and head.slashes and head.parts[-1].kind in ("date", "year"):
        return "place /agency/ date /"
    if sign == "/" and agency and not place and starts(rest):
        return "agency /"
    if (
        sign.strip() in (".", "।", "։", "።")
        and place
        and sure
        and (
            (agency and "agency" in (head.parts[-1].kind, head.parts[0].kind))
            or (
                date
                and starts(rest)
                and (len(head.parts) > 2 or is_caps(head.parts[0].text) or large(head.parts[0], outlet) >= 100_000)
            )
        )
    ):
        return "place. date. agency."
    if (
        sign.strip() in (".", "።")
        and len(head.parts) == 1
        and agency
        and head.has("agency", sure=True)
        and starts(rest)
        and length(rest) > 3
    ):
        return "agency."
    if (
        sign.strip() == "."
        and head.has("area", sure=True)
        and is_caps(head.parts[0].text)
        and sure
        and starts(rest)
        and length(rest) > 3
    ):
        return "PLACE, COUNTRY."
    if head.parts[0].kind == "newsroom" and place and sure and (dash or sign.strip() in (*_COLONS, "।")) and rest:
        return "newsroom, place"
    if sign.strip() in (".", "।", "։", "።") and _full_stop(head, rest, outlet):
        return "Place."
    if own_line:
        return _own_line(head, line, piece_end)
    if not (dash or sign in (*_COLONS, "|", "=") or (sign.startswith(".") and len(sign) > 1)):
        return ""
    if agency:
        return ("agency -" if not place else "place, agency -") if _agency_ends(head, sign, rest) else ""
    if not place or not sure:
        return ""
    return _bare(head, sign, rest, outlet)


def _bracketed(head: Head, behind: str, outlet: Outlet | None) -> str:
    """Is ``(Beirut) –``, ``(Bangkok, May 3, 2025) –`` or ``(කොළඹ) …`` a dateline, ``behind`` being what follows it?"""
    sign = re.match(r"\s*(?:[:：៖]|[-–—]+(?=\s))\s*", behind)
    if sign:
        return "(place):" if starts(behind[sign.end() :]) else ""
    first = head.parts[0]
    alone = len(head.parts) == 1 and not is_cased(first.text) and large(first, outlet) >= 100_000
    return "(place)" if alone and length(behind) >= 4 else ""


def _full_stop(head: Head, rest: str, outlet: Outlet | None) -> bool:
    """Is ``ЧЕРНІВЦІ. Нічний тролейбус …`` a dateline: one known place alone, and a sentence behind it?

    Without capitals to tell it from a sentence of one word, only a large place is believed, or one at home.
    """
    first = head.parts[0]
    if len(head.parts) != 1 or first.kind != "place" or is_label(first.text) or is_caps(rest[:40]):
        return False
    if "." in first.text or len(first.text) < 3:  # N.Y. or a surname's initials
        return False
    least = 20_000 if is_caps(first.text) else 100_000
    return large(first, outlet) >= least and length(rest) >= 4 and starts(rest) and not _SCORE.search(rest[:60])


def _agency_ends(head: Head, sign: str, rest: str) -> bool:
    if sign in _COLONS and not head.has("place") and _QUESTION.match(rest):
        return False
    if head.has("place", sure=True) or (
        head.has("agency", sure=True) and (not head.has("place") or is_cased(head.parts[0].text))
    ):
        return starts(rest)
    if head.has("place") and not is_cased(head.parts[0].text):
        return False
    if head.has("place") and not any(is_outlet_s(part.text) for part in head.parts if part.kind == "agency"):
        return False
    return starts(rest) and sign not in _COLONS and not _SCORE.search(rest[:40]) and not is_caps(rest[:6])


def _own_line(head: Head, line: str, piece_end: int) -> str:
    """A line of its own: only a place in capitals, a place and a date, or a place with its agency."""
    if not head.has("place", sure=True) and not (head.has("agency", sure=True) and head.has("place")):
        return ""
    if head.has("agency"):
        return "own line: place, agency"
    first = head.parts[0]
    if len(head.parts) == 1 and line.rstrip().endswith(",") and not is_cased(first.text):  # as Tamil papers write
        return "own line: place,"
    if head.has("date") or (is_caps(first.text) and len(line.strip()) < 40):
        return "own line: place"
    return ""


def _bare(head: Head, sign: str, rest: str, outlet: Outlet | None) -> str:
    """A place without an agency before a dash or colon: believed only when what follows is a sentence of its own."""
    first = head.parts[0]
    places_in = [part for part in head.parts if part.kind == "place"]
    caps = is_caps(first.text)
    if is_label(first.text):
        return ""
    if not head.has("date") and (
        not starts(rest) or length(re.split(r"[.!?]\s", rest, maxsplit=1)[0]) < 3 or _SCORE.search(rest[:60])
    ):
        return ""
    if re.match(r"(?:[A-Z]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z]{3,9}):", rest):  # a picture agency's caption
        return ""
    if not caps and (is_route(rest) or is_aside(rest)):
        return ""
    size = large(first, outlet)
    if len(places_in) > 1 and not caps and "/" not in head.parts[0].text and sign in _COLONS:
        return ""
    if sign in _COLONS:
        return _colon(head, rest, size)
    if sign == "|":
        return "place, date |" if head.has("date") else ""
    doubtful = (
        (len(places_in) > 1 and not _both_large(head, places_in, outlet))
        or is_word(first.text)
        or is_pair(rest)
        or head.has("area")
    )
    if doubtful and not caps and not head.has("date") and not head.has("area", sure=True):
        return ""
    if head.has("area", sure=True) or head.has("date"):
        return "PLACE -"
    if caps:
        return "PLACE -" if size >= 1_000 and not is_landmark(first.text, size) else ""
    country = any(area.region is None for area in places.areas(first.text))
    least = 500_000 if country else 20_000  # Lebanon is a country before it is a town
    return "Place -" if size >= least and len(first.text) > 2 else ""


def _both_large(head: Head, named: list[Part], outlet: Outlet | None) -> bool:
    """Are these the two cities of ``London/Teheran -``?"""
    return head.slashes and all(large(part, outlet) >= 100_000 for part in named)


def _colon(head: Head, rest: str, size: int) -> str:
    """``LATAKIA: A ship …``: capitals, a date, or a script that has none; else only a place that is size or at home."""
    first = head.parts[0]
    if head.has("area") or _FIGURES.match(rest):
        return ""
    if head.has("date"):
        return "place:"
    if not is_cased(first.text) and (rest[0] in '«“"' or (length(rest) < 8 and not _CLOSED.search(rest))):
        return ""  # a heading: what a capital says, or a city's story
    if is_caps(first.text) or not is_cased(first.text):
        least = 500 if len(first.text) > 5 else 5_000
        if "\u0590" <= first.text[0] <= "\u08ff" and len(first.text) <= 5:  # where a speaker's name looks the same
            least = 100_000
        return "place:" if size >= least and length(rest) >= 4 else ""
    return "place:" if size >= 50_000 and length(rest) >= 6 and not is_word(first.text) else ""
