"""Lines that are not the article: calls to action, promotions, credits of pictures, bylines, and passages that come twice.

What such lines look like in each language is data: ``data/lines.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from newscrawl.item import Block
from newscrawl.reading import smallprint
from newscrawl.reading.titles import key

#: All rules of this room together may take this share of the text, or this many characters of a short one.
SHARE, ALWAYS = 0.30, 700
#: Characters of a paragraph that count when passages are compared.
_LONG = 80
#: No rule that is data takes a longer line.
_LONGEST = 420

_ESCAPE_OR_SIGN = re.compile(r"\\.|.", re.DOTALL)

#: Letters that outlets write in more than one way stand for one: accents, harakat, nuqtas, variants of Arabic script.
_PLAIN = str.maketrans(
    {chr(code): unicodedata.normalize("NFKD", chr(code))[0] for code in range(0xC0, 0x250)}
    | {chr(code): unicodedata.normalize("NFKD", chr(code))[0] for code in range(0x958, 0x9E0)}
    | dict.fromkeys("أإآٱ", "ا") | dict.fromkeys("ىیێ", "ي") | dict.fromkeys("ةەہھۀ", "ه") | {"ک": "ك", "ۆ": "و", "ı": "i", "ё": "е"}
    | dict.fromkeys(map(chr, [*range(0x300, 0x370), *range(0x64B, 0x660), 0x640, 0x670, 0x93C, 0x9BC, *range(0x200B, 0x2010)]))
)  # fmt: skip


class Rule(NamedTuple):
    """One kind of line: its name, the longest line it may take, and its patterns."""

    name: str
    longest: int
    whole: bool
    cased: bool
    signs: tuple[str, ...]
    ascii_signs: tuple[str, ...]
    pattern: re.Pattern[str]

    def takes(self, text: str, line: str, bare: str) -> bool:
        """Does the rule take this line (as it stands; made plain; and without the signs around it)?"""
        if len(text) > self.longest:
            return False
        if self.cased:
            return bool(self.pattern.fullmatch(text))
        if self.whole:
            return bool(self.pattern.fullmatch(bare) or (bare != line and self.pattern.fullmatch(line)))
        return self._is_signed(line) and bool(self.pattern.search(bare) or (bare != line and self.pattern.search(line)))

    def _is_signed(self, line: str) -> bool:
        for sign in self.ascii_signs if line.isascii() else self.signs:  # noqa: SIM110 (any() takes twice the time)
            if sign in line:
                return True
        return False


@cache
def rules() -> tuple[Rule, ...]:
    """Read the rules that are data, in order."""
    tables = tomllib.loads((Path(__file__).parent / "data" / "lines.toml").read_text(encoding="utf-8"))
    return tuple(_rule(name, table) for name, table in tables.items())


def _rule(name: str, table: dict[str, Any]) -> Rule:
    signs = tuple(_plain(sign) for sign in table.get("signs", ()))
    cased = table.get("cased", False)
    return Rule(
        name, table["longest"], table.get("whole", False), cased, signs, tuple(filter(str.isascii, signs)),
        _compiled(table["patterns"], cased=cased),
    )  # fmt: skip


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
    line = _plain(text)
    bare = _bare(line)
    return next((rule.name for rule in rules() if rule.takes(text, line, bare)), None)


def _plain(text: str) -> str:
    lower = text.lower()
    if lower.isascii():
        return lower
    return " ".join([word if word.isascii() else word.translate(_PLAIN) for word in lower.split(" ")])


def _compiled(patterns: list[str], *, cased: bool) -> re.Pattern[str]:
    """Compile a rule's patterns; those for plain lines have their letters, but no escapes, made plain, too."""
    whole = "|".join(patterns)
    return re.compile(whole if cased else _ESCAPE_OR_SIGN.sub(_lowered, whole.translate(_PLAIN)))


def _lowered(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\\") else found[0].lower()


def _bare(line: str) -> str:
    """Leave out what stands around a line's letters and digits: dashes, arrows, emoji, brackets."""
    start, end = 0, len(line)
    while start < end and unicodedata.category(line[start])[0] not in "LMN":
        start += 1
    while end > start and unicodedata.category(line[end - 1])[0] not in "LMN":
        end -= 1
    return line[start:end]


def _is_about_author(text: str, letters: str, names: list[str], blocks: list[Block]) -> bool:
    """Does a line near the end speak of an author by name, whom the text did not name before?"""
    if len(text) > 600:
        return False
    return any(0 <= letters.find(name) < 40 and sum(name in key(block.text) for block in blocks) == 1 for name in names)
