"""What keeping the page costs, and how fast the past is read again: `python tests/benchmark/archive.py [--pages N]`.

Writes N pages of our own (the golden ones, many times with other numbers in them) as captures, and prints the
milliseconds and bytes a page of writing the WARC beside those of reading it; then reads them all again with one and with
two processes, and prints pages a second.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.archive import Exchange, WarcWriter, payload_at
from newscrawl.item import Page
from newscrawl.reading import NotAnArticle, extract

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.html"))
AT = datetime(2026, 11, 1, tzinfo=UTC)


def page(number: int) -> bytes:
    """Give a page as large as real ones are: a golden page and some sixty kilobytes of its outlet's scripts."""
    body = PAGES[number % len(PAGES)].read_bytes()
    script = b"".join(b"var item%d = {id: %d, seen: %d};\n" % (line, number * line, line) for line in range(1, 1500))
    return body.replace(b"</body>", b"<script>" + script + b"</script></body>")


def read(place: tuple[str, int]) -> int:
    """Read one archived page again; give 1 for an article."""
    record = payload_at(Path(place[0]), place[1])
    try:
        extract(Page(record.body, record.url, record.at, record.content_type))
    except NotAnArticle:
        return 0
    return 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=600)
    number = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        writer, places = WarcWriter(Path(folder), "bench"), []
        bodies = [page(one) for one in range(number)]
        began = time.perf_counter()
        for one, body in enumerate(bodies):
            sent = Exchange(url=f"https://a.example/{one}", at=AT, body=body, headers=[("Content-Type", "text/html")])
            written = writer.write(sent)
            places.append((str(Path(folder) / written.file), written.offset))
        writer.close()
        writing = (time.perf_counter() - began) / number * 1000
        disk = sum(file.stat().st_size for file in Path(folder).rglob("*.warc.gz")) / number
        rates = []
        for workers in (1, 2):
            with ProcessPoolExecutor(workers) as pool:
                list(pool.map(read, places[: 8 * workers]))  # start and warm
                began = time.perf_counter()
                list(pool.map(read, places, chunksize=8))
                rates.append(number / (time.perf_counter() - began))
    size = sum(map(len, bodies)) / number
    print(f"{number} pages of {size / 1000:.0f} kB: written in {writing:.2f} ms and {disk / 1000:.1f} kB a page")
    print(f"read in {1000 / rates[0]:.1f} ms a page: writing is {writing * rates[0] / 10:.0f} % of reading")
    print(
        f"read again: {rates[0]:.0f} pages a second by one process, {rates[1]:.0f} by two ({rates[1] / rates[0]:.2f} x)"
    )


if __name__ == "__main__":
    main()
