"""Text that programs made of a page: whole pages joined into a line, tables drawn with strokes."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from made_reports import as_document, lost, make_report, plain_html, tables

from disclosure.parse.read import read_document
from disclosure.parse.text import read_text
from disclosure.records import Grid


@pytest.mark.parametrize("template", ["2021-30", "2019-60"])
@pytest.mark.parametrize("separator", ["|", "\t", " | "])
def test_a_whole_page_joined_into_one_line(separator: str, template: str) -> None:
    made = make_report(1, template)
    text = BeautifulSoup(plain_html(made), "lxml").get_text(separator, strip=True)
    assert lost(made, read_document(as_document(text))) == 0


def test_a_cell_of_a_joined_line_is_found_by_its_number() -> None:
    made = make_report(1)
    text = "\n".join(["标题", BeautifulSoup(plain_html(made), "lxml").get_text("|", strip=True)])
    cells = text.splitlines()[1].split("|")
    for cell in read_document(as_document(text)).cells:
        line, number = cell.source.split(", cell ")
        assert (line, cells[int(number) - 1]) == ("line 2", cell.printed)


@pytest.mark.parametrize("strokes", ["│─┌┬┐├┼┤", "|-+++|+|", "║═╔╦╗╠╬╣"])
def test_a_drawn_table(strokes: str) -> None:
    made = make_report(2)
    text = "\n\n".join(_drawn(rows, strokes) for rows in tables(made))
    assert lost(made, read_document(as_document(f"{made.title}\n{text}"))) == 0


def _drawn(rows: list[list[tuple[str, int, int]]], strokes: str) -> str:
    upright, level, *corners = strokes
    lines = []
    for row in rows:
        rule = corners[3] + corners[4].join(level * 6 for _ in row) + corners[5]
        lines += [rule, upright + upright.join(f" {text} " for text, *_ in row) + upright]
    return "\n".join(lines)


def test_a_long_line_that_is_nearly_a_rule_is_read_at_once() -> None:
    text = "| a | b |\n|" + "-" * 5000 + "x|\n| c | d |"
    (grid,) = read_text(text).blocks
    assert isinstance(grid, Grid) and len(grid.rows) == 3
