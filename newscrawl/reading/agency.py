"""News agencies: every spelling to one name. The registry is ``data/agencies.csv``, one agency a line."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newscrawl.outlet import Outlet
from newscrawl.reading.initials import initials
from newscrawl.reading.words import fold

_STAFF = re.compile(
    r"(?:(?:our |the )?(?:staff|admin(?:istrator)?|editors?|editorial(?: (?:staff|team|board|desk))?|news ?(?:desk|room|team)|web ?(?:desk|team)|correspondents?|reporters?|agencies|"
    r"agency|special correspondent|guest|contributors?|author|team|redaktion|rédaction|la rédaction|redacción|redação|redazione|redactie|redakcja|редакция|редакція|"
    r"haber merkezi|editör|muhabir|navenda nûçeyan|وكالات|تحرير|هيئة التحرير|فريق التحرير|المحرر|متابعات|مراسل|خاص|تحریریه|سردبیر|دەستەی نووسەران|desk|online|newsroom|multimedia|syndicated)"
    r"(?:\s+(?:writer|reporter|report|desk|team|staff|news|editor|correspondent))?|.{0,30}\b(?:staff|newsroom|news desk|web desk|editorial board|haber merkezi))",
    re.IGNORECASE,
)
#: Words that follow an agency's name in a byline without changing whose it is.
_AFTER = re.compile(
    r"\s+(?:دیجیتاڵ|دیجیتال|ديجيتال|digital|news agency|newswire|news|wire|agency|writers?|reporters?|correspondents?|staff|service|digital media|agencies)\.?$|"
    r"(?:客户端|客戶端|公众号|微信公众号|视频号|微博|官网|網站|网站|网)$",
    re.IGNORECASE,
)


_BRACKETED = re.compile(r"([^()]{2,60}?)\s*\(([^()]{2,60})\)")
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """A registry row; ``ambiguous`` is "yes" when a short alias is also something else, "word" when any one word of it is.

    ``serves`` are countries besides its own whose news it is known for.
    """

    name: str
    country: str
    serves: tuple[str, ...]
    domain: str
    ambiguous: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """One alias of an agency, and the language that uses it ('' for any)."""

    agency: Agency
    language: str


@cache
def _registry() -> dict[str, list[Spelling]]:
    found: dict[str, list[Spelling]] = {}
    with (Path(__file__).parent / "data" / "agencies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            home, *serves = row["country"].split(" ")
            agency = Agency(
                name=row["name"], country=home, serves=tuple(serves), domain=row["domain"], ambiguous=row["ambiguous"]
            )
            names = [("", row["name"]), ("", row["domain"])]
            names += [
                (alias.split(":", 1)[0], alias.split(":", 1)[1]) for alias in row["aliases"].split(";") if ":" in alias
            ]
            for language, name in names:
                known = found.setdefault(_key(name), [])
                if name and all(one.agency != agency for one in known):
                    known.append(Spelling(agency, language.split("-")[0]))
    return found


def _key(name: str) -> str:
    return _BETWEEN.sub("", fold(name).removeprefix("the "))


def spelled(text: str) -> Sequence[Spelling]:
    """Give every registry row that is spelled exactly so, but for case, accents of Arabic script and punctuation."""
    if len(text) > 60:
        return ()
    key = _key(text)
    return _registry().get(key, ()) if key else ()


def choose(
    text: str, *, language: str | None = None, country: str | None = None, outlet: Outlet | None = None
) -> tuple[Agency | None, tuple[Agency, ...]]:
    """Tell which agency a spelling means, and which others share it.

    The outlet's own agency decides, then the country of the place or the outlet, then the countries that an agency also
    serves, then the language, then the order of the registry.
    """
    known = spelled(text)
    if not known:
        bare = _AFTER.sub("", text)
        known = spelled(bare) if bare != text else ()
    if not known and "/" in text:
        known = spelled(text.split("/")[0])
    if not known and (letters := initials(text)):
        known = spelled(letters)
    if not known:
        return None, ()
    home = country or (outlet.country if outlet else None)

    def points(one: Spelling) -> tuple[bool, bool, bool, bool]:
        return (
            bool(outlet and outlet.agency == one.agency.name),
            bool(home and one.agency.country == home),
            bool(home and home in one.agency.serves),
            bool(language and one.language == language),
        )

    best = max(known, key=points)
    return best.agency, tuple(one.agency for one in known if one is not best)


def of_domain(host: str) -> Agency | None:
    """Give the agency whose site a host is.

    >>> getattr(of_domain("www.reuters.com"), "name", None), of_domain("demo.example")
    ('Reuters', None)
    """
    found = _registry().get(_key(host.lower().removeprefix("www.")), ())
    return next((one.agency for one in found if one.agency.domain == host.lower().removeprefix("www.")), None)


def is_own(text: str, outlet: Outlet) -> bool:
    """Is the text the outlet's own name, or that of the agency that it is?"""
    own = {_key(outlet.name), _key(outlet.id), *(() if outlet.agency is None else (_key(outlet.agency),))}
    return _key(text) in own


def find(
    text: str, *, language: str | None = None, country: str | None = None, outlet: Outlet | None = None
) -> str | None:
    """Give the canonical name of the agency that a byline or credit names, or None.

    >>> find("رويترز"), find("AFP (Agence France-Presse)"), find("Rima Saleh"), find("Sakshi")
    ('Reuters', 'Agence France-Presse', None, None)
    """
    if both := _BRACKETED.fullmatch(text.strip()):  # Petra (Jordan News Agency)
        text = next((name for name in both.groups() if spelled(name)), text)
    text = text.strip(" .()[]-–—")
    agency, _ = choose(text, language=language, country=country, outlet=outlet)
    bare = text.lstrip("@")
    if agency and agency.ambiguous == "word" and bare.isalpha() and (bare.istitle() or bare.islower()):
        return None  # Sakshi and Fortune sign as people
    return agency.name if agency else None


def is_staff(text: str) -> bool:
    """Does a byline name nobody: staff, a newsroom, "agencies"?

    >>> is_staff("Staff writer"), is_staff("وكالات"), is_staff("Rima Saleh")
    (True, True, False)
    """
    return _STAFF.fullmatch(text.strip(" .:-–—")) is not None
