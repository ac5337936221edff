"""An outlet on loopback with forty good articles and every trap that we know; for tests and the benchmark."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from starter import Running, Starter

GOOD = 40
WORDS = (
    "Water returned to the eastern districts on Monday after engineers repaired the pumping station, officials said. "
)
_BOMB = gzip.compress(b"\0" * 60_000_000)


def article(number: int, head: str = "") -> bytes:
    """Give the page of a good article."""
    paragraphs = "".join(f"<p>Report {number}, part {part}. {WORDS}{WORDS}</p>" for part in range(4))
    title = f"Pumping station number {number} is running again"
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}"
        f"<meta property='article:published_time' content='2026-11-{number % 20 + 1:02}T10:00:00Z'></head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def path_of(number: int) -> str:
    """Give the path of a good article."""
    return f"/news/{1000 + number}/pumping-station-number-{number}-is-running"


class Hostile:
    """Serves the outlet, and beside it a private service that nobody may reach; counts the requests of both."""

    def __init__(self, name: str = "127.0.0.1") -> None:
        self.name = name
        self.requests: Counter[str] = Counter()
        self.private_hits = 0
        self.down = 0.0
        """For so many seconds from the first request on everything is answered with 503."""
        self._down_until: float | None = None
        outer = self

        class Outlet(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with suppress(ConnectionError, TimeoutError):
                    outer._answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        class Private(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.private_hits += 1
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self._servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in (Outlet, Private)]
        self.port, self.private_port = (server.server_address[1] for server in self._servers)
        self.home, self.private = f"http://{name}:{self.port}", f"http://127.0.0.1:{self.private_port}"
        self.pages = self._pages()
        for server in self._servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def seed(self, folder: Path) -> Path:
        """Write the outlet's seed below a folder and give the folder."""
        (folder / "sy").mkdir(parents=True, exist_ok=True)
        (folder / "sy" / "hostile.toml").write_text(
            f'name = "Hostile"\nhomepage = "{self.home}/"\nlanguages = ["en"]\ntimezone = "UTC"\n'
            f'[sources]\nfeeds = ["{self.home}/feed.xml", "{self.home}/bomb.xml"]\nsections = ["{self.home}/world/"]\n'
            f'[article]\nurl_pattern = "/(news|trap)/"\n[limits]\ndelay = 0\n'
        )
        return folder

    def _pages(self) -> dict[str, bytes]:
        pages = {path_of(number): article(number) for number in range(GOOD)}
        # A refresh that leads astray does not take the article with it.
        pages[path_of(3)] = article(3, f"<meta http-equiv='refresh' content='0;url={self.private}/refresh'>")
        traps = "".join(
            f"<a href='{href}'>x</a>"
            for href in (
                "/trap/away", "/trap/loop", "/trap/slow", "/trap/bomb", "/trap/big", "/trap/binary", "/trap/headers",
                "/trap/torn", "/trap/deep", f"{self.private}/trap/", "file:///etc/passwd", "ftp://127.0.0.1/trap/",
                "http://169.254.169.254/trap/", "http://[::1]/trap/", "http://[/trap",
            )
        )  # fmt: skip
        calendar = "".join(f"<a href='/calendar/2026/{month}'>{month}</a>" for month in range(1, 13))
        links = self._links(range(30, 35))
        items = "".join(
            f"<item><title>Station {n}</title><link>{self.home}{path_of(n)}?utm_source=rss</link></item>"
            for n in range(10)
        )
        urls = "".join(f"<url><loc>{self.home}{path_of(n)}</loc></url>" for n in range(10, 20))
        entities = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        pages |= {
            "/robots.txt": f"User-agent: *\nDisallow: /forbidden\nSitemap: {self.home}/index.xml\n".encode(),
            "/": f"<html><body>{links}{traps}{calendar}<a href='/forbidden/news/1'>no</a></body></html>".encode(),
            "/feed.xml": f"<rss version='2.0'><channel><title>H</title>{items}</channel></rss>".encode(),
            "/bomb.xml": f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{entities}]><rss><channel>&a11;</channel></rss>".encode(),
            "/index.xml": (
                f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{self.home}/index.xml"
                f"</loc></sitemap><sitemap><loc>{self.home}/map.xml.gz</loc></sitemap><sitemap><loc>{self.home}/bomb.gz"
                f"</loc></sitemap><sitemap><loc>{self.home}/page.xml</loc></sitemap></sitemapindex>"
            ).encode(),
            "/map.xml.gz": gzip.compress(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()),
            "/bomb.gz": _BOMB,
            "/page.xml": b"<html><body>Not found</body></html>",
            "/world/": f"<base href='{self.private}/'>{self._links(range(20, 30), whole=True)}<a href='{self.home}/world/?page=2'>2</a>".encode(),
            "/world/?page=2": (self._links(range(35, GOOD)) + "<a href='/tag/x'>x</a>" * 20_000).encode(),
            "/trap/big": b"<html>" + b"x" * 30_000_000,
            "/trap/binary": bytes(range(256)) * 400,
            "/trap/deep": b"<div>" * 200_000,
        }  # fmt: skip
        return pages

    def _links(self, numbers: range, *, whole: bool = False) -> str:
        return "".join(f"<a href='{self.home if whole else ''}{path_of(n)}'>Station {n}</a>" for n in numbers)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        self.requests[path] += 1
        if self._down_until is None:
            self._down_until = time.monotonic() + self.down
        if time.monotonic() < self._down_until:
            handler.send_error(503)
        elif path.startswith("/trap/sick"):
            handler.send_error(502)
        elif path == "/trap/away":
            handler.send_response(302)
            handler.send_header("Location", f"{self.private}/redirect")
            handler.end_headers()
        elif path.startswith("/trap/loop"):
            handler.send_response(302)
            handler.send_header("Location", "/trap/loop" + "x" * (len(path) - 9))
            handler.end_headers()
        elif path == "/trap/slow":
            handler.send_response(200)
            handler.end_headers()
            for _ in range(60):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(1)
        elif path == "/trap/torn":
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b"<html>")
        elif path == "/trap/headers":
            handler.send_response(200)
            for number in range(20_000):
                handler.send_header(f"X-{number}", "y" * 500)
            handler.end_headers()
        elif path == "/trap/bomb":
            self._send(handler, _BOMB, ("Content-Encoding", "gzip"))
        elif path.partition("?utm")[0] in self.pages:
            self._send(handler, self.pages[path.partition("?utm")[0]], ("Content-Type", "text/html; charset=utf-8"))
        else:
            handler.send_error(404)

    @staticmethod
    def _send(handler: BaseHTTPRequestHandler, body: bytes, header: tuple[str, str]) -> None:
        handler.send_response(200)
        handler.send_header(*header)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


