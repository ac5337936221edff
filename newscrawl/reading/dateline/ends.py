"""Where a dateline ends: after a bracket, slash, full stop, dash or colon, if what stands before and behind it allows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.bare import CLOSED, COLONS, SCORE, bare, full_stop, own_line
from newscrawl.reading.dateline.behind import large, length, starts
from newscrawl.reading.dateline.labels import is_word
from newscrawl.reading.dateline.names import could_be_town
from newscrawl.reading.dateline.parts import Head, Part, is_acronym, is_caps, is_cased, is_outlet_s

_DASHES = ("-", "–", "—", "―", "--", ".-", "ـ", "_", "__", "//", "∙", "•", "●", "»")
_STOPS = (".", "।", "։", "።")
_COMMAS = (",", "،", "、", "፣", "፤", "၊")
_CLOSE = ")]）】"
#: What follows a closing bracket that ends a dateline.
_FOLLOWS = re.compile(r"\s*(?:--|[-–—―:;：፦៖।=.]|$)")
_OPENED = re.compile(r"\s*(?:[:：៖]|[-–—]+(?=\s))\s*")
_DOMAIN = re.compile(r"[\w-]+\.[a-z]{2,3}")
#: An interview's question, behind the name of who asks.
_QUESTION = re.compile(r"[^.!?;]{5,150}[?؟？]")

#: What an outlet is, where its name begins with that.
_KINDS = re.compile(
    r"radio|tv|télé|agence|agencia|agenzia|agência|agentur|diario|diário|jornal|journal|портал|агентство|новости|وكالة|شبكة|قناة|تلفزيون|راديو|صحيفة|موقع|خبرگزاری|ئاژانسی",
    re.IGNORECASE,
)


@dataclass(kw_only=True, slots=True)
class _Sign:
    """A sign that may end a dateline: what was read before it, and what stands behind it (``rest``, without the spaces)."""

    head: Head
    sign: str
    behind: str
    rest: str
    outlet: Outlet | None
    sure: bool

    def has(self, kind: str) -> bool:
        return self.head.has(kind)


def ends(head: Head, line: str, piece_end: int, sign: str, after: int, outlet: Outlet | None) -> str:
    """Name the rule by which a dateline ends here, or give ''."""
    if not head.parts or (sign in _COMMAS and after < len(line)):
        return ""
    whole = head.has("area", sure=True) and (
        head.has("date") or head.has("agency") or could_be_town(head.parts[0].text)
    )
    here = _Sign(
        head=head, sign=sign.strip(), behind=line[after - (len(sign) - len(sign.rstrip())) :], rest=line[after:].lstrip(),
        outlet=outlet, sure=head.has("place", sure=True) or not head.has("place") or whole,
    )  # fmt: skip
    if sign and sign[0] in _CLOSE and here.rest[:1] in COLONS and _is_entry(here):
        return ""
    if sign and sign[0] in _CLOSE and (rule := _closed(here, line[0] in "([（")) is not None:
        return rule
    if sign in COLONS and _is_entry(here):
        return ""
    if sign == "/" and (rule := _slashed(here)):
        return rule
    if here.sign in _STOPS and (rule := _stopped(here)):
        return rule
    dash = here.sign in _DASHES or sign.strip(". ") in _DASHES
    newsroom = head.parts[0].kind == "newsroom" and head.has("place") and here.sure
    if newsroom and here.rest and (dash or here.sign in (*COLONS, "।")):
        return "newsroom, place"
    if not here.rest:
        return own_line(head, line)
    if not (dash or sign in (*COLONS, "|", "=") or (sign.startswith(".") and len(sign) > 1)):
        return ""
    if sign in "–—-" and here.rest[0].isdigit() and line[piece_end - 1].isdigit() and line[after - 1] in "–—-":
        return ""  # Paris, France: June 17–20
    if head.has("agency"):
        rule = "place, agency -" if head.has("place") else "agency -"
        return rule if _agency_ends(head, sign, here.rest) else ""
    return bare(head, sign, here.rest, outlet) if head.has("place") and here.sure else ""


def _is_entry(here: _Sign) -> bool:
    """Is this an entry of a list, a name and what is said of it: ``England (Group A): Tenth appearance``?"""
    known = here.head.has("agency", sure=True) or not here.has("agency")
    return not known and length(here.rest) < 6 and not CLOSED.search(here.rest)


def _closed(here: _Sign, opened: bool) -> str | None:
    """Does a closing bracket end it? None where other signs may tell; ``opened`` is a line that begins with a bracket."""
    head, sure = here.head, here.sure
    if opened and head.has("place", sure=True) and not here.has("agency"):
        return _bracketed(here)
    if head.brackets and (here.has("agency") or here.has("newsroom")):
        return _agency_in_brackets(here)
    if here.has("place") and sure and head.parts[-1].kind in ("date", "year") and starts(here.rest):
        return "place (date)" if head.has("area", sure=True) or is_caps(head.parts[0].text) else ""
    return None


def _bracketed(here: _Sign) -> str:
    """Is ``(Beirut) –``, ``(Bangkok, May 3, 2025) –``, ``(Saguenay) Les …`` or ``(කොළඹ) …`` a dateline?"""
    if here.has("newsroom") and (not here.rest or starts(here.rest)):
        return "(place - reporter)"
    if here.has("date") and here.behind.startswith(". "):
        return "(place, date)."
    if sign := _OPENED.match(here.behind):
        return "(place):" if starts(here.behind[sign.end() :]) else ""
    first = here.head.parts[0]
    known = large(first, here.outlet) >= 100_000 and not is_word(first.text) and starts(here.rest)
    return "(place)" if known and len(here.head.parts) == 1 and length(here.behind) >= 4 else ""


def _agency_in_brackets(here: _Sign) -> str:
    head, sure, place = here.head, here.sure, here.has("place")
    followed = _FOLLOWS.match(here.behind)
    known = head.has("agency", sure=True)
    told = here.has("date") and not is_cased(head.parts[0].text)
    if place and not (sure or known or told or any(is_outlet_s(part.text) for part in head.parts[1:])):
        return ""  # a table: TOKYO RUBBER (YEN PER KILO) -
    if head.parts[0].kind == "newsroom" or (place and (sure or known or told or followed)):
        return "place (agency)" if followed or (sure and known) or starts(here.rest) else ""
    alone = [part for part in head.parts if part.kind == "agency"]
    if len(alone) > 1 and not (alone[0].sure or followed):
        return ""  # قالت وكالة كذا (كذا) إن
    looks = known or (len(alone) == 1 and (is_outlet_s(alone[0].text) or is_acronym(alone[0].text)))
    told = known or _DOMAIN.fullmatch(alone[0].text) is not None
    if place or not looks or not here.rest or not (followed or (told and starts(here.rest))):
        return ""
    return "(agency)" if here.has("agency") else ""


def _slashed(here: _Sign) -> str:
    last = here.head.parts[-1].kind
    if not here.has("agency"):
        return ""
    if here.head.slashes and last == "agency":
        return "place /agency/"
    if here.head.slashes and here.has("place") and last in ("date", "year"):
        return "place /agency/ date /"
    alone = not here.has("place") and here.head.has("agency", sure=True)
    return "agency /" if alone and starts(here.rest) else ""


def _stopped(here: _Sign) -> str:
    """Does a full stop end it: behind place, date and agency, an agency alone, a country, or a place alone?"""
    head, rest = here.head, here.rest
    first, kinds = head.parts[0], (head.parts[0].kind, head.parts[-1].kind)
    if here.has("place") and here.sure:
        town = next(part for part in head.parts if part.kind == "place")
        told = len(head.parts) > 2 or is_caps(town.text) or large(town, here.outlet) >= 100_000
        if (here.has("agency") and "agency" in kinds) or (here.has("date") and starts(rest) and told):
            return "place. date. agency."
    sentence = starts(rest) and length(rest) > 3
    if len(head.parts) == 1 and head.has("agency", sure=True) and sentence:
        return "agency."
    if head.has("area", sure=True) and here.sure and sentence and _named_whole(first, here.outlet):
        return "PLACE, COUNTRY."
    if head.slashes and here.sure and sentence and len(head.parts) == 2 and here.has("place"):
        return "Place/Place." if all(large(part, here.outlet) >= 100_000 for part in head.parts) else ""
    return "Place." if full_stop(head, rest, here.outlet) else ""


def _named_whole(first: Part, outlet: Outlet | None) -> bool:
    return is_caps(first.text) or large(first, outlet) >= 50_000


def _agency_ends(head: Head, sign: str, rest: str) -> bool:
    asked = rest.rstrip().endswith(("?", "؟", "？")) or rest[0] in '“"«„'
    if sign in COLONS and not head.has("place") and (asked or _QUESTION.match(rest)):
        return False
    if head.has("place", sure=True) or (
        head.has("agency", sure=True) and (not head.has("place") or is_cased(head.parts[0].text))
    ):
        return starts(rest)
    first = head.parts[0].text
    if not is_cased(first) or not (head.has("place") or is_caps(first)):  # AMED TV –, and no SomeProduct –
        return False
    if not any(is_outlet_s(part.text) and _is_outlet_called(part.text) for part in head.parts if part.kind == "agency"):
        return False
    return starts(rest) and sign not in COLONS and not SCORE.search(rest[:40]) and not is_caps(rest[:6])


def _is_outlet_called(text: str) -> bool:
    """Is such a word where it names the whole: The Some Post, Radio Some, and no Some Post Job Fair?"""
    words = text.split()
    return len(words) < 3 or is_outlet_s(words[-1]) or _KINDS.fullmatch(words[0]) is not None
