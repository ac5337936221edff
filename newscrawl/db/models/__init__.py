"""The tables, declared once; migrations are checked against them."""

from newscrawl.db.models.archive import (
    Article,
    ArticleAuthor,
    Band,
    Capture,
    Furniture,
    Revision,
    Signature,
    Story,
)
from newscrawl.db.models.base import Base
from newscrawl.db.models.crawling import Frontier, Lost, Outlet, OutletDay, Problem, Robots, Run, Source

__all__ = [
    "Article", "ArticleAuthor", "Band", "Base", "Capture", "Frontier", "Furniture", "Lost", "Outlet", "OutletDay",
    "Problem", "Revision", "Robots", "Run", "Signature", "Source", "Story",
]  # fmt: skip
