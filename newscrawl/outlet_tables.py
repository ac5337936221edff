"""What `newscrawl outlet` shows, as tables that people can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newscrawl.db.outlets import State
from newscrawl.kit.check import Verdict
from newscrawl.kit.propose import Proposal, declared
from newscrawl.kit.recordings import as_text, facts
from newscrawl.outlet import Outlet

_COMPARED = (
    "title",
    "standfirst",
    "authors",
    "published_at",
    "modified_at",
    "language",
    "section",
    "dateline",
    "credit",
)


def show_proposal(console: Console, proposal: Proposal) -> None:
    """Show a proposed seed with its evidence, what is not known, and the articles read beside their own metadata."""
    table = _table("key", "proposed", "evidence", title=f"{(proposal.country or '??').lower()}/{proposal.id}.toml")
    for clue in proposal.clues:
        value = "\n".join(clue.value) if isinstance(clue.value, list) else str(clue.value)
        table.add_row(clue.key, escape(value), escape(clue.evidence))
    console.print(table)
    for line in proposal.unknown:
        console.print(f"[yellow]not known[/yellow]  {escape(line)}")
    for page, article, refusal in proposal.read:
        said = declared(page)
        table = _table("field", "the reader", "the page's own metadata", title=escape(page.url))
        found: dict[str, Any] = facts(article) if article else {}
        for name in _COMPARED:
            if as_text(found.get(name)) or name in said:
                table.add_row(name, escape(as_text(found.get(name))), escape(said.get(name, "")))
        body = f"{len(article.body.split())} words: {article.body[:160]}…" if article else f"not an article: {refusal}"
        table.add_row("body", escape(body), "")
        console.print(table)


def show_verdicts(console: Console, outlet: Outlet, verdicts: Sequence[Verdict]) -> None:
    """Show what was looked at of an outlet, what holds and what no longer does."""
    table = _table("", "what", "", title=f"{outlet.id}: {escape(outlet.name)}")
    for one in verdicts:
        table.add_row("holds" if one.holds else "[red]no[/red]", escape(one.what), escape(one.told))
    console.print(table)


def show_outlets(console: Console, outlets: Sequence[Outlet], states: dict[str, State]) -> None:
    """Show outlets with country, languages, sources, checked, last run and health."""
    table = _table("outlet", "", "name", "languages", "sources", "checked", "last run (UTC)", "articles", "health")
    for outlet in outlets:
        state = states.get(outlet.id)
        ran = f"{state.last_run:%Y-%m-%d %H:%M}" if state and state.last_run else "never"
        health = ", ".join(state.problems) or "well" if state else ""
        number = str(state.articles) if state else ""
        cells = (outlet.name, " ".join(outlet.languages), _sources(outlet), outlet.checked, ran, number, health)
        table.add_row(outlet.id, outlet.country, *(escape(cell) for cell in cells))
    console.print(table)
    console.print(f"{len(outlets)} outlets")


def _sources(outlet: Outlet) -> str:
    parts = [
        f"{len(urls)} {name}{'s' if len(urls) > 1 else ''}"
        for name, urls in (
            ("feed", outlet.sources.feeds),
            ("sitemap", outlet.sources.sitemaps),
            ("section", outlet.sources.sections),
        )
        if urls
    ]
    return ", ".join([*parts, *(["WordPress"] if outlet.sources.wordpress else [])]) or "looked for"


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table
