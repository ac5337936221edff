"""Refuse what can't be an article, with a reason that will be counted."""

from __future__ import annotations

from newscrawl.validate import problem
from newscrawl.visit import Visit


class ValidatePipeline:
    """Adapter around ``newscrawl.validate.problem``."""

    async def process_item(self, item: Visit) -> Visit:
        """Turn an implausible article into a loss with its reason; it is stored as such at the end."""
        if item.article is not None and (found := problem(item.article, item.page)):
            item.lose(*found)
        return item
