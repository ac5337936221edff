"""What does an outlet's known furniture take out? Recorded pages of one site, each read with what its other pages taught.

    python tests/benchmark/furniture.py [LEAST]

A block is furniture when it stands on so many other pages of the same site at the least (2; with 1 more sites count, and
the evidence is weaker than the archive's, which waits for five articles), and on a fifth of them. Printed for each site of three pages or more on which furniture takes anything: words that are not the article's,
and words of it that are kept, without and with furniture. The pages are not part of the project: NEWSCRAWL_SHARED names the
folder that holds them.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from reader import PAGES, SETS, load

from newscrawl.item import Article, Page
from newscrawl.reading import NotAnArticle, extract

LEAST, SHARE = int(sys.argv[1]) if sys.argv[1:] else 2, 0.2


def read(page: Any, furniture: frozenset[str] = frozenset()) -> Article | None:
    """Read a recorded page, or give None where the reader refuses it."""
    try:
        return extract(
            Page(body=page.html.encode("utf-8", "replace"), url=page.url, fetched_at=datetime.now(UTC)),
            furniture=furniture,
        )
    except NotAnArticle:
        return None


def counts(article: Article, gold: str) -> tuple[int, int]:
    """Count the words that are not the gold's, and those that are, each as often as it stands there."""
    have, want = Counter(article.body.split()), Counter(gold.split())
    return sum((have - want).values()), sum((have & want).values())


def main() -> None:
    """Measure and print."""
    logging.disable(logging.CRITICAL)
    if not (PAGES / "evaluate.py").exists():
        print(f"skipped: no pages at {PAGES}; set NEWSCRAWL_SHARED")
        return
    sys.path.insert(0, str(PAGES))
    sites: dict[str, list[Any]] = defaultdict(list)
    for name in SETS:
        for page in load(name):
            sites[urlsplit(page.url).netloc].append(page)
    shared = {site: pages for site, pages in sites.items() if len(pages) >= LEAST + 1}
    whole = [0, 0, 0, 0]
    for site, pages in sorted(shared.items()):
        plain = [(page, article) for page in pages if (article := read(page)) is not None]
        sums = [0, 0, 0, 0]
        for page, article in plain:
            seen = Counter(mark for _, other in plain if other is not article for mark in set(other.furniture))
            least = max(LEAST, SHARE * (len(plain) - 1))
            known = frozenset(mark for mark, times in seen.items() if times >= least)
            told = read(page, known)
            for place, value in enumerate([*counts(article, page.gold.body), *counts(told or article, page.gold.body)]):
                sums[place] += value
        whole = [one + other for one, other in zip(whole, sums, strict=True)]
        if sums[:2] != sums[2:]:
            print(
                f"{site:36} {len(plain):3} pages: surplus {sums[0]:6} -> {sums[2]:6} words, article's {sums[1]:7} -> {sums[3]:7}"
            )
    number = sum(map(len, shared.values()))
    print(
        f"{len(shared)} sites, {number} pages: surplus {whole[0]} -> {whole[2]} words, article's {whole[1]} -> {whole[3]}"
    )


if __name__ == "__main__":
    main()
