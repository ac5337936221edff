"""The grammar of a dateline at the head of a line: pieces, what separates them, and what ends it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.classify import classify
from newscrawl.reading.dateline.days import date_of
from newscrawl.reading.dateline.ends import ends
from newscrawl.reading.dateline.labels import is_label
from newscrawl.reading.dateline.parts import Head, Part, agency_of, is_cased, is_outlet_s, outlet_of
from newscrawl.reading.dateline.stops import with_last, with_leading

#: Longest dateline that is believed, characters.
LONGEST = 150
_DELIMITER = re.compile(
    r"\s*(\.?\s?--+|\.\s?[-–—](?!\w)|[—–―]|-(?=\s|$)|(?<=\s)-|(?<=[A-Z]{3})-(?=[A-Z][a-z])|(?<=\s)ـ+(?=\s)|(?<!\d)/+|/+(?!\d)|[,،、፣፤၊]|۔(?=\s?\d)|[:：፦៖](?!\d\d\b)|ঃ(?=\s)|\s[∙•●»](?=\s)|[(（\[【]+|[)）\]】]+|\|+|=|(?<=\w)_+(?=\s)|\s@(?=\s))\s*"
)
_DOTTED = re.compile(r"\s*(\.\s?[-–—]+|[—–―]|(?<=[^\W\d_])/(?=[^\W\d_])|\.(?=\s(?!\d)|$)|[।։።]|\s[-|]\s|[,،])\s*")
_FULL_STOP = re.compile(r"([.।։።])(?=\s)")
_HYPHEN = re.compile(r"\s*(-|–|—|/)\s*")
#: Signs one of which is in all that a pattern finds: looking for one first is what makes a text without a dateline cheap.
_HINTS = {
    _DELIMITER: re.compile(r"[-–—―ـ_@/,،、፣፤၊۔:：፦៖ঃ∙•●»()（）\[\]【】|=]"), _DOTTED: re.compile(r"[-–—―/.।։።|,،]"),
    _HYPHEN: re.compile(r"[-–—/]"),
}  # fmt: skip
_SIGN = re.compile(r"[-–—―_@/,၊۔៖،、:：፣፤፦።।։()（）\[\]【】|=ঃ∙•●»]|\.\s")
_CLOSING = re.compile(r"\s*([)）\]】]+)\s*")
_OPEN, _CLOSE = "([（【", ")]）】"
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d\s*[|–—-]\s+")
_HYPHENED = re.compile(r"[^\W_]+[-/][^\W_]+")
_LABEL = re.compile(r"\s*[\[【](?P<label>[^\]】\n]{2,30})[\]】]\s*")


def read_head(line: str, outlet: Outlet | None) -> Head | None:
    """Read the dateline at the head of a line, or None."""
    start = 0
    label = _LABEL.match(line)
    if label and is_label(label["label"]):
        start = label.end()
    elif time := _CLOCK.match(line):
        start = time.end()
    if line[start : start + 1] in ("“", '"') or (line[start : start + 1] == "‘" and "’" in line[start : start + 80]):
        return None  # what is said, or what a book is called
    if len(line) > 60 and not _SIGN.search(line, start, start + 80):
        return None
    nothing: set[str] = set()
    for pattern in (_DELIMITER, _DOTTED, _HYPHEN):
        first = _first_piece(line, start, pattern)
        if first in nothing:
            continue
        if first and not classify(first, outlet=outlet, seen=[], bracketed=False, slashed=False):
            nothing.add(first)
            continue
        head = _scan(line, start, pattern, outlet)
        if head is not None and (pattern is not _HYPHEN or (head.has("agency") and head.has("place"))):
            head.end = len(line[: head.end].rstrip())
            return head
    return None


def _first_piece(line: str, start: int, pattern: re.Pattern[str]) -> str:
    """Give what stands before the first separator; '' where a bracket or a slash decides what it is."""
    hint = _HINTS[pattern].search(line, start, start + LONGEST)
    near = start + len(line[start : hint.start()].rstrip().rstrip(".").rstrip()) if hint else start
    found = pattern.search(line, near, start + LONGEST) if hint else None
    return "" if found and found[1] == "/" else line[start : found.start() if found else len(line)].strip(" .")


def _scan(line: str, start: int, pattern: re.Pattern[str], outlet: Outlet | None) -> Head | None:
    head, position, best, bracket = Head(), start, None, ""
    for _ in range(14):
        cut = _cut(line, position, start + LONGEST, pattern, bracket)
        if cut.end - start > LONGEST:
            return with_last(line, position, best, head, outlet)
        if not (cut.sign or line[position : cut.end].strip(" .")):
            break
        if line[position : cut.end].strip(" .") and not _takes(head, line, position, cut, bracket, outlet):
            return with_last(line, position, best, head, outlet)
        bracket = _bracket(head, cut.sign, bracket)
        position = cut.after
        if bracket:
            continue
        if rule := ends(head, line, cut.end, cut.sign, cut.after, outlet):
            best = replace(head, parts=list(head.parts), end=_tail(line, cut.after), rule=rule)
            if not _goes_on(line, best.end, outlet, best):
                return with_leading(line, best, outlet)
            position = best.end
        if not cut.sign:
            break
    return best


class _Cut(NamedTuple):
    """Where a piece ends, the sign that ends it, and where the next begins."""

    end: int
    sign: str
    after: int


def _cut(line: str, position: int, last: int, pattern: re.Pattern[str], bracket: str) -> _Cut:
    found = (_CLOSING if bracket else pattern).search(line, _behind_name(line, position), last)
    cut = _Cut(found.start(), found[1], found.end()) if found else _Cut(len(line), "", len(line))
    close = line.find(")", cut.after, cut.after + 25) + 1 if cut.sign == "(" and position < cut.end else 0
    if close and agency.spelled(line[position:close]) and (found := pattern.search(line, close, last)):
        return _Cut(found.start(), found[1], found.end())  # Al-Watan (Qatar) –, an outlet and its country
    return (_joined(line, position, cut.end, pattern) or cut) if cut.sign == "/" and not bracket else cut


def _takes(head: Head, line: str, position: int, cut: _Cut, bracket: str, outlet: Outlet | None) -> bool:
    """Add what a piece is to the pieces before it; False where it is nothing that a dateline has, or begins with."""
    before = line[:position].rstrip()[-1:]
    slashed = before == "/" or (cut.sign == "/" and before != ",")
    parts = classify(
        line[position : cut.end], outlet=outlet, seen=head.parts, bracketed=bool(bracket),
        slashed=slashed and bool(head.parts), enclosed=before == cut.sign == "/",
    )  # fmt: skip
    if not head.parts and cut.sign == "/" and not any(part.sure for part in parts):  # روناهي/ قامشلو, also a word
        named = agency_of(line[position : cut.end].strip(), outlet)
        parts = [named] if named and not is_cased(named.text) else parts
    if not parts or (not head.parts and parts[0].kind in ("area", "year", "person")):
        return False
    head.parts.extend(parts)
    head.slashes = head.slashes or slashed
    return True


def _bracket(head: Head, sign: str, bracket: str) -> str:
    """Give the bracket that is open behind a sign, and note one that closes behind an agency."""
    if sign and sign[0] in _OPEN:
        return sign
    if sign and sign[0] in _CLOSE:
        head.brackets = head.brackets or (bool(bracket) and (head.has("agency") or head.has("newsroom")))
        return ""
    return bracket


def _behind_name(line: str, position: int) -> int:
    """Pass an agency whose name has a hyphen or slash in it: RBC-Ukraine, RFE/RL."""
    word = _HYPHENED.match(line, position)
    return word.end() if word and agency.spelled(word[0]) else position


def _joined(line: str, position: int, end: int, pattern: re.Pattern[str]) -> _Cut | None:
    """Take ``Frankfurt/Main`` and ``RFE/RL`` for one piece where a table knows them as one."""
    found = pattern.search(line, line.find("/", end) + 1)
    whole = line[position : found.start()].strip() if found else ""
    if not found or whole.count("/") != 1 or len(whole) >= 40:
        return None
    known = agency.spelled(whole) or any(row.population >= 20_000 for row in places.rows(whole))
    return _Cut(found.start(), found[1], found.end()) if known else None


def _tail(line: str, after: int) -> int:
    """Take the dash, colon or full stop that follows a closing bracket or slash into the dateline."""
    found = re.compile(r"\s*(?:--+|[-–—―]+|\.-|[:;：፦៖।։።]|\.(?=\s|$))").match(line, after)
    return found.end() if found else after


def _belongs(part: Part, head: Head) -> bool:
    """Is this an agency of the country that the dateline names, or by its looks an outlet: ``غزة - معا -``?"""
    if part.kind != "agency" or not head.has("place"):
        return False
    place = next(one for one in head.parts if one.kind == "place")
    homes = {one.agency.country for one in agency.spelled(part.text)}
    at_home = any(row.place.country in homes for row in places.rows(place.value)[:3])
    return at_home if part.country else is_outlet_s(part.text)


def _goes_on(line: str, end: int, outlet: Outlet | None, head: Head) -> bool:
    """Does more of the dateline follow what would already be one: ``(ANSA) - ROME, JUL 11 -``, ``10 фев — РИА``?"""
    complete = head.has("place") and head.has("agency")
    rest = line[end:].lstrip(" ," if complete else " \t/")
    if not rest or (complete and head.has("date")):
        return False
    if rest[0] in _OPEN and not complete:
        inner = _CLOSING.search(rest, 1, 45)
        named = rest[1 : inner.start()] if inner else ""
        return bool(
            named
            and (
                agency_of(named, outlet)
                or outlet_of(named, bracketed=True)
                or (not head.has("date") and date_of(named))
            )
        )
    ends = [pattern.search(rest, _behind_name(rest, 0), 60) for pattern in (_DELIMITER, _FULL_STOP)]
    found = min((end for end in ends if end), key=lambda end: end.start(), default=None)
    piece = rest[: found.start()] if found else (rest if len(rest) < 40 else "")
    if not piece:
        return False
    parts = classify(piece, outlet=outlet, seen=head.parts, bracketed=False, slashed=False)
    wanted = ("date",) if complete else ("agency", "date") if head.has("place") else ("place", "date", "agency")
    return (
        bool(parts)
        and parts[0].kind in wanted
        and (parts[0].sure or ((found is None or found[1].strip() != ",") and _belongs(parts[0], head)))
        and (parts[0].kind != "place" or found is not None or len(rest) < 40)
    )
