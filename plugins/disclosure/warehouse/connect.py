"""The one door to DuckDB: the private work file, a file to publish, and read-only looks at what was published.

A process that writes a DuckDB file locks every other process out of it, readers included. So the job has a work file
of its own, analysts read a published copy, and every connection here is closed when its `with` block ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from disclosure.settings import Settings
from disclosure.warehouse.kept import lasting_name

Connection = duckdb.DuckDBPyConnection
Statement = duckdb.Statement
DatabaseError = duckdb.Error
IOException = duckdb.IOException

WORK = "work.raw,work.staging,work.quality"

# DuckDB 1.1.3 and later can read what is published; files of a later storage version are hardly smaller.
STORAGE_VERSION = "v1.1.0"

# Rows that are written, skipped and scanned together: a multiple of 2048, default 122880. What is appended to a table has
# its last group written again, and a table of one group is scanned by one processor; files are no larger for it.
ROW_GROUP_SIZE = 30_720

# An analyst's query reads the published tables: no other file, no network, and no way to change that.
READER_CONFIG = {"enable_external_access": "false", "lock_configuration": "true"}


def writer_config(settings: Settings) -> dict[str, Any]:
    """The limits of the one writer. Whoever else opens the work file in this process must ask for the same."""
    return {
        "memory_limit": settings.writer_memory,
        "threads": settings.writer_threads,
        "temp_directory": str(settings.work / "spill"),
        "preserve_insertion_order": False,
    }


@contextmanager
def open_work(settings: Settings) -> Iterator[Connection]:
    """Yield a writing connection to the work file, which is made when it is not there."""
    settings.work.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(settings.warehouse, config=writer_config(settings))
    with _closing(connection):
        yield connection


@contextmanager
def open_beside(settings: Settings) -> Iterator[Connection]:
    """Yield a connection that reads the work file and can make a new one beside it; it has nothing of its own."""
    connection = duckdb.connect(":memory:", config=writer_config(settings))
    with _closing(connection):
        connection.execute(f"attach {quoted(settings.warehouse)} as work (read_only)")
        connection.execute(f"set search_path = '{WORK}'")
        yield connection


def attach_last(connection: Connection, published: Path) -> None:
    """Let the connection read the published file, as `last`."""
    connection.execute(f"attach {quoted(published)} as last (read_only)")


def attach_new(connection: Connection, path: Path) -> None:
    """Let the connection write this file, as `new`, whether it is there or not: schemas mart and publication are its."""
    layout = f"storage_version {quoted(STORAGE_VERSION)}, row_group_size {ROW_GROUP_SIZE}"
    connection.execute(f"attach {quoted(path)} as new ({layout})")
    for schema in ("mart", "publication"):
        connection.execute(f"create schema if not exists new.{schema}")
    connection.execute(f"set search_path = 'new.mart,new.publication,{WORK}'")


@contextmanager
def open_to_export(settings: Settings) -> Iterator[Connection]:
    """Yield a connection that reads the published file, as `new`, and may write other files than databases."""
    connection = duckdb.connect(":memory:", config=writer_config(settings))
    with _closing(connection):
        connection.execute(f"attach {quoted(settings.published)} as new (read_only)")
        connection.execute("set search_path = 'new.mart,new.publication'")
        yield connection


@contextmanager
def open_new(path: Path, settings: Settings) -> Iterator[Connection]:
    """Yield a connection that fills a new file: tables of schema mart are made there, and read from the work file."""
    with open_beside(settings) as connection:
        attach_new(connection, path)
        yield connection
        connection.execute("checkpoint new")


@contextmanager
def open_again(connection: Connection) -> Iterator[Connection]:
    """Yield another connection to the same databases, for another thread; temporary tables are each one's own."""
    path = scalar(connection, "select current_setting('search_path')")
    with _closing(connection.cursor()) as again:
        again.execute(f"set search_path = {quoted(path)}")
        yield again


def database_version() -> str:
    """The database and the layout that new files have."""
    return f"{duckdb.__version__} {STORAGE_VERSION} {ROW_GROUP_SIZE}"


@contextmanager
def open_published(path: Path) -> Iterator[Connection]:
    """Yield a connection that can read the file and nothing else. Raises DatabaseError when there is none."""
    # The database opens a file three times before it reads from it: they must be the same file.
    connection = duckdb.connect(lasting_name(path), read_only=True, config=dict(READER_CONFIG))
    with _closing(connection):
        yield connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing: commit at the end of the block, roll back when it raised."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def quoted(text: object) -> str:
    """The text as a SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def scalar(connection: Connection, sql: str, parameters: list[Any] | None = None) -> Any:
    """The first value of the first row; None when there is no row."""
    row = connection.execute(sql, parameters or []).fetchone()
    return None if row is None else row[0]


@contextmanager
def _closing(connection: Connection) -> Iterator[Connection]:
    try:
        yield connection
    finally:
        connection.close()
