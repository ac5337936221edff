"""Poll, due, runs, health and metrics: what runs by itself, on the sample over real HTTP."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from scrapy.settings import Settings
from sqlalchemy import NullPool, create_engine, text, update
from starter import Running, Starter, environment

from newscrawl.commands import due, health, metrics, runs
from newscrawl.db.models import Outlet
from newscrawl.db.session import open_database
from newscrawl.sample import Sample, serve


@dataclass
class Place:
    """A folder with seeds and a database that two polls filled at once."""

    folder: Path
    sample: Sample
    codes: list[int]

    @property
    def url(self) -> str:
        """The database."""
        return f"sqlite:///{self.folder / 'news.db'}"

    def ask(self, query: str) -> list[str]:
        """Give a query's first column."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.connect() as connection:
            return [str(value) for value in connection.execute(text(query)).scalars()]

    def poll(self, starter: Starter, *arguments: str) -> Running:
        """Start a poll."""
        settings = {
            "NEWSCRAWL_DATABASE_URL": self.url, "NEWSCRAWL_SEEDS": str(self.folder / "seeds"),
            "NEWSCRAWL_ALLOW_PRIVATE": self.sample.allow_private, "NEWSCRAWL_ARCHIVE": "off",
        }  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            command = ["poll", "--most", "3", *arguments]
            return starter.start(command, self.folder, environment() | settings, streams=(None, log, log))

    def settings(self, **changes: str) -> Settings:
        """Give the project's settings for this place."""
        settings = Settings()
        settings.setmodule("newscrawl.settings")
        settings.update({"DATABASE_URL": self.url, "SEEDS": str(self.folder / "seeds"), **changes}, priority="cmdline")
        return settings


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, starter: Starter) -> Iterator[Place]:
    """Two polls at once, the second of which watches until it is told to end."""
    with serve() as sample:
        place = Place(tmp_path_factory.mktemp("place"), sample, [])
        sample.seeds(place.folder / "seeds")
        open_database(place.url).dispose()
        once, watching = place.poll(starter), place.poll(starter, "--watch")
        place.codes.append(once.wait(60))
        until = time.monotonic() + 30
        while place.ask("SELECT id FROM run WHERE finished_at IS NULL") or not place.ask("SELECT id FROM run"):
            assert time.monotonic() < until
            time.sleep(0.1)
        watching.send_signal(signal.SIGTERM)
        place.codes.append(watching.wait(30))
        yield place


def run(module: ModuleType, settings: Settings, *arguments: str) -> int:
    """Run a command as its command line would; give its exit code."""
    command = module.Command()
    command.settings = settings
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    options, rest = parser.parse_known_args(list(arguments))
    command.run(rest, options)
    return int(command.exitcode)


def test_two_polls_at_once_store_each_article_once(place: Place) -> None:
    """Both end well (the watching one when told to), no article is stored or fetched twice, no outlet is left out."""
    assert place.codes == [0, 0]
    urls = place.ask("SELECT url FROM article")
    assert set(urls) >= place.sample.truth().keys()
    assert len(urls) == len(set(urls))
    fetched = Counter(f"http://{request.host}{request.path}" for request in place.sample.requests)
    assert max(fetched[url] for url in urls) == 1
    assert sorted(place.ask("SELECT DISTINCT outlet_id FROM run")) == sorted(name for name, _ in place.sample.outlets)


