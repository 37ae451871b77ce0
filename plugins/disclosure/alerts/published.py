"""Reads from the published warehouse what somebody should hear of. Judges and remembers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from disclosure.alerts.findings import (
    Cause,
    Cells,
    Counts,
    Failure,
    Findings,
    Place,
    Reservation,
    Unread,
)
from disclosure.warehouse.query import run_query

Facts = TypeVar("Facts")


def read_findings(published: Path) -> Findings:
    """Given the published warehouse, return its failures (worst first) and what could not be read."""
    return Findings(
        by_place={Place(*row[:2]): Counts(*map(int, row[2:])) for row in _rows(published, COUNTS)},
        failures=tuple(_placed(Failure, row) for row in _rows(published, FAILURES)),
        unread=tuple(_placed(Unread, row) for row in _rows(published, UNREAD)),
        reservations=tuple(_placed(Reservation, row) for row in _rows(published, RESERVATIONS)),
        causes={
            cause_id: Cause(cause_id, report_id, tuple(cells), en, zh, Place(*place))
            for cause_id, report_id, cells, en, zh, *place in _rows(published, CAUSES)
        },
    )


def read_sites(published: Path) -> list[str]:
    """The names of the sites that the warehouse knows."""
    return [site for (site,) in _rows(published, SITES)]


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


def _placed(facts: Callable[..., Facts], row: Sequence[Any]) -> Facts:
    """The facts of a row that ends in its site and province."""
    return facts(*row[:-2], place=Place(*row[-2:]))


def _rows(published: Path, sql: str) -> list[Any]:
    return list(run_query(published, sql).rows)


SITES = """
select distinct site from mart.dim_reports order by site
"""

PLACES = """
with placed as (
    select reports.report_id, reports.site, coalesce(agencies.province, '') as province
    from mart.dim_reports as reports
    left join mart.dim_agencies as agencies using (agency_key)
)
"""

COUNTS = (
    PLACES
    + """,

outcomes as (
    select
        report_id,
        count(*) filter (where status = 'fail' and severity = 'error') as errors,
        count(*) filter (where status = 'fail' and severity = 'warning') as warnings,
        count(*) filter (where status = 'fail' and severity = 'info') as infos,
        count(*) filter (where status <> 'fail') as not_assessable
    from mart.fct_rule_outcomes
    group by report_id
),

of_reports as (
    select
        placed.site,
        placed.province,
        count(*) as reports,
        sum(reports.cells_read) as cells_read,
        sum(reports.cells_not_read) as cells_not_read,
        sum(outcomes.errors) as errors,
        sum(outcomes.warnings) as warnings,
        sum(outcomes.infos) as infos,
        count(*) filter (where outcomes.errors + outcomes.warnings > 0) as failing_reports,
        sum(outcomes.not_assessable) as not_assessable
    from placed
    join mart.dim_reports as reports using (report_id)
    left join outcomes using (report_id)
    group by all
),

of_documents as (
    select '' as site, '' as province, count(*) as unread from mart.fct_unread
)

select
    coalesce(of_reports.site, of_documents.site) as site,
    coalesce(of_reports.province, of_documents.province) as province,
    coalesce(reports, 0),
    coalesce(cells_read, 0),
    coalesce(cells_not_read, 0),
    coalesce(unread, 0),
    coalesce(errors, 0),
    coalesce(warnings, 0),
    coalesce(infos, 0),
    coalesce(failing_reports, 0),
    coalesce(not_assessable, 0)
from of_reports
full join of_documents using (site, province)
"""
)

FAILURES = (
    PLACES
    + """
select
    outcomes.report_id,
    coalesce(agencies.agency_name, reports.agency_key) as agency,
    reports.report_year,
    coalesce(reports.source_url, ''),
    outcomes.rule,
    coalesce(rules.title_zh, ''),
    coalesce(rules.title_en, ''),
    coalesce(rules.formula, ''),
    outcomes.severity,
    coalesce(outcomes.subject, ''),
    outcomes.lhs,
    outcomes.rhs,
    coalesce(outcomes.cause_id, ''),
    reports.template,
    placed.site,
    placed.province
from mart.fct_rule_outcomes as outcomes
join mart.dim_reports as reports using (report_id)
join placed using (report_id)
left join mart.dim_agencies as agencies using (agency_key)
left join mart.dim_rules as rules using (rule)
where outcomes.status = 'fail'
order by
    -- The agencies with the gravest failures first; all years of an agency together, its latest first.
    min(case outcomes.severity when 'error' then 1 when 'warning' then 2 else 3 end)
        over (partition by reports.agency_key),
    placed.province, agency, reports.report_year desc, outcomes.report_id,
    case outcomes.severity when 'error' then 1 when 'warning' then 2 else 3 end,
    outcomes.rule, outcomes.subject
"""
)

CAUSES = (
    PLACES
    + """
select cause_id, report_id, cells, explanation, explanation_zh, placed.site, placed.province
from mart.fct_causes
join placed using (report_id)
order by report_id, cause_id
"""
)

UNREAD = """
select coalesce(source_url, ''), document_sha256, kind, message, '', ''
from mart.fct_unread
order by all
"""

RESERVATIONS = (
    PLACES
    + """
select
    issues.report_id,
    coalesce(agencies.agency_name, reports.agency_key) as agency,
    reports.report_year,
    coalesce(reports.source_url, ''),
    issues.kind,
    coalesce(issues.where_in_document, ''),
    issues.message,
    placed.site,
    placed.province
from mart.fct_issues as issues
join mart.dim_reports as reports using (report_id)
join placed using (report_id)
left join mart.dim_agencies as agencies using (agency_key)
order by agency, reports.report_year desc, issues.report_id, issues.kind, 6
"""
)

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
