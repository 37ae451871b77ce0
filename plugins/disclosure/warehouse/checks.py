"""What must hold before anybody sees a publication: sql/checks, and the keys.

Each check is a query that finds what is wrong. Those in by_report, and the keys of tables by report, look in an
increment at the touched reports alone: the others were looked at before, and nothing that they rest on has changed. So
do the keys of tables that say what they said.
"""

from __future__ import annotations

from pathlib import Path

from disclosure.errors import PublishError
from disclosure.warehouse.connect import Connection
from disclosure.warehouse.keys import check_keys, check_what_stayed
from disclosure.warehouse.part import REPORT_TABLES, looking_first_in
from disclosure.warehouse.refresh import changed_tables, mart_tables

# What the rows of a report refer to, beside their report.
REFERRED = {"dim_outcomes", "dim_rules"}


def check_whole(connection: Connection, checks: Path) -> None:
    """Hold all rows to every check. Raises PublishError, naming the check, with examples."""
    _run(connection, checks)
    _run(connection, checks / "by_report")
    check_keys(connection, mart_tables(connection))


def check_increment(connection: Connection, checks: Path) -> None:
    """The same where only the rows of part.mart are new."""
    changed = changed_tables(connection)
    if changed & REFERRED:
        check_whole(connection, checks)
        return
    _run(connection, checks)
    whole = changed.difference(REPORT_TABLES)
    check_keys(connection, whole)
    check_what_stayed(connection, whole)
    with looking_first_in(connection, "part.mart"):
        _run(connection, checks / "by_report")
        check_keys(connection, REPORT_TABLES)


def check_fall(connection: Connection, checks: Path) -> None:
    """Raise PublishError when far fewer rows are published than before."""
    try:
        _run(connection, checks / "since_last")
    except PublishError as error:
        raise PublishError(
            f"{error} (what, before, now). If that is right, publish it with a reason"
        ) from error


def _run(connection: Connection, folder: Path) -> None:
    for path in sorted(folder.glob("*.sql")):
        found = connection.execute(path.read_text(encoding="utf-8")).fetchmany(3)
        if found:
            raise PublishError(f"check {path.stem}: {'; '.join(map(str, found))}")
