"""Golden pages of our own making, in tests/pages: every field of every page, one test each; nothing is registered."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newscrawl.kit import recordings

PAGES = Path(__file__).parent.parent / "pages"
RECORDINGS = {path.stem: recordings.load(path) for path in sorted(PAGES.glob("*.json"))}
FIELDS = [(name, field) for name, recording in RECORDINGS.items() for field in recording.fields]


@cache
def answer(name: str) -> dict[str, Any]:
    return recordings.answer(RECORDINGS[name].page, RECORDINGS[name].outlet)


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_field(name: str, field: str) -> None:
    """The reader gives what the recording states."""
    assert recordings.wrong(RECORDINGS[name], answer(name), field) is None


def test_the_pages_are_many() -> None:
    """There are at least twenty layouts, in at least ten languages, and every page has its answer."""
    languages = {recording.article.get("language") for recording in RECORDINGS.values()}
    assert len(RECORDINGS) >= 20
    assert len(languages - {None}) >= 10
    assert {path.stem for path in PAGES.glob("*.html")} == set(RECORDINGS)
