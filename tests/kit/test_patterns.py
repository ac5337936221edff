"""URL patterns from examples: they take the articles, leave the other links, and are valid expressions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.kit.patterns import induce

SITES = {
    "wordpress dates": (
        [f"https://a.example/2026/11/{day}/the-bridge-is-open-{day}/" for day in range(10, 20)],
        ["https://a.example/2026/11/", "https://a.example/category/news/", "https://a.example/about/"],
    ),
    "numbers": (
        [f"https://a.example/news/{number}" for number in range(4100, 4120)],
        ["https://a.example/news/", "https://a.example/video/", "https://a.example/news/page/2"],
    ),
    "languages": (
        [f"https://a.example/{tag}/{n}/some-words-here" for tag in ("ar", "en", "kmr") for n in range(100, 106)],
        ["https://a.example/en/", "https://a.example/ar/contact", "https://a.example/en/tag/roads"],
    ),
    "query": (
        [f"https://a.example/index.php?id={n}" for n in range(5000, 5010)],
        ["https://a.example/index.php", "https://a.example/index.php?section=2"],
    ),
    "html ending": (
        [f"https://a.example/haber/kavsak-acildi-{n}.html" for n in range(20300, 20312)],
        ["https://a.example/haber/", "https://a.example/yazarlar.html", "https://a.example/kategori/spor"],
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_it_tells_articles_from_the_rest(name: str) -> None:
    """On each kind of site the pattern takes every article, an unseen one too, and no other link."""
    articles, others = SITES[name]
    found = induce(articles[1:], others)
    assert found is not None
    assert all(re.search(found.pattern, url) for url in articles)
    assert not any(re.search(found.pattern, url) for url in others)
    assert found.articles == (len(articles) - 1, len(articles) - 1)


def test_without_a_form_there_is_no_pattern() -> None:
    """Articles that look like every other link, or too few of them, give none."""
    assert induce(["https://a.example/one", "https://a.example/two"], []) is None
    words = ["bread", "water", "roads", "schools", "harvest", "markets", "rivers", "bridges"]
    assert induce([f"https://a.example/{w}" for w in words[:4]], [f"https://a.example/{w}" for w in words[4:]]) is None


@given(
    st.lists(st.text(alphabet="abc0123456789-/().?=%[", max_size=30), max_size=12),
    st.lists(st.text(max_size=20), max_size=5),
)
def test_any_paths_give_a_valid_expression_or_none(paths: list[str], others: list[str]) -> None:
    """Whatever the paths hold, the answer is none or an expression that compiles and takes nine of ten."""
    articles = [f"https://a.example/{path}" for path in paths]
    found = induce(
        articles, [f"https://a.example/{other}" for other in others if "[" not in other and "]" not in other]
    )
    if found is not None:
        re.compile(found.pattern)
        assert found.articles[0] >= 0.9 * found.articles[1]
