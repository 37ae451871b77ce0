"""What an increment makes again, in memory and beside everything else: schema `part.mart`.

Of REPORT_TABLES it has the rows of the touched reports, of the other tables of the mart all rows, each by the table's
own script. The rows that a table of REPORT_TABLES has for one report depend on nothing but what quality.made_from
digests, so the rows of all other reports may stay. The other tables are small, or about more than one report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from disclosure.errors import PublishError
from disclosure.warehouse.connect import Connection, quoted, scalar
from disclosure.warehouse.scripts import ORDER, create_table

# A table that is not among them may not read one of them: here it would see the touched reports alone.
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
)
_INSERT = re.compile(r"insert into mart\.\w+ by name\s(.*?);?\s*", re.DOTALL)
_FEW = 1_000


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
    return len(_touched(connection))


def of_touched(connection: Connection) -> str:
    """The condition on report_id that picks the touched reports. A short list is looked up in the statistics of rows."""
    ids = _touched(connection)
    if len(ids) > _FEW:
        return "report_id in (select report_id from part.touched)"
    return f"report_id in ({', '.join(map(quoted, ids)) or 'null'})"


def make_part(connection: Connection, sql: Path, touched: str) -> None:
    """Fill part.mart from the work file. A transaction can write one database only: not within one on another."""
    connection.execute("create schema part.mart")
    with looking_first_in(connection, "part.mart"):
        for name in ORDER["mart"]:
            script = sql / "mart" / f"{name}.sql"
            if query := query_of(script):
                create_table(connection, script)
                where = touched if name in REPORT_TABLES else "true"
                connection.execute(
                    f"insert into part.mart.{name} by name select * from ({query}) as made where {where}"
                )


@contextmanager
def looking_first_in(connection: Connection, schema: str) -> Iterator[None]:
    """While the block runs, `mart.…` is looked for in this schema before all others."""
    before = scalar(connection, "select current_setting('search_path')")
    connection.execute(f"set search_path = {quoted(f'{schema},{before}')}")
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


def _touched(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute("from part.touched").fetchall()]
