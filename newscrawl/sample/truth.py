"""What a reader and a crawler should find in the sample: the right answers, by address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newscrawl.sample.world import Story, Trap, world

__all__ = ["Trap", "Truth", "traps", "truth"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Truth:
    """One article: ``blocks`` are (kind, text) in order; ``original`` is the address of what it reprints.

    ``place`` (English), ``country`` (ISO 3166-1 alpha-2), ``agency`` (canonical) and ``date`` are its dateline's.
    """

    outlet: str
    url: str
    title: str
    standfirst: str
    blocks: tuple[tuple[str, str], ...]
    language: str
    published: datetime
    modified: datetime | None
    author: str | None
    place: str | None
    country: str | None
    agency: str | None
    date: str | None
    original: str | None

    @property
    def body(self) -> str:
        """The whole text, one block a line, the dateline included."""
        return "\n".join(text for _, text in self.blocks)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs without sub-headings."""
        return tuple(text for kind, text in self.blocks if kind == "paragraph")


def truth(bases: Mapping[str, str], edition: int = 1) -> dict[str, Truth]:
    """Give the right answers for every article of an edition; ``bases`` are the outlets' addresses by id."""
    stories = [story for site in world(edition).values() for story in site.stories]
    return {bases[story.outlet] + story.path: _truth(bases, story) for story in stories}


def traps(bases: Mapping[str, str]) -> dict[str, Trap]:
    """Give the pages that look like articles from outside and must be refused, by address."""
    return {bases[name] + trap.path: trap for name, site in world().items() for trap in site.traps}


def _truth(bases: Mapping[str, str], story: Story) -> Truth:
    blocks = [("heading", line[3:]) if line.startswith("## ") else ("paragraph", line) for line in story.lines]
    return Truth(
        outlet=story.outlet,
        url=bases[story.outlet] + story.path,
        title=story.title,
        standfirst=story.standfirst,
        blocks=tuple(blocks),
        language=story.lang,
        published=story.published,
        modified=story.modified,
        author=story.author,
        place=story.place,
        country=story.country,
        agency=story.agency,
        date=story.date,
        original=bases[story.of[0]] + story.of[1] if story.of else None,
    )
