"""Dates as sources write them: RFC 822, RFC 3339 and W3C-DTF; anything else stays a raw hint."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def moment(text: str | None) -> datetime | None:
    """Read a feed's or sitemap's date as aware UTC; one without a zone counts as UTC, nonsense as None.

    >>> str(moment("Mon, 23 Nov 2026 10:00:00 +0300")), str(moment("2026-11-23")), moment("soon")
    ('2026-11-23 07:00:00+00:00', '2026-11-23 00:00:00+00:00', None)
    """
    if not text:
        return None
    text = text.strip()
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        try:
            read = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        aware = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
    return aware if 1990 <= aware.year <= 2100 else None


def outside(date: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    """Is a known date certainly outside the window [since, until)? An unknown one never is."""
    return date is not None and ((since is not None and date < since) or (until is not None and date >= until))
