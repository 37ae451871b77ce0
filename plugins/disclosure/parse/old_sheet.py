"""The sheets of an old Excel file (XLS): the same as sheet_xml.py makes of XLSX. The only door to xlrd."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from disclosure.errors import ReportError
from disclosure.parse.sheet import MOST_CELLS, Sheet, content_of_sheets
from disclosure.parse.sheet_figures import figure_text
from disclosure.parse.word_line import Look, join_pieces, struck
from disclosure.records import Content

_ENCRYPTED = "encrypted"
# What xlrd lets out when bytes do not make sense: it trusts every offset and count that a file states.
_BROKEN = (
    *(xlrd.XLRDError, CompDocError, struct.error, AssertionError, LookupError, ValueError),
    *(TypeError, AttributeError, ArithmeticError, NotImplementedError, RecursionError),
)


def read_old_sheet(body: bytes) -> Content:
    """Given an XLS file's bytes, return its blocks.

    Raises ReportError: encrypted or damaged.
    """
    try:
        # Without ragged rows, one stray cell at the far corner takes a sheet's whole area.
        book = xlrd.open_workbook(
            file_contents=body, formatting_info=True, ragged_rows=True, logfile=_Nowhere()
        )
        sheets = [_sheet(book, sheet) for sheet in book.sheets()]
    except _BROKEN as error:
        if _ENCRYPTED in str(error).lower():
            message = "the workbook asks for a password; save it without one"
            raise ReportError("encrypted", message) from error
        message = "the workbook cannot be opened; save it anew as XLSX"
        raise ReportError("damaged", message) from error
    return content_of_sheets(sheets, "xls")


class _Nowhere:
    """Where xlrd's remarks go: it would print them otherwise."""

    def write(self, text: str) -> None: ...

    def flush(self) -> None: ...


def _sheet(book: Any, stored: Any) -> Sheet:
    if sum(stored.row_len(row) for row in range(stored.nrows)) > MOST_CELLS:
        message = f"more than {MOST_CELLS} cells in the sheet {stored.name}; no report has as many"
        raise ReportError("damaged", message)
    shows_zeros = bool(getattr(stored, "show_zero_values", 1))
    sheet = Sheet(stored.name, is_hidden=bool(stored.visibility), shows_zeros=shows_zeros)
    for row in range(stored.nrows):
        for column in range(stored.row_len(row)):
            cell = stored.cell(row, column)
            text = _text(book, cell, shows_zeros)
            if runs := stored.rich_text_runlist_map.get((row, column)):
                text = join_pieces(_pieces(book, text, runs))
            if text.strip():
                sheet.texts[row, column] = text
            if _has_line(book, cell):
                sheet.bordered.add((row, column))
    for top, bottom, left, right in stored.merged_cells:
        sheet.merged[top, left] = (bottom - top, right - left)
    sheet.hidden_rows = {row for row, info in stored.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in stored.colinfo_map.items() if info.hidden}
    return sheet


def _text(book: Any, cell: Any, shows_zeros: bool) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        key = book.xf_list[cell.xf_index].format_key
        known = book.format_map.get(key)
        number_format = known.format_str if known else ""
        return figure_text(cell.value, number_format, bool(book.datemode), shows_zeros)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    return ""


def _pieces(book: Any, text: str, runs: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text set in several fonts, given where each begins; a raised piece is a note's mark."""
    pieces = [(text[: runs[0][0]], False)]
    for (start, number), (end, _) in pairwise([*runs, (len(text), 0)]):
        font = book.font_list[number]
        look = Look(is_struck=bool(font.struck_out))
        pieces.append((struck(text[start:end], look), bool(font.escapement)))
    return pieces


def _has_line(book: Any, cell: Any) -> bool:
    border = book.xf_list[cell.xf_index].border
    return bool(
        border.left_line_style
        or border.right_line_style
        or border.top_line_style
        or border.bottom_line_style
    )
