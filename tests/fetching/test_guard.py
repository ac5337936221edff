"""The guard, Retry-After and robots.txt: pure parts, with the addresses and values that lead others astray."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.fetching.guard import GuardedResolver, allowed_pairs, is_public
from newscrawl.fetching.polite import retry_after

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1",
        "ff02::1", "no address",
    ],
)  # fmt: skip
def test_private_addresses_are_none_of_the_public(address: str) -> None:
    """Loopback, private, link-local, metadata, multicast and their disguises in IPv6 are refused."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_public_addresses_are_public(address: str) -> None:
    """Ordinary addresses of both kinds pass."""
    assert is_public(address)


class _Address:
    def __init__(self, host: str) -> None:
        self.host = host


class _System:
    """Stands for the system's resolver: a name that leads to a public and a private address."""

    def resolveHostName(self, receiver: Any, name: str, *rest: Any) -> Any:
        receiver.resolutionBegan(None)
        for host in ("10.0.0.7", "93.184.216.34"):
            receiver.addressResolved(_Address(host))
        receiver.resolutionComplete()
        return receiver


class _Receiver:
    def __init__(self) -> None:
        self.hosts: list[str] = []

    def resolutionBegan(self, resolution: Any) -> None:
        self.hosts = []

    def addressResolved(self, address: _Address) -> None:
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None:
        pass


def test_a_name_s_private_addresses_are_left_out_but_for_the_exact_pair() -> None:
    """Only the exact host:port of ALLOW_PRIVATE is told private addresses; another port of the host is not."""
    reactor: Any = type("Reactor", (), {"nameResolver": _System()})()
    resolver = GuardedResolver(reactor, 0, allowed_pairs("name.example:8000"))
    for port, expected in ((8000, ["10.0.0.7", "93.184.216.34"]), (8001, ["93.184.216.34"])):
        receiver = _Receiver()
        resolver.resolveHostName(receiver, "name.example", port)
        assert receiver.hosts == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("30", timedelta(seconds=30)),
        ("Mon, 23 Nov 2026 12:01:00 GMT", timedelta(minutes=1)),
        ("Mon, 23 Nov 2020 12:01:00 GMT", timedelta(0)),
        ("9" * 5000, timedelta(seconds=10**9)),
        ("\u00b2", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str | None, expected: timedelta | None) -> None:
    """Both forms of RFC 9110 count; a past date asks for nothing; nonsense is none."""
    assert retry_after(value, NOW) == expected


@given(st.text(max_size=40))
def test_no_retry_after_breaks_the_crawl(value: str) -> None:
    """Whatever a server writes gives a pause that is not negative, or none."""
    wait = retry_after(value, NOW)
    assert wait is None or wait >= timedelta(0)
