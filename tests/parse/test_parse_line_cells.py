"""Text with a cell in each line, blank ones among them: a line without anything is a blank cell where all rows show it."""

from __future__ import annotations

import pytest
from made_reports import HEADINGS, MadeReport, as_document, lost, make_report, tables

from disclosure.parse.line_cells import read_line_cells
from disclosure.parse.read import read_document


def with_blanks(seed: int, template: str = "2021-30") -> MadeReport:
    made = make_report(seed, template, blanks=0.4)
    made.cells["applications", "carried_out", "total"] = "7"  # the last row's end is told by it
    return made


def line_text(made: MadeReport, behind: str) -> str:
    """Every cell a line; `behind` stands behind each row, and a blank line more behind each table."""
    rows = [
        "".join("".join(f"{text}\n" for text, _, _ in row) + behind for row in table)
        for table in tables(made)
    ]
    return "\n".join(f"{h}\n{r}" for h, r in zip(HEADINGS, rows, strict=True)) + "\n五、其他\n"


def unread(made: MadeReport, text: str, table: str) -> set[tuple[str, str, str]]:
    report = read_document(as_document(text))
    lost(made, report)
    return {c[:3] for c in report.cells if c[0] == table and c.value is None and made.cells[c[:3]]}


@pytest.mark.parametrize("template", ["2021-30", "2019-60"])
@pytest.mark.parametrize("behind", ["", "\n"])
@pytest.mark.parametrize("seed", range(6))
def test_a_line_without_anything_is_a_blank_cell(seed: int, behind: str, template: str) -> None:
    made = with_blanks(seed, template)
    assert not unread(made, line_text(made, behind), "applications")


@pytest.mark.parametrize("behind", ["", "\n"])
@pytest.mark.parametrize("position", range(7))
def test_a_row_of_another_length_is_not_taken_for_one(position: int, behind: str) -> None:
    made = with_blanks(2)
    lines = line_text(made, behind).split("\n")
    label = lines.index("7.属于行政执法案卷")
    del lines[label + 1 + position]
    of_row = {key for key in made.cells if key[1] == "denied_enforcement_file"}
    made.cells.update(dict.fromkeys(of_row, "-1"))
    assert unread(made, "\n".join(lines), "applications") == of_row


def test_without_a_blank_cell_or_where_it_may_stand_before_or_behind_nothing_is_told() -> None:
    whole = line_text(make_report(2), "\n").split("\n")
    assert read_line_cells(whole) == {}
    made = make_report(2, blanks=0.4)
    for key in made.cells:
        if key[2] == "natural_person":
            made.cells[key] = ""
    assert read_line_cells(line_text(made, "\n").split("\n")) == {}
