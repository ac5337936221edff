"""Pieces that no table knows and that their looks and their company make towns, regions, outlets or reporters."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.behind import large
from newscrawl.reading.dateline.compound import could_be_area
from newscrawl.reading.dateline.labels import is_body, is_label
from newscrawl.reading.dateline.parts import (
    DIGIT,
    Kind,
    Part,
    is_acronym,
    is_caps,
    is_cased,
    is_name,
    is_outlet_s,
    outlet_of,
    quoted_outlet,
)


@dataclass(kw_only=True, slots=True)
class Piece:
    """A piece of a line (``plain``: folded; ``whole``: with its full stop), the pieces before it and the signs around it."""

    text: str
    plain: str
    whole: str
    outlet: Outlet | None
    seen: list[Part]
    bracketed: bool
    slashed: bool
    enclosed: bool
    placed: bool
    dated: bool

    def unsure(self, kind: Kind) -> list[Part]:
        """Take the piece for something that only its surroundings make it."""
        return [Part(kind=kind, text=self.text, value=self.text, sure=False)]


def read_unknown(piece: Piece) -> list[Part]:
    """Tell what a piece that no table has could be; nothing, in most cases."""
    first = not piece.bracketed and not piece.seen
    if first and not piece.slashed and _is_uncased_town(piece.text):
        return piece.unsure("place")
    alone = piece.enclosed and piece.placed and " " not in piece.text
    outlet = outlet_of(piece.text, bracketed=piece.bracketed or alone)
    if outlet := outlet or (quoted_outlet(piece.text) if piece.dated else None):
        return [outlet]
    if piece.placed and not piece.bracketed and (found := _behind_a_town(piece)):
        return found
    if piece.placed and piece.slashed:
        return _beside_a_slash(piece)
    capitals = is_caps(piece.text) and len(piece.text.split()) <= 4 and len(piece.text) > 2
    return piece.unsure("place") if first and capitals and not DIGIT.search(piece.text) else []


def _is_uncased_town(text: str) -> bool:
    short = 2 < len(text) <= 20 and len(text.split()) < 3
    return short and not (is_cased(text) or DIGIT.search(text) or is_label(text) or is_outlet_s(text))


def _behind_a_town(piece: Piece) -> list[Part]:
    town = piece.seen[0]
    if not piece.slashed and not piece.dated and could_be_area(piece.whole, town):
        return piece.unsure("area")
    if piece.dated and is_name(piece.text):
        return piece.unsure("agency")
    known = is_acronym(piece.text) and not is_body(piece.text) and large(town, piece.outlet) >= 20_000
    return piece.unsure("agency") if known else []


def _beside_a_slash(piece: Piece) -> list[Part]:
    """Read a reporter of two or three names, or an outlet of one word where a script has no capitals."""
    if len(piece.text.split()) in (2, 3):
        return piece.unsure("person")
    word = len(piece.text) > 2 and piece.text.isalpha() and not is_cased(piece.text)
    return piece.unsure("agency") if word else []
