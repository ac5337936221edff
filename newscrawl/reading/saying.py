"""What a page says of itself in words: that it is missing, locked, a wall, a search or a gallery (``data/pages.toml``)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["missing", "error", "login", "cookie", "search", "gallery", "locked"]
_SAME = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ı": "i", "ł": "l", "ø": "o", "’": "'"})


class _Words(NamedTuple):
    heads: re.Pattern[str]
    lines: re.Pattern[str]
    signs: tuple[str, ...]


def plain(text: str) -> str:
    """Give a text as patterns are written: without case and accents, and with one letter for the variants of Arabic script.

    >>> plain("Página não encontrada"), plain("Sayfa bulunamadı")
    ('pagina nao encontrada', 'sayfa bulunamadi')
    """
    return " ".join([piece.lower() if piece.isascii() else _plain(piece) for piece in text.split(" ")])


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join([letter for letter in apart if not unicodedata.combining(letter)])
    return unicodedata.normalize("NFC", bare).translate(_SAME)


@cache
def _words() -> dict[str, _Words]:
    tables = tomllib.loads((Path(__file__).parent / "data" / "pages.toml").read_text(encoding="utf-8"))
    return {
        name: _Words(
            _compiled([*table.get("heads", ()), *table["patterns"]]),
            _compiled(table["patterns"]),
            tuple(table.get("signs", ())),
        )
        for name, table in tables.items()
    }


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(plain(pattern) for pattern in patterns) or r"(?!)")


def head(kind: Kind, text: str) -> bool:
    """Does a title or headline say it?

    >>> head("missing", "Page not found"), head("missing", "Crew not found after third day of search")
    (True, False)
    """
    return _words()[kind].heads.search(plain(text)) is not None


def line(kind: Kind, text: str) -> bool:
    """Does a line of the text say it?

    >>> line("locked", "Dieser Artikel ist exklusiv für Abonnenten."), line("locked", "Dieser Artikel handelt von Brot.")
    (True, False)
    """
    return _words()[kind].lines.search(plain(text)) is not None


def hints(kind: Kind, text: str) -> re.Pattern[str] | None:
    """Give a pattern of what in a whole text, in lower case, may belong to a line that says it, or None: a few letters are
    looked for in no time.
    """
    return _any(tuple([sign for sign in _words()[kind].signs if sign in text]))


@lru_cache(512)
def _any(signs: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(re.escape, signs))) if signs else None
