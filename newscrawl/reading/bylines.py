"""Bylines: people are authors, agencies are credits, ``Staff`` is neither; an outlet that signs itself is an organisation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from newscrawl.item import Author
from newscrawl.reading import agency
from newscrawl.reading.words import MONTHS, fold

_BY = re.compile(
    r"^\s*(?:quelle|source|द्वारा|लेखक|fonte|fuente|kaynak|المصدر|author|(?:this (?:post|article|story) was )?(?:written|reported|reporting|story|posted|published|words|text|articles?) by|by|par|por|door|przez|автор[ы:]?|текст:?|"
    r"بقلم|كتب[ت]?|إعداد|تقرير|نووسینی|ئامادەکردنی|به قلم|نویسنده|מאת|haber|yazan|amadekar|nivîskar|โดย|oleh|bởi|penulis|ავტორი|հեղինակ|συντάκτης|γράφει(?: ο| η)?|نوشته|تحریر|লেখক|প্রতিবেদক|記者|记者|作者|撰文|文(?=[:：/]))(?:(?![^\W\d_])|(?<= by)(?=(?-i:[A-Z])))\s*[:：]?\s*|"
    r"^\s*(?:本[報报])?[記记]者(?=[\u4e00-\u9fff]{2,4}(?:[／/\s]|$))",
    re.IGNORECASE,
)  # fmt: skip
#: Prepositions that also begin surnames: they are cut off before two names only.
_PREPOSITION = re.compile(r"^\s*(?:von|di|de|da|af|av|van)\s+", re.IGNORECASE)
_OF = re.compile(r"^\s*(?:[Vv]on|[Dd]i|[Dd]e|[Dd]a|[Aa]f|[Aa]v|[Vv]an)\s+(?=[^\W\d_a-z]\S*\s+[^\W\d_a-z])")
_SPLIT = re.compile(
    r"\s*(?:;|/|\||·|•|\n|,(?!\s*(?:jr|sr|phd|md|ii|iii)\b)|(?:(?<=,)|\s)(?:and|und|et|y|e|en|og|och|ve|û|و|и|та|&)\s)\s*",
    re.IGNORECASE,
)
#: "Le Figaro avec AFP", "Rima Saleh - Reuters": what may stand between a name and an agency, beside what splits names.
_WITH = re.compile(r"\s+(?:avec|with|mit|con|com|med|met|cu|s|z|ile|für|for|via|с|مع|[-–—])\s+", re.IGNORECASE)
#: What reporters are called behind their name, and "and one more" in Korean.
_TRAIL = re.compile(
    r"\s*(?:(?:(?<=[가-힣]) ?(?:기자|특파원|논설위원|선임기자))?(?: 외 \d+명)?|[／/].{1,8}(?:[報报][導道]|[電电])|\(.*\)|[,\-–|].{0,60}(?:correspondent|reporter|editor|writer|news|post|times|press).*)$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)(?:[)\]）]|$)(?!\s+[^\W\d_])")
#: Others who worked on the page: who took its pictures, drew, edited or built it.
_OTHER_ROLE = re.compile(
    r"(?:photos?|photographs?|pictures?|images?|fotos?|fotografie|bild(?:er)?|grafik|illustrations?|graphics?|design|code|video|camera|kamera|"
    r"edited|editing|editor|edición|lektorat|translated|translation|übersetzung|traducción|traduction|produced|producer|reviewed|fact[- ]checked|صور[ةه]?|تصوير|عکس)\s*(?:[:：]|by\b)",
    re.IGNORECASE,
)
#: Degrees and certificates, which stand behind a name and a comma, and what someone is.
_TITLE = re.compile(r"[A-Z][A-Za-z]?(?:\.?[A-Z]){1,5}\.?®?(?:-[A-Z]+)?(?: \d+)?")
_POSITION = re.compile(
    r"(?:(?:senior|chief|head|staff|deputy|associate|contributing|managing|executive|political|foreign|sports?|travel|science|business|former|assistant|lead|vice|co-?)\b.*"
    r"|.*\b(?:editor|reporter|correspondent|writer|director|manager|founder|ceo|cto|president|analyst|journalist|columnist|contributor|specialist|professor|expert)\b.*)",
    re.IGNORECASE,
)
#: Names in scripts without spaces are short; a longer line is a note about the author.
_UNSPACED, _LONGEST_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"), 12
_ADDRESS = re.compile(r"https?://|www\.|@", re.IGNORECASE)
_NO_NAME = re.compile(r"https?://|www\.|@|\d|\.(?:com|org|net)\b", re.IGNORECASE)
#: Desks and sections that stand where a name should, beside those of the agency registry.
_NOBODY = re.compile(
    r"(?:red|nachrichten|news|noticias|notícias|notizie|actualit[ée]s?|nieuws|haberler|новости|новини|أخبار|اخبار|خبر|gast|guest post|invité|web|"
    r"(?:the )?team\b.{0,30}|.{0,30}\b(?:team|editors|editorial|redaktion|rédaction|redacción|redação|redazione|redactie|redactia|redakcja|redakce|redaksi|toimitus|redaksjonen|redaktionen|"
    r"web ?desk|news|media|magazine|radio|tv|bureau|contributors?|admin)|(?:redaktion|rédaction|la rédaction|redacción|redação|redazione|redactie|redakcja|redakce|redaksi)\b.{0,30}|редакция.{0,20}|.{0,20}편집국|.{0,20}뉴스팀|.{0,20}編集部)",
    re.IGNORECASE,
)
#: Words of which the names of desks are made.
_DESK = re.compile(
    r"our|the|die|der|la|le|el|staff|writers?|report(?:er)?s?|news|web|online|digital|desk|room|newsroom|newsdesk|team|editor(?:s|ial)?|board|guest|special|senior|sports?|correspondents?|contributors?|contributing|"
    r"agenc(?:y|ies)|admin(?:istrator)?|author|bureau|redaktion|rédaction|redacción|redação|redazione|redactie|redakcja|haber|merkezi|editör|multimedia|content|blog|site|super|webmaster|с|редакция",
    re.IGNORECASE,
)
#: Two to four capitalised words, particles between them.
_NAMES = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž](?:[a-zß-ÿā-ž'’-]+[A-ZÀ-Þ]?[a-zß-ÿā-ž'’-]*|\.)\s+)(?:(?:de|da|dos|van|von|der|den|bin|al|el|la|le|du|ter)\s+|[A-ZÀ-ÞĀ-Ž][a-zß-ÿā-ž'’-]*\.?\s+){0,3}[A-ZÀ-ÞĀ-Ž][a-zß-ÿā-ž'’-]+(?:[A-Z][a-z]+)?"
)
_WORDY = re.compile(r"[^\W\d_]+")
#: schema.org's kinds of author that are people, or leave it open.
_PEOPLE = ("", "Person", "Thing", "Author")


class Given(NamedTuple):
    """One author as the page gives it: the text, and the schema.org type that it states, '' for none."""

    text: str
    kind: str = ""


def begins(text: str) -> bool:
    """Does a line begin as a byline does, and go on with a name's capital or a script without capitals?

    >>> begins("By Rima Saleh"), begins("By the river"), begins("بقلم ريما صالح")
    (True, False, True)
    """
    word = _BY.match(text) or _OF.match(text)
    return word is not None and len(word[0]) < len(text) and not text[word.end()].islower()


def _unprefixed(text: str) -> str:
    """Cut off "By" in some language, and "von" or "de" before two names.

    >>> _unprefixed("By Rima Saleh"), _unprefixed("Von Rima Saleh"), _unprefixed("Von Saleh")
    ('Rima Saleh', 'Rima Saleh', 'Von Saleh')
    """
    return _OF.sub("", _BY.sub("", text))


def _known(name: str, language: str | None, is_own: Callable[[str], bool]) -> str:
    """Give a name without its preposition where it is an agency's, the outlet's own or a desk's: "Von dpa"."""
    bare = _PREPOSITION.sub("", name)
    known = bare != name and (agency.find(bare, language=language) or is_own(bare) or is_nobody(bare))
    return bare if known else name


