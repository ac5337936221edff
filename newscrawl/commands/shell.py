"""`newscrawl shell URL`: Scrapy's shell with the outlet of the URL, its article, and the reasons for each field."""

from __future__ import annotations

from typing import Any

from scrapy.commands import shell

from newscrawl import show
from newscrawl.db.furniture import learned
from newscrawl.item import Article
from newscrawl.options import Checked
from newscrawl.spiders.visitor import page_of


class Command(Checked, shell.Command):
    """Scrapy's shell, and what an outlet's reader makes of the page."""

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Look at a page: article(), why(), outlet, and all of Scrapy's shell"

    def update_vars(self, vars: dict[str, Any]) -> None:
        """Add ``article()``, ``why()`` and ``outlet`` for the page last fetched."""

        def outlet() -> Any:
            return getattr(vars.get("spider"), "outlet", None)

        def reading_of(response: Any) -> show.Reading:
            seed = outlet()
            url = self.settings["DATABASE_URL"] if self.settings else ""
            return show.read(page_of(response), seed, furniture=learned(url, seed.id) if seed else frozenset())

        def article() -> Article | None:
            """Read the page of `response`; says why when it is no article."""
            reading = reading_of(vars["response"])
            if reading.article is None:
                print(f"not an article: {reading.refusal}")
            return reading.article

        def why() -> None:
            """Print for each field what was found, where, and what was rejected."""
            reading = reading_of(vars["response"])
            print(show.why(reading) if reading.article else f"not an article: {reading.refusal}\n{show.why(reading)}")

        vars.update(article=article, why=why, outlet=outlet())
