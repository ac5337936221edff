"""Lines that are not the article: calls to action, promotions, credits of pictures, bylines, and passages that come twice.

What such lines look like in each language is data: ``data/lines.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newscrawl.item import Block
from newscrawl.reading import smallprint
from newscrawl.reading.titles import key

#: All rules of this room together may take this share of the text, or this many characters of a short one.
SHARE, ALWAYS = 0.30, 700
#: Characters of a paragraph that count when passages are compared.
_LONG = 80
#: No rule that is data takes a longer line.
_LONGEST = 420
_EDGES = " :»›>→-–—•*|[]"


class Rule(NamedTuple):
    """One kind of line: its name, the longest line it may take, and its patterns."""

    name: str
    longest: int
    whole: bool
    signs: tuple[str, ...]
    pattern: re.Pattern[str]

    def takes(self, text: str, bare: str, lower: str) -> bool:
        """Does the rule take this line (as it stands, without the signs around it, in lower case)?"""
        if len(text) > self.longest:
            return False
        if self.whole:
            return bool(self.pattern.fullmatch(bare) or self.pattern.fullmatch(text))
        return any(sign in lower for sign in self.signs) and bool(self.pattern.search(text))


@cache
def rules() -> tuple[Rule, ...]:
    """Read the rules that are data, in order."""
    tables = tomllib.loads((Path(__file__).parent / "data" / "lines.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            name,
            one["longest"],
            one.get("whole", False),
            tuple(one.get("signs", ())),
            re.compile("|".join(one["patterns"]), re.IGNORECASE),
        )
        for name, one in tables.items()
    )


def unwanted(blocks: list[Block], *, headlines: tuple[str, ...], authors: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Give the place of every block that is not the article's text, and the rule that says so."""
    titles = {key(title) for title in headlines if key(title)}
    names = [key(name) for name in authors if len(key(name)) > 5]
    again = _repeats(blocks)
    for place, block in enumerate(blocks):
        letters = key(block.text)
        if place < 6 and letters in titles:
            yield place, "headline"
        elif found := _by_pattern(block.text):
            yield place, found
        elif place < 6 and len(block.text) < 120 and smallprint.is_byline(block.text, names):
            yield place, "byline"
        elif place >= len(blocks) - 5 and place > 2 and _is_about_author(block.text, letters, names, blocks):
            yield place, "author-box"
        elif place in again:
            yield place, "repeated"


def _repeats(blocks: list[Block]) -> set[int]:
    """Give the places of passages that stand in the text a second time: some sites print a text for each screen size.

    A passage is two long paragraphs or more in the same order; recipes and tables repeat single lines.
    """
    long = [(place, key(block.text)) for place, block in enumerate(blocks) if len(block.text) > _LONG]
    first: dict[str, int] = {}
    run: list[int] = []
    found: set[int] = set()
    for number, (place, letters) in enumerate([*long, (len(blocks), "")]):
        origin = first.setdefault(letters, number)
        goes_on = origin < number and (not run or long[origin - 1][1] == long[number - 1][1])
        if not goes_on:
            found.update(run if len(run) > 1 else [])
            run = []
        if origin < number:
            run.append(place)
    return found


def _by_pattern(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    bare, lower = text.strip(_EDGES), text.lower()
    return next((rule.name for rule in rules() if rule.takes(text, bare, lower)), None)


def _is_about_author(text: str, letters: str, names: list[str], blocks: list[Block]) -> bool:
    """Does a line near the end speak of an author by name, whom the text did not name before?"""
    if len(text) > 600:
        return False
    return any(0 <= letters.find(name) < 40 and sum(name in key(block.text) for block in blocks) == 1 for name in names)
