"""How well are title, date, authors and language read? On the Fundus pages with gold, by their own scorer.

    python tests/benchmark/metadata.py

The body is not read, so the scorer's body figures are zero here and mean nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.item import Page
from newscrawl.reading.metadata import read_metadata
from newscrawl.reading.tree import parse

TOP = Path(__file__).parents[2]
PAGES = Path(os.environ.get("NEWSCRAWL_SHARED", TOP.parent / "shared")) / "pages"


def read(html: str, url: str) -> dict[str, Any]:
    """Read one page's metadata in the scorer's shape."""
    now = datetime.now(UTC)
    tree, _ = parse(Page(body=html.encode("utf-8", "replace"), url=url, fetched_at=now), None)
    found = read_metadata(tree, url=url, fetched_at=now)
    return {
        "title": found.title,
        "authors": [author.name for author in found.authors],
        "published": found.published.at if found.published else None,
        "language": found.language,
    }


def main() -> None:
    """Run the scorer, or say what is missing."""
    if not (PAGES / "evaluate.py").exists():
        print(f"skipped: no pages at {PAGES}; set NEWSCRAWL_SHARED")
        return
    here = [str(Path(__file__).parent), str(TOP), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-B", str(PAGES / "evaluate.py"), "--pages", str(PAGES / "fundus.dev.jsonl.gz")]
    subprocess.run(
        [*command, "--extractor", "python:metadata:read"],
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(here)},
    )


if __name__ == "__main__":
    main()
