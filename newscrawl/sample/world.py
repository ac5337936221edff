"""The sample's world as data: four outlets, their articles in two editions, and their traps."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
#: The outlets, agencies first, in the order of their ports.
OUTLETS = ("two-rivers", "desht", "gap-postasi", "sada-alsahel")


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One article as it stands in an edition. ``lines`` are the body's; a sub-heading begins with ``## ``.

    ``place``, ``country`` (ISO 3166-1 alpha-2), ``agency`` and ``date`` are what its dateline says, ``of`` is the
    outlet and path of the article that it reprints.
    """

    outlet: str
    path: str
    lang: str
    section: str
    title: str
    standfirst: str
    published: datetime
    lines: tuple[str, ...]
    modified: datetime | None = None
    author: str | None = None
    place: str | None = None
    country: str | None = None
    agency: str | None = None
    date: str | None = None
    of: tuple[str, str] | None = None

    @property
    def touched(self) -> datetime:
        """When the page last changed."""
        return self.modified or self.published

    @property
    def key(self) -> tuple[str, str]:
        """Outlet and path: the article's identity in the world."""
        return self.outlet, self.path


@dataclass(frozen=True, kw_only=True, slots=True)
class Trap:
    """A page that is linked as if it were an article; ``reason`` is why a reader must refuse it."""

    path: str
    lang: str
    kind: Literal["links", "empty", "binary", "foreign"]
    title: str
    published: datetime
    reason: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """An outlet in an edition: newest articles first, its traps, and the paths that it took down."""

    id: str
    name: str
    country: str
    languages: tuple[str, ...]
    timezone: str
    agency: str | None
    stories: tuple[Story, ...]
    traps: tuple[Trap, ...]
    gone: frozenset[str] = field(default_factory=frozenset)

    def entries(self, lang: str | None = None) -> list[Story | Trap]:
        """Give what its listings name, articles and traps alike, newest first."""
        pages: list[Story | Trap] = [*self.stories, *self.traps]
        return sorted(
            (page for page in pages if lang in (None, page.lang)), key=lambda page: page.published, reverse=True
        )


@cache
def labels() -> Mapping[str, Any]:
    """Give the words around the articles, by language."""
    return _read("labels")


@cache
def world(edition: int = 1) -> Mapping[str, Site]:
    """Give every outlet as it stands in edition 1 or 2; ValueError for another one."""
    if edition not in (1, 2):
        raise ValueError(f"the sample has editions 1 and 2, not {edition!r}")
    raw = {name: _read(name) for name in OUTLETS}
    texts = {(name, row["path"]): row for name in OUTLETS for row in raw[name]["article"]}
    return {name: _site(name, raw[name], texts, edition) for name in OUTLETS}


def furnished(site: Site) -> Site:
    """Give an outlet that ends each of its articles with a sentence about itself."""
    stories = [replace(story, lines=(*story.lines, labels()[story.lang]["note"])) for story in site.stories]
    return replace(site, stories=tuple(stories))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / "world" / f"{name}.toml").read_text(encoding="utf-8"))


def _site(name: str, raw: dict[str, Any], texts: dict[tuple[str, str], dict[str, Any]], edition: int) -> Site:
    gone = {row["path"] for row in raw["article"] if edition == 2 and row.get("second", {}).get("gone")}
    stories = [_story(name, row, texts, edition) for row in raw["article"] if row["path"] not in gone]
    traps = [Trap(**_trap(row)) for row in raw.get("trap", ())]
    return Site(
        id=name,
        name=raw["name"],
        country=raw["country"],
        languages=tuple(raw["languages"]),
        timezone=raw["timezone"],
        agency=raw.get("agency"),
        stories=tuple(sorted(stories, key=lambda story: story.published, reverse=True)),
        traps=tuple(traps),
        gone=frozenset(gone),
    )


def _trap(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "body"} | {"lines": _lines(row.get("body", ""))}


def _story(name: str, row: dict[str, Any], texts: dict[tuple[str, str], dict[str, Any]], edition: int) -> Story:
    """Make the article: a reprint is its original's first text with edits, a cut tail and lines of its own."""
    second = row.get("second", {}) if edition == 2 else {}
    of = tuple(row["of"].split("/", 1)) if "of" in row else None
    original = (of[0], "/" + of[1]) if of else None
    text = texts[original]["body"] if original else row["body"]
    for old, new in [*row.get("edits", ()), *second.get("edits", ())]:
        if old not in text:
            raise ValueError(f"{name}{row['path']}: the text to edit is not there: {old!r}")
        text = text.replace(old, new)
    lines = _lines(text)
    return Story(
        outlet=name,
        path=row["path"],
        lang=row["lang"],
        section=row["section"],
        title=second.get("title", row["title"]),
        standfirst=second.get("standfirst", row["standfirst"]),
        published=row["published"],
        modified=second.get("modified", row.get("modified")),
        author=row.get("author"),
        place=row.get("place"),
        country=row.get("in"),
        agency=row.get("agency"),
        date=row.get("date"),
        of=original,
        lines=(*lines[: len(lines) - row.get("cut", 0)], *row.get("tail", ())),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())
