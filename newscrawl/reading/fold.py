"""One normal form for searching: however an outlet spells a word, a search finds it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from newscrawl.reading.words import digits

#: Letters that newsrooms use for one another: Arabic alef, ya, kaf, ta marbuta and hamza forms, the Persian and Kurdish
#: letters beside their Arabic ones, and Latin letters that have no decomposition.
_SAME = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys("ىیئېێےۍ", "ي"), **dict.fromkeys("کڪ", "ك"), **dict.fromkeys("ةۀەۃھہ", "ه"),
        **dict.fromkeys("ؤۆۇۋ", "و"), "ڵ": "ل", **dict.fromkeys("ڕړ", "ر"), "ء": "", "ـ": "", "ı": "i", "ß": "ss", "ø": "o", "ł": "l",
        "đ": "d", "æ": "ae", "œ": "oe", "ё": "е", "ґ": "г", "‌": "", "‍": "",
    }
)  # fmt: skip


class Letters(dict[int, int | str | None]):
    """A table for ``str.translate`` that asks once what becomes of a character: it stays where ``counts`` says so."""

    def __init__(self, counts: Callable[[str], bool], given: Mapping[int, int | str | None] | None = None) -> None:
        super().__init__(given or {})
        self._counts = counts

    def __missing__(self, code: int) -> int | None:
        answer = code if self._counts(chr(code)) else None
        if code < _PLANE:  # what no page is written in is not remembered
            self[code] = answer
        return answer


_PLANE = 0x10000
_FOLDED = Letters(lambda letter: not unicodedata.combining(letter), _SAME)
_ALONE = re.compile(r"([぀-ヿ㐀-䶿一-鿿])")


def fold(text: str) -> str:
    """Fold a text or a query for searching: case, accents, harakat, tatweel, letter variants, and digits of any script.

    Each CJK character stands alone, because those scripts put no space between words. Folding twice changes nothing.

    >>> fold("Qamişlo قامشلۆ ٢٠٢٦"), fold("إدلب") == fold("ادلب")
    ('qamislo قامشلو 2026', True)
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
    plain = plain.translate(_FOLDED)
    plain = digits(unicodedata.normalize("NFC", plain))
    return " ".join(_ALONE.sub(r" \1 ", plain).split())
