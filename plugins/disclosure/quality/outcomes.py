"""The outcomes of the reports in judgement, by SQL made from the suites' entries, held against what the checkpoint counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.errors import JudgeError
from disclosure.quality.entries import Entry, Rule, rules_of
from disclosure.warehouse.connect import Connection, quoted, scalar
from disclosure.warehouse.scripts import ORDER


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for one entry."""

    rows: int
    failed: int
    undecided: int  # a side is null


def keep_outcomes(
    connection: Connection,
    entries: tuple[Entry, ...],
    counted: Mapping[str, Counted] | None,
    digest: str,
) -> None:
    """Replace the outcomes and counts of the reports in quality.to_judge, and note them as judged by these rules.

    Raises JudgeError when our rows and the checkpoint's counts differ; the caller's transaction then undoes all.
    Without counts (None) there is nothing to hold the rows against.
    """
    _replace_rules(connection, rules_of(entries))
    _replace_outcomes(connection, entries)
    if counted is not None:
        for entry in entries:
            _compare(connection, entry, counted.get(entry.key))
    _compare_listed(connection)
    connection.execute(f"delete from quality.judged where {IN_JUDGEMENT}")
    connection.execute(JUDGED, [digest])
    connection.execute("delete from quality.to_judge")
    connection.execute("delete from quality.row_states")
    connection.execute("drop schema judging cascade")


def _replace_outcomes(connection: Connection, entries: tuple[Entry, ...]) -> None:
    for table in ("rule_outcomes", "rule_counts"):
        connection.execute(f"delete from quality.{table} where {IN_JUDGEMENT}")
    connection.execute(ENTRY_COUNTS)
    for view in dict.fromkeys(entry.view for entry in entries):
        _prepare_blank_as_zero(connection, view)
    for entry in entries:
        connection.execute(_count(entry))
        connection.execute(_list(entry))
    connection.execute(RULE_COUNTS)


def _replace_rules(connection: Connection, rules: list[Rule]) -> None:
    connection.execute("delete from quality.rules")
    connection.executemany(
        "insert into quality.rules values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                r.rule,
                r.title,
                r.title_zh,
                r.title_en,
                r.severity,
                r.basis,
                r.formula,
                r.known_to_break,
                list(r.templates),
            )
            for r in rules
        ],
    )


IN_JUDGEMENT = "report_id in (select report_id from quality.to_judge)"

ENTRY_COUNTS = """
create or replace temp table entry_counts (
    report_id varchar, rule varchar, entry varchar,
    passed integer, failed integer, undecided integer, not_assessable integer, passed_by_construction integer
)
"""

# The sum of hashes is the same in whatever order the rows stand.
JUDGED = """
insert into quality.judged by name
with counts as (
    select report_id, sum(hash(counts)::hugeint) as hashes
    from quality.rule_counts as counts
    semi join quality.to_judge using (report_id)
    group by report_id
),

outcomes as (
    select report_id, sum(hash(outcomes)::hugeint) as hashes
    from quality.rule_outcomes as outcomes
    semi join quality.to_judge using (report_id)
    group by report_id
)

select
    judged.report_id,
    judged.reading,
    judged.surroundings,
    ? as rules,
    hash(counts.hashes, outcomes.hashes) as outcomes
from quality.to_judge as judged
left join counts using (report_id)
left join outcomes using (report_id)
"""

RULE_COUNTS = """
insert into quality.rule_counts
select report_id, rule, sum(passed), sum(failed), sum(not_assessable), sum(passed_by_construction)
from entry_counts
group by report_id, rule
order by report_id, rule -- what is asked for one report lies together
"""


def _count(entry: Entry) -> str:
    """A report that the entry does not apply to is counted too, with zeros: it was held to the rule."""
    not_assessable = (
        "0" if entry.skips_nulls else "count(*) filter (where applies and holds is null)"
    )
    return f"""
        insert into entry_counts
        select
            report_id,
            {quoted(entry.rule)},
            {quoted(entry.key)},
            count(*) filter (where applies and holds and not by_construction),
            count(*) filter (where applies and not holds),
            count(*) filter (where applies and holds is null),
            {not_assessable},
            count(*) filter (where applies and holds and by_construction)
        from (
            select
                report_id,
                {entry.applies_to} as applies,
                {entry.relation} as holds,
                {entry.by_construction} as by_construction
            from judging.{entry.view}
            where template in ({", ".join(map(quoted, entry.templates))})
        )
        group by report_id
    """


def _list(entry: Entry) -> str:
    """Insert what failed or could not be assessed. Passes are counted, not listed."""
    listed = "holds = false" if entry.skips_nulls else "holds is distinct from true"
    return f"""
        insert into quality.rule_outcomes by name
        with judged as (
            select
                report_id,
                {entry.subject} as subject,
                {entry.left} as lhs,
                {entry.right} as rhs,
                {entry.relation} as holds
            from judging.{entry.view}
            where {entry.applies_to}
        ),

        blank_as_zero as (
            {_blank_as_zero(entry)}
        )

        select
            judged.report_id,
            {quoted(entry.rule)} as rule,
            judged.subject,
            judged.lhs,
            judged.rhs,
            if(judged.holds is null, 'not_assessable', 'fail') as status,
            if(judged.holds is null, blank_as_zero.holds, null) as holds_if_blank_is_zero,
            {quoted(entry.severity)} as severity,
            if(judged.holds = false, shown.shown, null) as shown
        from judged
        left join blank_as_zero using (report_id, subject)
        left join quality.shown as shown on shown.report_id = judged.report_id and shown.kind = {quoted(entry.shown_by)}
        where {listed.replace("holds", "judged.holds")}
    """


def _blank_as_zero(entry: Entry) -> str:
    """The same entry over the same rows with blanks as zero: where other nulls remain it cannot be assessed either."""
    if not _has_blank_as_zero(entry.view):
        return "select null::varchar as report_id, null::varchar as subject, null::boolean as holds where false"
    return f"""
            select report_id, {entry.subject} as subject, {entry.relation} as holds
            from blank_as_zero_{entry.view}
            where {entry.applies_to}
    """


def _prepare_blank_as_zero(connection: Connection, view: str) -> None:
    if _has_blank_as_zero(view):
        connection.execute(
            f"create or replace temp table blank_as_zero_{view} as select * from quality.{view}_blank_as_zero"
        )


def _has_blank_as_zero(view: str) -> bool:
    return f"{view}_blank_as_zero" in ORDER["quality"]


def _compare(connection: Connection, entry: Entry, counted: Counted | None) -> None:
    passed, failed, undecided = connection.execute(
        """
        select
            coalesce(sum(passed + passed_by_construction), 0),
            coalesce(sum(failed), 0),
            coalesce(sum(undecided), 0)
        from entry_counts
        where entry = ?
        """,
        [entry.key],
    ).fetchall()[0]
    ours = Counted(passed + failed + undecided, failed, undecided)
    if ours != counted:
        raise JudgeError(f"{entry.key} ({entry.rule}): the checkpoint counted {counted}, we {ours}")


def _compare_listed(connection: Connection) -> None:
    """What is listed and what is counted, of all reports, are the same."""
    listed = scalar(connection, "select count(*) from quality.rule_outcomes")
    counted = scalar(
        connection,
        "select coalesce(sum(failed), 0) + coalesce(sum(not_assessable), 0) from quality.rule_counts",
    )
    if listed != counted:
        raise JudgeError(f"{listed} outcomes are listed, {counted} counted")
