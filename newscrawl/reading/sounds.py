"""The months by their sounds: nowember, novanm, নৱেম্বৰ and ನವೆಂಬರ್ are one borrowed word, whatever table lacks them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Latin consonants by the sound that languages write for one another; h and vowels are left out.
_LATIN = dict(zip("pbfvwtdszcçxkgqjmnrl", "bbbbbttsssskkkkjmnrl", strict=True))
_CYRILLIC = dict(zip("пбфвтдсзцчшщкгхжмнрл", "bbbbttsssssskkkjmnrl", strict=True))
#: Scripts whose letters Unicode names after their sound, first letter first: BENGALI LETTER MA, THAANA LETTER MEEMU.
_NAMED = re.compile(
    r"(?:DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU|KANNADA|MALAYALAM|SINHALA|THAANA|MYANMAR|KHMER|ARABIC) LETTER|ETHIOPIC SYLLABLE"
)
#: The borrowed names by the consonants that stay; "a" is a vowel at the head. May, June and July have too few.
_MONTHS = tuple(
    (number, re.compile(sounds))
    for number, sounds in (
        (1, r"[js]n+(?:b?r+b?|b)"), (2, r"bbr(?:b?r|l)?|brb?r"), (3, r"mr(?:ts?|st?|j)"), (4, r"abrl"), (8, r"akst"),
        (9, r"s(?:b?t|b|nt)(?:n|m|nm|mb)?b*r?(?<=....)"), (10, r"akt?s?t?b+r?(?<=....)"),
        (11, r"n[bm]n?m?b*r?(?<=....)"), (12, r"t[sk](?:n|m|nm)?b*r?(?<=....)"),
    )
)  # fmt: skip


@lru_cache(maxsize=512)
def month_of(word: str) -> int | None:
    """Tell which month of the Roman calendar a word sounds like.

    >>> [month_of(word) for word in ("novanm", "nuwamba", "নৱেম্বৰ", "ኦክቶበር", "oktobre", "bridge")]
    [11, 11, 11, 10, 10, None]
    """
    sounds = consonants(word)
    return next((number for number, pattern in _MONTHS if pattern.fullmatch(sounds)), None)


def consonants(word: str) -> str:
    """Give the consonants of a folded word, those that languages write for one another as one letter."""
    heard = "".join(_sound(letter, first) for first, letter in _letters(word))
    return re.sub(r"(.)\1+(?=\1)", "", heard)


def _letters(word: str) -> list[tuple[bool, str]]:
    letters = [one for one in unicodedata.normalize("NFKD", word) if unicodedata.category(one)[0] == "L"]
    return [(number == 0, letter) for number, letter in enumerate(letters)]


def _sound(letter: str, first: bool) -> str:
    vowel = "a" if first else ""
    if letter.isascii():
        return "j" if first and letter == "y" else _LATIN.get(letter, "" if letter == "h" else vowel)
    if (name := unicodedata.name(letter, "")).startswith("CYRILLIC"):
        return _CYRILLIC.get(letter, "j" if first and letter in "яйюье" else vowel)
    if not _NAMED.match(name):
        return vowel
    if name == "BENGALI LETTER RA WITH LOWER DIAGONAL":  # the Assamese wa
        return "b"
    if (said := name.split(" WITH ")[0].split()[-1]) in ("WAW", "YEH", "HEH", "MAKSURA"):
        return ""
    return "j" if first and said[0] == "Y" else _LATIN.get(said[0].lower(), vowel)
