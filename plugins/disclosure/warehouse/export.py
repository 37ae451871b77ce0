"""The mart as Parquet files with a datapackage.json, for tools that do not read DuckDB.

Tables with rows of reports are in parts, by year and by a sixteenth of the reports: one changed report costs one new
part of each such table, and all other files are the last publication's own, by hard links.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from disclosure.warehouse.connect import Connection, quoted
from disclosure.warehouse.datapackage import write_datapackage
from disclosure.warehouse.files import flush
from disclosure.warehouse.part import REPORT_TABLES
from disclosure.warehouse.refresh import mart_tables

# Of a report: its year and the first letter of a digest of its name, as 2024-a.
PART = "right(report_id, 4) || '-' || left(md5(report_id), 1)"
FORMAT = "format parquet, compression zstd"
ROWS_IN_MEMORY = (
    20_000  # of each part, before they are written: more take longer and far more memory
)


@dataclass(frozen=True, slots=True)
class LastExport:
    """An export whose files still hold but for the reports that were touched since, in part.touched."""

    folder: Path
    changed_tables: frozenset[str]  # that have other rows than then


def export(connection: Connection, folder: Path, last: LastExport | None) -> int:
    """Write the mart of the new file into a folder that is not there yet; returns the bytes in it.

    The files are on the disk when it returns.
    """
    folder.mkdir()
    connection.execute(f"set partitioned_write_flush_threshold = {ROWS_IN_MEMORY}")
    parts = _touched_parts(connection) if last else []
    for name in mart_tables(connection):
        if name not in REPORT_TABLES:
            _whole_table(connection, folder, name, last)
        elif last:
            _touched_files(connection, folder, name, last.folder, parts)
        else:
            _all_parts(connection, folder, name)
    write_datapackage(connection, folder, last.folder if last else None)
    for path in _folders(folder):
        flush(path)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _folders(folder: Path) -> Iterable[Path]:
    yield from (path for path in folder.iterdir() if path.is_dir())
    yield folder


def _touched_parts(connection: Connection) -> list[str]:
    rows = connection.execute(f"select distinct {PART} as part from part.touched order by 1")
    return [part for (part,) in rows.fetchall()]


def _whole_table(connection: Connection, folder: Path, name: str, last: LastExport | None) -> None:
    path = folder / f"{name}.parquet"
    if last and name not in last.changed_tables:
        os.link(last.folder / path.name, path)
        return
    connection.execute(f"copy mart.{name} to {quoted(path)} ({FORMAT})")
    flush(path)


def _touched_files(
    connection: Connection, folder: Path, name: str, last: Path, parts: list[str]
) -> None:
    (folder / name).mkdir()
    for path in (last / name).iterdir():
        if path.stem not in parts:
            os.link(path, folder / name / path.name)
    for part in parts:
        _mended_file(connection, folder / name / f"{part}.parquet", last / name / f"{part}.parquet")


def _mended_file(connection: Connection, path: Path, before: Path) -> None:
    """The rows that the part had before, but for those of touched reports, and what part.mart has for it now."""
    name, part = path.parent.name, quoted(path.stem)
    rows = f"select * from part.mart.{name} where {PART} = {part}"
    if before.exists():
        touched = "report_id in (select report_id from part.touched)"
        rows += (
            f" union all by name select * from read_parquet({quoted(before)}) where not {touched}"
        )
    written = connection.execute(f"copy ({rows}) to {quoted(path)} ({FORMAT})").fetchall()[0][0]
    flush(path)
    if not written:
        path.unlink()


def _all_parts(connection: Connection, folder: Path, name: str) -> None:
    connection.execute(
        f"""
        copy (
            select rows.*, part
            from mart.{name} as rows
            join (select report_id, {PART} as part from publication.reports) using (report_id)
        )
        to {quoted(folder / name)}
        ({FORMAT}, partition_by (part), write_partition_columns false)
        """
    )
    for written in sorted((folder / name).glob("part=*/*.parquet")):
        path = folder / name / f"{written.parent.name.removeprefix('part=')}.parquet"
        written.replace(path)
        flush(path)
        written.parent.rmdir()
