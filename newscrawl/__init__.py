"""newscrawl: news pages into SQL, with datelines, agencies, revisions and stories."""

__version__ = "0.1.0"
