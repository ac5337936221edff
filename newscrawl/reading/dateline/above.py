"""What may stand above a dateline: bylines, dates, view counters, an agency's name on a line of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.days import date_of
from newscrawl.reading.dateline.labels import is_chrome, is_picture_agency
from newscrawl.reading.dateline.parts import Head, Part, agency_of, is_acronym, is_cased, outlet_of, place_of

#: A line that may be a person's name.
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){1,3}")
_BYLINE = re.compile(r"(?:By|Par|Por|Von)\s+[^,\n]{3,60},\s*(.{2,40})")
#: The longest name that stands on a line of its own.
_LONGEST = 30


@dataclass(kw_only=True, slots=True)
class Above:
    """The lines above: an agency and where it stands, what is the answer if no dateline follows, a person's name."""

    title: str
    outlet: Outlet | None
    agency: tuple[Part, int] | None = None
    fallback: tuple[Head, int] | None = None
    named: bool = False

    def takes(self, line: str, start: int, *, first: bool, last: bool) -> bool:
        """Note what a line above tells; False where it is the text itself."""
        byline = _BYLINE.fullmatch(line)
        if byline and (part := agency_of(byline[1].strip(), self.outlet)):
            self.fallback = Head(parts=[part], end=len(line), rule="byline, agency"), start
            return True
        short = len(line) < _LONGEST
        if short and (part := agency_of(line, self.outlet) or _looks_like_outlet(line)):
            self.agency = part, start
            if part.sure and first and not last and not is_picture_agency(part.value):
                self.fallback = Head(parts=[part], end=len(line), rule="own line: agency"), start
            return True
        if is_chrome(line) or is_acronym(line) or date_of(line) or line == self.title or (short and place_of(line)):
            return True
        self.named = first and _NAME.fullmatch(line) is not None and len(line) <= _LONGEST
        return self.named


def _looks_like_outlet(line: str) -> Part | None:
    """Read an outlet by its looks where the script has no capitals, as titles of sections have the same in others."""
    return None if is_cased(line) else outlet_of(line, bracketed=False)
