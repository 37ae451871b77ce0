"""The mart of a new file: all of it built anew, or in a copy of the published file only what changed.

What changed is made first, in `part` (part.py). The rows of touched reports take the place of those that they had; a
table about more than one report is replaced when it says something else. What comes out is what building all of it anew
would give.
"""

from __future__ import annotations

from pathlib import Path

from disclosure.errors import PublishError
from disclosure.warehouse.connect import Connection, scalar
from disclosure.warehouse.part import REPORT_TABLES, TOUCHED, query_of
from disclosure.warehouse.scripts import ORDER, run_script, run_without_rows

Measure = tuple[int, int]  # of a table: rows, and the sum of their hashes


def build_mart(connection: Connection, sql: Path) -> None:
    """Make every table and view of the mart in a file that has none."""
    for name in ("about", "tables", "reports"):
        run_script(connection, sql / "publication" / f"{name}.sql")
    for name in ORDER["mart"]:
        script = sql / "mart" / f"{name}.sql"
        run_script(connection, script)
        if query_of(script):
            _note(connection, name, _measure(connection, f"mart.{name}"))
    _insert_reports(connection, "true")


def refresh_mart(connection: Connection) -> None:
    """Bring the mart of a copied file up to date with part.mart."""
    for name, noted in _noted(connection).items():
        if name in REPORT_TABLES:
            _replace_touched(connection, name, noted)
        else:
            _replace_whole(connection, name, noted)
    connection.execute(f"delete from publication.reports where {TOUCHED}")
    _insert_reports(connection, TOUCHED)


def _insert_reports(connection: Connection, where: str) -> None:
    connection.execute(
        f"insert into publication.reports by name select * exclude (is_judged) from made_from where {where}"
    )


def note_changed_cells(connection: Connection, sql: Path, before: str | None, now: str) -> None:
    """Make publication.changed_cells: what says something else than in the last publication, and why.

    The touched reports' cells are in these two schemas, as they were (None: there was no publication) and as they are.
    """
    connection.execute("drop table if exists publication.changed_cells")
    script = sql / "publication" / "changed_cells.sql"
    if before is None:
        run_without_rows(connection, script)
        return
    for name, schema in (("cells_before", before), ("cells_now", now)):
        connection.execute(f"create temp view {name} as from {schema}.fct_cells")
    run_script(connection, script)


def changed_tables(connection: Connection) -> frozenset[str]:
    """Names of the tables of the mart that have other rows than in the last publication."""
    rows = connection.execute(
        "select table_name from (from publication.tables except from last.publication.tables)"
    )
    return frozenset(name for (name,) in rows.fetchall())


def mart_tables(connection: Connection) -> list[str]:
    """Names of the tables, without the views, of the file that is being made."""
    rows = connection.execute("select table_name from publication.tables order by 1")
    return [name for (name,) in rows.fetchall()]


def _replace_touched(connection: Connection, name: str, noted: Measure) -> None:
    """How much is in the table is not counted anew: it is what it was, less what goes, plus what comes.

    In a copy of a file rows stand where they stood. Raises PublishError when these are not the rows of touched reports.
    """
    rows, hashes = noted
    gone_rows, gone_hashes = _measure(
        connection, f"(select * exclude (place) from part.before.{name})"
    )
    new_rows, new_hashes = _measure(connection, f"part.mart.{name}")
    places = f"select place from part.before.{name}"
    where = f"rowid in ({places}) and {TOUCHED}"
    if scalar(connection, f"delete from mart.{name} where {where}") != gone_rows:
        raise PublishError(f"{name}: other rows in the copy than in what it was copied from")
    connection.execute(f"insert into mart.{name} by name from part.mart.{name}")
    _note(connection, name, (rows - gone_rows + new_rows, hashes - gone_hashes + new_hashes))


def _replace_whole(connection: Connection, name: str, noted: Measure) -> None:
    now = _measure(connection, f"part.mart.{name}")
    if now != noted:
        connection.execute(f"delete from mart.{name}")
        connection.execute(f"insert into mart.{name} by name from part.mart.{name}")
        _note(connection, name, now)


def _measure(connection: Connection, table: str) -> Measure:
    rows, hashes = connection.execute(
        f"select count(*), coalesce(sum(hash(t)::hugeint), 0) from {table} as t"
    ).fetchall()[0]
    return rows, hashes


def _noted(connection: Connection) -> dict[str, Measure]:
    """What the tables had in the publication before."""
    rows = connection.execute("from publication.tables order by table_name")
    return {name: (count, hashes) for name, count, hashes in rows.fetchall()}


def _note(connection: Connection, name: str, measure: Measure) -> None:
    connection.execute("delete from publication.tables where table_name = ?", [name])
    connection.execute("insert into publication.tables values (?, ?, ?)", [name, *measure])
