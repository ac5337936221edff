"""The line that moves on a terminal."""

from __future__ import annotations

import logging
import sys

import pytest
from rich.logging import RichHandler

from newscrawl.fetching import progress


def test_a_terminal_shows_no_more_than_the_log_level(monkeypatch: pytest.MonkeyPatch) -> None:
    """What prints log lines above the moving line keeps to the level of what it stands in for."""
    root, plain = logging.getLogger(), logging.StreamHandler(sys.stderr)
    plain.setLevel(logging.ERROR)
    monkeypatch.setattr(progress, "_LIVE", None)
    monkeypatch.setattr(root, "handlers", [*root.handlers, plain])
    live = progress._shared()
    live.stop()
    assert plain not in root.handlers
    assert [handler.level for handler in root.handlers if isinstance(handler, RichHandler)] == [logging.ERROR]
