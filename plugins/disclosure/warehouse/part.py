"""What an increment makes again, in memory and beside everything else: the database `part`.

    part.touched    the reports whose rows are made again
    part.mart       of REPORT_TABLES their rows as they are now, of the other tables of the mart all rows
    part.before     of REPORT_TABLES their rows as they were published last, and where they stand in the file
    part.staging, part.quality    what the touched reports rest on, read once from the work file

Each table is made by its own script. The rows that a table of REPORT_TABLES has for one report depend on nothing but
what quality.made_from digests, so the rows of all other reports may stay. The other tables are small, or about more than
one report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from disclosure.errors import PublishError
from disclosure.warehouse.connect import Connection, open_again, quoted, scalar
from disclosure.warehouse.scripts import ORDER, create_table

# Each reads of the mart only what stands above it here. Other tables read none of these, of which they would see the
# touched reports alone.
REPORT_TABLES = (
    "dim_reports",
    "fct_applications",
    "fct_proactive",
    "fct_disputes",
    "fct_rule_outcomes",
    "fct_rule_counts",
    "fct_causes",
    "fct_cells",
    "fct_revisions",
    "fct_prose_metrics",
)
# What these rest on. What is missing here they read from the work file, which gives the same and takes longer.
OF_REPORTS = (
    "staging.report_versions",
    "staging.reports",
    "quality.rule_outcomes",
    "quality.rule_counts",
    "quality.causes",
    "quality.cause_outcomes",
)
OF_DOCUMENTS = (
    "staging.documents",
    "staging.cells",
    "staging.application_items",
    "staging.proactive",
    "staging.disputes",
    "staging.prose",
)
TOUCHED = "report_id in (select report_id from part.main.touched)"
_INSERT = re.compile(r"insert into mart\.\w+ by name\s(.*?);?\s*", re.DOTALL)


def note_made_from(connection: Connection) -> None:
    """Make the temporary table made_from: what each report's rows are to be made from today."""
    connection.execute("create temp table made_from as select * from quality.made_from")
    connection.execute("attach ':memory:' as part")
    connection.execute("create table part.touched (report_id varchar)")


def find_touched(connection: Connection) -> int:
    """Fill part.touched with the reports that are new, gone or made from something else than in the last publication.

    Returns their number.
    """
    connection.execute(
        """
        insert into part.touched
        select report_id
        from made_from as now
        full join last.publication.reports as before using (report_id)
        where now.made_from is distinct from before.made_from
        """
    )
    return int(scalar(connection, "select count(*) from part.touched"))


def make_part(connection: Connection, sql: Path) -> None:
    """Fill part from the work file and the last publication. A transaction can write one database only: not within one
    on another."""
    for schema in ("mart", "staging", "quality", "before"):
        connection.execute(f"create schema part.{schema}")
    # Most of these queries keep one processor busy, and neither lot reads what the other makes.
    with ThreadPoolExecutor(1) as beside, open_again(connection) as another:
        of_reports = beside.submit(_make_of_reports, another, sql)
        _make_whole(connection, sql)
        of_reports.result()


def _make_whole(connection: Connection, sql: Path) -> None:
    with looking_first_in(connection, "part.mart"):
        for name in ORDER["mart"]:
            if name not in REPORT_TABLES:
                _make(connection, sql / "mart" / f"{name}.sql", "true")


def _make_of_reports(connection: Connection, sql: Path) -> None:
    _read_once(connection)
    with looking_first_in(connection, "part.mart", "part.staging", "part.quality"):
        for name in REPORT_TABLES:
            _make(connection, sql / "mart" / f"{name}.sql", TOUCHED)
    for name in REPORT_TABLES:
        connection.execute(
            f"create table part.before.{name} as select rowid as place, * from last.mart.{name} where {TOUCHED}"
        )


def _make(connection: Connection, script: Path, where: str) -> None:
    """Make the script's table in part.mart; of a view there is nothing to make."""
    if query := query_of(script):
        create_table(connection, script)
        connection.execute(
            f"insert into part.mart.{script.stem} by name select * from ({query}) as made where {where}"
        )


def _read_once(connection: Connection) -> None:
    """Copy from the work file what the touched reports rest on."""
    of_touched = "document_sha256 in (select document_sha256 from part.staging.report_versions)"
    for names, where in ((OF_REPORTS, TOUCHED), (OF_DOCUMENTS, of_touched)):
        for name in names:
            connection.execute(f"create table part.{name} as from work.{name} where {where}")


@contextmanager
def looking_first_in(connection: Connection, *schemas: str) -> Iterator[None]:
    """While the block runs, `mart.…` and the like are looked for in these schemas before all others."""
    before = scalar(connection, "select current_setting('search_path')")
    connection.execute(f"set search_path = {quoted(','.join((*schemas, before)))}")
    try:
        yield
    finally:
        connection.execute(f"set search_path = {quoted(before)}")


def query_of(script: Path) -> str | None:
    """The query that fills a script's table; None for a view. Raises PublishError when a table is filled otherwise."""
    text = script.read_text(encoding="utf-8")
    if "\ncreate table " not in text:
        return None
    found = _INSERT.fullmatch(text, max(text.find("\ninsert into ") + 1, 0))
    if not found:
        raise PublishError(f"{script}: it must end with one `insert into mart.… by name`")
    return found[1]
