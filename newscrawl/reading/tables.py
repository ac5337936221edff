"""Sorted tables of text, mapped into memory and searched by bisection: nothing is loaded."""

from __future__ import annotations

import mmap
from bisect import bisect_right
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
#: Bytes of a table between two keys that are kept in memory.
_PART = 4096


@cache
def mapped(name: str) -> mmap.mmap:
    """Map a table of the package's data."""
    with (_DATA / name).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def _parts(name: str) -> tuple[list[bytes], list[int]]:
    """Give a table's parts, their first keys and where each begins: what every bisection would read again."""
    table = mapped(name)
    keys, starts = [b""], [0]
    for near in range(_PART, len(table), _PART):
        start = table.find(b"\n", near) + 1
        if 0 < start < len(table):
            keys.append(table[start : table.find(b"\t", start)])
            starts.append(start)
    return keys, [*starts, len(table)]


def find(name: str, key: bytes) -> bytes | None:
    """Give the value of a key in a table of lines ``key TAB value``, which are sorted by their bytes; None without one."""
    table, (keys, starts) = mapped(name), _parts(name)
    part = bisect_right(keys, key)
    low, high = starts[part - 1], starts[part]
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.find(b"\n", start)
        found, _, value = table[start:end].partition(b"\t")
        if found == key:
            return value
        if found < key:
            low = end + 1
        else:
            high = start
    return None
