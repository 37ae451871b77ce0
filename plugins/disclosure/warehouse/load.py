"""Parsed batches into staging: one writer, in bulk, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from disclosure.parse import PARSER_VERSION
from disclosure.records import READER_FAILED
from disclosure.settings import Settings
from disclosure.warehouse.connect import Connection, open_work, quoted, scalar, transaction
from disclosure.warehouse.scripts import create_tables, fill_tables
from disclosure.warehouse.touched import find_touched, remember_drawn
from disclosure.warehouse.wide import FILES


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What was loaded now, and what there is after it."""

    batches: int
    documents: int
    reports: int  # in all: agencies by years
    versions: int
    unread: int  # documents, in all, that are no report
    reader_failed: int  # documents loaded now on which our own reader failed


def load(settings: Settings) -> LoadSummary:
    """Bring every batch of the current parser version that is not in staging yet into it.

    A document that was loaded before is replaced. Killed anywhere, it has done nothing; done twice, it is done once.
    """
    with open_work(settings) as connection, transaction(connection):
        create_tables(connection, settings.sql, "raw", "staging")
        batches = _waiting(connection, settings.batches / PARSER_VERSION)
        documents = _fresh(connection, batches)
        find_touched(connection)
        fill_tables(connection, settings.sql, "staging")
        remember_drawn(connection)
        _remember(connection, batches)
        return LoadSummary(
            batches=len(batches),
            documents=documents,
            reports=scalar(connection, "select count(*) from staging.reports"),
            versions=scalar(connection, "select count(*) from staging.report_versions"),
            unread=scalar(
                connection, "select count(*) from staging.documents where unread_kind is not null"
            ),
            reader_failed=scalar(
                connection,
                "select count(*) from fresh_documents where unread_kind = ?",
                [READER_FAILED],
            ),
        )


def _waiting(connection: Connection, folder: Path) -> list[Path]:
    loaded = {
        batch
        for (batch,) in connection.execute(
            "select batch from staging.batches where parser_version = ?", [PARSER_VERSION]
        ).fetchall()
    }
    found = (path for path in sorted(folder.glob("*")) if not path.name.startswith("."))
    return [path for path in found if path.name not in loaded]


def _fresh(connection: Connection, batches: list[Path]) -> int:
    """Make a view over the batches' files of each name: fresh_documents, fresh_cells and so on.

    A document that a killed run left in two batches is taken from the first. The table incoming has all of them,
    loaded_before those of which staging has an older reading. Returns the number of documents.
    """
    for name in FILES:
        connection.execute(f"create or replace temp view batch_{name} as {_rows(name, batches)}")
    for statement in connection.extract_statements(INCOMING):
        connection.execute(statement)
    for name in FILES:
        # Mostly nothing is repeated, and to leave nothing out costs nothing: to look every row up would.
        connection.execute(
            f"""
            create or replace temp view fresh_{name} as
            select * exclude (batch)
            from batch_{name}
            anti join repeated using (document_sha256, batch)
            """
        )
    return int(scalar(connection, "select count(*) from incoming"))


INCOMING = """
create or replace temp table incoming as
select document_sha256, min(batch) as batch from batch_documents group by document_sha256;

create or replace temp table repeated as
select document_sha256, batch from batch_documents anti join incoming using (document_sha256, batch);

create or replace temp table loaded_before as
select document_sha256 from incoming semi join staging.documents using (document_sha256);
"""


def _rows(table: str, batches: list[Path]) -> str:
    if not batches:
        return _no_rows(table)
    files = ", ".join(quoted(batch / f"{table}.parquet") for batch in batches)
    return f"select * from read_parquet([{files}])"


def _no_rows(table: str) -> str:
    """The same columns without a row, so that what is derived is derived even when nothing came in."""
    staging = "printed_rows" if table == "rows" else table
    return f"select ''::varchar as batch, * from staging.{staging} where false"


def _remember(connection: Connection, batches: list[Path]) -> None:
    if batches:
        connection.executemany(
            "insert into staging.batches values (?, ?)",
            [(PARSER_VERSION, batch.name) for batch in batches],
        )
