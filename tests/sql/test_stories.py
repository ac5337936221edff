"""Near duplicates: which edits leave a text the same story, and which texts never are."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.db.stories import SAME
from newscrawl.reading.fingerprint import bands, content_hash, signature, similarity

WORDS = {
    "en": [f"word{number}" for number in range(900)],
    "ar": ["".join(random.Random(number).choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=5)) for number in range(900)],
    "zh": [chr(0x4E00 + number * 7) for number in range(900)],
}


def text(language: str, seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS[language], k=length)


def joined(language: str, words: list[str]) -> str:
    return ("" if language == "zh" else " ").join(words)


EDITS = {
    "byline and footer": lambda words, other: [*other[:8], *words, *other[8:24]],
    "lead rewritten, last tenth cut": lambda words, other: [*other[:25], *words[25:270]],
    "first 60 % only": lambda words, other: words[:180],
    "5 % of words changed": lambda words, other: [
        o if n % 20 == 7 else w for n, (w, o) in enumerate(zip(words, other, strict=True))
    ],
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("edit", EDITS)
def test_reprints_are_recognised(language: str, edit: str) -> None:
    """At least nine in ten reprints with this edit share a band with their original and are similar enough."""
    found = 0
    for seed in range(30):
        words = text(language, seed)
        one = signature(joined(language, words))
        two = signature(joined(language, EDITS[edit](words, text(language, seed + 10_000))))
        found += bool(set(bands(one)) & set(bands(two))) and similarity(one, two) >= SAME
    assert found >= 27


@pytest.mark.parametrize("language", WORDS)
def test_a_quotation_is_no_reprint(language: str) -> None:
    """A text that quotes 15 % of another is never the same story."""
    for seed in range(30):
        words, other = text(language, seed), text(language, seed + 10_000)
        quoting = [*other[:120], *words[:45], *other[120:255]]
        assert similarity(signature(joined(language, words)), signature(joined(language, quoting))) < SAME


@given(st.text(max_size=300), st.text(max_size=300))
def test_signatures_never_fail(one: str, two: str) -> None:
    """Any text has a signature that is like itself, and a likeness to any other between 0 and 1."""
    assert 0 <= similarity(signature(one), signature(two)) <= 1
    assert not signature(one) or similarity(signature(one), signature(one)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It cost 1.5 million.", "It cost 15 million."), ("10,5 per cent", "105 per cent"), ("It was -5 degrees.", "It was 5 degrees."),
        ("He sold 300 shares on Monday.", "He sold 900 shares on Monday."), ("She had 2 comments to make.", "She had 7 comments to make."),
        ("दिन", "दान"),
    ],
)  # fmt: skip
def test_a_corrected_figure_is_a_change(before: str, after: str) -> None:
    """A decimal point, a sign, a number before a noun, and an Indic vowel sign make another text."""
    assert content_hash("Rain", before) != content_hash("Rain", after)


def test_what_is_no_change() -> None:
    """Clocks, counters, spaces, case and punctuation leave the content's hash; a figure changes it."""
    base = content_hash("Rain", "Rain fell at noon. Four were hurt.")
    assert content_hash("Rain", "Rain  fell at noon.\nFour were hurt. 97 views 14:05") == base
    assert content_hash("Rain", "Rain fell at noon. Five were hurt.") != base
