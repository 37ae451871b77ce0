"""Documents at hand, read and shown: as the form's own tables for eyes, or one JSON object a line for programs."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, TextIO

from disclosure.answer import width
from disclosure.errors import DisclosureError, ReportError
from disclosure.form import GROUP_LABELS, TEMPLATES, Part, Table
from disclosure.reading import read_any
from disclosure.records import Cell, Document, Report, Statement

SIGNS = {
    "blank": "□",
    "not_applicable": "/",
    "unreadable": "✗",
    "ambiguous": "?",
    "absent": "—",
}
LEGEND = (
    "□ blank   / not applicable   ✗ not a number   ? more than one reading   — not in the document"
)
LARGEST_FILE = 200_000_000  # bytes


def show_files(paths: Sequence[Path], as_json: bool, out: TextIO, err: TextIO) -> int:
    """Read every file, or every file in a folder, and print what it says. Returns 2 if one could not be read.

    A file that cannot be read is named with the reason; the others go on. Raises DisclosureError when a path is nowhere.
    """
    files = list(find_files(paths))
    unread = 0
    for number, file in enumerate(files, 1):
        if err.isatty() and len(files) > 1:
            print(f"\r{number} of {len(files)} {file.name[:50]:50}", end="", file=err, flush=True)
        try:
            report = read_file(file)
        except ReportError as error:
            unread += 1
            show_error(file, error, as_json, out)
            continue
        print(as_line(file, report) if as_json else as_form(file, report), file=out)
    if err.isatty() and len(files) > 1:
        print(f"\r{len(files)} files, {unread} not read{'':50}", file=err)
    return 2 if unread else 0


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file())
        elif path.exists():
            yield path
        else:
            raise DisclosureError(f"{path}: there is no such file or folder")


def read_file(file: Path) -> Report:
    if file.stat().st_size > LARGEST_FILE:
        raise ReportError("damaged", f"larger than {LARGEST_FILE // 1_000_000} MB; no report is")
    try:
        body = file.read_bytes()
    except OSError as error:
        raise DisclosureError(f"{file}: {error.strerror}") from None
    return read_any(Document(hashlib.sha256(body).hexdigest(), body, file.name))


def show_error(file: Path, error: ReportError, as_json: bool, out: TextIO) -> None:
    if as_json:
        fact = {"file": str(file), "error": {"kind": error.kind, "message": error.message}}
        print(json.dumps(fact, ensure_ascii=False), file=out)
    else:
        print(f"{file}\n  not read ({error.kind}): {error.message}\n", file=out)


# --- JSON ----------------------------------------------------------------------------------------


def as_line(file: Path, report: Report) -> str:
    """The report as one line of JSON. Numbers keep their decimals exactly."""
    return as_json(facts_of(file, report))


def as_json(facts: dict[str, Any]) -> str:
    # A Decimal travels as a marked string, so that no binary fraction comes between.
    return _DECIMAL.sub(r"\1", json.dumps(facts, ensure_ascii=False))


def facts_of(file: Path, report: Report) -> dict[str, Any]:
    """What `as_json` makes a line of."""
    return {
        "file": str(file),
        "sha256": report.document_sha256,
        "format": report.format,
        "parser_version": report.parser_version,
        "report": {name: _plain(getattr(report, name)) for name in _REPORT_FIELDS},
        "cells": [_cell(cell) for cell in report.cells],
        "issues": [
            {"kind": issue.kind, "where": issue.where, "message": issue.message}
            for issue in report.issues
        ],
        "prose": [_statement(statement) for statement in report.prose],
    }


_REPORT_FIELDS = (
    "agency",
    "report_year",
    "template",
    "title",
    "period_start",
    "period_end",
    "published_on",
    "signed_on",
)
_DECIMAL = re.compile(r'"\\u0000(-?[0-9]+(?:\.[0-9]+)?)"')


def _statement(statement: Statement) -> dict[str, Any]:
    figures = {
        name: None if figure is None else f"\x00{plain_number(figure)}"
        for name, figure in (("value", statement.value), ("lower_bound", statement.lower_bound))
    }
    return statement._asdict() | figures


def _cell(cell: Cell) -> dict[str, Any]:
    fact = {
        "table": cell.table,
        "item": cell.item,
        "column": cell.column,
        "value": None if cell.value is None else f"\x00{plain_number(cell.value)}",
        "state": cell.state,
        "printed": cell.printed,
        "source": cell.source,
    }
    return fact | ({"resolved_by": cell.resolved_by} if cell.resolved_by else {})


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def plain_number(value: Decimal) -> str:
    """The number without exponent and without zeros that say nothing: 25.1, not 25.1000 or 2.51E+1."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- the form's own layout -----------------------------------------------------------------------


