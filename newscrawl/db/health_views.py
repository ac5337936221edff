"""The view behind ``newscrawl health``: one row an outlet, from the ledger's newest days and the open problems."""

from __future__ import annotations

OUTLET_HEALTH = """
SELECT o.id AS outlet, o.name AS outlet_name, o.country, o.last_run_at, o.last_success_at, o.last_new_at,
       o.next_due_at, o.interval_seconds, o.failures AS failed_runs, o.parked_until, o.parked_reason,
       d.days_7, d.days_run_7, d.stored_7, d.revised_7, d.dropped_7, d.failed_7, d.blocked_7,
       d.days_28, d.days_run_28, d.stored_28, d.dropped_28, d.failed_28,
       (SELECT count(*) FROM problem p WHERE p.outlet_id = o.id AND p.ended_at IS NULL) AS open_problems
FROM outlet o
LEFT JOIN (
  SELECT outlet_id,
         sum(CASE WHEN back <= 7 THEN 1 ELSE 0 END) AS days_7,
         sum(CASE WHEN back <= 7 AND runs_ok > 0 THEN 1 ELSE 0 END) AS days_run_7,
         sum(CASE WHEN back <= 7 THEN stored ELSE 0 END) AS stored_7,
         sum(CASE WHEN back <= 7 THEN revised ELSE 0 END) AS revised_7,
         sum(CASE WHEN back <= 7 THEN dropped ELSE 0 END) AS dropped_7,
         sum(CASE WHEN back <= 7 THEN failed ELSE 0 END) AS failed_7,
         sum(CASE WHEN back <= 7 THEN blocked ELSE 0 END) AS blocked_7,
         count(*) AS days_28,
         sum(CASE WHEN runs_ok > 0 THEN 1 ELSE 0 END) AS days_run_28,
         sum(stored) AS stored_28, sum(dropped) AS dropped_28, sum(failed) AS failed_28
  FROM (
    SELECT outlet_id, runs_ok, stored, revised, dropped, failed, blocked,
           row_number() OVER (PARTITION BY outlet_id ORDER BY day DESC) AS back
    FROM outlet_day
  ) ledger
  WHERE back <= 28
  GROUP BY outlet_id
) d ON d.outlet_id = o.id
"""

PROBLEMS = """
SELECT p.id, p.outlet_id AS outlet, p.kind, p.detail, p.started_at, p.ended_at, p.start_told_at, p.end_told_at
FROM problem p
"""

VIEWS = {"outlet_health": OUTLET_HEALTH, "problems": PROBLEMS}
