"""An outlet as its seed file states it: ``seeds/<cc>/<id>.toml``, checked key by key."""

from __future__ import annotations

import codecs
import re
import tomllib
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[a-z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d|w)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


class SeedError(Exception):
    """A seed file can't be used: the message names the file, the key and what to write instead."""


def _duration(value: object) -> object:
    """Read ``30m``, ``2h`` or a number of seconds."""
    if isinstance(value, str):
        found = _SPAN.fullmatch(value.strip())
        if not found:
            raise ValueError("write a duration such as '30s', '15m', '2h', '1d' or a number of seconds")
        return timedelta(seconds=float(found[1]) * _SECONDS[found[2]])
    return value


def _http(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("write a whole address that starts with http:// or https://")
    return url


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError("write an IANA time zone such as 'Asia/Damascus'") from error
    return name


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError("write a BCP 47 tag such as 'ar', 'en', 'kmr' or 'pt-BR'")
    return tag


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return text


def _encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise ValueError("write an encoding's name such as 'windows-1256'") from error


def _selector(css: str) -> str:
    from cssselect import GenericTranslator, SelectorError

    try:
        GenericTranslator().css_to_xpath(css)
    except SelectorError as error:
        raise ValueError(f"is no CSS selector: {error}") from error
    return css


Url = Annotated[str, AfterValidator(_http)]
Selector = Annotated[str, AfterValidator(_selector)]
Duration = Annotated[timedelta, BeforeValidator(_duration), Field(ge=timedelta(0))]
Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Sources(_Part):
    """Where an outlet lists its articles; whatever is left out is looked for on the home page and in robots.txt."""

    feeds: tuple[Url, ...] = ()
    sitemaps: tuple[Url, ...] = ()
    sections: tuple[Url, ...] = ()
    wordpress: Url | None = None
    """Root of a WordPress site whose REST API (``wp-json/wp/v2``) may be asked."""


class Selectors(_Part):
    """CSS selectors for what the reader can't see by itself; ``remove`` takes elements away before reading."""

    title: Selector | None = None
    body: Selector | None = None
    standfirst: Selector | None = None
    authors: Selector | None = None
    published: Selector | None = None
    section: Selector | None = None
    remove: tuple[Selector, ...] = ()


class ArticleRules(_Part):
    """How articles are told from other pages, and read."""

    url_pattern: Annotated[str, AfterValidator(_pattern)] | None = None
    """Python ``re``, searched in the whole address."""
    selectors: Selectors = Selectors()


class Limits(_Part):
    """What a crawl may ask of the outlet."""

    delay: Duration = timedelta(seconds=1)
    """Least pause between two requests to one host."""
    depth: Annotated[int, Field(ge=0, le=20)] = 3
    """How many links deep sections are followed."""
    pages: Annotated[int, Field(gt=0)] = 10_000
    """Most pages that one crawl fetches."""


class Schedule(_Part):
    """How often the outlet is visited; between ``least`` and ``most`` its own rhythm decides."""

    every: Duration = timedelta(hours=1)
    least: Duration | None = None
    most: Duration | None = None

    @property
    def bounds(self) -> tuple[timedelta, timedelta]:
        """The shortest and the longest pause between two visits (default: a quarter and six times ``every``)."""
        return self.least or self.every / 4, self.most or self.every * 6


class Expect(_Part):
    """What a human knows better than statistics about the outlet's health."""

    articles_per_day: Annotated[float, Field(ge=0)] | None = None
    silence: Duration | None = None
    """Longest pause between two new articles that is still normal."""
    dated: Share | None = None
    """Least share of new articles with a publication date; likewise below."""
    authored: Share | None = None
    datelined: Share | None = None
    words: Annotated[int, Field(ge=0)] | None = None
    """Least median number of words."""


class Outlet(_Part):
    """Who publishes. ``id`` and ``country`` come from the seed's file name and folder, all else from its keys."""

    id: str
    country: str
    name: Annotated[str, Field(min_length=1)]
    homepage: Url
    languages: Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], Field(min_length=1)]
    timezone: Annotated[str, AfterValidator(_zone)]
    region: str | None = None
    agency: str | None = None
    """Canonical name of the agency that the outlet is, if it is one: settles what a dateline leaves open."""
    encoding: Annotated[str, AfterValidator(_encoding)] | None = None
    """Encoding of pages that declare none or a wrong one."""
    checked: str = "never"
    """Date (YYYY-MM-DD) of the last check against the live site."""
    sources: Sources = Sources()
    article: ArticleRules = ArticleRules()
    limits: Limits = Limits()
    schedule: Schedule = Schedule()
    expect: Expect = Expect()

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Every ``host`` or ``host:port`` that the seed names, without ``www.``: requests stay on these."""
        urls = [self.homepage, *self.sources.feeds, *self.sources.sitemaps, *self.sources.sections]
        if self.sources.wordpress:
            urls.append(self.sources.wordpress)
        return frozenset(host_of(url) for url in urls)

    def owns(self, url: str) -> bool:
        """Is the address on one of the outlet's hosts?"""
        try:
            return host_of(url) in self.hosts
        except ValueError:
            return False

    def is_article_url(self, url: str) -> bool | None:
        """Does the seed's pattern match? None where the seed has no pattern and evidence must decide."""
        pattern = self.article.url_pattern
        return None if pattern is None else re.search(pattern, url) is not None


def host_of(url: str) -> str:
    """Give an address's host, with its port where it is not the scheme's own, lower case, without ``www.``, in ASCII (IDNA).

    >>> host_of("https://www.npasyria.com/en/1/"), host_of("http://127.0.0.1:8000/")
    ('npasyria.com', '127.0.0.1:8000')
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        with suppress(UnicodeError):  # what IDNA does not know is nobody's host
            host = host.encode("idna").decode()
    host = host.removeprefix("www.")
    default = {"http": 80, "https": 443}.get(parts.scheme)
    if ":" in host:  # an IPv6 address needs its brackets back before a port can follow
        host = f"[{host}]"
    return host if parts.port in (None, default) else f"{host}:{parts.port}"


def load(path: Path) -> Outlet:
    """Read one seed file; raise SeedError with the file, the key and what is wrong with it."""
    stem, country = path.stem, path.parent.name
    if not _STEM.fullmatch(stem):
        raise SeedError(f"{path}: the file's name is the outlet's id: write a-z, 0-9 and single hyphens")
    if not _COUNTRY.fullmatch(country):
        raise SeedError(f"{path}: the folder is the outlet's country: use two lower-case letters (ISO 3166-1)")
    try:
        keys: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SeedError(f"{path}: can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"{path}: is no TOML: {error}") from error
    for key, where in (("id", "file's name"), ("country", "folder's name")):
        if key in keys:
            raise SeedError(f"{path}: {key}: comes from the {where}; remove the key")
    try:
        return Outlet(id=stem, country=country.upper(), **keys)
    except ValidationError as error:
        raise SeedError("; ".join(f"{path}: {_told(problem)}" for problem in error.errors())) from error


def _told(problem: Any) -> str:
    key = ".".join(str(part) for part in problem["loc"] if not str(part).startswith(("function-", "tuple[")))
    if problem["type"] == "extra_forbidden":
        return f"{key}: unknown key; docs/reference/seeds.md lists the keys"
    message = str(problem["msg"]).removeprefix("Value error, ").replace("Input should be a valid tuple", "write a list")
    return f"{key}: {message} (found {problem['input']!r})" if problem["type"] != "missing" else f"{key}: is missing"
