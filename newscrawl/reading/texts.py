"""Texts of elements, as far as they are wanted."""

from __future__ import annotations

from lxml.html import HtmlElement


def short_text(element: HtmlElement, most: int) -> str:
    """Give an element's text in one line if it has fewer than ``most`` characters, else nothing: a box of a whole page is not read."""
    text, letters = "", 0
    for piece in element.itertext():
        text += piece
        letters += len("".join(piece.split()))
        if letters >= most:
            return ""
    line = " ".join(text.split())
    return line if len(line) < most else ""
