"""Alerts go where people look: the report is given to a command, or posted to a webhook, as JSON."""

from __future__ import annotations

import json
import shlex
import subprocess
import urllib.request
from collections.abc import Sequence
from datetime import datetime

from newscrawl.db.problems import Told

#: How long a command or a webhook may take, seconds.
TIMEOUT = 30


class AlertError(Exception):
    """The alert was not delivered; it stays untold and goes out with the next report."""


def message(told: Sequence[Told], now: datetime) -> bytes:
    """Give the alert as JSON: ``text`` for chat webhooks, ``problems`` (as data) for programs."""
    lines = [f"{'STARTED' if one.event == 'start' else 'ENDED'} {one.outlet}: {one.kind}: {one.detail}" for one in told]
    problems = [
        {
            "event": one.event, "outlet": one.outlet, "kind": one.kind, "detail": one.detail,
            "started_at": one.started.isoformat(), "ended_at": one.ended.isoformat() if one.ended else None,
        }
        for one in told
    ]  # fmt: skip
    return json.dumps({"at": now.isoformat(), "text": "\n".join(lines), "problems": problems}).encode()


def run_command(command: str, body: bytes) -> None:
    """Run a command with the JSON on its standard input; raise AlertError unless it exits with 0 in time."""
    try:
        done = subprocess.run(shlex.split(command), input=body, capture_output=True, timeout=TIMEOUT, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise AlertError(f"ALERT_COMMAND {command!r} could not be run: {error}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise AlertError(f"ALERT_COMMAND {command!r} exited with {done.returncode}: {said}")


def post(url: str, body: bytes) -> None:
    """Post the JSON to a webhook; raise AlertError unless it answers with a 2xx status in time."""
    try:
        request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"}, method="POST")
        with urllib.request.urlopen(request, timeout=TIMEOUT):
            return
    except (OSError, ValueError) as error:  # urllib's errors are OSErrors, a malformed address is a ValueError
        raise AlertError(f"ALERT_WEBHOOK could not be posted to: {error}") from error
