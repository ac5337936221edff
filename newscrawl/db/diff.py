"""Two revisions of an article, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from sqlalchemy import Connection, text


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A run of words that both have, that only the older has (``cut``) or only the newer (``added``)."""

    kind: Literal["same", "cut", "added"]
    text: str


def revision(connection: Connection, article_id: int, n: int) -> Any:
    """Give a revision's row, or None."""
    query = text(
        "SELECT n, title, body, seen_at, cause, dateline, published_at FROM revisions WHERE article_id = :id AND n = :n"
    )
    return connection.execute(query, {"id": article_id, "n": n}).mappings().one_or_none()


def numbers(connection: Connection, article_id: int) -> list[int]:
    """Give the numbers of an article's revisions."""
    found = connection.execute(text("SELECT n FROM revisions WHERE article_id = :id ORDER BY n"), {"id": article_id})
    return list(found.scalars())


def words(old: str, new: str) -> list[Piece]:
    """Compare two texts word by word; joined, the pieces that are not added give the old text, those not cut the new.

    >>> [(piece.kind, piece.text) for piece in words("killing four people", "killing six people")]
    [('same', 'killing '), ('cut', 'four'), ('added', 'six'), ('same', ' people')]
    """
    one, two = re.findall(r"\s+|\w+|[^\w\s]", old), re.findall(r"\s+|\w+|[^\w\s]", new)
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(kind="same", text="".join(one[a:b])))
            continue
        if a != b:
            pieces.append(Piece(kind="cut", text="".join(one[a:b])))
        if c != d:
            pieces.append(Piece(kind="added", text="".join(two[c:d])))
    return pieces
