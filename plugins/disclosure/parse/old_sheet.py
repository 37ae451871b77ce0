"""The sheets of an old Excel file (XLS): the same as sheet_xml.py makes of XLSX. The only door to xlrd."""

from __future__ import annotations

from typing import Any

import xlrd

from disclosure.errors import ReportError
from disclosure.parse.sheet import MOST_CELLS, Sheet, content_of_sheets
from disclosure.parse.sheet_figures import figure_text
from disclosure.records import Content

_ENCRYPTED = "encrypted"


def read_old_sheet(body: bytes) -> Content:
    """Given an XLS file's bytes, return its blocks.

    Raises ReportError: encrypted or damaged.
    """
    try:
        book = xlrd.open_workbook(file_contents=body, formatting_info=True, logfile=_Nowhere())
        sheets = [_sheet(book, sheet) for sheet in book.sheets()]
    except ReportError:
        raise
    except xlrd.XLRDError as error:
        if _ENCRYPTED in str(error).lower():
            message = "the workbook asks for a password; save it without one"
            raise ReportError("encrypted", message) from error
        raise _damaged() from error
    except Exception as error:  # broken bytes make xlrd raise anything, down to assertion errors
        raise _damaged() from error
    return content_of_sheets(sheets, "xls")


def _damaged() -> ReportError:
    return ReportError("damaged", "the workbook cannot be opened; save it anew as XLSX")


class _Nowhere:
    """Where xlrd's remarks go: it would print them otherwise."""

    def write(self, text: str) -> None: ...

    def flush(self) -> None: ...


def _sheet(book: Any, stored: Any) -> Sheet:
    if stored.nrows * stored.ncols > MOST_CELLS:
        message = f"more than {MOST_CELLS} cells in the sheet {stored.name}; no report has as many"
        raise ReportError("damaged", message)
    sheet = Sheet(stored.name, is_hidden=bool(stored.visibility))
    for row in range(stored.nrows):
        for column in range(stored.row_len(row)):
            cell = stored.cell(row, column)
            text = _text(book, cell)
            if text.strip():
                sheet.texts[row, column] = text
            if _has_line(book, cell):
                sheet.bordered.add((row, column))
    for top, bottom, left, right in stored.merged_cells:
        sheet.merged[top, left] = (bottom - top, right - left)
    sheet.hidden_rows = {row for row, info in stored.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in stored.colinfo_map.items() if info.hidden}
    return sheet


def _text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        key = book.xf_list[cell.xf_index].format_key
        known = book.format_map.get(key)
        return figure_text(cell.value, known.format_str if known else "", bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    return ""


def _has_line(book: Any, cell: Any) -> bool:
    border = book.xf_list[cell.xf_index].border
    return bool(
        border.left_line_style
        or border.right_line_style
        or border.top_line_style
        or border.bottom_line_style
    )
