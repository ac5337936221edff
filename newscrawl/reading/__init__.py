"""Reading: a page's bytes in, an Article out. Pure: no network, no database, no clock.

The reader is imported when it is first asked for: a search only needs this package's folding of words, and the reader
takes longer to import than a search to answer.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from newscrawl.reading.refusal import NotAnArticle

if TYPE_CHECKING:
    from newscrawl.reading.extract import VERSION, extract

__all__ = ["VERSION", "NotAnArticle", "extract"]


class _Package(ModuleType):
    """The package; its ``extract`` is the function, also when the module of that name was imported before it was asked for."""

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, getattr(value, "extract", value) if name == "extract" else value)

    def __getattr__(self, name: str) -> Any:
        if name not in ("VERSION", "extract"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        from newscrawl.reading.extract import VERSION

        self.VERSION = VERSION
        return getattr(self, name)


sys.modules[__name__].__class__ = _Package
