"""The form in a PDF with lines, set by hand: whatever draws the lines, however the page lies, every cell comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_pdf import A4, Borders, Sheet, Style, form_pdf, form_sheets, pdf, solid

from disclosure.errors import ReportError
from disclosure.reading import read_any
from disclosure.records import Report
from parse.carriers.test_carriers_round_trip import differences
from parse.made_reports import MadeReport, as_document, lost, make_report


def strokes(style: str = "", inset: float = 0.0) -> Borders:
    def draw(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
        left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
        for x0, y0, x1, y1 in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            sheet.line(x0, y0, x1, y1, style)

    return draw


def thin_boxes(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    for at in (top, bottom):
        sheet.box(left, at, right - left, 0.48, "f")
    for at in (left, right):
        sheet.box(at, top, 0.48, bottom - top, "f")


def pieces(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    across, down = (right - left) / 7, (bottom - top) / 3
    for at in (top, bottom):
        for piece in range(7):
            sheet.line(left + piece * across, at, left + (piece + 1) * across, at)
    for at in (left, right):
        for piece in range(3):
            sheet.line(at, top + piece * down, at, top + (piece + 1) * down)


def dots(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    for at in (top, bottom):
        for step in range(int((right - left) / 2)):
            sheet.box(left + 2 * step, at, 0.6, 0.6, "f")
    for at in (left, right):
        for step in range(int((bottom - top) / 2)):
            sheet.box(at, top + 2 * step, 0.6, 0.6, "f")


def shade(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    sheet.box(left + 1, top + 1, right - left - 2, bottom - top - 2, "f")


def both(one: Borders, other: Borders) -> Borders:
    def draw(*where: float) -> None:
        one(*where)  # type: ignore[arg-type]
        other(*where)  # type: ignore[arg-type]

    return draw  # type: ignore[return-value]


LINES: dict[str, Borders] = {
    "boxes": solid,
    "strokes": strokes(),
    "dashes": strokes("[3 2] 0 d"),
    "boxes filled thin": thin_boxes,
    "short pieces": pieces,
    "dots": dots,
    "double lines": both(solid, strokes(inset=1.5)),
    "double lines wide apart": both(solid, strokes(inset=2.8)),
    "cells with room between": strokes(inset=2.5),
    "shades and no lines": shade,
    "shades within lines": both(shade, solid),
}


def back(body: bytes, made: MadeReport) -> list[str]:
    return differences(read_any(as_document(body)), made)


@pytest.mark.parametrize("name", LINES)
def test_lines_of_any_kind_make_the_cells(name):
    made = make_report(11, blanks=0.1)
    assert back(form_pdf(made, Style(borders=LINES[name], pad=4)), made) == []


def stripes() -> Borders:
    """Every second row of a page shaded, cell by cell, and nothing else."""
    tops: dict[int, list[float]] = {}

    def draw(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
        rows = tops.setdefault(id(sheet), [])
        if top not in rows:
            rows.append(top)
        if rows.index(top) % 2:
            sheet.box(left, top, right - left, bottom - top, "f")

    return draw


@pytest.mark.parametrize("seed", range(4))
def test_rows_between_shaded_ones_have_their_columns(seed):
    """But for rows at the edge of a page or table, with no shaded one on their other side and blank cells among their figures."""
    made = make_report(seed, blanks=0.2)
    report = read_any(as_document(form_pdf(made, Style(borders=stripes(), size=8, pad=4))))
    lost(made, report)
    assert sum("table='disputes'" not in each for each in differences(report, made)) <= 14


PAGES = {
    "on its side": {"page": "/Rotate 90"},
    "on its head": {"page": "/Rotate 180"},
    "cut by a crop box": {"page": "/CropBox[20 20 580 830]"},
    "drawn smaller": {"around": "0.6 0 0 0.6 50 60 cm\n{}"},
    "drawn on its side": {"around": "0 1 -1 0 595 0 cm\n{}", "page": "/MediaBox[-300 0 595 900]"},
    "in units of its own": {"page": "/UserUnit 2"},
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_lies_otherwise(name):
    made = make_report(12, "2019-60", blanks=0.1)
    assert back(form_pdf(made, **PAGES[name]), made) == []


STYLES = {
    "labels a few characters wide": Style(size=8, label=0.15, pad=2, leading=1.0),
    "no room around the text": Style(size=8, label=0.15, pad=0.5, leading=1.15, align=0),
    "small, set right and low": Style(size=6, label=0.3, pad=1, align=1, valign=1),
    "large, over four pages": Style(size=14, label=0.3, pad=1),
    "landscape": Style(page=A4[::-1], size=12, align=0, valign=0),
}


@pytest.mark.parametrize("template", ["2021-30", "2019-60"])
@pytest.mark.parametrize("name", STYLES)
def test_text_however_it_is_set(name, template):
    made = make_report(13, template)
    assert back(form_pdf(made, STYLES[name]), made) == []


# --- what is no part of the table ----------------------------------------------------------------


def with_text_over_it(text: str, turn: str) -> tuple[MadeReport, Report]:
    made = make_report(14, blanks=0.2)
    sheets = form_sheets(made, Style())
    for sheet in sheets:
        for y in range(100, 800, 60):
            sheet.text(text, 60, y, 14, turn)
    return made, read_any(as_document(pdf(sheets)))


def test_slanted_text_is_a_watermark():
    made, report = with_text_over_it("2024年打印10086", "0.8 0.6 -0.6 0.8")
    assert differences(report, made) == []
    assert any(issue.kind == "slanted_text" for issue in report.issues)


def test_text_printed_across_a_table_makes_no_figure():
    made, report = with_text_over_it("1 0 0 8 6 1 0 0 8 6 1 0 0 8 6", "1 0 0 1")
    for cell in report.cells:
        printed = made.cells[cell.table, cell.item, cell.column]
        assert cell.value is None or str(cell.value) == printed, cell


def test_a_table_in_a_frame_is_read_and_not_the_frame():
    made = make_report(15)
    sheets = form_sheets(made, Style())
    for sheet in sheets:
        sheet.box(20, 20, 555, 802)
        sheet.line(20, 30, 575, 30)
    assert back(pdf(sheets), made) == []


def test_a_font_that_does_not_say_its_characters_is_named():
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Subset/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Subset/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/Subset/Flags 4/FontBBox[0 -120 1000 880]/Ascent 880/Descent -120/ItalicAngle 0/CapHeight 880/StemV 80>>>>]>>"
    with pytest.raises(ReportError, match="do not say which characters") as caught:
        read_any(as_document(form_pdf(make_report(16), font=font)))
    assert caught.value.kind == "undecodable"


def test_the_decimal_point_is_small_and_no_note():
    made = replace(make_report(17), cells=make_report(17).cells | {("proactive", "administrative_fees", "amount_10k_cny"): "7.227812"})  # fmt: skip
    assert back(form_pdf(made), made) == []
