"""Table four in the ways that pages set it: each figure belongs to the channel and the result that it stands under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from made_reports import (
    MadeReport,
    Row,
    as_document,
    html_page,
    html_table,
    lost,
    make_report,
    tables,
)

from disclosure.parse.read import read_document


def with_disputes(made: MadeReport, edit: Callable[[list[Row]], object]) -> str:
    rows = [[list(row) for row in table] for table in tables(made)]
    edit(rows[2])
    return html_page(made, map(html_table, rows))


def apart(seed: int, blanks: float = 0.3) -> MadeReport:
    """A report in which no figure comes twice, some blank."""
    made = make_report(seed, blanks=blanks)
    cells = enumerate(made.cells.items(), 100)
    return replace(made, cells={key: printed and str(number) for number, (key, printed) in cells})


def suits_first(rows: list[Row]) -> None:
    rows[0].reverse()
    rows[1] = rows[1][5:] + rows[1][:5]
    rows[3] = rows[3][5:] + rows[3][:5]


def later_suits_first(rows: list[Row]) -> None:
    rows[1] = [*rows[1][:5], rows[1][6], rows[1][5]]
    rows[3] = rows[3][:5] + rows[3][10:] + rows[3][5:10]


def blank_cell_first(rows: list[Row]) -> None:
    for row in rows:
        row.insert(0, ("", 1, 1))


def blank_cells_last(rows: list[Row]) -> None:
    for row in rows:
        row += [("", 1, 1)] * 2


def rows_that_set_widths(rows: list[Row]) -> None:
    rows.insert(0, [("", 1, 1)] * 15)
    rows.append([("", 1, 1)] * 15)


def turned(rows: list[Row]) -> None:
    """A row for each result, a column for each channel."""
    later = [(text, 1, 1) for text, *_ in rows[1][5:]]
    heads = [[("结果", 2, 1), ("行政复议", 2, 1), ("行政诉讼", 1, 2)], later]
    results = [[name, *rows[3][n::5]] for n, name in enumerate(rows[2][:5])]
    rows[:] = [*heads, *results]


def turned_in_another_order(rows: list[Row]) -> None:
    turned(rows)
    rows[1].reverse()
    for row in rows[2:]:
        row[2:] = reversed(row[2:])
    rows[2:] = reversed(rows[2:])


@pytest.mark.parametrize(
    "edit",
    [
        suits_first,
        later_suits_first,
        blank_cell_first,
        blank_cells_last,
        rows_that_set_widths,
        turned,
        turned_in_another_order,
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_figures_belong_where_the_header_says(
    edit: Callable[[list[Row]], object], seed: int
) -> None:
    made = apart(seed)
    report = read_document(as_document(with_disputes(made, edit)))
    unread = [cell for cell in report.cells if cell.value is None and cell.table == "disputes"]
    lost(made, report)
    assert {(cell.state, made.cells[cell[:3]]) for cell in unread} <= {("blank", "")}


@pytest.mark.parametrize("gone", range(1, 7))
def test_a_turned_table_that_lost_a_row_shifts_nothing(gone: int) -> None:
    made = apart(1, blanks=0)

    def edit(rows: list[Row]) -> None:
        turned(rows)
        del rows[gone]

    lost(made, read_document(as_document(with_disputes(made, edit))))


def test_a_cell_of_a_turned_table_is_found_where_it_stands() -> None:
    report = read_document(as_document(with_disputes(apart(1, blanks=0), turned)))
    sources = {cell[1:3]: cell.source for cell in report.cells if cell.table == "disputes"}
    assert sources["litigation_direct", "other"] == "table 3, row 5, column 3"


@pytest.mark.parametrize("seed", range(4))
def test_suits_first_in_text_without_columns_is_not_decided(seed: int) -> None:
    made = apart(seed, blanks=0)
    rows = [[list(row) for row in table] for table in tables(made)]
    suits_first(rows[2])
    text = "\n".join(" | ".join(cell[0] for cell in row) for table in rows for row in table)
    assert lost(made, read_document(as_document(text))) == 15


def totals_first(rows: list[Row]) -> None:
    rows[1] = [rows[1][4], *rows[1][:4], *rows[1][5:]]
    rows[2] = [cell for n in (0, 5) for cell in [rows[2][n + 4], *rows[2][n : n + 4]]]
    rows[3] = [cell for n in (0, 5, 10) for cell in [rows[3][n + 4], *rows[3][n : n + 4]]]


@pytest.mark.parametrize("edit", [suits_first, totals_first])
@pytest.mark.parametrize("between", [" | ", " ", "\t", "\n"])
def test_text_without_columns_whose_header_has_another_order_is_not_decided(
    edit: Callable[[list[Row]], object], between: str
) -> None:
    made = apart(1, blanks=0)
    rows = [[list(row) for row in table] for table in tables(made)]
    edit(rows[2])
    text = "\n".join(between.join(cell[0] for cell in row) for table in rows for row in table)
    assert lost(made, read_document(as_document(text))) == 15


def test_a_header_cut_off_that_still_has_another_order_decides_nothing() -> None:
    made = apart(1, blanks=0)

    def edit(rows: list[Row]) -> None:
        totals_first(rows)
        for row in rows[1:3]:
            row[:] = [
                (text[:2], down, across) if across == 1 else (text, down, across)
                for text, down, across in row
            ]

    assert lost(made, read_document(as_document(with_disputes(made, edit)))) == 15


@pytest.mark.parametrize("printed", ["12件左右", "1 件 2", "〔1〕12", "2023年"])
def test_a_word_with_digits_among_the_fifteen_loses_its_own_cell_alone(printed: str) -> None:
    made = make_report(3)
    made.cells["disputes", "litigation_direct", "other"] = printed
    report = read_document(as_document(html_page(made, map(html_table, tables(made)))))
    unread = [cell[1:3] for cell in report.cells if cell.value is None]
    assert unread == [("litigation_direct", "other")]


@pytest.mark.parametrize(
    ("label", "behind"),
    [
        ("9.其他", "8.属于行政查询事项"),
        ("4.其他", "3.补正后申请内容仍不明确"),
        ("小计", "8.属于行政查询事项"),
        ("合计", "8.属于行政查询事项"),
        ("合计", "四、结转下年度继续办理"),
    ],
)
@pytest.mark.parametrize("has_own", [True, False])
def test_a_row_of_the_agency_s_own_is_not_the_form_s_of_that_name(
    label: str, behind: str, has_own: bool
) -> None:
    made = make_report(4)
    rows = [[list(row) for row in table] for table in tables(made)]
    if not has_own:
        item = "other_other" if "其他" in label else "processed_total"
        own = "3.其他" if "其他" in label else "（七）总计"
        rows[1] = [row for row in rows[1] if all(cell[0] != own for cell in row)]
        made.cells.update({key: "" for key in made.cells if key[1] == item})
    at = next(n for n, row in enumerate(rows[1]) if any(cell[0] == behind for cell in row))
    rows[1].insert(at + 1, [(label, 1, 1), *[("777", 1, 1)] * 7])
    report = read_document(as_document(html_page(made, map(html_table, rows))))
    assert lost(made, report) == (0 if has_own else 7)
    assert {issue.kind for issue in report.issues} == {"unknown_label"}


@pytest.mark.parametrize("template", ["2021-30", "2019-60"])
@pytest.mark.parametrize("printed", ["777", "0", ""])
@pytest.mark.parametrize("label", ["9.其他", "小计", "合计"])
def test_a_row_of_the_agency_s_own_is_no_header(label: str, printed: str, template: str) -> None:
    """Columns in an order of the page's own stay where its header says, below such a row too."""
    made = make_report(4, template)
    cells = {key: str(number) for number, key in enumerate(made.cells, 100)}
    made = replace(made, cells=cells)
    rows = [[list(row) for row in table] for table in tables(made)]
    rows[1][2][2:4] = reversed(rows[1][2][2:4])
    for row in rows[1][3:]:
        row[-4:-2] = reversed(row[-4:-2])
    at = next(n for n, row in enumerate(rows[1]) if any("行政查询" in cell[0] for cell in row))
    rows[1].insert(at + 1, [(label, 1, 1), *[(printed, 1, 1)] * 7])
    assert lost(made, read_document(as_document(html_page(made, map(html_table, rows))))) == 0
