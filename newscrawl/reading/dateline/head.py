"""The grammar of a dateline at the head of a line: pieces, what separates them, and what ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newscrawl.outlet import Outlet
from newscrawl.reading import places
from newscrawl.reading.dateline.labels import is_label
from newscrawl.reading.dateline.parts import Part, agency_of, classify, is_caps, is_cased, outlet_of

#: Longest dateline that is believed, characters.
LONGEST = 150
_DELIMITER = re.compile(
    r"\s*(\.?\s?--+|\.\s?[-–—](?!\w)|[—–―]|-(?=\s|$)|(?<=\s)-|/+|[,،、]|[:：]|[()（）\[\]【】]|\|+|=)\s*"
)
_DOTTED = re.compile(r"\s*(\.\s?[-–—]+|[—–―]|\.(?=\s|$)|\s-\s|[,،])\s*")
_HYPHEN = re.compile(r"\s*(-|–|—|/)\s*")
_DASHES = ("-", "–", "—", "―", "--", ".-")
_SIGN = re.compile(r"[-–—―/,،、:：()（）\[\]【】|=]|\.\s")
_SCORE = re.compile(r"\b\d{1,3}\s?[-:–]\s?\d{1,3}\b")
_CLOSING = re.compile(r"\s*([)）\]】])\s*")
_OPEN, _CLOSE = "([（【", ")]）】"
_LABEL = re.compile(r"\s*[\[【](?P<label>[^\]】\n]{2,30})[\]】]\s*")


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


def read_head(line: str, outlet: Outlet | None) -> Head | None:
    """Read the dateline at the head of a line, or None."""
    start = 0
    label = _LABEL.match(line)
    if label and is_label(label["label"]):
        start = label.end()
    if len(line) > 60 and not _SIGN.search(line, start, start + 80):
        return None
    for pattern in (_DELIMITER, _DOTTED, _HYPHEN):
        head = _scan(line, start, pattern, outlet)
        if head is not None and (pattern is not _HYPHEN or head.has("agency")):
            head.end = len(line[: head.end].rstrip())
            return head
    return None


def _scan(line: str, start: int, pattern: re.Pattern[str], outlet: Outlet | None) -> Head | None:
    head, position, best = Head(), start, None
    bracket = ""
    for _ in range(14):
        found = (_CLOSING if bracket else pattern).search(line, position, start + LONGEST)
        end_of_piece, sign, after = (found.start(), found[1], found.end()) if found else (len(line), "", len(line))
        if end_of_piece - start > LONGEST:
            break
        piece = line[position:end_of_piece]
        if piece.strip(" ."):
            slashed = sign == "/" or (position > 0 and line[:position].rstrip().endswith("/"))
            new = _joined(line, position, end_of_piece, sign, pattern) if sign == "/" and not bracket else None
            if new is not None:
                piece, end_of_piece, sign, after = new
                slashed = False
            parts = classify(
                piece, outlet=outlet, seen=head.parts, bracketed=bool(bracket), slashed=slashed and len(head.parts) > 0
            )
            if not parts or (len(head.parts) == 0 and parts[0].kind in ("area", "year", "person")):
                return _with_agency(line, position, best, outlet)
            head.parts.extend(parts)
            head.slashes = head.slashes or slashed
        elif not sign:
            break
        if sign and sign[0] in _OPEN:
            bracket = sign
        elif sign and sign[0] in _CLOSE:
            if bracket and head.has("agency"):
                head.brackets = True
            bracket = ""
        position = after
        if bracket:
            continue
        ends = _ends(head, line, end_of_piece, sign, after, outlet)
        if ends:
            best = Head(
                parts=list(head.parts),
                end=_tail(line, after),
                rule=ends,
                brackets=head.brackets,
                slashes=head.slashes,
                separated=True,
            )
            if not _goes_on(line, best.end, outlet, best):
                return best
            position = best.end
        if not sign:
            break
    return best


def _with_agency(line: str, position: int, best: Head | None, outlet: Outlet | None) -> Head | None:
    """Add an agency that ends with a full stop to what is a dateline already: ``МОСКВА, 10 фев — РИА Новости. В ...``."""
    found = re.compile(r"([^.\n]{2,40})\.(?=\s)").match(line, position)
    part = agency_of(found[1].strip(), outlet) if found and best is not None and not best.has("agency") else None
    if found is not None and best is not None and part is not None:
        return Head(parts=[*best.parts, part], end=found.end(), rule="place, date - agency.")
    return best


def _joined(
    line: str, position: int, end: int, sign: str, pattern: re.Pattern[str]
) -> tuple[str, int, str, int] | None:
    """Take ``Frankfurt/Main`` for one piece where the gazetteer knows it as one."""
    slash = line.find("/", end)
    found = pattern.search(line, slash + 1)
    if slash < 0 or not found:
        return None
    whole = line[position : found.start()].strip()
    if whole.count("/") == 1 and len(whole) < 40 and any(row.population >= 20_000 for row in places.rows(whole)):
        return whole, found.start(), found[1], found.end()
    return None


def _tail(line: str, after: int) -> int:
    """Take the dash, colon or full stop that follows a closing bracket or slash into the dateline."""
    found = re.compile(r"\s*(?:--+|[-–—―]+|\.-|[:：]|\.(?=\s|$))").match(line, after)
    return found.end() if found else after


def _goes_on(line: str, end: int, outlet: Outlet | None, head: Head) -> bool:
    """Does more of the dateline follow what would already be one: ``(ANSA) - ROME, JUL 11 -``, ``10 фев — РИА``?"""
    rest = line[end:].lstrip()
    if not rest or (head.has("place") and head.has("agency")):
        return False
    if rest[0] in _OPEN:
        inner = _CLOSING.search(rest, 1, 45)
        return inner is not None and bool(
            agency_of(rest[1 : inner.start()], outlet) or outlet_of(rest[1 : inner.start()], bracketed=True)
        )
    found = _DELIMITER.search(rest, 0, 60) or re.compile(r"(\.)\s").search(rest, 0, 40)
    piece = rest[: found.start()] if found else (rest if len(rest) < 40 else "")
    if not piece:
        return False
    parts = classify(piece, outlet=outlet, seen=head.parts, bracketed=False, slashed=False)
    wanted = ("agency", "date") if head.has("place") else ("place", "date", "agency")
    return (
        bool(parts)
        and parts[0].kind in wanted
        and parts[0].sure
        and (parts[0].kind != "place" or found is not None or len(rest) < 40)
    )


def _ends(head: Head, line: str, piece_end: int, sign: str, after: int, outlet: Outlet | None) -> str:
    """Name the rule by which a dateline ends here, or give ''."""
    if not head.parts:
        return ""
    rest = line[after:].lstrip()
    dash, own_line = sign.strip() in _DASHES or sign.strip(". ") in _DASHES, not rest
    place, agency, date = head.has("place"), head.has("agency"), head.has("date")
    sure = head.has("place", sure=True) or not place
    if head.brackets and sign and sign[0] in _CLOSE and agency:
        followed = re.match(r"\s*(?:--|[-–—―:：=.]|$)", line[after - (len(sign) - len(sign.rstrip())) :])
        known = head.has("agency", sure=True)
        if head.parts[0].kind == "newsroom" or (place and (sure or known or followed)):
            return "place (agency)" if followed or (sure and known) or _starts(rest) else ""
        if not place:
            return "(agency)" if (followed and head.has("agency")) or (known and _starts(rest)) else ""
        return ""
    if sign == "/" and agency and head.parts[-1].kind == "agency" and head.slashes:
        return "place /agency/"
    if sign == "/" and agency and not place and _starts(rest):
        return "agency /"
    if (
        sign.strip() == "."
        and place
        and sure
        and (
            (agency and head.parts[-1].kind == "agency")
            or (date and _starts(rest) and (len(head.parts) > 2 or is_caps(head.parts[0].text)))
        )
    ):
        return "place. date. agency."
    if sign.strip() == "." and _full_stop(head, rest, outlet):
        return "PLACE."
    if own_line:
        return _own_line(head, line, piece_end)
    if not (dash or sign in (":", "：", "|", "=") or (sign.startswith(".") and len(sign) > 1)):
        return ""
    if agency:
        return ("agency -" if not place else "place, agency -") if _agency_ends(head, sign, rest) else ""
    if not place or not sure:
        return ""
    return _bare(head, sign, rest, outlet)


def _full_stop(head: Head, rest: str, outlet: Outlet | None) -> bool:
    """Is ``ЧЕРНІВЦІ. Нічний тролейбус …`` a dateline: one known place in capitals, and a sentence that is not in them?"""
    first = head.parts[0]
    if len(head.parts) != 1 or first.kind != "place" or not is_caps(first.text) or is_label(first.text):
        return False
    large = max((row.population for row in places.rows(first.text)), default=0)
    home = outlet is not None and any(row.place.country == outlet.country for row in places.rows(first.text))
    return large >= (5_000 if home else 20_000) and len(rest.split()) >= 4 and _starts(rest) and not is_caps(rest[:40])


def _agency_ends(head: Head, sign: str, rest: str) -> bool:
    if head.has("agency", sure=True) or head.has("place", sure=True):
        return _starts(rest)
    return _starts(rest) and sign not in (":", "：") and not _SCORE.search(rest[:40])


def _own_line(head: Head, line: str, piece_end: int) -> str:
    """A line of its own: only a place in capitals, a place and a date, or a place with its agency."""
    if not head.has("place", sure=True) and not (head.has("agency", sure=True) and head.has("place")):
        return ""
    if head.has("agency"):
        return "own line: place, agency"
    first = head.parts[0]
    if head.has("date") or (is_caps(first.text) and len(line.strip()) < 40):
        return "own line: place"
    return ""


def _bare(head: Head, sign: str, rest: str, outlet: Outlet | None) -> str:
    """A place without an agency before a dash or colon: believed only when what follows is a sentence of its own."""
    first = head.parts[0]
    places_in = [part for part in head.parts if part.kind == "place"]
    caps = is_caps(first.text)
    if not _starts(rest) or len(rest.split()) < 3 or _SCORE.search(rest[:60]) or is_label(first.text):
        return ""
    if re.match(r"(?:[A-Z]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z]{3,9}):", rest):  # a picture agency's caption
        return ""
    second = re.match(r"[^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?", rest)
    if (
        second
        and not caps
        and is_cased(first.text)
        and len(second[0]) > 3
        and any(row.population >= 20_000 for row in places.rows(second[0]))
    ):
        return ""
    large = max((row.population for row in places.rows(first.text)), default=0)
    home = outlet is not None and any(row.place.country == outlet.country for row in places.rows(first.text))
    if sign in (":", "：") and head.has("area"):
        return ""
    if sign in (":", "："):
        return "place:" if (caps or head.has("date")) and (large >= 15_000 or head.has("date")) else ""
    if sign == "|":
        return "place, date |" if head.has("date") else ""
    if len(places_in) > 1 and not caps:
        return ""
    if head.has("area") or head.has("date") or caps:
        return "PLACE -"
    return "Place -" if large >= (5_000 if home else 20_000) and len(first.text) > 2 else ""


def _starts(rest: str) -> bool:
    """Does a sentence begin here: a capital, a digit, a quotation mark, or a script without capitals?"""
    text = rest.lstrip("“”\"'‘’«»„([ ¿¡*")
    return bool(text) and (not is_cased(text[0]) or text[0].isupper() or text[0].isdigit())
