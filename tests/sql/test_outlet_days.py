"""The coverage ledger's zeros: which can be trusted, and why the others can't."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, insert, text

from newscrawl.cookbook import queries
from newscrawl.db import runs
from newscrawl.db.models import OutletDay
from newscrawl.outlet import Outlet

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RAN = {"runs": 1, "runs_ok": 1, "sources_ok": 3}


@pytest.mark.parametrize(
    ("counted", "reason"),
    [
        ({}, "not run"),
        (RAN, "nothing new"),
        (RAN | {"sources_failed": 1}, "nothing new"),
        (RAN | {"dropped": 2}, "nothing new"),
        ({"runs": 2, "runs_ok": 0, "blocked": 3, "sources_failed": 3}, "blocked"),
        (RAN | {"found": 5, "failed": 5, "blocked": 5}, "blocked"),
        ({"runs": 1, "runs_ok": 0, "sources_failed": 2}, "feed dead"),
        ({"runs": 1, "runs_ok": 1, "sources_failed": 2}, "feed dead"),
        (RAN | {"found": 4, "dropped": 3, "failed": 1}, "reader failing"),
        (RAN | {"found": 4, "stored": 1, "dropped": 3, "blocked": 1}, None),
    ],
)
def test_every_zero_has_its_reason(engine: Engine, demo: Outlet, counted: dict[str, int], reason: str | None) -> None:
    """A day of this ledger has this reason, and the cookbook names it exactly when its zero can't be trusted."""
    query = next(one.sql for one in queries() if one.name == "untrustworthy-zeros")
    with engine.begin() as connection:
        runs.know(connection, demo, NOW)
        connection.execute(insert(OutletDay).values(outlet_id="demo", day=date(2026, 1, 1), **counted))
        assert connection.execute(text("SELECT reason FROM outlet_days")).scalar_one() == reason
        doubted = connection.execute(text(query)).all()
    assert bool(doubted) is (reason not in (None, "nothing new"))
