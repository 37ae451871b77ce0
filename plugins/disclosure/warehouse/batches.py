"""Stored bytes to Parquet, a batch at a time, on any number of workers: none of them opens the warehouse."""

from __future__ import annotations

import json
import logging
import shutil
import traceback
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq

from disclosure.convert import WITHOUT_CONVERTER
from disclosure.errors import NoConverter, ReportError
from disclosure.parse import PARSER_VERSION
from disclosure.records import READER_FAILED, Cell, Document, Issue, Report, Unreadable
from disclosure.settings import Settings
from disclosure.store import FolderStore, ObjectStore
from disclosure.warehouse.columns import TABLES
from disclosure.warehouse.files import flush
from disclosure.warehouse.wide import with_wide_tables

log = logging.getLogger(__name__)

Reader = Callable[[Document], Report]

# Of a batch of a few hundred documents: oddities are rare, a broken reader fails on everything.
MOST_FAILURES = 3

LARGEST = Decimal(10) ** 12  # DECIMAL(18, 6) holds twelve digits before the point and six behind


def parse_batch(batch: Path, settings: Settings, read: Reader | None = None) -> str:
    """Given a batch file of collect, read its documents and return the folder of the Parquet files.

    A document that is no report becomes a row that says why, and so does one on which our own reader failed: the others
    go on. Where it failed on more than MOST_FAILURES of a batch the reader itself is broken, and RuntimeError names the
    first document; so does what no other version of the reader would mend (a full disk, a missing library). A batch that
    was written before is not read again.
    """
    folder = settings.batches / PARSER_VERSION / batch.stem
    if not folder.exists():
        read = read or _reader()
        store = FolderStore(settings.objects)
        wanted = json.loads(batch.read_text(encoding="utf-8"))
        parsed = [_parse(document, store, read) for document in wanted]
        _stop_where_many_failed(parsed)
        _write(folder, batch.stem, parsed)
    return str(folder)


def _reader() -> Reader:
    from disclosure.reading import read_any

    return read_any


def _parse(wanted: dict[str, str], store: ObjectStore, read: Reader) -> Report | Unreadable:
    sha256 = wanted["sha256"]
    try:
        document = Document(sha256, store.get(sha256), wanted["name"], wanted["content_type"])
        return _within_bounds(read(document))
    except NoConverter as error:
        return Unreadable(sha256, None, WITHOUT_CONVERTER, error.kind, error.message)
    except ReportError as error:
        return Unreadable(sha256, None, PARSER_VERSION, error.kind, error.message)
    except Exception as error:
        if _is_the_machines(error):
            raise RuntimeError(f"document {sha256} ({wanted['name']}): {error!r}") from error
        log.exception("document %s (%s)", sha256, wanted["name"])
        return Unreadable(sha256, None, PARSER_VERSION, READER_FAILED, _our_fault(error))


def _is_the_machines(error: Exception) -> bool:
    # Libraries raise OSError without a number for a broken document, too.
    has_number = isinstance(error, OSError) and error.errno is not None
    return has_number or isinstance(error, (MemoryError, ImportError))


def _our_fault(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return (
        f"our reader failed on it ({error!r} in {where}): no fault of the agency's;"
        " the bytes are kept, and the next version of the parser reads it again"
    )


def _stop_where_many_failed(parsed: list[Report | Unreadable]) -> None:
    failed = [one for one in parsed if isinstance(one, Unreadable) and one.kind == READER_FAILED]
    if len(failed) > MOST_FAILURES:
        raise RuntimeError(
            f"our reader failed on {len(failed)} documents of a batch of {len(parsed)};"
            f" document {failed[0].document_sha256}: {failed[0].message}"
        )


def _within_bounds(report: Report) -> Report:
    """A figure that the warehouse has no room for is kept as printed, with an issue; it is never rounded."""
    too_long = [cell for cell in report.cells if not _fits(cell.value)]
    if not too_long:
        return report
    issues = (
        Issue(
            "figure_too_long",
            cell.source or f"{cell.table}.{cell.item}.{cell.column}",
            f"{cell.printed!r} has more than 12 digits before the point or 6 behind it",
        )
        for cell in too_long
    )
    cells = tuple(_unreadable(cell) if cell in too_long else cell for cell in report.cells)
    return replace(report, cells=cells, issues=(*report.issues, *issues))


def _fits(value: Decimal | None) -> bool:
    return value is None or (abs(value) < LARGEST and value == round(value, 6))


def _unreadable(cell: Cell) -> Cell:
    return cell._replace(value=None, state="unreadable", resolved_by=None)


def _write(folder: Path, batch: str, parsed: list[Report | Unreadable]) -> None:
    """Write the files beside, and rename the folder: it is there as a whole or not at all."""
    unfinished = folder.with_name(f".{batch}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    tables = {table.name: table.fill(batch, parsed) for table in TABLES}
    for name, table in with_wide_tables(tables).items():
        path = unfinished / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd")
        flush(path)
    unfinished.replace(folder)
    flush(folder.parent)
