"""Heads of requests and responses byte for byte: Twisted gives names other capitals and groups those that repeat."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from twisted.web.client import URI


class Heads:
    """What went over the wire before the bodies, by the request's address, until it is taken.

    An outlet is asked one thing at a time, so that an address names one exchange.
    """

    def __init__(self) -> None:
        self._kept: dict[bytes, list[bytes]] = {}

    def listen(self, protocol: Any) -> None:
        """Keep the heads of every exchange of a Twisted HTTP client's connection."""
        ask = protocol.request

        def asked(request: Any) -> Any:
            sent = _Lines()
            request._writeHeaders(sent, None)
            kept = self._kept[request.absoluteURI] = [b"".join(sent.lines), b""]
            answer = ask(request)
            parser = protocol._parser
            if parser is not None:
                parser.lineReceived = _keeping(parser, kept)
            return answer

        protocol.request = asked

    def take(self, request: Request) -> tuple[bytes, bytes]:
        """Give the heads of a request and its response, and forget them; b'' for what was not sent or received."""
        address = URI.fromBytes(request.url.partition("#")[0].encode()).toBytes()  # type: ignore[no-untyped-call]
        sent, head = self._kept.pop(address, (b"", b""))
        return sent, head


class _Lines:
    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def writeSequence(self, lines: list[bytes]) -> None:
        self.lines += lines


def _keeping(parser: Any, kept: list[bytes]) -> Any:
    take = parser.lineReceived

    def received(line: bytes) -> None:
        if parser.state == "STATUS":  # an interim response (103 Early Hints, say) comes before the one that counts
            kept[1] = b""
        kept[1] += line + b"\n"
        take(line)

    return received
