"""The nouns refuse what would mislead later."""

from datetime import UTC, datetime

import pytest

from newscrawl.item import Article, Block, DateClaim, Page


def test_naive_moments_are_refused() -> None:
    """No value takes a moment without a time zone."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="fetched_at"):
        Page(b"", "https://a.example/", naive)
    with pytest.raises(ValueError, match="at has no time zone"):
        DateClaim(raw="x", source="meta", at=naive)
    with pytest.raises(ValueError, match="published_at"):
        Article(url="u", title="t", body="b", blocks=(Block("paragraph", "b"),), published_at=naive)


def test_values_can_t_be_changed() -> None:
    """A page stays what it was when it was fetched."""
    page = Page(b"x", "https://a.example/", datetime.now(UTC))
    with pytest.raises(AttributeError):
        page.body = b"y"  # type: ignore[misc]
