"""The sheets of an XLSX file, read from its XML: stored values, merges, lines and what is hidden.

The file is read as it stands, for the stored digits count and the common libraries refuse files with a style they do
not know. A formula is its stored value; one that was never computed shows as the formula, which is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.errors import ReportError
from disclosure.parse.markup import Element, attribute, child, local, parse_markup
from disclosure.parse.package import Relations, main_part, read_relations
from disclosure.parse.sheet import MOST_CELLS, Sheet, content_of_sheets
from disclosure.parse.sheet_figures import BUILT_IN, figure_text
from disclosure.parse.word_line import join_pieces, read_look, struck
from disclosure.records import Content
from disclosure.unzip import Unzipped

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST_SHEETS = 200


@dataclass(frozen=True, slots=True)
class _Book:
    strings: list[str]
    formats: list[str]  # number format of each cell style
    bordered: list[bool]  # whether each cell style draws a line
    is_1904: bool


def read_sheets(parts: Unzipped) -> Content:
    """Given an XLSX's parts, return its blocks.

    Raises ReportError (damaged).
    """
    main = main_part(parts, "xl/workbook.xml")
    root = parse_markup(parts.read(main), main)
    related = read_relations(parts, main)
    book = _book(parts, related, root)
    sheets = []
    for entry in _children(child(root, "sheets"))[:_MOST_SHEETS]:
        target = related.get(attribute(entry, "id") or "", ("", ""))[1]
        if target not in parts or "worksheet" not in (attribute(entry, "type") or "worksheet"):
            continue
        sheet = Sheet(attribute(entry, "name") or "")
        sheet.is_hidden = (attribute(entry, "state") or "visible") != "visible"
        _fill(sheet, parse_markup(parts.read(target), target), book)
        sheets.append(sheet)
    if not sheets:
        raise ReportError("damaged", "a workbook without a sheet; save it anew")
    return content_of_sheets(sheets, "xlsx")


def _book(parts: Unzipped, related: Relations, root: Element) -> _Book:
    by_kind = dict(related.values())
    strings: list[str] = []
    if by_kind.get("sharedStrings", "") in parts:
        name = by_kind["sharedStrings"]
        strings = [_rich_text(each) for each in parse_markup(parts.read(name), name)]
    formats: list[str] = []
    bordered: list[bool] = []
    if by_kind.get("styles", "") in parts:
        name = by_kind["styles"]
        formats, bordered = _styles(parse_markup(parts.read(name), name))
    properties = child(root, "workbookPr")
    dates = attribute(properties, "date1904") if properties is not None else None
    return _Book(strings, formats, bordered, dates in ("1", "true"))


def _styles(root: Element) -> tuple[list[str], list[bool]]:
    named = {
        attribute(each, "numFmtId"): attribute(each, "formatCode") or ""
        for each in _children(child(root, "numFmts"))
    }
    lined = [
        any((attribute(side, "style") or "none") != "none" for side in border)
        for border in _children(child(root, "borders"))
    ]
    formats: list[str] = []
    bordered: list[bool] = []
    for style in _children(child(root, "cellXfs")):
        number = attribute(style, "numFmtId") or "0"
        formats.append(named.get(number) or BUILT_IN.get(_whole(number), ""))
        border = _whole(attribute(style, "borderId") or "0")
        bordered.append(border < len(lined) and lined[border])
    return formats, bordered


def _children(element: Element | None) -> list[Element]:
    return [] if element is None else list(element)


def _fill(sheet: Sheet, root: Element, book: _Book) -> None:
    for part in root:
        tag = local(part)
        if tag == "cols":
            for columns in part:
                if _is_hidden(columns, "width"):
                    first, last = (
                        _whole(attribute(columns, name) or "0") for name in ("min", "max")
                    )
                    sheet.hidden_columns.update(range(first - 1, min(last, 20_000)))
        elif tag == "sheetViews":
            shown = (attribute(view, "showZeros") for view in part)
            sheet.shows_zeros = not any(each in ("0", "false") for each in shown)
        elif tag == "sheetData":
            _fill_rows(sheet, part, book)
        elif tag == "mergeCells":
            for merge in part:
                _fill_merge(sheet, attribute(merge, "ref") or "")
        elif tag in ("drawing", "legacyDrawing"):
            sheet.pictures += tag == "drawing"


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or so small that nothing of it is seen."""
    if attribute(element, "hidden") in ("1", "true"):
        return True
    try:
        return float(attribute(element, size) or "1") == 0
    except ValueError:
        return False


def _fill_rows(sheet: Sheet, rows: Element, book: _Book) -> None:
    row = -1
    for element in rows:
        row = _whole(attribute(element, "r") or str(row + 2)) - 1
        if _is_hidden(element, "ht"):
            sheet.hidden_rows.add(row)
        column = -1
        for cell in element:
            at = _place(attribute(cell, "r") or "")
            column = at[1] if at else column + 1
            style = _whole(attribute(cell, "s") or "0")
            text = _text(cell, style, book, sheet.shows_zeros)
            if text.strip():
                sheet.texts[row, column] = text
            if style < len(book.bordered) and book.bordered[style]:
                sheet.bordered.add((row, column))
        if len(sheet.texts) + len(sheet.bordered) > 2 * MOST_CELLS:
            message = (
                f"more than {MOST_CELLS} cells in the sheet {sheet.name}; no report has as many"
            )
            raise ReportError("damaged", message)


def _text(cell: Element, style: int, book: _Book, shows_zeros: bool) -> str:
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _rich_text(inline) if inline is not None else ""
    stored = child(cell, "v")
    value = (stored.text or "").strip() if stored is not None else ""
    if stored is None or not value:
        formula = child(cell, "f")
        return f"={formula.text or ''}" if formula is not None and kind != "str" else ""
    if kind == "s":
        position = _whole(value)
        return book.strings[position] if position < len(book.strings) else "\ufffd"
    if kind == "n":
        number_format = book.formats[style] if style < len(book.formats) else ""
        return _number_text(value, number_format, book.is_1904, shows_zeros)
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return stored.text or ""  # str, e (#REF!) and d (a date as text)


def _number_text(value: str, number_format: str, is_1904: bool, shows_zeros: bool) -> str:
    try:
        return figure_text(float(value), number_format, is_1904, shows_zeros)
    except (ValueError, OverflowError):
        return value


def _rich_text(element: Element) -> str:
    """A string that may be set in several runs; raised ones are notes' marks. Phonetic guides are left out."""
    return join_pieces(list(_pieces(element)))


def _pieces(element: Element) -> Iterator[tuple[str, bool]]:
    for each in element:
        if local(each) == "t":
            yield each.text or "", False
        elif local(each) == "r":
            text, look = child(each, "t"), read_look(child(each, "rPr"))
            yield struck((text.text or "") if text is not None else "", look), bool(look.is_raised)


def _fill_merge(sheet: Sheet, reference: str) -> None:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last or first)
    if start and end and end[0] >= start[0] and end[1] >= start[1]:
        sheet.merged[start] = (end[0] - start[0] + 1, end[1] - start[1] + 1)


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
