"""One normal form for searching: however an outlet spells a word, a search finds it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from newscrawl.reading.words import digits

#: Scripts that put no space between words: kana, Chinese, Thai, Lao, Burmese, Khmer; a range for regular expressions.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_UNSPACED = re.compile(f"([{UNSPACED}])")
_UNSPACED_LETTER = re.compile("[぀-鿿฀-໿]")
#: Letters that newsrooms use for one another: Arabic alef, ya, kaf, ta marbuta and hamza forms, the Persian and Kurdish
#: letters beside their Arabic ones, and Latin letters that have no decomposition.
_SAME = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys("ىیئېێےۍ", "ي"), **dict.fromkeys("کڪ", "ك"), **dict.fromkeys("ةۀەۃھہ", "ه"),
        **dict.fromkeys("ؤۆۇۋ", "و"), "ڵ": "ل", **dict.fromkeys("ڕړ", "ر"), "ء": "", "ـ": "", "ı": "i", "ß": "ss", "ø": "o", "ł": "l",
        "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ґ": "г",
    }
)  # fmt: skip


class Letters(dict[int, int | str | None]):
    """A table for ``str.translate`` that asks once what becomes of a character: it stays where ``counts`` says so.

    Others become ``otherwise``: nothing, or a character's code.
    """

    def __init__(
        self,
        counts: Callable[[str], bool],
        given: Mapping[int, int | str | None] | None = None,
        otherwise: int | None = None,
    ) -> None:
        super().__init__(given or {})
        self._counts = counts
        self._otherwise = otherwise

    def __missing__(self, code: int) -> int | None:
        answer = code if self._counts(chr(code)) else self._otherwise
        if code < _PLANE:  # what no page is written in is not remembered
            self[code] = answer
        return answer


_PLANE = 0x10000
#: Accents go, and format characters (Unicode's Cf).
_FOLDED = Letters(lambda letter: not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf", _SAME)
#: A word is made of letters, digits, and the vowel signs of Asian scripts, which are no letters to Unicode.
_OF_WORDS = Letters(lambda letter: letter.isalnum() or unicodedata.category(letter)[0] == "M", otherwise=ord(" "))
#: Where fewer than one word in so many has letters beyond ASCII, the others need no table.
_FEW = 8
_LONGEST = 200


def fold(text: str) -> str:
    r"""Fold a text or a query for searching: case, accents, harakat, tatweel, letter variants, and digits of any script.

    What nobody sees goes (soft hyphens, joiners, marks of direction). Each character of a script without spaces between
    words stands alone. Folding twice changes nothing.

    >>> fold("Qamişlo قامشلۆ ٢٠٢٦"), fold("إدلب") == fold("ادلب"), fold("Ale\u00adppo")
    ('qamislo قامشلو 2026', True, 'aleppo')
    """
    pieces = text.split()
    foreign = sum(not piece.isascii() for piece in pieces)
    if foreign * _FEW > len(pieces):
        return _fold(text)
    return " ".join(filter(None, (piece.lower() if piece.isascii() else _fold(piece) for piece in pieces)))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
    plain = digits(unicodedata.normalize("NFC", plain.translate(_FOLDED)))
    return " ".join(_UNSPACED.sub(r" \1 ", plain).split())


def words_of(text: str) -> list[str]:
    """Split a text into folded words, as no database's own parser does: runs of letters, digits and vowel signs.

    None is longer than PostgreSQL's lexemes may be (2,046 bytes).

    >>> words_of("Aleppo/Idlib, 3-4, npasyria.com")
    ['aleppo', 'idlib', '3', '4', 'npasyria', 'com']
    """
    return [word[:_LONGEST] for word in fold(text).translate(_OF_WORDS).split()]


def word_count(text: str) -> int:
    """Count words; scripts that write without spaces count by the usual two characters a word.

    >>> word_count("Water came back."), word_count("大马士革恢复供水")
    (3, 4)
    """
    unspaced = 0 if text.isascii() else len(_UNSPACED_LETTER.findall(text))
    return len(text.split()) if unspaced * 4 < len(text) else max(1, unspaced // 2)
