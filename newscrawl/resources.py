"""Where the shipped folders lie: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Give the path of a shipped folder (``seeds`` or ``alembic``); FileNotFoundError if the install is broken."""
    for path in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if path.is_dir():
            return path
    raise FileNotFoundError(f"newscrawl's folder {name!r} is missing: install newscrawl again")


def is_checkout() -> bool:
    """Does newscrawl run from a checkout, where ``make`` knows it?"""
    return (_PACKAGE.parent / "Makefile").is_file()


def called() -> str:
    """Give what a user types to call newscrawl: its name where that is on the PATH, otherwise the path it was called by."""
    found = shutil.which("newscrawl")
    script = Path(sys.argv[0])
    is_elsewhere = script.name == "newscrawl" and script.exists() and not (found and script.samefile(found))
    return sys.argv[0] if is_elsewhere else "newscrawl"
