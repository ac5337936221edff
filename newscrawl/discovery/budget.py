"""How much an outlet's links may cost before their shape counts as a trap: a calendar, a tag cloud, sorted listings."""

from __future__ import annotations

from collections import Counter

from newscrawl.discovery.identity import shape

#: Pages without an article that a shape of addresses may cost, and all shapes together, beside what articles earn.
A_SHAPE, ALL = 15, 150
#: Further misses that each article of a shape earns it.
EARNED = 2


class Budget:
    """Counts, by shape, what linked addresses brought; articles earn their shape more tries, misses use them up.

    It speaks of addresses that pages merely link to: what feeds, sitemaps and APIs name is fetched whatever it brings.
    """

    def __init__(self) -> None:
        self._missed: Counter[str] = Counter()
        self._brought: Counter[str] = Counter()

    def count(self, url: str, *, article: bool) -> None:
        """Take note of what an address brought."""
        (self._brought if article else self._missed)[shape(url)] += 1

    def allows(self, url: str) -> bool:
        """May one more address like this be tried?

        >>> budget = Budget()
        >>> for day in range(1, 16): budget.count(f"https://demo.example/cal/2026/11/{day}", article=False)
        >>> budget.allows("https://demo.example/cal/2026/11/30"), budget.allows("https://demo.example/news/1")
        (False, True)
        """
        form = shape(url)
        one = self._missed[form] < A_SHAPE + EARNED * self._brought[form]
        return one and (self._brought[form] > 0 or self._missed.total() < ALL + EARNED * self._brought.total())
