"""The columns of a parsed batch: six Parquet tables, from records.Report and records.Unreadable; wide.py adds to them.

The digests say when something is new: `content` covers what the cells say (value and state), `reading` everything
that was read. A page whose furniture changed has the same of both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from disclosure.records import Cell, Report, Unreadable
from disclosure.warehouse.files import digest_of

_TEXT, _COUNT, _DATE = pa.string(), pa.int32(), pa.date32()
_FIGURE = pa.decimal128(18, 6)

DOCUMENTS = pa.schema(
    {
        "batch": _TEXT,
        "document_sha256": _TEXT,
        "parser_version": _TEXT,
        "format": _TEXT,
        "unread_kind": _TEXT,
        "unread_message": _TEXT,
        "template": _TEXT,
        "agency_printed": _TEXT,
        "report_year": _COUNT,
        "title": _TEXT,
        "period_start": _DATE,
        "period_end": _DATE,
        "published_on": _DATE,
        "signed_on": _DATE,
        "copies_proactive": _COUNT,
        "copies_applications": _COUNT,
        "copies_disputes": _COUNT,
        "cells_read": _COUNT,
        "cells_not_read": _COUNT,
        "content": _TEXT,
        "reading": _TEXT,
    }.items()
)
CELLS = pa.schema(
    {
        "batch": _TEXT,
        "document_sha256": _TEXT,
        "table": _TEXT,
        "item": _TEXT,
        "column": _TEXT,
        "value": _FIGURE,
        "state": _TEXT,
        "printed": _TEXT,
        "source": _TEXT,
        "resolved_by": _TEXT,
    }.items()
)
ROWS = pa.schema(
    {
        "batch": _TEXT,
        "document_sha256": _TEXT,
        "table": _TEXT,
        "item": _TEXT,
        "times": _COUNT,
        "figures": _COUNT,
    }.items()
)
ISSUES = pa.schema(
    {
        "batch": _TEXT,
        "document_sha256": _TEXT,
        "kind": _TEXT,
        "where_in_document": _TEXT,
        "message": _TEXT,
    }.items()
)
FACTS = pa.schema(
    {
        "batch": _TEXT,
        "document_sha256": _TEXT,
        "kind": _TEXT,
        "value": _TEXT,
        "where_in_document": _TEXT,
    }.items()
)
PROSE = pa.schema(
    {
        "batch": _TEXT,
        "document_sha256": _TEXT,
        "statement": _COUNT,
        "metric": _TEXT,
        "value": _FIGURE,
        "lower_bound": _FIGURE,
        "unit": _TEXT,
        "qualifier": _TEXT,
        "period_kind": _TEXT,
        "scope": _TEXT,
        "sentence": _TEXT,
        "source": _TEXT,
    }.items()
)


@dataclass(frozen=True, slots=True)
class BatchTable:
    """One Parquet file of a batch: its schema, and the rows that a document adds to it."""

    name: str
    schema: pa.Schema
    rows_of: Callable[[Report | Unreadable], Iterable[Sequence[Any]]]

    def fill(self, batch: str, parsed: Sequence[Report | Unreadable]) -> pa.Table:
        rows = [
            (batch, document.document_sha256, *row)
            for document in parsed
            for row in self.rows_of(document)
        ]
        columns = list(zip(*rows, strict=True)) or [()] * len(self.schema)
        return pa.table([list(column) for column in columns], schema=self.schema)


def _documents(document: Report | Unreadable) -> Iterable[Sequence[Any]]:
    if isinstance(document, Unreadable):
        known = (document.parser_version, document.format, document.kind, document.message)
        yield (*known, *[None] * (len(DOCUMENTS) - len(("batch", "document_sha256", *known))))
        return
    read = sum(cell.state == "number" for cell in document.cells)
    yield (
        document.parser_version,
        document.format,
        None,
        None,
        document.template,
        document.agency,
        document.report_year,
        document.title,
        document.period_start,
        document.period_end,
        document.published_on,
        document.signed_on,
        *(document.copies.get(table, 0) for table in ("proactive", "applications", "disputes")),
        read,
        len(document.cells) - read,
        content_digest(document),
        reading_digest(document),
    )


def _cells(document: Report | Unreadable) -> Iterable[Sequence[Any]]:
    return document.cells if isinstance(document, Report) else ()


def _rows(document: Report | Unreadable) -> Iterable[Sequence[Any]]:
    if isinstance(document, Report):
        for row in document.rows:
            yield row.table, row.item, row.times, row.figures


def _issues(document: Report | Unreadable) -> Iterable[Sequence[Any]]:
    if isinstance(document, Report):
        for issue in document.issues:
            yield issue.kind, issue.where, issue.message


def _facts(document: Report | Unreadable) -> Iterable[Sequence[Any]]:
    if isinstance(document, Report):
        for fact in document.facts:
            yield fact.kind, fact.value, fact.where


def _prose(document: Report | Unreadable) -> Iterable[Sequence[Any]]:
    if isinstance(document, Report):
        for number, statement in enumerate(document.prose, 1):
            yield number, *statement


TABLES = (
    BatchTable("documents", DOCUMENTS, _documents),
    BatchTable("cells", CELLS, _cells),
    BatchTable("rows", ROWS, _rows),
    BatchTable("issues", ISSUES, _issues),
    BatchTable("facts", FACTS, _facts),
    BatchTable("prose", PROSE, _prose),
)


def content_digest(report: Report) -> str:
    return _digest(report.template, [_said(cell) for cell in report.cells])


def reading_digest(report: Report) -> str:
    return _digest(
        report.template,
        report.agency,
        report.report_year,
        report.title,
        [report.period_start, report.period_end, report.published_on, report.signed_on],
        [[*_said(cell), cell.printed, cell.resolved_by] for cell in report.cells],
        [[row.table, row.item, row.times, row.figures] for row in report.rows],
        sorted(report.copies.items()),
        [[issue.kind, issue.where, issue.message] for issue in report.issues],
        [[fact.kind, fact.value, fact.where] for fact in report.facts],
        report.prose,
    )


def _said(cell: Cell) -> list[Any]:
    return [cell.table, cell.item, cell.column, _plain(cell.value), cell.state]


@lru_cache(maxsize=10_000)
def _plain(value: Decimal | None) -> str | None:
    """12, 12.0 and 1.2E+1 are one number and have one spelling."""
    return None if value is None else f"{value.normalize() + 0:f}"


def _digest(*parts: Any) -> str:
    return digest_of(json.dumps(parts, ensure_ascii=False, default=str))
