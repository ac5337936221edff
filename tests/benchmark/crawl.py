"""What does a crawl of real pages cost in all? CPU a page against trafilatura's alone, and what a second reader gives.

    python tests/benchmark/crawl.py                 # the recorded pages of two public benchmarks, or our own test pages
    python tests/benchmark/crawl.py wcxb            # those of the third, which are more, and dearer to read
    python tests/benchmark/crawl.py --repeat 3      # every measure three times, the median counts; for a busy machine
    python tests/benchmark/crawl.py --profile FILE  # cProfile of the crawl's main process, with no reader process

The pages are served on loopback by one outlet with a feed and no pause between requests. A crawl fetches, archives, reads,
fingerprints and stores each of them in a fresh SQLite file. CPU is user and system time of the whole process tree, less what
a crawl of an outlet without articles takes; trafilatura's is `bare_extraction(with_metadata=True)` on the same pages, right
before and after each crawl, since machines that others share are now fast, now slow. The pages of the benchmarks are not part
of the project: NEWSCRAWL_SHARED names the folder that holds them.
"""

from __future__ import annotations

import argparse
import ctypes
import logging
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from statistics import median
from threading import Thread
from typing import NamedTuple

from reader import PAGES, load, trafilatura
from sqlalchemy import create_engine, text

TOP = Path(__file__).parents[2]
_SUBREAPER = 36


class Measured(NamedTuple):
    """One crawl: CPU seconds of its process tree, seconds from its first article's request to its last, articles, losses."""

    cpu: float
    seconds: float
    stored: int
    lost: dict[str, int]