def is_nobody(name: str) -> bool:
    """Does a byline name a desk, a section or a team, and no one?

    >>> is_nobody("Staff writer"), is_nobody("IN-Redaktion"), is_nobody("Rima Saleh")
    (True, True, False)
    """
    return agency.is_staff(name) or _NOBODY.fullmatch(name.strip(" .:-–—")) is not None


def is_named_desk(name: str) -> bool:
    """Has a desk a name of its own?

    >>> is_named_desk("MND Staff"), is_named_desk("Web Desk"), is_named_desk("Redaktion")
    (True, False, False)
    """
    words = [word for word in _WORDY.findall(name) if word[0].isupper()]
    return len(words) > 1 and any(not _DESK.fullmatch(word) for word in words)


def read(
    given: Iterable[Given],
    *,
    language: str | None = None,
    is_own: Callable[[str], bool] = lambda name: False,
    declared: bool = False,
) -> tuple[list[Author], list[str]]:
    """Split bylines into authors, each once, people first, and the canonical names of agencies that they credit.

    ``is_own`` tells the outlet's own name; it, and what the page calls an organisation, is an author of that kind where the
    texts are the page's own data (``declared``), and nothing otherwise; so is a desk that has a name. A person has one word for a name only if the page
    says that it is a person.

    >>> authors, credits = read([Given("By Rima Saleh and Reuters"), Given("Ministry of Health", "Organization")], declared=True)
    >>> [(author.name, author.kind) for author in authors], credits
    ([('Rima Saleh', 'person'), ('Ministry of Health', 'organization')], ['Reuters'])
    """
    people: dict[str, Author] = {}
    organizations: dict[str, Author] = {}
    credits: dict[str, None] = {}
    for text, kind in given:
        line = " ".join(text.split())
        for part in _parts(_unprefixed(line), kind, language, is_own):
            name = _known(part, language, is_own)
            credited = agency.find(name, language=language)
            if credited is not None and not is_own(name):
                credits[credited] = None
            elif is_nobody(name) or is_own(name) or kind not in _PEOPLE:
                named = is_own(name) or (is_named_desk(name) if is_nobody(name) else kind not in _PEOPLE)
                if named and declared and len(name) <= 80 and not _ADDRESS.search(name):
                    organizations.setdefault(name.casefold(), Author(name=name, raw=line, kind="organization"))
            elif (person := _person(name, kind)) is not None:
                people.setdefault(person.casefold(), Author(name=person, raw=line))
    return [*people.values(), *organizations.values()], list(credits)


