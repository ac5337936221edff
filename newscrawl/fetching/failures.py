"""A download that failed, in one word: the reason that is counted and kept."""

from __future__ import annotations

import gzip
import zlib

import brotli
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "connection-refused"),
    (DownloadCancelledError, "too-large"),
    (ResponseDataLossError, "connection-lost"),
    (UnsupportedURLSchemeError, "bad-scheme"),
    (gzip.BadGzipFile, "broken-encoding"),
    (zlib.error, "broken-encoding"),
    (brotli.error, "broken-encoding"),
    (EOFError, "broken-encoding"),
    (DownloadFailedError, "connection-lost"),
)
#: Scrapy gives up on a request in words alone.
_WORDS = (("max redirections", "redirect-loop"), ("DOWNLOAD_MAXSIZE", "too-large"))


def reason_of(error: BaseException) -> str | None:
    """Name a download's failure, or give None for what is none: a fault in the program.

    Errors of our own middlewares carry their ``reason``.
    """
    own = getattr(error, "reason", None)
    if isinstance(own, str) and own:
        return own
    if isinstance(error, IgnoreRequest):
        return next((reason for words, reason in _WORDS if words in str(error)), "ignored")
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), None)
