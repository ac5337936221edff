"""What options of several commands have in common."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from scrapy.exceptions import UsageError


def day(text: str | None, *, end: bool = False) -> datetime | None:
    """Read YYYY-MM-DD as the beginning of that UTC day, or as its end; UsageError otherwise."""
    if text is None:
        return None
    try:
        moment = datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError as error:
        raise UsageError(f"{text}: write a day such as 2026-01-31", print_help=False) from error
    return moment + timedelta(days=1) if end else moment
