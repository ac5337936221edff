"""Bylines: people are authors, agencies are credits, and ``Staff`` is neither."""

from __future__ import annotations

import re

from newscrawl.item import Author
from newscrawl.reading import agency

_BY = re.compile(
    r"^\s*(?:written by|reported by|reporting by|story by|by|von|par|por|di|de|door|af|av|przez|автор[ы:]?|текст:?|"
    r"بقلم|كتب[ت]?|إعداد|تقرير|نووسینی|ئامادەکردنی|به قلم|نویسنده|מאת|haber|yazan|amadekar|nivîskar)\b\s*[:：]?\s*",
    re.IGNORECASE,
)  # fmt: skip
_SPLIT = re.compile(
    r"\s*(?:;|/|\||·|•|\n|,(?!\s*(?:jr|sr|phd|md|ii|iii)\b)|\s(?:and|und|et|y|e|en|og|och|ve|û|و|и|та|&)\s)\s*",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"\s*(?:\(.*\)|[,\-–|].{0,60}(?:correspondent|reporter|editor|writer|news|post|times|press).*)$", re.IGNORECASE
)
_NO_NAME = re.compile(r"https?://|www\.|@|\d{3,}|\.(?:com|org|net)\b", re.IGNORECASE)


def people(
    texts: list[str], *, language: str | None = None, outlet_names: frozenset[str] = frozenset()
) -> tuple[list[Author], list[str]]:
    """Split bylines into authors, each once, and the canonical names of agencies that they credit.

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
            elif name.casefold() not in outlet_names and not agency.is_staff(name):
                name = _TRAIL.sub("", name).strip()
                if name and 1 < len(name.split()) + (not name.isascii()) <= 7:
                    authors.setdefault(name.casefold(), Author(name=name, raw=line))
    return list(authors.values()), list(credits)