def _parts(line: str, kind: str, language: str | None, is_own: Callable[[str], bool]) -> Iterable[str]:
    """Split a byline at what joins names, and at "with" or a dash before an agency; names of organisations stay whole."""
    if is_own(line):
        return (line,)
    parts: list[str] = []
    outside = _BRACKETS.sub(lambda found: f" / {found[1]} / " if agency.find(found[1]) else " ", line)
    for part in _SPLIT.split(outside):
        name = _unprefixed(part).strip(" .,:-–—*")
        sides = _WITH.split(name)
        parts += sides if any(agency.find(side, language=language) for side in sides[1:] + sides[:-1]) else [name]
    if kind not in _PEOPLE and not any(agency.find(part, language=language) for part in parts):
        return (line,)
    return [part for part in parts if part]


def _person(name: str, kind: str) -> str | None:
    """Give the name of a person as it is stored, or None when the text is no such name."""
    if len(name) > 80 or _OTHER_ROLE.match(name):
        return None
    name = undated(_TRAIL.sub("", name)).strip(" .,:-–—*")
    if not name or _NO_NAME.search(name) or _TITLE.fullmatch(name) or _POSITION.fullmatch(name):
        return None
    if _UNSPACED.match(name) and len(name) > _LONGEST_UNSPACED:
        return None
    words = len(name.split()) + (not name.isascii())
    return name if 1 < words <= 7 or (kind == "Person" and name[0].isupper() and not name.isupper()) else None


def names_alone(text: str) -> bool:
    """Is a line nothing but names of people, as capitals tell it?

    >>> names_alone("Rima Saleh/Omar van Haddad"), names_alone("The bridge"), names_alone("WATER IS BACK")
    (True, False, False)
    """
    return all(_NAMES.fullmatch(part) is not None and not is_nobody(part) for part in _SPLIT.split(text.strip()))


def undated(text: str) -> str:
    """Cut off a date that stands behind a name.

    >>> undated("Rima Saleh on Tuesday, 4 August 2026"), undated("Rima Saleh August 4, 2026"), undated("Rima Saleh")
    ('Rima Saleh', 'Rima Saleh', 'Rima Saleh')
    """
    digit = next((place for place, sign in enumerate(text) if sign.isdigit()), 0)
    if not digit:
        return text
    before = text[:digit]
    last = _WORDY.findall(before)[-1:]
    if last and fold(last[0]) in MONTHS:
        before = before[: before.rindex(last[0])]
    return re.sub(r"\s+(?:on|at|am|le|el|em|на|in)?(?:\s*\w+day,?)?\s*$", "", before).strip(" ,|·•-–—:(") or text
