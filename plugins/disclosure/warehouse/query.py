"""An analyst's query on the published warehouse: read-only, on the published tables and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disclosure.errors import QueryError
from disclosure.warehouse.connect import DatabaseError, open_published


@dataclass(frozen=True, slots=True)
class QueryResult:
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def run_query(published: Path, sql: str) -> QueryResult:
    """Run one query on the published file and return all its rows.

    Raises QueryError, one line, when nothing was published yet, or in the database's words when the query is wrong or
    wants more than to read.
    """
    if not published.exists():
        raise QueryError(f"no warehouse yet at {published}; `make run` builds it")
    try:
        with open_published(published) as connection:
            cursor = connection.execute(sql)
            columns = tuple(column[0] for column in cursor.description or ())
            return QueryResult(columns, tuple(cursor.fetchall()) if columns else ())
    except DatabaseError as error:
        raise QueryError(_one_line(error)) from error


def _one_line(error: Exception) -> str:
    """DuckDB's message without the lines that draw a pointer below the query."""
    lines = (line.strip() for line in str(error).split("\n\n")[0].splitlines())
    return " ".join(line for line in lines if line and not line.startswith("LINE "))