def as_form(file: Path, report: Report) -> str:
    """The report as the form's tables, with null cells marked and the reasons below."""
    template = TEMPLATES[report.template]
    cells = {(cell.table, cell.item, cell.column): cell for cell in report.cells}
    read = sum(cell.state == "number" for cell in report.cells)
    lines = [
        f"{file}",
        f"  {report.agency or '(no agency found)'}  {report.report_year or '(no year found)'}"
        f"  template {template.id}  {report.format}",
        f"  {read} of {len(report.cells)} cells are numbers"
        + (f"; {LEGEND}" if read < len(report.cells) else ""),
    ]
    for title, table in zip(_TITLES, template.tables, strict=True):
        lines += ["", f"  {title}", *_table(table, cells)]
    lines += _prose(report.prose)
    lines += _reasons(report)
    return "\n".join(lines) + "\n"


_TITLES = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


def _table(table: Table, cells: dict[tuple[str, str, str], Cell]) -> Iterator[str]:
    labels = [item.label for part in table.parts for item in part.items]
    room = max(width(label) for label in labels)
    for part in table.parts:
        yield from _part(table, part, cells, room)


def _part(
    table: Table, part: Part, cells: dict[tuple[str, str, str], Cell], room: int
) -> Iterator[str]:
    rows = [
        [_sign(cells[table.code, item.code, column.code]) for column in part.columns]
        for item in part.items
    ]
    heads = [column.label for column in part.columns]
    widths = [max(map(width, column)) for column in zip(heads, *rows, strict=True)]
    clause = part.clause + " " * (room - width(part.clause))
    yield "  " + clause + _cells(heads, widths)
    group = ""
    for item, row in zip(part.items, rows, strict=True):
        if item.group != group and item.group in GROUP_LABELS and item.label[0].isdigit():
            yield "  " + GROUP_LABELS[item.group]
        group = item.group
        yield "  " + item.label + " " * (room - width(item.label)) + _cells(row, widths)


def _cells(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(
        "  " + " " * (room - width(text)) + text for text, room in zip(texts, widths, strict=True)
    )


def _sign(cell: Cell) -> str:
    if cell.value is None:
        return SIGNS[cell.state]
    return plain_number(cell.value) + ("*" if cell.resolved_by else "")


def _prose(statements: Sequence[Statement]) -> Iterator[str]:
    """What the prose states: each sentence with its place, and what was read of it below."""
    if statements:
        yield from ("", "  in the prose")
    for (source, sentence), read in groupby(statements, key=attrgetter("source", "sentence")):
        yield f"  {source}: {' '.join(sentence.split())}"
        for one in read:
            figure = SIGNS["ambiguous"] if one.value is None else plain_number(one.value)
            marks = [mark for mark in (one.qualifier, one.period_kind) if mark not in _PLAIN_MARKS]
            said = (one.metric, figure, *marks, one.scope or "")
            yield "      " + "  ".join(said).rstrip()


_PLAIN_MARKS = ("exact", "unmarked", "annual")


def _reasons(report: Report) -> Iterator[str]:
    if any(cell.resolved_by for cell in report.cells):
        yield "  * digits run together, split in the one way in which the form's sums hold"
    for issue in report.issues:
        where = f" ({issue.where})" if issue.where else ""
        yield f"  {issue.kind}{where}: {issue.message}"
