"""The sample over HTTP: one loopback port an outlet, served by threads of the standard library."""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

from newscrawl.sample.answers import Answer, answer
from newscrawl.sample.seeds import seed
from newscrawl.sample.truth import Trap, Truth, traps, truth
from newscrawl.sample.world import OUTLETS, world

#: Where the command serves the outlets when no ports are given, in the order of ``OUTLETS``.
PORTS = (18701, 18702, 18703, 18704)


class Request(NamedTuple):
    """One request that the sample answered: host with port, path with query, status, and the headers asked with."""

    host: str
    path: str
    status: int
    headers: Mapping[str, str]


class SampleError(Exception):
    """The sample can't be served: the message says which port and what to do."""


class Sample:
    """The running sample; a context manager that stops it. ``edition`` may be set while it runs, and ``furniture``: then
    outlets end each of their articles with a sentence about themselves, which truth does not count as theirs.
    """

    def __init__(self, ports: Sequence[int], edition: int) -> None:
        if len(ports) != len(OUTLETS):
            raise SampleError(f"the sample has {len(OUTLETS)} outlets: give as many ports, or none")
        world(edition)
        self._edition = edition
        self.furniture = False
        self.requests: list[Request] = []
        self._servers: list[ThreadingHTTPServer] = []
        try:
            for name, port in zip(OUTLETS, ports, strict=True):
                self._servers.append(self._start(name, port))
        except OSError as error:
            self.close()
            raise SampleError(f"port {port} of 127.0.0.1 can't be used ({error.strerror}): give other ports") from error

    @property
    def edition(self) -> int:
        """Which edition is served: 1, or 2 with one article changed and one taken down."""
        return self._edition

    @edition.setter
    def edition(self, number: int) -> None:
        world(number)
        self._edition = number

    @property
    def outlets(self) -> list[tuple[str, str]]:
        """(id, base address without a slash at the end) of each outlet."""
        pairs = zip(OUTLETS, self._servers, strict=True)
        return [(name, f"http://127.0.0.1:{server.server_port}") for name, server in pairs]

    @property
    def allow_private(self) -> str:
        """The setting ALLOW_PRIVATE that lets a crawler reach the sample: ``host:port`` pairs, commas between."""
        return ",".join(base.removeprefix("http://") for _, base in self.outlets)

    def seeds(self, folder: Path) -> list[Path]:
        """Write each outlet's seed file as ``folder/<cc>/<id>.toml``; give the files."""
        files = []
        for name, base in self.outlets:
            file = folder / world()[name].country / f"{name}.toml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(seed(name, base), encoding="utf-8")
            files.append(file)
        return files

    def truth(self) -> dict[str, Truth]:
        """Give the right answers for every article's address, in the edition that is served."""
        return truth(dict(self.outlets), self.edition)

    def traps(self) -> dict[str, Trap]:
        """Give the pages that are linked as articles and are none, by address."""
        return traps(dict(self.outlets))

    def close(self) -> None:
        """Stop serving."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self, name: str, port: int) -> ThreadingHTTPServer:
        sample = self

        class Handler(_Handler):
            def reply(self, base: str, path: str, query: Mapping[str, str]) -> Answer:
                return answer(name, sample.edition, base, path, query, furniture=sample.furniture)

            def note(self, host: str, status: int) -> None:
                sample.requests.append(Request(host, self.path, status, dict(self.headers.items())))

        server = _Server(("127.0.0.1", port), Handler)
        Handler.port = server.server_port
        Thread(target=server.serve_forever, args=(0.05,), name=f"sample {name}", daemon=True).start()
        return server


class _Server(ThreadingHTTPServer):
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a client go that hung up in mid-answer, as killed crawlers do; any other error is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    port: int
    protocol_version = "HTTP/1.1"
    server_version = "sample"
    sys_version = ""
    timeout = 30

    def reply(self, base: str, path: str, query: Mapping[str, str]) -> Answer:
        raise NotImplementedError

    def note(self, host: str, status: int) -> None:
        raise NotImplementedError

    def do_GET(self) -> None:
        host = f"127.0.0.1:{self.port}"
        parts = urlsplit(self.path)
        found = self.reply(f"http://{host}", parts.path, dict(parse_qsl(parts.query)))
        tag = f'"{hashlib.sha256(found.body).hexdigest()[:16]}"'
        status = 304 if found.status == 200 and self._unchanged(found, tag) else found.status
        body = b"" if status == 304 else found.body
        headers = {"ETag": tag, "Vary": "Accept-Encoding", **found.headers} if found.status == 200 else found.headers
        if found.modified:
            headers["Last-Modified"] = format_datetime(found.modified.astimezone(UTC), usegmt=True)
        if len(body) > 500 and "gzip" in self.headers.get("Accept-Encoding", "") and "gzip" not in found.type:
            body = gzip.compress(body, 5, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self.note(host, status)
        self.send_response(status)
        for name, value in {**headers, "Content-Type": found.type}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def _unchanged(self, found: Answer, tag: str) -> bool:
        """Weigh the conditions as RFC 9110, section 13.2.2 has it: a tag, where one is given, decides alone."""
        if tags := self.headers.get("If-None-Match"):
            return tag in tags
        since = self.headers.get("If-Modified-Since")
        return bool(since and found.modified and found.modified <= parsedate_to_datetime(since))

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the requests are kept in a list."""


def serve(ports: Sequence[int] | None = None, edition: int = 1) -> Sample:
    """Serve the sample on loopback; ``ports`` are free ones unless given (``PORTS`` are the command's).

    Raises SampleError when a port is taken.

    >>> with serve() as sample:
    ...     [name for name, _ in sample.outlets]
    ['two-rivers', 'desht', 'gap-postasi', 'sada-alsahel']
    """
    return Sample(ports if ports is not None else (0,) * len(OUTLETS), edition)
