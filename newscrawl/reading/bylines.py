"""Bylines: people are authors, agencies are credits, and ``Staff`` is neither."""

from __future__ import annotations

import re

from newscrawl.item import Author
from newscrawl.reading import agency

_BY = re.compile(
    r"^\s*(?:quelle|source|द्वारा|लेखक|fonte|fuente|kaynak|المصدر|author|(?:written|reported|reporting|story|posted|words|text) by|by|von|par|por|di|de|door|af|av|przez|автор[ы:]?|текст:?|"
    r"بقلم|كتب[ت]?|إعداد|تقرير|نووسینی|ئامادەکردنی|به قلم|نویسنده|מאת|haber|yazan|amadekar|nivîskar)(?![^\W\d_])\s*[:：]?\s*",
    re.IGNORECASE,
)  # fmt: skip
_SPLIT = re.compile(
    r"\s*(?:;|/|\||·|•|\n|,(?!\s*(?:jr|sr|phd|md|ii|iii)\b)|\s(?:and|und|et|y|e|en|og|och|ve|û|و|и|та|&)\s)\s*",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"\s*(?:(?<=[가-힣]) ?(?:기자|특파원)|\(.*\)|[,\-–|].{0,60}(?:correspondent|reporter|editor|writer|news|post|times|press).*)$",
    re.IGNORECASE,
)
#: Degrees and certificates, which stand behind a name and a comma.
_TITLE = re.compile(r"[A-Z][A-Za-z]?(?:\.?[A-Z]){1,5}\.?®?(?:-[A-Z]+)?(?: \d+)?")
#: Names in scripts without spaces are short; a longer line is a note about the author.
_UNSPACED, _LONGEST_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"), 12
_NO_NAME = re.compile(r"https?://|www\.|@|\d|\.(?:com|org|net)\b", re.IGNORECASE)


def begins(text: str) -> bool:
    """Does a line begin as a byline does, and go on with a name's capital or a script without capitals?

    >>> begins("By Rima Saleh"), begins("By the river"), begins("بقلم ريما صالح")
    (True, False, True)
    """
    word = _BY.match(text)
    return word is not None and len(word[0]) < len(text) and not text[word.end()].islower()


def people(
    texts: list[str],
    *,
    language: str | None = None,
    outlet_names: frozenset[str] = frozenset(),
    persons: frozenset[str] = frozenset(),
) -> tuple[list[Author], list[str]]:
    """Split bylines into authors, each once, and the canonical names of agencies that they credit.

    ``persons`` are names of which the page says that they are people: only these may have one word.

    >>> authors, credits = people(["By Rima Saleh and Reuters"])
    >>> [author.name for author in authors], credits
    (['Rima Saleh'], ['Reuters'])
    """
    authors: dict[str, Author] = {}
    credits: dict[str, None] = {}
    for text in texts:
        line = " ".join(text.split())
        for part in _SPLIT.split(_BY.sub("", line)):
            name = _BY.sub("", part).strip(" .,:-–—*")
            if not name or len(name) > 80 or _NO_NAME.search(name):
                continue
            credited = agency.find(name, language=language)
            if credited is not None:
                credits[credited] = None
            elif not _is_own(name, outlet_names) and not agency.is_staff(name):
                name = _TRAIL.sub("", name).strip()
                words = len(name.split()) + (not name.isascii())
                if _UNSPACED.match(name) and len(name) > _LONGEST_UNSPACED:
                    continue
                if name and not _TITLE.fullmatch(name) and (1 < words <= 7 or (name in persons and name.istitle())):
                    authors.setdefault(name.casefold(), Author(name=name, raw=line))
    return list(authors.values()), list(credits)


def _is_own(name: str, outlet_names: frozenset[str]) -> bool:
    """Is it the outlet's own name, perhaps with an article before it or "with agencies" behind?"""
    bare = re.sub(r"^(?:the|der|die|das|le|la|el|il) ", "", name.casefold())
    bare = re.sub(r" (?:with|mit|avec|con|и|و) \S+$", "", bare)
    return name.casefold() in outlet_names or bare in outlet_names
