"""Is an article that the reader gave plausible enough to be stored?"""

from __future__ import annotations

from datetime import timedelta

from newscrawl.item import Article, Page

#: A body of more characters than this is no article: the longest long reads have some 200,000.
LONGEST = 2_000_000
_DAY = timedelta(days=1)


def problem(article: Article, page: Page) -> tuple[str, str] | None:
    """Give the reason and its detail if the article can't be stored, else None.

    Last line of defence: the reader refuses most of this itself, but an imported archive or a seed's selectors may
    lead it astray.
    """
    if not article.title.strip():
        return "no-title", "the page names no headline"
    if not article.body.strip():
        return "no-text", "nothing was left of the body"
    if len(article.body) > LONGEST:
        return "too-large", f"the body has {len(article.body)} characters"
    if article.published_at is not None and article.published_at > page.fetched_at + _DAY:
        return "future-date", f"published {article.published_at:%Y-%m-%d}, fetched {page.fetched_at:%Y-%m-%d}"
    return None
