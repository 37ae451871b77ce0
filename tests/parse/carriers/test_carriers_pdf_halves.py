"""Two pages printed on one sheet, side by side, are read one after the other."""

from __future__ import annotations

from itertools import zip_longest

import pytest
from made_pdf import A4, FONT, Borders, Sheet, Style, form_sheets, none, pdf, solid

from disclosure.parse.pdf_page import read_pages
from disclosure.reading import read_any
from parse.carriers.test_carriers_round_trip import differences
from parse.made_reports import as_document, lost, make_report

WIDE = (2 * A4[0], A4[1])


def side_by_side(sheets: list[Sheet]) -> bytes:
    """As a printer's driver sets two pages on a sheet."""
    pairs = zip_longest(sheets[::2], sheets[1::2])
    return pdf(
        [
            Sheet(
                WIDE,
                [
                    f"q 1 0 0 1 {at * A4[0]} 0 cm {' '.join(page.drawn)} Q"
                    for at, page in enumerate(pair)
                    if page
                ],
            )
            for pair in pairs
        ]
    )


@pytest.mark.parametrize(("borders", "most"), [(solid, 0), (none, 14)])
def test_pages_side_by_side(borders: Borders, most: int) -> None:
    made = make_report(3)
    sheets = form_sheets(made, Style(size=11, borders=borders))
    report = read_any(as_document(side_by_side(sheets)))
    lost(made, report)
    assert len(sheets) > 1 and len(differences(report, made)) <= most
    assert report.agency == made.agency and report.report_year == made.year
    assert any("page 1, right half" in (cell.source or "") for cell in report.cells)


@pytest.mark.parametrize("borders", [solid, none])
def test_a_wide_page_with_one_table_is_one_page(borders: Borders) -> None:
    made = make_report(4)
    sheets = form_sheets(made, Style(size=10, page=WIDE, label=0.47, borders=borders, align=1))
    report = read_any(as_document(pdf(sheets)))
    lost(made, report)
    assert not any("half" in (cell.source or "") for cell in report.cells)


def test_text_that_is_read_in_another_ones_place_stands_where_its_drawing_is_moved() -> None:
    def shown(text: str, x: int) -> str:
        return f"BT /F 10 Tf 1 0 0 1 {x} 50 Tm <{text.encode('utf-16-be').hex()}> Tj ET"

    inner = f"{shown('甲', 50)} /Span<</ActualText<FEFF5DE5>>>BDC {shown('乙', 60)} EMC {shown('丙', 70)}"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[4 0 R]/Count 1>>",
        FONT.decode(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        "<</Length 33>>stream\nq 0.7 0 0 0.7 200 300 cm /X Do Q \nendstream",
        f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Length {len(inner)}>>"
        f"stream\n{inner}\nendstream",
    ]
    body = "%PDF-1.7\n" + "".join(
        f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(objects, 1)
    )
    body += "trailer<</Root 1 0 R/Size 7>>\n%%EOF"
    (page,) = read_pages(body.encode())
    read = sorted(page.glyphs, key=lambda glyph: glyph.left)
    assert "".join(glyph.text for glyph in read) == "甲工丙"
    assert len({round(glyph.top) for glyph in read}) == 1