def test_what_was_crawled_is_not_due(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """``due`` gives every outlet's next visit, in the future, with the reason; the table names them all."""
    run(due, place.settings(), "--json")
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 4
    assert all(datetime.fromisoformat(row["due_at"]) > datetime.now(UTC) for row in rows)
    assert all(row["why"].startswith("its rhythm: every") for row in rows)
    run(due, place.settings())
    assert "gap-postasi" in capsys.readouterr().out


def test_runs_are_shown_with_all_they_counted(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """``runs`` lists the newest first, ``runs N`` gives one with its reasons, seed and reader version."""
    run(runs, place.settings(), "--json", "--outlet", "desht")
    row = json.loads(capsys.readouterr().out)[0]
    assert row["finish_reason"] == "finished"
    assert row["exit_code"] == 0
    assert row["stored"] == 6
    assert row["reasons"].keys() >= {"empty", "binary"}
    assert row["seed_hash"]
    assert row["reader_version"]
    run(runs, place.settings(), str(row["id"]))
    assert json.loads(capsys.readouterr().out)[0]["id"] == row["id"]
    run(runs, place.settings())
    assert "desht" in capsys.readouterr().out


def test_metrics_are_printed(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """``metrics`` prints the ledger's sums of each outlet."""
    run(metrics, place.settings())
    assert 'newscrawl_stored_total{outlet="desht"} 6' in capsys.readouterr().out


def test_a_problem_is_told_once_and_its_end_once(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """``health --alert`` exits 15 and tells a failing outlet once, then its end once, by the command that was set."""
    got = place.folder / "alerts"
    script = place.folder / "alert.py"
    script.write_text(f"import sys; open({str(got)!r}, 'a').write(sys.stdin.read() + '\\n')")
    settings = place.settings(ALERT_COMMAND=f"{sys.executable} {script}")
    engine = open_database(place.url)

    def failures(count: int) -> None:
        with engine.begin() as connection:
            connection.execute(update(Outlet).where(Outlet.id == "desht").values(failures=count))

    assert run(health, settings, "--json", "--alert") == 0
    report = json.loads(capsys.readouterr().out)
    assert {row["outlet"] for row in report} == {name for name, _ in place.sample.outlets}
    assert not got.exists()
    for count, code in ((3, 15), (4, 15), (0, 0), (0, 0)):
        failures(count)
        assert run(health, settings, "--alert") == code
    engine.dispose()
    assert "failing:" in capsys.readouterr().out
    told = [json.loads(line) for line in got.read_text().splitlines()]
    assert [[problem["event"] for problem in one["problems"]] for one in told] == [["start"], ["end"]]
    assert told[0]["text"].startswith("STARTED desht: failing")


def test_an_alert_that_fails_is_told_with_the_next_report(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """While the command fails the problem stays untold; without any way to tell, that is an error of use."""
    engine = open_database(place.url)
    with engine.begin() as connection:
        connection.execute(update(Outlet).where(Outlet.id == "desht").values(failures=5))
    failing = place.settings(ALERT_COMMAND=f"{sys.executable} -c 'raise SystemExit(1)'")
    assert run(health, failing, "--alert", "desht") == 15
    assert "ALERT_COMMAND" in capsys.readouterr().err
    got = place.folder / "late"
    working = place.settings(ALERT_COMMAND=f"{sys.executable} -c 'open({json.dumps(str(got))}, \"w\")'")
    assert run(health, working, "--alert", "desht") == 15
    assert got.exists()
    assert run(health, place.settings(ALERT_COMMAND="", ALERT_WEBHOOK=""), "--alert") == 2
    with engine.begin() as connection:
        connection.execute(update(Outlet).where(Outlet.id == "desht").values(failures=0))
    engine.dispose()


def test_an_outlet_that_was_long_not_run_is_told(place: Place) -> None:
    """When no run came for days, health says that the timer is missing, and the ledger has those days as not run."""
    engine = open_database(place.url)
    with engine.begin() as connection:
        before = connection.execute(text("SELECT last_run_at, added_at FROM outlet WHERE id = 'desht'")).one()
        long_ago = datetime.now(UTC) - timedelta(days=4)
        connection.execute(update(Outlet).where(Outlet.id == "desht").values(last_run_at=long_ago, added_at=long_ago))
    assert run(health, place.settings(), "desht") == 15
    assert place.ask("SELECT kind FROM problem WHERE outlet_id = 'desht' AND ended_at IS NULL") == ["not-running"]
    assert len(place.ask("SELECT day FROM outlet_day WHERE outlet_id = 'desht' AND runs = 0")) in (3, 4)
    with engine.begin() as connection:
        values = {"last_run_at": datetime.fromisoformat(before.last_run_at + "+00:00")}
        connection.execute(update(Outlet).where(Outlet.id == "desht").values(**values))
    engine.dispose()
