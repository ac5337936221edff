"""No request leaves for a private address, another scheme or another outlet's host, whatever leads there."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IResolutionReceiver
from zope.interface import implementer


class Refused(IgnoreRequest):
    """A request that must not be made; ``reason`` is private-address, foreign-host or bad-scheme."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def allowed_pairs(setting: str) -> frozenset[tuple[str, int]]:
    """Read ALLOW_PRIVATE: exact host:port pairs, comma between; ValueError names the one that is none.

    >>> sorted(allowed_pairs("127.0.0.1:8000, [::1]:80"))
    [('127.0.0.1', 8000), ('::1', 80)]
    """
    pairs = set()
    for pair in filter(None, (part.strip() for part in setting.split(","))):
        parts = urlsplit(f"//{pair}")
        if not parts.hostname or parts.port is None:
            raise ValueError(f"ALLOW_PRIVATE: {pair!r} is no host:port")
        pairs.add((parts.hostname, parts.port))
    return frozenset(pairs)


def is_public(address: str) -> bool:
    """May the address be connected to: global unicast, and no private one in the disguise of IPv6 or NAT64?

    >>> [is_public(one) for one in ("93.184.216.34", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1")]
    [True, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class GuardMiddleware:
    """Downloader middleware, the first: checks every request, those of redirects and refreshes too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allowed = allowed_pairs(crawler.settings["ALLOW_PRIVATE"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Make the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise Refused for a request that must not be made."""
        parts = urlsplit(request.url)
        if parts.scheme == "file" and not hasattr(self._crawler.spider, "run"):
            return  # `newscrawl shell page.html`: no crawl makes such a request
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused("bad-scheme", f"{parts.scheme}: only http and https are fetched")
        outlet: Any = getattr(self._crawler.spider, "outlet", None)
        if outlet is not None and not outlet.owns(request.url):
            raise Refused("foreign-host", f"{parts.hostname} is none of the outlet's hosts")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if (
            (parts.hostname, port) not in self._allowed
            and _is_literal(parts.hostname)
            and not is_public(parts.hostname)
        ):
            raise Refused("private-address", f"{parts.hostname} is a private address")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Say of a name that led to private addresses only what it did."""
        host = urlsplit(request.url).hostname
        if isinstance(exception, CannotResolveHostError) and host in GuardedResolver.refused:
            raise Refused("private-address", f"{host} leads to a private address") from exception


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        # inet_aton spellings such as 127.1 or 0x7f000001 are for the resolver, which sees what they mean
        return False
    return True


class GuardedResolver(CachingHostnameResolver):
    """Resolver of the whole process: leaves out private addresses, so that none is ever connected to.

    The endpoint connects to the very addresses that it is given here, so a name can't change its meaning in between.
    """

    refused: set[str] = set()  # noqa: RUF012 (one resolver a process)

    def __init__(self, reactor: Any, cache_size: int, allowed: frozenset[tuple[str, int]] = frozenset()) -> None:
        super().__init__(reactor, cache_size)
        self._pairs = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        """Make the resolver."""
        return cls(reactor, 0, allowed_pairs(crawler.settings["ALLOW_PRIVATE"]))

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """Resolve a name; private addresses pass only for the exact pairs that the setting lists."""
        if (hostName, portNumber) not in self._pairs:
            resolutionReceiver = _PublicOnly(resolutionReceiver, hostName)
        resolver: Any = self.original_resolver
        return resolver.resolveHostName(resolutionReceiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on public addresses only."""

    def __init__(self, receiver: Any, host: str) -> None:
        self._receiver = receiver
        self._host = host
        self._refused = self._passed = False

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if is_public(getattr(address, "host", "")):
            self._passed = True
            self._receiver.addressResolved(address)
        else:
            self._refused = True

    def resolutionComplete(self) -> None:
        if self._refused and not self._passed:
            GuardedResolver.refused.add(self._host)
        self._receiver.resolutionComplete()
