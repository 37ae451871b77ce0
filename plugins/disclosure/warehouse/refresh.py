"""The mart of a new file: all of it built anew, or in a copy of the published file only what changed.

The rows that a table of REPORT_TABLES has for one report depend on nothing but what quality.made_from digests. So the
rows of reports with the same digest stay, and those of the others are deleted and made again by the table's own query.
All other tables are made again whole. What comes out is what building all of it anew would give.
"""

from __future__ import annotations

import re
from pathlib import Path

from disclosure.errors import PublishError
from disclosure.warehouse.connect import Connection, quoted
from disclosure.warehouse.scripts import ORDER, build_tables, run_script, run_without_rows

# Tables of the mart whose rows belong each to one report; the others are small, or about more than one.
REPORT_TABLES = (
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


def build_mart(connection: Connection, sql: Path) -> None:
    """Make every table and view of the mart in a file that has none."""
    for name in ("about", "tables", "reports"):
        run_script(connection, sql / "publication" / f"{name}.sql")
    build_tables(connection, sql, "mart")
    for name in mart_tables(connection):
        _note(connection, name, *_measure(connection, name))
    connection.execute("insert into publication.reports by name select * from made_from")


def refresh_mart(connection: Connection, sql: Path, touched: str) -> None:
    """Bring the mart of a copied file up to date; `touched` picks the reports to make again."""
    tables = mart_tables(connection)
    for name in ORDER["mart"]:
        if name in REPORT_TABLES:
            _replace_touched(connection, sql, name, touched)
        elif name in tables:
            connection.execute(f"drop table mart.{name}")
            run_script(connection, sql / "mart" / f"{name}.sql")
            _note(connection, name, *_measure(connection, name))
    connection.execute(f"delete from publication.reports where {touched}")
    connection.execute(
        f"insert into publication.reports by name select * from made_from where {touched}"
    )


def note_changed_cells(connection: Connection, sql: Path, has_last: bool) -> None:
    """Make publication.changed_cells: what says something else than in the last publication, and why."""
    connection.execute("drop table if exists publication.changed_cells")
    run = run_script if has_last else run_without_rows
    run(connection, sql / "publication" / "changed_cells.sql")


def unchanged_tables(connection: Connection) -> frozenset[str]:
    """Names of the tables of the mart that have the same rows as in the last publication."""
    rows = connection.execute(
        """
        select table_name
        from publication.tables as now
        join last.publication.tables as before using (table_name)
        where now.row_count = before.row_count and now.row_hashes = before.row_hashes
        """
    )
    return frozenset(name for (name,) in rows.fetchall())


def mart_tables(connection: Connection) -> list[str]:
    """Names of the tables, without the views, of the file that is being made."""
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'new' and schema_name = 'mart' order by 1"
    )
    return [name for (name,) in rows.fetchall()]


def _touched(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute("from part.touched").fetchall()]


def _replace_touched(connection: Connection, sql: Path, name: str, touched: str) -> None:
    """How much is in the table is not counted anew: it is what it was, less what goes, plus what comes."""
    rows, hashes = connection.execute(
        "select row_count, row_hashes from publication.tables where table_name = ?", [name]
    ).fetchall()[0]
    gone_rows, gone_hashes = _measure(connection, name, touched)
    connection.execute(f"delete from mart.{name} where {touched}")
    query = query_of(sql / "mart" / f"{name}.sql")
    connection.execute(
        f"insert into mart.{name} by name select * from ({query}) as made where {touched}"
    )
    new_rows, new_hashes = _measure(connection, name, touched)
    _note(connection, name, rows - gone_rows + new_rows, hashes - gone_hashes + new_hashes)


def query_of(script: Path) -> str:
    """The query that fills a script's table. Raises PublishError when it ends otherwise than with one insert."""
    text = script.read_text(encoding="utf-8")
    found = _INSERT.fullmatch(text, max(text.find("\ninsert into ") + 1, 0))
    if not found:
        raise PublishError(f"{script}: it must end with one `insert into mart.… by name`")
    return found[1]


def _measure(connection: Connection, name: str, where: str = "true") -> tuple[int, int]:
    """Rows, and the sum of their hashes."""
    rows, hashes = connection.execute(
        f"select count(*), coalesce(sum(hash(t)::hugeint), 0) from mart.{name} as t where {where}"
    ).fetchall()[0]
    return rows, hashes


def _note(connection: Connection, name: str, rows: int, hashes: int) -> None:
    connection.execute("delete from publication.tables where table_name = ?", [name])
    connection.execute("insert into publication.tables values (?, ?, ?)", [name, rows, hashes])
