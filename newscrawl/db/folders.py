"""Where the archive's files lie."""

from __future__ import annotations

from pathlib import Path

from newscrawl.db.session import sqlite_file


def archive_folder(setting: str, database_url: str) -> Path:
    """Give the archive's folder: the setting's, else ``archive`` beside the SQLite file, else in the current folder."""
    if setting:
        return Path(setting)
    file = sqlite_file(database_url)
    return (file.parent if file else Path()) / "archive"
