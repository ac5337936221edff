"""Golden pages of our own making, in tests/pages: every field of every page, one test each; nothing is registered."""

from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from newscrawl.item import Article, BlockKind
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


#: The Article's fields as recordings state them; what is given to the reader, and what it says of itself, is no field of a page.
STATED = {"blocks": "body"}
NOT_OF_A_PAGE = {"url", "furniture", "reader_version"}


def test_every_field_is_tested() -> None:
    """Every field of an article, of its authors, pictures and blocks is asserted by a page that has a value for it."""
    asserted = {field for recording in RECORDINGS.values() for field, value in recording.article.items() if value}
    wanted = {STATED.get(one.name, one.name) for one in fields(Article) if one.name not in NOT_OF_A_PAGE}
    assert sorted((wanted | {"organizations", "captions", "picture_credits"}) - asserted) == []
    kinds = {block[0] for recording in RECORDINGS.values() for block in recording.article.get("body", [])}
    assert sorted(set(get_args(BlockKind)) - kinds) == []


def test_every_refusal_is_tested() -> None:
    """Every kind of page that looks like an article and is none has pages in three languages or more."""
    languages: dict[str, set[str]] = {}
    for name, recording in RECORDINGS.items():
        if recording.refused:
            languages.setdefault(recording.refused, set()).add(name.rsplit(".", 1)[-1])
    assert {reason for reason, found in languages.items() if len(found) >= 3} >= {
        "cookie-wall", "gallery", "login-wall", "section-page", "soft-404",
    }  # fmt: skip
