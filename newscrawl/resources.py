"""Where the shipped folders lie: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Give the path of a shipped folder (``seeds`` or ``alembic``); FileNotFoundError if the install is broken."""
    for path in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if path.is_dir():
            return path
    raise FileNotFoundError(f"newscrawl's folder {name!r} is missing: install newscrawl again")
