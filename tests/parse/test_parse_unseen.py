"""What a browser shows of a cell is read, and nothing else of what its markup holds."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from made_reports import as_document, html_page, html_table, lost, make_report, tables

from disclosure.parse.read import read_document
from disclosure.records import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "<del>1</del>{}",
        "<s>1</s>{}",
        "<strike><b>1</b></strike>{}",
        "<del><s style='display:none'>1</s></del>{}",
        "<span style='text-decoration: Line-Through'>1</span>{}",
        "<span style='DISPLAY: none'>1</span>{}",
        "<span style='visibility:hidden'>1</span>{}",
        "<span hidden>1</span>{}",
        "{}<sup>1</sup>",
        "{}<sup><a href='#note'>12</a></sup>",
        "{}<sub>1</sub>",
        "{}<span style='font-size:6pt;vertical-align:super'>1</span>",
        "<input type='text' value='{}'>",
        "<input type='hidden' value='1'>{}",
    ],
)
def test_a_figure_is_what_is_seen(cell: str) -> None:
    made = make_report(1)
    page = html_page(
        made, (html_table(rows, lambda text: _put(cell, text)) for rows in tables(made))
    )
    assert lost(made, read_document(as_document(page))) == 0


def test_a_hidden_cell_takes_no_column() -> None:
    made = make_report(1)
    page = html_page(made, map(html_table, tables(made)))
    page = page.replace("<td", "<td style='display:none'>9</td><td")
    assert lost(made, read_document(as_document(page))) == 0


def test_a_report_in_a_tab_that_is_not_open_yet() -> None:
    made = make_report(1)
    page = html_page(made, map(html_table, tables(made)))
    page = page.replace("<body>", "<body><table><tr><td><div style='display:none'>")
    assert lost(made, read_document(as_document(page))) == 0


def test_a_picture_is_no_blank() -> None:
    cell = _only_cell("<img src='5.gif'>")
    assert (cell.value, cell.state, cell.printed) == (None, "unreadable", "[图片]")


def test_a_whole_figure_that_is_raised_is_no_figure() -> None:
    assert _only_cell("<sup>12</sup>").value is None


def test_a_mark_is_kept_in_what_is_printed() -> None:
    cell = _only_cell("12<sup>3</sup>")
    assert (cell.value, cell.printed) == (Decimal(12), "12³")


def _only_cell(markup: str) -> Cell:
    """What is read where 行政许可 has this markup for its figure."""
    made = make_report(1)
    made.cells["proactive", "administrative_licensing", "decisions"] = "MARKUP"
    page = html_page(made, map(html_table, tables(made))).replace("MARKUP", markup)
    report = read_document(as_document(page))
    return next(cell for cell in report.cells if cell.item == "administrative_licensing")


def _put(cell: str, text: str) -> str:
    """The markup around figures; labels stay as they are."""
    return cell.format(text) if re.fullmatch(r"[\d.]+", text) else text
