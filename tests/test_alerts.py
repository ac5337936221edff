"""Alerts: a command that gets JSON, a webhook that is posted to, and what happens when they fail."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from newscrawl import alerts
from newscrawl.db.problems import Told

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TOLD = [
    Told(id=1, event="start", outlet="north", kind="silence", detail="nothing new for 30 h", started=NOW, ended=None),
    Told(id=2, event="end", outlet="south", kind="failing", detail="3 runs in a row", started=NOW, ended=NOW),
]


def test_the_message_is_for_people_and_programs() -> None:
    """``text`` has a line a problem, ``problems`` the same as data."""
    body = json.loads(alerts.message(TOLD, NOW))
    assert body["text"].splitlines()[0] == "STARTED north: silence: nothing new for 30 h"
    assert body["text"].splitlines()[1].startswith("ENDED south: failing")
    assert [row["event"] for row in body["problems"]] == ["start", "end"]
    assert body["problems"][1]["ended_at"] == NOW.isoformat()


def test_a_command_gets_the_message_on_its_standard_input(tmp_path: Path) -> None:
    """What is written to the command arrives whole."""
    target = tmp_path / "got.json"
    script = tmp_path / "alert.py"
    script.write_text(f"import sys, pathlib; pathlib.Path({str(target)!r}).write_bytes(sys.stdin.buffer.read())")
    alerts.run_command(f"{sys.executable} {script}", alerts.message(TOLD, NOW))
    assert json.loads(target.read_bytes())["at"] == NOW.isoformat()


def test_a_command_that_fails_is_an_error_that_names_it() -> None:
    """A missing program, a bad quote and a non-zero exit are told with the setting's name."""
    for command in ("/nowhere/alert", 'alert "', f"{sys.executable} -c 'raise SystemExit(3)'"):
        with pytest.raises(alerts.AlertError, match="ALERT_COMMAND"):
            alerts.run_command(command, b"{}")


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[bytes]]]:
    """A server that keeps what is posted to /ok, and answers 500 elsewhere."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append(body)
            self.send_response(204 if self.path == "/ok" else 500)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()


def test_a_webhook_is_posted_to(webhook: tuple[str, list[bytes]]) -> None:
    """The JSON arrives; an error of the server or a wrong address is an AlertError."""
    base, got = webhook
    alerts.post(base + "/ok", alerts.message(TOLD, NOW))
    assert json.loads(got[0])["problems"][0]["outlet"] == "north"
    for url in (base + "/broken", "http://127.0.0.1:9/", "no address"):
        with pytest.raises(alerts.AlertError, match="ALERT_WEBHOOK"):
            alerts.post(url, b"{}")
