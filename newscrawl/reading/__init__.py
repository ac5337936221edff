"""Reading: a page's bytes in, an Article out. Pure: no network, no database, no clock."""

from newscrawl.reading.extract import VERSION, extract
from newscrawl.reading.refusal import NotAnArticle

__all__ = ["VERSION", "NotAnArticle", "extract"]
