"""`newscrawl diff ARTICLE`: what an outlet changed, word by word."""

from __future__ import annotations

import argparse

from rich.text import Text
from scrapy.exceptions import UsageError

from newscrawl.db import diff
from newscrawl.db.session import open_database
from newscrawl.options import Checked
from newscrawl.table import table_console


class Command(Checked):
    """Compare two revisions."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """Arguments."""
        return "ARTICLE [OLDER NEWER]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Compare two revisions of an article word by word (by default the last two)"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the comparison: what was cut in [-...-], what was added in {+...+}, coloured on a terminal."""
        assert self.settings is not None
        if len(args) not in (1, 3) or not all(arg.isdigit() for arg in args):
            raise UsageError("give an article's id, and no or two revision numbers", print_help=False)
        engine = open_database(self.settings["DATABASE_URL"], read_only=True)
        with engine.connect() as connection:
            known = diff.numbers(connection, int(args[0]))
            pair = [int(arg) for arg in args[1:]] or known[-2:]
            rows = [diff.revision(connection, int(args[0]), n) for n in pair]
        engine.dispose()
        if len(rows) < 2 or None in rows:
            print(f"article {args[0]} has the revisions {known}: there is nothing to compare")
            self.exitcode = 1
            return
        console, (old, new) = table_console(), rows
        console.print(
            f"revision {old['n']} ({old['seen_at']}) and {new['n']} ({new['seen_at']}, changed by the {new['cause']})\n"
        )
        for field in ("title", "dateline", "published_at", "body"):
            if old[field] != new[field]:
                console.print(f"{field}:", style="bold")
                console.print(_shown(str(old[field] or ""), str(new[field] or "")), soft_wrap=True)


def _shown(old: str, new: str) -> Text:
    text = Text()
    for piece in diff.words(old, new):
        if piece.kind == "same":
            text.append(piece.text)
        else:
            marks, style = (("[-", "-]"), "red strike") if piece.kind == "cut" else (("{+", "+}"), "green")
            text.append(f"{marks[0]}{piece.text}{marks[1]}", style)
    return text
