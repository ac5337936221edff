"""Crawls the hostile outlet and prints what came of it: `python tests/benchmark/hostile.py` in the project's folder.

Then it kills a second crawl with -9 after fifteen articles, runs it again, and counts what was lost for good; and it
measures the memory of a crawl, all its processes together, that meets the largest pages and lists there may be.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hostile import GOOD, WORDS, Hostile, path_of, start, stored


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


class Large(Hostile):
    """Serves pages of ten and twenty megabytes, a hundred thousand links, and sitemaps of fifty thousand addresses."""

    def _pages(self) -> dict[str, bytes]:
        paragraphs = [f"<p>Part {number}. {WORDS}{WORDS}</p>" for number in range(80_000)]
        text = "".join(["<html><body><article><h1>A text of many megabytes</h1>", *paragraphs]).encode()
        links = "".join(
            f"<a href='/news/{n}/a-report-on-water-{n}'>A report on the water of town {n}</a>" for n in range(100_000)
        )
        entries = "".join(
            f"<url><loc>{self.home}/news/{n}/a-report-on-the-water-of-a-town-{n}</loc><lastmod>2020-01-01T00:00:00Z</lastmod>"
            f"<news:news><news:title>A report on the water of a town, number {n}, which is long enough to matter</news:title>"
            f"<news:publication_date>2020-01-01T00:00:00Z</news:publication_date></news:news></url>"
            for n in range(50_000)
        )
        sitemap = f"<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{entries}</urlset>".encode()
        return super()._pages() | {
            "/trap/big": text[:19_900_000],
            path_of(0): text[:9_900_000],
            path_of(1): b"<html><body><h1>Deep</h1>" + b"<div><span>x" * 59_000,
            "/world/?page=2": links.encode(),
            "/map.xml.gz": gzip.compress(sitemap, 1),
            "/page.xml": sitemap,
        }


def memory() -> None:
    """Crawl the largest pages, and print the most memory that the crawl and its readers had together."""
    outlet = Large()
    with tempfile.TemporaryDirectory() as folder:
        crawl = start(outlet, Path(folder), pages=150)
        reading = threading.Thread(target=crawl.communicate)
        reading.start()
        most = 0
        while reading.is_alive():
            most = max(most, sum(_proportional(pid) for pid in _family(crawl.pid)))
            reading.join(0.05)
    print(f"memory at most   {most / 1e6:.0f} MB")
    outlet.close()


def _family(parent: int) -> list[int]:
    """Give a process and all that descend from it (proc(5))."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    family = [parent]
    for one in family:
        family += [child for child, of in parents.items() if of == one]
    return family


def _proportional(pid: int) -> int:
    """Give a process's proportional set size, bytes: memory that processes share counts once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    whole()
    killed()
    memory()
