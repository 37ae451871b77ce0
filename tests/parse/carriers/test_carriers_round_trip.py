"""Reports made up, carried through real LibreOffice, and read back: every cell as it was made, whatever the carrier."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from made_word import LANDSCAPE, word_report

from disclosure.errors import ReportError
from disclosure.reading import read_any
from disclosure.records import Report
from parse.made_reports import MadeReport, as_document, make_report, plain_html

LAYOUTS: dict[str, dict[str, object]] = {
    "upright": {},
    "upright_small": {"size": 14},
    "upright_large": {"size": 21},
    "upright_rows_whole": {"splits_rows": False},
    "sideways": {"page": LANDSCAPE},
    "sideways_header_repeated": {"page": LANDSCAPE, "size": 24, "repeats_header": True},
}
TEMPLATES = ("2021-30", "2019-60")


@dataclass(frozen=True)
class Made:
    report: MadeReport
    docx: bytes


@pytest.fixture(scope="module")
def made() -> dict[str, Made]:
    found = {}
    for number, (layout, settings) in enumerate(LAYOUTS.items()):
        for template in TEMPLATES:
            report = make_report(700 + number, template, blanks=0.1 * (number % 2))
            found[f"{layout}_{template}"] = Made(report, word_report(report, **settings))
    return found


@pytest.fixture(scope="module")
def pdfs(made, office) -> dict[str, bytes]:
    return office({f"{name}.docx": each.docx for name, each in made.items()}, "pdf")


def differences(report: Report, made: MadeReport) -> list[str]:
    """Cells that are not as they were made: a value that differs, or a blank that is none."""
    wrong = []
    for cell in report.cells:
        printed = made.cells[cell.table, cell.item, cell.column]
        wanted = (Decimal(printed), "number") if printed else (None, "blank")
        if (cell.value, cell.state) != wanted:
            wrong.append(f"{cell} is not {printed!r}")
    return wrong


NAMES = [f"{layout}_{template}" for layout in LAYOUTS for template in TEMPLATES]


@pytest.mark.parametrize("name", NAMES)
def test_word_is_read_back_exactly(name, made):
    report = read_any(as_document(made[name].docx))
    assert differences(report, made[name].report) == []
    assert (report.format, report.agency) == ("docx", made[name].report.agency)
    assert report.report_year == made[name].report.year


@pytest.mark.parametrize("name", NAMES)
def test_pdf_is_read_back_exactly(name, made, pdfs):
    report = read_any(as_document(pdfs[name]))
    assert differences(report, made[name].report) == []
    assert (report.format, report.agency) == ("pdf", made[name].report.agency)
    assert report.report_year == made[name].report.year


def test_a_pdf_says_where_a_figure_stands(pdfs):
    cell = read_any(as_document(pdfs["sideways_2021-30"])).cells[0]
    assert cell.source is not None
    assert cell.source.startswith("page 1, box ")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    ("wanted", "kind"), [("doc:MS Word 97", "doc"), ("rtf", "rtf"), ("odt", "odt")]
)
def test_old_word_is_read_back_exactly(template, wanted, kind, made, office):
    name = f"upright_{template}"
    body = office({f"{name}.docx": made[name].docx}, wanted)[name]
    report = read_any(as_document(body))
    assert differences(report, made[name].report) == []
    assert report.format == kind


@pytest.fixture(scope="module")
def sheets(office) -> dict[str, tuple[MadeReport, bytes]]:
    reports = {t: make_report(800 + n, t, blanks=0.1 * n) for n, t in enumerate(TEMPLATES)}
    pages = {f"{t}.html": plain_html(each).encode() for t, each in reports.items()}
    made = office(pages, "xlsx:Calc MS Excel 2007 XML")
    return {t: (reports[t], made[t]) for t in TEMPLATES}


@pytest.mark.parametrize("template", TEMPLATES)
def test_sheets_are_read_back_exactly(template, sheets):
    made, body = sheets[template]
    report = read_any(as_document(body))
    assert differences(report, made) == []
    assert (report.format, report.agency) == ("xlsx", made.agency)


@pytest.mark.parametrize("template", TEMPLATES)
def test_old_sheets_are_read_back_exactly(template, office):
    made = make_report(820, template, blanks=0.1)
    body = office({"a.html": plain_html(made).encode()}, "xls:MS Excel 97")["a"]
    report = read_any(as_document(body))
    assert differences(report, made) == []
    assert report.format == "xls"


def test_columns_without_lines_are_never_misread(office):
    """A figure broken in a narrow column looks like two: better none than a wrong one."""
    reports = {n: make_report(900 + n, TEMPLATES[n % 2], blanks=0.1 * (n % 3)) for n in range(6)}
    files = {f"{n}.docx": word_report(each, is_lined=False) for n, each in reports.items()}
    for name, body in office(files, "pdf").items():
        made = reports[int(name)]
        try:
            report = read_any(as_document(body))
        except ReportError as error:
            assert error.kind == "not_a_report"
            continue
        for cell in report.cells:
            printed = made.cells[cell.table, cell.item, cell.column]
            assert cell.value is None or cell.value == Decimal(printed), cell
