"""What was stored, as a table that people can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unicodedata import bidirectional

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newscrawl.db.latest import Change

#: On a narrower terminal the columns have fixed widths and their cells wrap; the title takes what is left.
_WIDE = 120
_WIDTHS = {"": 7, "outlet": 12, "place": 12, "agency": 10, "published (UTC)": 10}


def table_console() -> Console:
    """Give a console for tables: as wide as the terminal, or 150 columns where the output goes to a file."""
    console = Console()
    return console if console.is_terminal else Console(width=150)


def cell(text: str | None) -> str:
    """Give a cell's text, so that a terminal that orders Arabic or Hebrew does not swap two cells beside each other.

    >>> cell("Desht"), cell("حلب") == "حلب" + chr(0x200E)
    ('Desht', True)
    """
    return (text or "") + ("\u200e" if any(bidirectional(letter) in ("R", "AL") for letter in text or "") else "")


def print_changes(changes: Sequence[Change], console: Console) -> None:
    """Print one line for each article that is new, revised or gone; times are UTC."""
    if not changes:
        console.print("Nothing new: no article was stored, revised or taken down.")
        return
    wide = console.width >= _WIDE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1) if wide else 0)
    for name in ("", "outlet", "title", "place", "agency", "published (UTC)"):
        table.add_column(
            name, no_wrap=wide and name != "title", width=None if wide else _WIDTHS.get(name), overflow="fold"
        )
    for change in changes:
        place = ", ".join(part for part in (change.place, change.country) if part)
        published = change.published.strftime("%Y-%m-%d %H:%M") if change.published else ""
        style = {"revised": "yellow", "gone": "red"}.get(change.what, "")
        cells = (change.what, cell(change.outlet), cell(change.title), place, cell(change.agency), published)
        table.add_row(*map(escape, cells), style=style)
    console.print(table)


def print_lost(reasons: Mapping[str, int], console: Console) -> None:
    """Print how many pages and sources gave nothing, by reason."""
    if reasons:
        told = ", ".join(f"{number} {reason}" for reason, number in reasons.items())
        console.print(f"Without an article: {told} (the table lost names each)", highlight=False)
