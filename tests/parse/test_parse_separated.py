"""Sheets saved as text, parted by commas, semicolons or tabs, under whatever name."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from made_reports import (
    HEADINGS,
    MadeReport,
    as_document,
    closing,
    lost,
    make_report,
    opening,
    tables,
)
from test_parse_columns import half_blank, laid_out

from disclosure.parse.read import read_document


def sheet(made: MadeReport, separator: str, encoding: str) -> bytes:
    """The report as Excel saves a sheet as text: every line as wide as the widest."""
    rows = [[text] for text in opening(made)]
    for heading, table in zip(HEADINGS, tables(made), strict=True):
        rows += [[heading], *laid_out(table)]
    rows += [[text] for text in closing(made)]
    width = max(map(len, rows))
    saved = StringIO(newline="")
    writer = csv.writer(saved, delimiter=separator)
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return saved.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8-sig"), (",", "gb18030"), (";", "utf-8"), ("\t", "utf-16")],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_sheet_saved_as_text(separator: str, encoding: str, seed: int) -> None:
    made = half_blank(seed)
    report = read_document(as_document(sheet(made, separator, encoding), "年报.xls"))
    blank = sum(not printed for printed in made.cells.values())
    assert lost(made, report) == blank
    assert (report.agency, report.report_year) == (made.agency, made.year)


def test_a_comma_within_quotes_parts_nothing() -> None:
    made = make_report(1)
    made.cells["applications", "received_new", "total"] = "1,234"
    report = read_document(as_document(sheet(made, ",", "utf-8")))
    total = next(cell for cell in report.cells if cell[1:3] == ("received_new", "total"))
    assert (total.value, total.printed) == (1234, "1,234")
