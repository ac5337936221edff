"""Crawls the hostile outlet and prints what came of it: `python tests/benchmark/hostile.py` in the project's folder.

Then it kills a second crawl with -9 after fifteen articles, runs it again, and counts what was lost for good.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hostile import GOOD, Hostile, start, stored


def whole() -> None:
    """Crawl once."""
    outlet = Hostile()
    with tempfile.TemporaryDirectory() as folder:
        start(outlet, Path(folder)).communicate()
        print(f"articles stored  {len(stored(Path(folder)))} of {GOOD}")
    print(f"requests         {sum(outlet.requests.values())}")
    print(f"private hits     {outlet.private_hits}")
    outlet.close()


def killed() -> None:
    """Kill a crawl in the middle and run it again."""
    outlet = Hostile()
    with tempfile.TemporaryDirectory() as folder:
        crawl = start(outlet, Path(folder))
        assert crawl.stderr is not None
        seen = 0
        for line in crawl.stderr:
            seen += " stored " in line
            if seen == 15:
                break
        crawl.kill()
        crawl.communicate()
        start(outlet, Path(folder)).communicate()
        print(f"lost after -9    {GOOD - len(stored(Path(folder)))} of {GOOD}")
    outlet.close()


if __name__ == "__main__":
    whole()
    killed()