class Site(ThreadingTCPServer):
    """The outlet: a feed and its pages; remembers when articles were asked for. As cheap as can be: it shares the cores."""

    daemon_threads = True

    def __init__(self, pages: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        self.asked: list[float] = []
        items = "".join(f"<item><link>{self.base}/news/{number}</link></item>" for number in range(len(pages)))
        front = b"<html><title>Trial</title><body><p>Welcome to this outlet.</p></body></html>"
        feed = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
        self._missing = _answer(b"404 Not Found", b"text/html", b"")
        self._answers = {
            b"/": _answer(b"200 OK", b"text/html", front), b"/feed.xml": _answer(b"200 OK", b"application/rss+xml", feed),
        } | {
            b"/news/%d" % number: _answer(b"200 OK", b"text/html; charset=utf-8", page) for number, page in enumerate(pages)
        }  # fmt: skip

    def answer(self, path: bytes) -> bytes:
        """Give the whole answer to a request."""
        if path.startswith(b"/news/"):
            self.asked.append(time.monotonic())
        return self._answers.get(path, self._missing)


class _Handler(StreamRequestHandler):
    server: Site

    def handle(self) -> None:
        while line := self.rfile.readline():
            while self.rfile.readline().strip():
                pass
            self.wfile.write(self.server.answer(line.split()[1]))


def _answer(status: bytes, kind: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n%b" % (status, kind, len(body), body)


@contextmanager
def served(pages: list[bytes]) -> Iterator[Site]:
    """Serve pages."""
    site = Site(pages)
    Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


def crawl(pages: list[bytes], workers: int, profile: Path | None = None) -> Measured:
    """Crawl the pages once, in a process of its own."""
    with served(pages) as site, tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds" / "xx"
        seeds.mkdir(parents=True)
        (seeds / "trial.toml").write_text(
            f'name = "Trial"\nhomepage = "{site.base}/"\nlanguages = ["und"]\ntimezone = "UTC"\n'
            f'[sources]\nfeeds = ["{site.base}/feed.xml"]\n[article]\nurl_pattern = "/news/"\n[limits]\ndelay = 0\n'
        )
        url = f"sqlite:///{folder}/news.db"
        environment = os.environ | {
            "NEWSCRAWL_DATABASE_URL": url, "NEWSCRAWL_SEEDS": str(seeds.parent), "PYTHONPATH": str(TOP),
            "NEWSCRAWL_READER_WORKERS": str(workers), "NEWSCRAWL_ALLOW_PRIVATE": f"127.0.0.1:{site.server_address[1]}",
        }  # fmt: skip
        start = ["-m", "newscrawl"] if profile is None else ["-m", "cProfile", "-o", str(profile), "-m", "newscrawl"]
        before = _spent()
        with (Path(folder) / "log").open("wb") as log:
            code = subprocess.run(
                [sys.executable, *start, "crawl", "trial"],
                env=environment,
                stdout=log,
                stderr=log,
                cwd=folder,
                check=False,
            ).returncode
        _reap()
        if code:
            sys.exit(f"the crawl ended with {code}:\n" + (Path(folder) / "log").read_text()[-3000:])
        engine = create_engine(url)
        with engine.connect() as connection:
            stored = int(connection.execute(text("SELECT count(*) FROM article")).scalar_one())
            lost = {
                str(row[0]): int(row[1])
                for row in connection.execute(text("SELECT reason, count(*) FROM lost GROUP BY 1"))
            }
        engine.dispose()
        return Measured(_spent() - before, site.asked[-1] - site.asked[0] if site.asked else 0.0, stored, lost)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap() -> None:
    """Wait for readers that outlived their crawl, so that their time counts."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def engine_alone(pages: list[bytes]) -> float:
    """Give the CPU seconds of trafilatura alone on the pages, without its start."""
    texts = [page.decode("utf-8", "replace") for page in pages]
    for page in texts[:3]:
        trafilatura(page, "http://127.0.0.1/news/0")
    start = time.process_time()
    for number, page in enumerate(texts):
        trafilatura(page, f"http://127.0.0.1/news/{number}")
    return time.process_time() - start


def engine_beside_itself(pages: list[bytes]) -> float:
    """Give how many times the pages of one two processes of trafilatura, which share nothing, get through: the cores' own limit."""
    context = multiprocessing.get_context("fork")

    def seconds(number: int) -> float:
        processes = [context.Process(target=engine_alone, args=(pages,)) for _ in range(number)]
        start = time.monotonic()
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return time.monotonic() - start

    return 2 * seconds(1) / seconds(2)


def material(sets: list[str]) -> list[bytes]:
    """Give the benchmarks' pages, or, where they are not at hand, our own golden pages."""
    if (PAGES / "evaluate.py").exists():
        sys.path.insert(0, str(PAGES))
        return [page.html.encode("utf-8", "replace") for name in sets for page in load(name)]
    return [path.read_bytes() for path in sorted((TOP / "tests" / "pages").glob("*.html"))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=["aeb", "fundus"], metavar="SET", help="aeb, fundus, wcxb")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--profile", type=Path, metavar="FILE")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    pages = material(options.sets)
    if options.profile:
        print(crawl(pages, 0, options.profile))
        return
    each = 1000 / len(pages)
    costs: dict[int, list[float]] = {0: [], 1: [], 2: []}
    rates: dict[int, list[float]] = {0: [], 1: [], 2: []}
    apart = []
    for _ in range(options.repeat):
        apart.append(engine_beside_itself(pages))
        before = engine_alone(pages)
        for workers in costs:
            start, whole = crawl([], workers), crawl(pages, workers)
            after = engine_alone(pages)
            own, alone = whole.cpu - start.cpu, (before + after) / 2
            costs[workers].append(own / alone)
            rates[workers].append(len(pages) / whole.seconds)
            print(
                f"  {workers} reader processes: {own * each:.1f} ms CPU a page beside {alone * each:.1f} of trafilatura's, "
                f"start {start.cpu:.2f} s, {rates[workers][-1]:.1f} pages a second, {whole.stored} stored, lost {whole.lost}",
                flush=True,
            )
            before = after
    print(f"{len(pages)} pages, the median of {options.repeat}:")
    for workers, ratios in costs.items():
        print(
            f"a crawl with {workers} reader processes: {median(ratios):.2f} x trafilatura's CPU, {median(rates[workers]):.1f} pages a second"
        )
    two = [two / one for one, two in zip(rates[1], rates[2], strict=True)]
    print(f"two readers against one: {median(two):.2f} x the pages a second")
    print(f"two processes of trafilatura alone, which share nothing, against one on these cores: {median(apart):.2f} x")


if __name__ == "__main__":
    main()
