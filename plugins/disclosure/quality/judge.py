"""Holds every rule against the reports that are new or changed, and keeps the outcomes: pass, fail, not_assessable."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.quality.company import keep_company
from disclosure.quality.entries import digest_of_rules, read_entries
from disclosure.quality.outcomes import Counted, keep_outcomes
from disclosure.settings import Settings
from disclosure.warehouse.connect import Connection, open_work, scalar, transaction
from disclosure.warehouse.scripts import create_tables, fill_table


@dataclass(frozen=True, slots=True)
class JudgeSummary:
    """How many reports were judged now, and what stands for all reports after it."""

    judged: int
    rules: int
    passed: int
    failed: int
    not_assessable: int


def judge(settings: Settings, scope: str, is_counted_twice: bool = True) -> JudgeSummary:
    """Judge the reports whose reading, neighbours or rules changed since they were judged; all with scope "all".

    Unless told otherwise, every entry is evaluated twice, by a checkpoint of Great Expectations and by our own SQL, and
    the two must count the same. Raises JudgeError when they do not or a rule could not be evaluated: nothing is kept
    then. Killed anywhere, the outcomes are those of before or those of after.
    """
    entries = read_entries(settings.expectations)
    rules = digest_of_rules(settings.expectations, settings.sql)
    with open_work(settings) as connection, transaction(connection):
        create_tables(connection, settings.sql, "raw", "staging", "quality")
        _forget_vanished(connection)
        keep_company(connection, settings.sql, scope == "all")
        waiting = _summon(connection, rules, scope)
        if not waiting:
            return _summary(connection, 0)
        fill_table(connection, settings.sql / "quality" / "row_states.sql")
        _lay_out(connection, sorted({entry.view for entry in entries}))
    counted = _count_elsewhere(settings) if is_counted_twice else None
    with open_work(settings) as connection, transaction(connection):
        keep_outcomes(connection, entries, counted, rules)
        return _summary(connection, waiting)


def _count_elsewhere(settings: Settings) -> dict[str, Counted]:
    """The checkpoint opens the work file itself, and DuckDB lets in one at a time."""
    # Great Expectations takes seconds to import.
    from disclosure.quality.checkpoint import run_checkpoint
    from disclosure.quality.suites import read_suites

    return run_checkpoint(settings, read_suites(settings.expectations))


def _forget_vanished(connection: Connection) -> None:
    """A report can vanish when the site files name its agency anew."""
    gone = "select report_id from quality.judged anti join staging.reports using (report_id)"
    if scalar(connection, f"select count(*) from ({gone})"):
        connection.execute(f"create or replace temp table gone as {gone}")
        for table in ("judged", "rule_outcomes", "rule_counts"):
            connection.execute(
                f"delete from quality.{table} where report_id in (select report_id from gone)"
            )


def _summon(connection: Connection, rules: str, scope: str) -> int:
    """Fill quality.to_judge and return the number of reports in it."""
    connection.execute("delete from quality.to_judge")
    connection.execute(
        """
        insert into quality.to_judge by name
        select
            reports.report_id,
            reports.agency_key,
            reports.report_year,
            reports.document_sha256,
            documents.template,
            reports.reading,
            neighbours.* exclude (report_id)
        from staging.reports as reports
        join staging.documents as documents using (document_sha256)
        join quality.neighbours as neighbours using (report_id)
        left join quality.judged as judged using (report_id)
        where $all
           or judged.reading is distinct from reports.reading
           or judged.surroundings is distinct from neighbours.surroundings
           or judged.rules <> $rules
        """,
        {"all": scope == "all", "rules": rules},
    )
    return int(scalar(connection, "select count(*) from quality.to_judge"))


# One row per cell: a copy would cost more than scanning it a few times.
TOO_LONG_TO_COPY = {"counts"}


def _lay_out(connection: Connection, suites: list[str]) -> None:
    """Work out once what every entry of a suite looks at: schema judging has each suite's view as it stands now."""
    connection.execute("drop schema if exists judging cascade")
    connection.execute("create schema judging")
    for suite in suites:
        kind = "view" if suite in TOO_LONG_TO_COPY else "table"
        connection.execute(f"create {kind} judging.{suite} as select * from quality.{suite}")


def _summary(connection: Connection, judged: int) -> JudgeSummary:
    passed, failed, not_assessable = connection.execute(
        """
        select
            coalesce(sum(passed), 0)::bigint,
            coalesce(sum(failed), 0)::bigint,
            coalesce(sum(not_assessable), 0)::bigint
        from quality.rule_counts
        """
    ).fetchall()[0]
    rules = scalar(connection, "select count(*) from quality.rules")
    return JudgeSummary(judged, rules, passed, failed, not_assessable)
