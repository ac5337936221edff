"""Three workers, 30 outlets on loopback, one worker killed with -9 in mid-crawl: is anything lost, doubled or rude?

    python tests/benchmark/workers.py --postgresql postgresql+psycopg://postgres@127.0.0.1:5432/postgres

Each outlet is a port of its own with a feed of a few articles; its seed asks for a pause between two requests. First
one worker does all the work, then three do, of which one is killed when a third of the articles is stored. Printed:
articles stored and doubled, the shortest pause that any outlet saw, and the time of three against one as a ratio.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Lock, Thread

from sqlalchemy import create_engine, text

Seen = dict[int, list[float]]
SENTENCE = "The council said that the road between the two villages would be open again before the end of the month."


class Outlets:
    """The outlets' servers; ``seen`` has the moments of each port's requests."""

    def __init__(self, count: int, articles: int) -> None:
        self.seen: Seen = defaultdict(list)
        self._lock = Lock()
        outlets = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                port = self.server.server_port  # type: ignore[attr-defined]
                with outlets._lock:
                    outlets.seen[port].append(time.monotonic())
                status, kind, body = page(port, self.path, articles)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Stay silent."""

        self.servers = [ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(count)]
        for server in self.servers:
            Thread(target=server.serve_forever, daemon=True).start()
        self.ports = [server.server_port for server in self.servers]

    def seeds(self, folder: Path, delay: float) -> None:
        """Write the outlets' seeds."""
        (folder / "sy").mkdir(parents=True)
        for number, port in enumerate(self.ports):
            base = f"http://127.0.0.1:{port}"
            (folder / "sy" / f"trial-{number:02}.toml").write_text(
                f'name = "Trial {number}"\nhomepage = "{base}/"\nlanguages = ["en"]\ntimezone = "UTC"\n'
                f'[sources]\nfeeds = ["{base}/feed.xml"]\n[article]\nurl_pattern = "/news/"\n'
                f"[limits]\ndelay = {delay}\n"
            )


def page(port: int, path: str, articles: int) -> tuple[int, str, bytes]:
    """Give what an outlet answers: a home page, a feed, articles."""
    base = f"http://127.0.0.1:{port}"
    if path == "/feed.xml":
        items = "".join(
            f"<item><title>Report {n}</title><link>{base}/news/{n}</link>"
            f"<pubDate>Mon, 16 Nov 2026 0{n % 10}:00:00 GMT</pubDate></item>"
            for n in range(articles)
        )
        return 200, "application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    if path.startswith("/news/"):
        words = " ".join(f"Outlet {port} counted {n} and {path[6:]}." for n in range(3))
        paragraphs = "".join(f"<p>{SENTENCE} {words} Paragraph {n}.</p>" for n in range(4))
        html = f"<html lang='en'><title>Report {path[6:]} of {port}</title><body><article><h1>Report {path[6:]} of {port}</h1>"
        return 200, "text/html", f"{html}{paragraphs}</article></body></html>".encode()
    if path == "/":
        return (
            200,
            "text/html",
            b"<html lang='en'><title>Trial</title><body><p>Welcome to this outlet.</p></body></html>",
        )
    return 404, "text/html", b"<html><title>Not found</title></html>"


@contextmanager
def database(server: str) -> Iterator[str]:
    """Make a database and drop it at the end."""
    name = f"workers_{uuid.uuid4().hex[:8]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.rpartition("/")[0] + "/" + name
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def start(url: str, seeds: Path, outlets: Outlets, most: int, log: Path) -> subprocess.Popen[bytes]:
    """Start a worker."""
    environment = os.environ | {
        "NEWSCRAWL_DATABASE_URL": url, "NEWSCRAWL_SEEDS": str(seeds), "NEWSCRAWL_ARCHIVE": "off",
        "NEWSCRAWL_READER_WORKERS": "0", "PYTHONPATH": str(Path(__file__).parents[2]),
        "NEWSCRAWL_ALLOW_PRIVATE": ",".join(f"127.0.0.1:{port}" for port in outlets.ports),
    }  # fmt: skip
    command = [sys.executable, "-m", "newscrawl", "worker", "--most", str(most)]
    with log.open("ab") as output:
        return subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=log.parent)


def stored(url: str) -> tuple[int, int]:
    """Count articles and distinct addresses; (0, 0) before there is a schema."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if connection.execute(text("SELECT to_regclass('article')")).scalar() is None:
                return 0, 0
            row = connection.execute(text("SELECT count(*), count(DISTINCT url) FROM article")).one()
            return row[0], row[1]
    finally:
        engine.dispose()


def trial(options: argparse.Namespace, workers: int, *, kill: bool) -> float:
    """Run the trial; print what came of it; give the seconds until every article was stored."""
    outlets = Outlets(options.outlets, options.articles)
    wanted = options.outlets * options.articles
    with database(options.postgresql) as url, tempfile.TemporaryDirectory() as folder:
        seeds, log = Path(folder) / "seeds", Path(folder) / "log"
        outlets.seeds(seeds, options.delay)
        began = time.monotonic()
        running = [start(url, seeds, outlets, options.most, log) for _ in range(workers)]
        killed = not kill
        try:
            while (count := stored(url))[0] < wanted and time.monotonic() - began < options.patience:
                if not killed and count[0] >= wanted // 3:
                    running[0].send_signal(signal.SIGKILL)
                    killed = True
                    print(f"  worker 1 killed with -9 after {time.monotonic() - began:.1f} s, {count[0]} stored")
                time.sleep(0.5)
            seconds = time.monotonic() - began
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(60)
        rows, distinct = stored(url)
        if rows < wanted:
            print(log.read_text()[-3000:], file=sys.stderr)
    pauses = [late - early for times in outlets.seen.values() for early, late in pairwise(times)]
    requests = sum(map(len, outlets.seen.values()))
    print(
        f"{workers} worker(s){', one killed' if kill else ''}: {rows} of {wanted} articles stored, {rows - distinct} "
        f"twice, in {seconds:.1f} s; {requests} requests, shortest pause of one outlet {min(pauses):.2f} s "
        f"(seed: {options.delay} s)"
    )
    for server in outlets.servers:
        server.shutdown()
        server.server_close()
    return seconds


def main() -> None:
    """Run both trials and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--postgresql", default="postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
    parser.add_argument("--outlets", type=int, default=30)
    parser.add_argument("--articles", type=int, default=12)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--most", type=int, default=2, help="outlets at once in one worker")
    parser.add_argument("--patience", type=float, default=900)
    options = parser.parse_args()
    one = trial(options, 1, kill=False)
    three = trial(options, 3, kill=True)
    print(f"three workers, one of them killed, against one: {three / one:.2f} of the time")


if __name__ == "__main__":
    main()
