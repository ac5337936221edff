"""An outlet that is read through WordPress's API alone, crawled for real in a process of its own."""

from __future__ import annotations

import json
import sqlite3
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from hostile import WORDS, Hostile, start, stored


class WordPress(Hostile):
    """Serves three posts by WordPress's API alone; ``edit`` changes one."""

    def __init__(self) -> None:
        self._edited: dict[int, datetime] = {}
        super().__init__()

    def edit(self, number: int) -> None:
        """Change a post's text, now."""
        self._edited[number] = datetime.now(UTC)

    def seed(self, folder: Path) -> Path:
        """Write a seed that knows the API only."""
        (folder / "sy").mkdir(parents=True, exist_ok=True)
        (folder / "sy" / "hostile.toml").write_text(
            f'name = "WordPress"\nhomepage = "{self.home}/"\nlanguages = ["en"]\ntimezone = "UTC"\n'
            f'[sources]\nwordpress = "{self.home}/"\n[limits]\ndelay = 0\n'
        )
        return folder

    def _pages(self) -> dict[str, bytes]:
        return {"/": b"<html><body>Welcome</body></html>", "/robots.txt": b""}

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        if not path.startswith("/wp-json/wp/v2/posts"):
            super()._answer(handler)
            return
        self.requests[path] += 1
        since = parse_qs(urlsplit(path).query).get("modified_after")
        posts = [self._post(number) for number in range(1, 4)]
        if since:
            posts = [post for post in posts if f"{post['modified_gmt']}Z" > since[0]]
        self._send(handler, json.dumps(posts).encode(), ("Content-Type", "application/json"))

    def _post(self, number: int) -> dict[str, Any]:
        published = f"2026-11-0{number}T10:00:00"
        edited = self._edited.get(number)
        text = "".join(f"<p>Post {number}, part {part}. {WORDS}{WORDS}</p>" for part in range(4))
        return {
            "id": number, "link": f"{self.home}/2026/post-{number}/", "date_gmt": published,
            "modified_gmt": f"{edited:%Y-%m-%dT%H:%M:%S}" if edited else published,
            "title": {"rendered": f"Pumping station number {number} is running again"},
            "content": {"rendered": text + ("<p>Corrected: the station has four pumps, not three.</p>" if edited else "")},
        }  # fmt: skip


def test_an_edit_that_only_the_wordpress_api_tells_of_is_a_revision(tmp_path: Path) -> None:
    """A second crawl asks the API for what changed since the first: an edited post is revised, others cost nothing."""
    outlet = WordPress()
    try:
        _, log = start(outlet, tmp_path).communicate(timeout=60)
        assert len(stored(tmp_path)) == 3, log[-3000:]
        outlet.edit(2)
        time.sleep(1.1)  # moments are kept to the second
        _, log = start(outlet, tmp_path).communicate(timeout=60)
    finally:
        outlet.close()
    connection = sqlite3.connect(tmp_path / "news.db")
    changed = connection.execute("SELECT url FROM articles WHERE revision_count > 1").fetchall()
    connection.close()
    assert changed == [(f"{outlet.home}/2026/post-2/",)], log[-3000:]
    first, second = (path for path in outlet.requests if path.startswith("/wp-json/wp/v2/posts"))
    assert "modified_after" not in first
    assert "orderby=modified" in second
    assert "modified_after" in second
