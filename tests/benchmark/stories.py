"""How well copies are told from other texts: `python tests/benchmark/stories.py [--texts N]`.

Takes texts of 300 words of the vocabulary of our own golden pages, in six languages, edits each as newsrooms edit wire
copy, and prints the share that is recognised as the same story, by edit and language: found by a shared band and verified
by similarity, as the database does it. A text that only quotes 15 % of another, and another text altogether, must not match.
What a look-up costs is in storage.py.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path

from newscrawl.db.stories import SAME
from newscrawl.reading.fingerprint import bands, signature, similarity

PAGES = Path(__file__).parents[1] / "pages"
LANGUAGES = ("en", "ar", "ckb", "tr", "ru", "zh")
WORDS = 300
Words = list[str]
Edit = Callable[[Words, Words, random.Random], Words]


def changed(share: float) -> Edit:
    def edit(words: Words, other: Words, chance: random.Random) -> Words:
        made = list(words)
        for place in chance.sample(range(len(made)), round(len(made) * share)):
            made[place] = chance.choice(other)
        return made

    return edit


#: Edits of a text ``words``, given the words of an unrelated text ``other``; the last two are no copies.
EDITS: dict[str, Edit] = {
    "byline and footer added": lambda words, other, chance: other[:8] + words + other[8:30],
    "lead rewritten": lambda words, other, chance: other[:40] + words[40:],
    "last tenth cut": lambda words, other, chance: words[: len(words) * 9 // 10],
    "first 60 % only": lambda words, other, chance: words[: len(words) * 6 // 10],
    "5 % of words changed": changed(0.05),
    "10 % of words changed": changed(0.10),
    "a quotation of 15 %": lambda words, other, chance: other[:130] + words[100:145] + other[130:255],
    "another text": lambda words, other, chance: other,
}


def vocabulary(language: str) -> Words:
    """Give the words (characters in Chinese) of our golden pages in a language."""
    texts = []
    for path in sorted(PAGES.glob(f"*.{language}.json")):
        article = json.loads(path.read_text(encoding="utf-8")).get("article") or {}
        texts += [block[1] for block in article.get("body") or []]
    joined = " ".join(texts)
    return list("".join(joined.split())) if language == "zh" else joined.split()


def matches(one: str, other: str) -> bool:
    first, second = signature(one), signature(other)
    return bool(set(bands(first)) & set(bands(second))) and similarity(first, second) >= SAME


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=200)
    number = parser.parse_args().texts
    print(f"{'matched, %, of ' + str(number) + ' texts':28}" + "".join(f"{language:>7}" for language in LANGUAGES))
    rows: dict[str, list[float]] = {name: [] for name in EDITS}
    for language in LANGUAGES:
        chance, known = random.Random(language), vocabulary(language)
        between = "" if language == "zh" else " "
        length = WORDS * 2 if language == "zh" else WORDS
        for name, edit in EDITS.items():
            found = 0
            for _ in range(number):
                words, other = chance.choices(known, k=length), chance.choices(known, k=length)
                if language == "zh":  # two characters are a word
                    words, other = (
                        ["".join(pair) for pair in zip(one[::2], one[1::2], strict=True)] for one in (words, other)
                    )
                found += matches(between.join(words), between.join(edit(words, other, chance)))
            rows[name].append(100 * found / number)
    for name, shares in rows.items():
        print(f"{name:28}" + "".join(f"{share:>7.1f}" for share in shares))


if __name__ == "__main__":
    main()
