"""Fingerprints of a text: its content's hash, and a MinHash signature by which near duplicates are found.

One-permutation MinHash with densification by rotation (Li, Owen, Zhang 2012; Shrivastava, Li 2014) over shingles of
three words, or of five characters in scripts without spaces, hashed by BLAKE2b, so that it stays the same everywhere.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from hashlib import blake2b, sha256

from newscrawl.reading.fold import UNSPACED, Letters, fold, word_count, words_of
from newscrawl.reading.words import digits
from newscrawl.visit import Fingerprints

#: Named and numbered: signatures of another algorithm are never compared.
ALGORITHM = "oph128-blake2b-3w/1"
_BINS, BANDS = 128, 32
_ROWS = _BINS // BANDS
_EMPTY = 0xFFFFFFFF
_UNSPACED = re.compile(f"[{UNSPACED}]")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
#: A counter stands alone on its line or after the line's last sentence; inside one, "300 shares" is a fact.
_COUNTER = re.compile(
    r"(?:^|(?<=[.!?…。؟]))(?:[\s|·•,/-]*\b\d+\s*(?:views?|shares?|comments?|likes?|reads?|مشاهدة|مشاهدات|görüntülenme|просмотр\w*)\b)+"
    r"[\s|·•,/-]*$",
    re.IGNORECASE | re.MULTILINE,
)
#: What stands between two digits, or a minus before one, is part of the figure.
_SEPARATOR = re.compile(r"(?<=\d)[^\w]+(?=\d)|(?<!\S)[-−](?=\d)")

#: Letters, digits, figures' separators; and the vowel signs of Asian scripts, which are no letters to Unicode.
_COUNTED = Letters(lambda letter: letter.isalnum() or letter == "_" or unicodedata.category(letter)[0] == "M")
#: What parts the thousands of one number: 45,000 and 45.000 and 45 000.
_THOUSANDS = re.compile(r"(?<=\d)[.,'’٬\u00a0\u202f](?=\d{3}(?!\d))")


def content_hash(title: str, body: str) -> str:
    """Give the SHA-256, hex, of title and body as they count for revisions.

    Letter case, accents, punctuation, spaces, clocks (``14:05``) and counters (``97 views``, alone on a line or after
    its last sentence) don't count. Every other letter, vowel sign and digit does, and so does what parts two digits
    (``1.5`` is not ``15``; which sign or space parts them does not matter) and a minus before one.
    """
    plain = _COUNTER.sub(" ", _CLOCK.sub(" ", f"{title}\n{body}"))
    plain = _SEPARATOR.sub("_", fold(plain))
    return sha256(plain.translate(_COUNTED).encode("utf-8", "replace")).hexdigest()


def shingles(text: str) -> set[str]:
    """Give a text's shingles: three words, or five characters where words are not spaced."""
    plain = fold(text)
    if len(_UNSPACED.findall(plain)) * 3 > len(plain.replace(" ", "")):
        joined = "".join(letter for letter in plain if letter.isalnum())
        return {joined[i : i + 5] for i in range(max(1, len(joined) - 4))} if joined else set()
    words = re.findall(r"\w+", plain)
    return {" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))} if words else set()


def signature(text: str) -> bytes:
    """Give the signature: 128 little-endian 32-bit numbers, empty for a text without words."""
    pieces = shingles(text)
    if not pieces:
        return b""
    bins = [_EMPTY] * _BINS
    digests = b"".join([blake2b(piece.encode("utf-8", "replace"), digest_size=8).digest() for piece in pieces])
    for number in struct.unpack(f"<{len(pieces)}Q", digests):
        place, value = number % _BINS, number >> 32
        if value < bins[place]:
            bins[place] = value
    filled = [index for index, value in enumerate(bins) if value != _EMPTY]
    for index, value in enumerate(bins):
        if value == _EMPTY:  # borrow from the next filled bin, marked by its distance
            near = next((one for one in filled if one > index), filled[0])
            bins[index] = (bins[near] + ((near - index) % _BINS) * 0x9E3779B1) & 0xFFFFFFFF
    return struct.pack(f"<{_BINS}I", *bins)


def bands(data: bytes) -> list[int]:
    """Give the signature's 32 bands as signed 64-bit numbers; two texts that share one may be near duplicates."""
    if not data:
        return []
    step = 4 * _ROWS
    return [
        int.from_bytes(
            blake2b(bytes([band]) + data[band * step : (band + 1) * step], digest_size=8).digest(),
            "little",
            signed=True,
        )
        for band in range(BANDS)
    ]


def similarity(one: bytes, other: bytes) -> float:
    """Estimate the Jaccard similarity of two texts' shingles, 0 to 1 (standard error about 0.04)."""
    if len(one) != len(other) or not one:
        return 0.0
    count = len(one) // 4
    pairs = zip(struct.unpack(f"<{count}I", one), struct.unpack(f"<{count}I", other), strict=True)
    return float(sum(a == b for a, b in pairs) / count)


def figures(text: str) -> Counter[str]:
    """Give the numbers of a text, in any script's digits and however thousands are parted, with how often each stands.

    >>> sorted(figures("قتل 45,000 و ٧ في 7 أيام").items())
    [('45000', 1), ('7', 2)]
    """
    return Counter(re.findall(r"\d+", _THOUSANDS.sub("", digits(text))))


def agreement(one: Counter[str], other: Counter[str]) -> float:
    """Give the share of the figures of the text that has fewer which the other has too; 1 where one has none."""
    fewer = min(one.total(), other.total())
    return (one & other).total() / fewer if fewer else 1.0


def searched(title: str, body: str) -> tuple[str, str]:
    """Give the words by which title and body are found, folded, a space between two."""
    return " ".join(words_of(title)), " ".join(words_of(body))


def fingerprints(title: str, body: str) -> Fingerprints:
    """Give all that an article is known again and found by, in one call, for a worker."""
    folded = fold(body)  # folding twice changes nothing
    return Fingerprints(content_hash(title, body), signature(folded), searched(title, folded), word_count(body))
