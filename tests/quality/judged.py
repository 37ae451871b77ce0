"""What a world was judged to, read once: a test that opens the work file for each question waits for little else."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from warehouse.world import World

COUNTS = "select rule, report_id, passed, failed, not_assessable from quality.rule_counts"
OUTCOMES = """
select rule, report_id, subject, lhs, rhs, status, holds_if_blank_is_zero, severity
from quality.rule_outcomes
order by all
"""
Counted = tuple[int, int, int]


class Judged:
    """Counts and outcomes by rule and report; reports by agency and year."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.counts: dict[tuple[str, str], Counted] = {
            (rule, report): (passed, failed, not_assessable)
            for rule, report, passed, failed, not_assessable in world.rows(COUNTS)
        }
        named = world.rows("select agency_name, report_year, report_id from staging.reports")
        self.reports: dict[tuple[str, int], str] = {tuple(key): report for *key, report in named}
        self.outcomes: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for rule, report, subject, lhs, rhs, *rest in world.rows(OUTCOMES):
            self.outcomes[rule, report].append((subject, _plain(lhs), _plain(rhs), *rest))

    def status(self, rule: str, report: str) -> str:
        """not_applicable: the rule is for another form, or has no subject in the report."""
        passed, failed, not_assessable = self.counts.get((rule, report), (0, 0, 0))
        if failed:
            return "fail"
        if not_assessable:
            return "not_assessable"
        return "pass" if passed else "not_applicable"

    def failing(self, report: str) -> set[str]:
        """The rules that fail in a report."""
        return {
            rule for (rule, of), (_, failed, _) in self.counts.items() if of == report and failed
        }


def _plain(side: Any) -> float | None:
    return None if side is None else float(side)
