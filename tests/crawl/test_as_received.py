"""What a crawl archives is what went over the wire, byte for byte, whatever became of the page."""

import gzip
import socketserver
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.hostile import article

Command = Callable[..., subprocess.CompletedProcess[str]]
PACKED = gzip.compress(article(1))
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
ODD = (
    b"HTTP/1.1 200 All Fine Here\r\nset-cookie: a=1\r\nX-PLACE:Halab \xd8\xad\xd9\x84\xd8\xa8\r\ncontent-TYPE:  text/html\r\n"
    b"Transfer-Encoding: chunked\r\nSet-Cookie: b=2\r\ncontent-encoding: gzip\r\n\r\n"
)
CLOSED = b"HTTP/1.0 200 OK\r\ncontent-type: text/html\r\nserver: old\r\n\r\n"
ANSWERS = {
    "/news/1/odd": HINTS + ODD + b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, PACKED[:9], len(PACKED) - 9, PACKED[9:]),
    "/news/2/closed": CLOSED + article(2),
    "/news/3/gone": b"HTTP/1.1 410 Gone\r\nContent-Length: 5\r\nContent-Type: text/html\r\n\r\nwater",
    "/news/4/failed": b"HTTP/1.1 500 Oh No\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nsand",
    "/news/5/empty": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 28\r\n\r\n<html><p>Nothing.</p></html>",
}


class Outlet(socketserver.ThreadingTCPServer):
    """Answers with bytes, and keeps the requests as they came."""

    daemon_threads = True
    requests: dict[str, bytes]

    def finish_request(self, request: Any, client_address: Any) -> None:
        data = b""
        while b"\r\n\r\n" not in data and (piece := request.recv(65536)):
            data += piece
        path = data.split(b" ")[1].decode()
        self.requests[path] = data
        request.sendall(ANSWERS.get(path) or self.other(path))

    def other(self, path: str) -> bytes:
        if path != "/feed.xml":
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        links = "".join(
            f"<item><link>http://127.0.0.1:{self.server_address[1]}{path}</link></item>" for path in ANSWERS
        )
        body = f"<rss version='2.0'><channel><title>Odd</title>{links}</channel></rss>".encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n%s" % (
            len(body),
            body,
        )


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    with Outlet(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        server.requests = {}
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


def test_heads_and_payloads_are_archived_as_they_came(newscrawl: Command, tmp_path: Path, outlet: Outlet) -> None:
    """Letters, order, repeats and bytes of both heads; only the chunks are gone, and the record says that they were.

    An article, a page that is none, one that is gone and one that failed are all kept.
    """
    home = f"http://127.0.0.1:{outlet.server_address[1]}"
    own = seed(tmp_path, outlet)
    newscrawl("crawl", "odd", **own)
    (path,) = (tmp_path / "archive").glob("*.warc.gz")
    kept: dict[tuple[str, str], bytes] = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=True):  # type: ignore[no-untyped-call]
            url = str(record.rec_headers.get_header("WARC-Target-URI") or "")
            kept[record.rec_type, url.removeprefix(home)] = record.raw_stream.read()
    assert {name for kind, name in kept if kind == "response"} == set(ANSWERS)
    for name, answer in ANSWERS.items():
        assert kept["request", name] == outlet.requests[name]
        if name != "/news/1/odd":
            assert kept["response", name] == answer
    marked = ODD.replace(b"Transfer-", b"X-Crawl-Transfer-")
    assert kept["response", "/news/1/odd"] == marked[:-2] + b"Content-Length: %d\r\n\r\n" % len(PACKED) + PACKED
    with sqlite3.connect(tmp_path / "news.db") as connection:
        read = connection.execute("SELECT count(*) FROM articles").fetchone()
        statuses = connection.execute("SELECT status FROM capture ORDER BY url").fetchall()
    connection.close()
    assert read == (2,)
    assert statuses == [(200,), (200,), (410,), (500,), (200,)]
    assert "5 captures proved, 0 failed" in newscrawl("verify").stdout


def test_the_same_bytes_again_are_a_revisit(newscrawl: Command, tmp_path: Path, outlet: Outlet) -> None:
    """The first visit of an address archives its bytes; a later one that brings the same refers to them, and both are proved."""
    own = seed(tmp_path, outlet)
    newscrawl("crawl", "odd", **own)
    newscrawl("crawl", "odd", "-a", "recheck=1", **own)
    with sqlite3.connect(tmp_path / "news.db") as connection:
        kept = connection.execute(
            "SELECT url, record, refers_to FROM capture WHERE status = 200 ORDER BY id"
        ).fetchall()
    connection.close()
    records: dict[str, list[str]] = {}
    for url, record, _ in kept:
        records.setdefault(url.rpartition("/")[2], []).append(record)
    assert records == {"odd": ["response", "revisit"], "closed": ["response", "revisit"], "empty": ["response"]}
    assert [refers is None for _, _, refers in kept] == [record == "response" for _, record, _ in kept]
    assert "7 captures proved, 0 failed" in newscrawl("verify").stdout


def seed(tmp_path: Path, outlet: Outlet) -> dict[str, str]:
    home = f"http://127.0.0.1:{outlet.server_address[1]}"
    (tmp_path / "seeds" / "sy").mkdir(parents=True)
    (tmp_path / "seeds" / "sy" / "odd.toml").write_text(
        f'name = "Odd"\nhomepage = "{home}/"\nlanguages = ["en"]\ntimezone = "UTC"\n'
        f'[sources]\nfeeds = ["{home}/feed.xml"]\n[article]\nurl_pattern = "/news/"\n[limits]\ndelay = 0\n'
    )
    return {"NEWSCRAWL_SEEDS": str(tmp_path / "seeds"), "NEWSCRAWL_ALLOW_PRIVATE": home.removeprefix("http://")}
