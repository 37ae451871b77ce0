"""A dialect for Great Expectations on DuckDB that keeps a query's rows when its connection closes.

Great Expectations reads a result after it has closed the connection that the result came from; DuckDB has dropped the
rows by then, and the run goes on with `success: False` and no counts. Here every cursor holds all its rows as soon as
the query has run. Two private names of duckdb-sqlalchemy are touched, so its version is pinned, and tests hold that
counts equal plain SQL.
"""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from duckdb_sqlalchemy import Dialect
from sqlalchemy import create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from disclosure.settings import Settings
from disclosure.warehouse.connect import writer_config

DRIVER = "whole"


class WholeResultDialect(Dialect):
    """duckdb-sqlalchemy on what is being judged, with every result read to its end at once. For small results."""

    supports_statement_cache = True

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        connection = super().connect(*cargs, **cparams)
        connection.cursor().execute("set schema = 'judging'")
        return connection

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        super().do_execute(cursor, statement, parameters, context)
        _keep_rows(cursor)

    def do_execute_no_params(self, cursor: Any, statement: Any, context: Any = None) -> None:
        super().do_execute_no_params(cursor, statement, context)
        _keep_rows(cursor)


def _keep_rows(cursor: Any) -> None:
    if cursor.description is not None:
        cursor._buffer_result()
        cursor._result_consumed()  # or closing the connection would empty what was kept


registry.register(f"duckdb.{DRIVER}", __name__, WholeResultDialect.__name__)


@atexit.register
def _let_go() -> None:
    """Great Expectations keeps modules alive past the interpreter's end, and DuckDB's binding would then list all its
    objects on standard error as leaked, some fifty lines. Nothing is leaked: the process ends."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("duckdb", "_duckdb", "duckdb_sqlalchemy"):
            vars(module).clear()


def connection_string(settings: Settings) -> str:
    """Where Great Expectations finds the work file."""
    url = URL.create(f"duckdb+{DRIVER}", database=str(settings.warehouse))
    return url.render_as_string(hide_password=False)


def engine_options(settings: Settings) -> dict[str, Any]:
    """For sqlalchemy.create_engine. Without a pool no connection outlives its query, and none locks the work file."""
    return {
        "poolclass": NullPool,
        "connect_args": {"read_only": True, "config": writer_config(settings)},
    }


@contextmanager
def held_open(settings: Settings) -> Iterator[None]:
    """Keep the work file open while the block runs. Great Expectations connects for every query, and DuckDB would open
    and close the file each time: most of a checkpoint's seconds on a small file."""
    engine = create_engine(connection_string(settings), **engine_options(settings))
    with engine.connect():
        yield