def environment_of(hostile: Hostile, folder: Path, database: str = "") -> dict[str, str]:
    """Give the environment of newscrawl's commands for the outlet, by default with a database in the folder."""
    return os.environ | {
        "NEWSCRAWL_SEEDS": str(hostile.seed(folder / "seeds")),
        "NEWSCRAWL_DATABASE_URL": database or f"sqlite:///{folder / 'news.db'}",
        "NEWSCRAWL_ALLOW_PRIVATE": f"{hostile.name}:{hostile.port}",
        "PYTHONPATH": f"{folder}{os.pathsep}{Path(__file__).parent.parent}",
    }


def start(
    hostile: Hostile, folder: Path, *, database: str = "", largest_file: int = 0, pages: int = 10_000, readers: int = 1,
    before: str = "", fresh: bool = False,
) -> Running | subprocess.Popen[str]:  # fmt: skip
    """Start a crawl of the outlet, by default into a database in the folder; ``largest_file`` bytes fill its disk.

    Its pages are read by ``readers`` processes, or by its own. The Python code ``before`` runs first. A ``fresh`` one, or
    any one outside of the tests, is a new interpreter.
    """
    environment = environment_of(hostile, folder, database) | {"NEWSCRAWL_READER_WORKERS": str(readers)}
    seed = folder / "seeds" / "sy" / "hostile.toml"
    seed.write_text(f"{seed.read_text()}pages = {pages}\n")
    if largest_file:
        before += f"\nimport resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_file}, {largest_file}))"
    arguments = ["crawl", "hostile", "-s", "DOWNLOAD_TIMEOUT=2"]
    if "NEWSCRAWL_TEST_STARTER" in os.environ and not fresh:
        starter = Starter(os.environ["NEWSCRAWL_TEST_STARTER"])
        return starter.start(
            arguments, folder, environment, streams=(None, None, subprocess.PIPE), program="newscrawl", before=before
        )
    command = [sys.executable, "-c", f"{before}\nfrom newscrawl.__main__ import main; main()", *arguments]
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def stored(folder: Path) -> list[str]:
    """Give the addresses of the articles that the folder's database holds."""
    connection = sqlite3.connect(folder / "news.db", timeout=30)
    try:
        return [url for (url,) in connection.execute("select url from articles")]
    finally:
        connection.close()
