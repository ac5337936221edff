"""Sentences, told from the words of menus and buttons."""

from __future__ import annotations

_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।", "։", "።", "។", "။")
#: A line of fewer characters, if it does not end as a sentence, is a menu's or a button's.
_LINE = 40


def ends(text: str) -> bool:
    """Does a text end as a sentence does?

    >>> ends("Water is back."), ends("“Water is back!”"), ends("Home")
    (True, True, False)
    """
    return text.rstrip("\"'”»)").endswith(_ENDS)


def is_prose(text: str) -> bool:
    """Is a line a sentence, or as long as one?"""
    return len(text) >= _LINE or ends(text)
