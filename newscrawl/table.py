"""What was stored, as a table that people can read."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from newscrawl.db.latest import Change


def table_console() -> Console:
    """Give a console for tables: as wide as the terminal, or 150 columns where the output goes to a file."""
    console = Console()
    return console if console.is_terminal else Console(width=150)


def print_changes(changes: Sequence[Change], console: Console) -> None:
    """Print one line for each article that is new, revised or gone; times are UTC."""
    if not changes:
        console.print("Nothing new: no article was stored, revised or taken down.")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("", "outlet", "title", "place", "agency", "published (UTC)"):
        # The title gives way first on a narrow terminal; the other columns say what the table is for.
        table.add_column(name, no_wrap=name != "title", min_width={"": 7, "published (UTC)": 16}.get(name))
    for change in changes:
        place = ", ".join(part for part in (change.place, change.country) if part)
        published = change.published.strftime("%Y-%m-%d %H:%M") if change.published else ""
        style = {"revised": "yellow", "gone": "red"}.get(change.what, "")
        table.add_row(change.what, change.outlet, change.title, place, change.agency or "", published, style=style)
    console.print(table)
