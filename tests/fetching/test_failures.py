"""What a failed download is called, so that losses can be counted by their cause."""

import gzip
import zlib

import pytest
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest

from newscrawl.fetching.failures import reason_of
from newscrawl.fetching.guard import Refused
from newscrawl.fetching.turns import Stopped


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (IgnoreRequest("max redirections reached"), "redirect-loop"),
        (IgnoreRequest("... exceeded DOWNLOAD_MAXSIZE (5 B) during decompression."), "too-large"),
        (IgnoreRequest("something else"), "ignored"),
        (DownloadTimeoutError("slow"), "timeout"),
        (gzip.BadGzipFile("not gzip"), "broken-encoding"),
        (zlib.error("Error -3"), "broken-encoding"),
        (Stopped("the crawl stops"), "stopped"),
        (Refused("private-address", "10.0.0.1"), "private-address"),
        (ZeroDivisionError("a fault of the program"), None),
    ],
)
def test_failures_have_names(error: BaseException, reason: str | None) -> None:
    """Loops and decompression bombs are told from other refusals; a fault of the program has no name and crashes."""
    assert reason_of(error) == reason
