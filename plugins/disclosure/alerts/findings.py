"""What the published warehouse says tonight that somebody should hear of. Reads; judges and remembers nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from disclosure.warehouse.query import run_query

SEVERITIES = ("error", "warning", "info")
"""In the order in which a person should read them."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that does not hold for one subject (a column, row or cell) of one report."""

    report_id: str
    agency: str
    year: int | None
    source_url: str
    rule: str
    title: str
    formula: str
    severity: str
    subject: str
    lhs: Decimal | None
    rhs: Decimal | None
    cause_id: str = ""

    @property
    def key(self) -> str:
        return f"{self.report_id}|{self.rule}|{self.subject}"


@dataclass(frozen=True, slots=True)
class Cause:
    """What is probably behind failures of one report, in a sentence."""

    cause_id: str
    report_id: str
    cells: tuple[str, ...]
    explanation: str
    explanation_zh: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that did not become a report."""

    source_url: str
    document: str
    kind: str
    message: str

    @property
    def key(self) -> str:
        # By address, so that a page whose bytes change every night is told once.
        return _short(self.source_url or self.document, self.kind)


@dataclass(frozen=True, slots=True)
class Reservation:
    """Something within a report that could not be read, or only with a reservation."""

    report_id: str
    agency: str
    year: int | None
    source_url: str
    kind: str
    where: str
    message: str

    @property
    def key(self) -> str:
        return _short(self.report_id, self.kind, self.where, self.message)


@dataclass(frozen=True, slots=True)
class Counts:
    reports: int
    cells_read: int
    cells_not_read: int
    unread: int  # documents
    failing: dict[str, int]  # severity → outcomes that fail
    failing_reports: int
    not_assessable: int


@dataclass(frozen=True, slots=True)
class Findings:
    counts: Counts
    failures: tuple[Failure, ...]
    unread: tuple[Unread, ...]
    reservations: tuple[Reservation, ...]
    causes: dict[str, Cause] = field(default_factory=dict)  # by id


Cells = dict[tuple[str, str, str], tuple[Decimal | None, str | None]]
"""(table, item, column) → value and what is printed."""


def read_findings(published: Path) -> Findings:
    """Given the published warehouse, return its failures (worst first) and what could not be read."""
    return Findings(
        counts=_read_counts(published),
        failures=tuple(Failure(*row) for row in _rows(published, FAILURES)),
        unread=tuple(Unread(*row) for row in _rows(published, UNREAD)),
        reservations=tuple(Reservation(*row) for row in _rows(published, RESERVATIONS)),
        causes={
            cause_id: Cause(cause_id, report_id, tuple(cells), *sentences)
            for cause_id, report_id, cells, *sentences in _rows(published, CAUSES)
        },
    )


def read_cells(published: Path, report_ids: Iterable[str]) -> dict[str, Cells]:
    """Given ids of reports, return the cells that each prints."""
    wanted = sorted(set(report_ids))
    cells: dict[str, Cells] = {report_id: {} for report_id in wanted}
    if wanted:
        ids = ", ".join(quote(report_id) for report_id in wanted)
        for report_id, table, item, column, value, printed in _rows(published, CELLS.format(ids)):
            cells[report_id][table, item, column] = (value, printed)
    return cells


def read_statuses(published: Path, keys: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Given (report, rule, subject) that failed before, return today's status by `Failure.key`.

    Passes are counted, not listed, in the mart: a subject that is not listed passes where its rule was held against
    its report at all. What is left out was not checked any more.
    """
    asked = sorted(set(keys))
    if not asked:
        return {}
    values = ", ".join(f"({', '.join(map(quote, key))})" for key in asked)
    return {f"{r}|{u}|{s}": status for r, u, s, status in _rows(published, STATUSES.format(values))}


def quote(text: str) -> str:
    """A string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _read_counts(published: Path) -> Counts:
    reports, cells_read, cells_not_read, unread = _rows(published, COUNTS)[0]
    by_status: dict[tuple[str, str], tuple[int, int]] = {
        (status, severity): (outcomes, reports)
        for status, severity, outcomes, reports in _rows(published, OUTCOMES)
    }
    return Counts(
        reports=reports,
        cells_read=int(cells_read),
        cells_not_read=int(cells_not_read),
        unread=unread,
        failing={name: by_status.get(("fail", name), (0, 0))[0] for name in SEVERITIES},
        failing_reports=_rows(published, FAILING_REPORTS)[0][0],
        not_assessable=sum(n for (status, _), (n, _) in by_status.items() if status != "fail"),
    )


def _rows(published: Path, sql: str) -> list[Any]:
    return list(run_query(published, sql).rows)


def _short(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


COUNTS = """
select
    count(*),
    coalesce(sum(cells_read), 0),
    coalesce(sum(cells_not_read), 0),
    (select count(*) from mart.fct_unread)
from mart.dim_reports
"""

OUTCOMES = """
select status, severity, count(*), count(distinct report_id)
from mart.fct_rule_outcomes
group by all
"""

FAILING_REPORTS = """
select count(distinct report_id) from mart.fct_rule_outcomes where status = 'fail'
"""

FAILURES = """
select
    outcomes.report_id,
    coalesce(agencies.agency_name, reports.agency_key),
    reports.report_year,
    coalesce(reports.source_url, ''),
    outcomes.rule,
    coalesce(rules.title, ''),
    coalesce(rules.formula, ''),
    outcomes.severity,
    coalesce(outcomes.subject, ''),
    outcomes.lhs,
    outcomes.rhs,
    coalesce(outcomes.cause_id, '')
from mart.fct_rule_outcomes as outcomes
join mart.dim_reports as reports using (report_id)
left join mart.dim_agencies as agencies using (agency_key)
left join mart.dim_rules as rules using (rule)
where outcomes.status = 'fail'
order by
    case outcomes.severity when 'error' then 1 when 'warning' then 2 else 3 end,
    agencies.province, 2, 3, outcomes.report_id, outcomes.rule, outcomes.subject
"""

CAUSES = """
select cause_id, report_id, cells, explanation, explanation_zh
from mart.fct_causes
"""

UNREAD = """
select coalesce(source_url, ''), document_sha256, kind, message
from mart.fct_unread
order by all
"""

RESERVATIONS = """
select
    issues.report_id,
    coalesce(agencies.agency_name, reports.agency_key),
    reports.report_year,
    coalesce(reports.source_url, ''),
    issues.kind,
    coalesce(issues.where_in_document, ''),
    issues.message
from mart.fct_issues as issues
join mart.dim_reports as reports using (report_id)
left join mart.dim_agencies as agencies using (agency_key)
order by 2, 3, 5, 6
"""

CELLS = """
select report_id, "table", item, "column", value, printed
from mart.fct_cells
where report_id in ({})
"""

STATUSES = """
with asked (report_id, rule, subject) as (
    values {}
)

select
    asked.report_id,
    asked.rule,
    asked.subject,
    coalesce(outcomes.status, 'pass')
from asked
left join mart.fct_rule_outcomes as outcomes using (report_id, rule, subject)
where outcomes.status is not null
   or exists (
       select 1 from mart.fct_rule_counts as counts
       where counts.report_id = asked.report_id and counts.rule = asked.rule
   )
"""
