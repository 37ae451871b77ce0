"""A document that breaks off: the rows before the cut are read, none is half read, and an issue says so."""

from __future__ import annotations

import pytest
from made_reports import (
    as_document,
    lost,
    make_report,
    markdown,
    piped_text,
    plain_html,
    spaced_text,
    tabbed_text,
    word_html,
)

from disclosure.parse.read import read_document
from disclosure.records import Report


def cut_within(text: str, figure: str) -> Report:
    """What is read of a text that ends behind the first digit of a figure."""
    return read_document(as_document(text[: text.index(figure) + 1]))


@pytest.mark.parametrize(
    "layout", [plain_html, word_html, piped_text, tabbed_text, markdown, spaced_text]
)
@pytest.mark.parametrize("column", ["natural_person", "other_org", "total"])
def test_a_figure_that_is_cut_is_not_read(layout, column: str) -> None:  # type: ignore[no-untyped-def]
    made = make_report(1)
    for key in made.cells:
        if key[1] == "unavailable_not_held":
            made.cells[key] = "7"
    made.cells["applications", "unavailable_not_held", column] = "45999"
    report = cut_within(layout(made), "45999")
    lost(made, report)
    assert {"cut_off", "stray_figure"} & {issue.kind for issue in report.issues}
    states = {
        cell.item: cell.state for cell in report.cells if cell.column == "research_institution"
    }
    assert states["denied_administrative_query"] == "number"
    assert states["unavailable_requires_creation"] == "absent"


@pytest.mark.parametrize("layout", [plain_html, word_html])
def test_the_last_figure_of_table_four_is_not_read_where_its_row_does_not_end(layout) -> None:  # type: ignore[no-untyped-def]
    made = make_report(1)
    made.cells["disputes", "litigation_after_reconsideration", "total"] = "45999"
    report = cut_within(layout(made), "45999")
    assert {cell.state for cell in report.cells if cell.table == "disputes"} == {"absent"}
    assert [issue.kind for issue in report.issues][:1] == ["cut_off"]


def test_a_page_that_ends_behind_a_row_keeps_it() -> None:
    made = make_report(1)
    page = plain_html(made)
    report = read_document(
        as_document(page[: page.index("</tr>", page.index("1.本机关不掌握")) + 5])
    )
    lost(made, report)
    states = {cell.item: cell.state for cell in report.cells if cell.column == "total"}
    assert (states["unavailable_not_held"], states["carried_out"]) == ("number", "absent")
    assert "cut_off" in {issue.kind for issue in report.issues}
