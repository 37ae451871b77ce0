"""Which column a figure belongs to, where blank cells or columns of the page's own stand among the form's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from made_reports import (
    HEADINGS,
    MadeReport,
    Row,
    as_document,
    bare_line_text,
    html_page,
    html_table,
    lost,
    make_report,
    spaced_text,
    tabbed_text,
    tables,
)

from disclosure.parse.read import read_document

Tables = list[list[Row]]
FIGURES = (3, 7, 15)  # in a full row of each table


def half_blank(seed: int) -> MadeReport:
    """A report with other figures everywhere and a third of them blank, so that nothing that shifts adds up again."""
    made = make_report(seed, blanks=0.3)
    cells = {
        key: printed and str(100 + number)
        for number, (key, printed) in enumerate(made.cells.items())
    }
    return replace(made, cells=cells)


def page(made: MadeReport, edit: Callable[[Tables], object]) -> str:
    rows = [[list(row) for row in table] for table in tables(made)]
    edit(rows)
    return html_page(made, map(html_table, rows))


def has_figures(row: Row, number: int, table: int) -> bool:
    return number > 2 if table else row[0][0] not in ("信息内容", "") and row[0][2] == 1


def spread(t: Tables, *, is_under_the_header: bool) -> None:
    """A narrow empty column behind each column of figures, over which the header stretches, or which it has as well."""
    for table, rows in enumerate(t):
        for number, row in enumerate(rows):
            if has_figures(row, number, table) or not is_under_the_header:
                figures = min(FIGURES[table], len(row) - (table < 2))
                row[len(row) - figures :] = [
                    each
                    for text, down, across in row[len(row) - figures :]
                    for each in ((text, down, 2 * across - 1), ("", down, 1))
                ]
            else:
                is_label = [text.startswith(("（本列", "信息内容")) for text, _, _ in row]
                row[:] = [
                    (text, down, across if label else 2 * across)
                    for (text, down, across), label in zip(row, is_label, strict=True)
                ]


@pytest.mark.parametrize("seed", range(4))
def test_empty_columns_between_the_figures(seed: int) -> None:
    made = half_blank(seed)
    body = page(made, lambda t: spread(t, is_under_the_header=True))
    proactive_and_applications = {key for key in made.cells if key[0] != "disputes"}
    report = read_document(as_document(body))
    lost(made, report)
    unread = {cell[:3] for cell in report.cells if cell.value is None and made.cells[cell[:3]]}
    assert not unread & proactive_and_applications


@pytest.mark.parametrize("seed", range(4))
def test_empty_columns_that_the_header_does_not_fit_cost_rows_and_shift_nothing(seed: int) -> None:
    made = half_blank(seed)
    lost(
        made, read_document(as_document(page(made, lambda t: spread(t, is_under_the_header=False))))
    )


@pytest.mark.parametrize(
    "header", ["上年现行有效件数", "去年同期现行有效件数", "现行有效件数同比增减"]
)
@pytest.mark.parametrize("seed", range(4))
def test_a_column_of_another_year_is_none_of_the_form(header: str, seed: int) -> None:
    def edit(t: Tables) -> None:
        t[0][0][0] = ("第二十条第（一）项", 1, 5)
        t[0][1].append((header, 1, 1))
        for row in t[0][2:4]:
            row.append(("8888", 1, 1))

    made = half_blank(seed)
    report = read_document(as_document(page(made, edit)))
    blank = sum(not printed for printed in made.cells.values())
    assert (lost(made, report), {i.kind for i in report.issues}) == (blank, {"unknown_column"})


def without(made: MadeReport, *columns: str) -> MadeReport:
    """The report as a page prints it that has lost these columns: they have no figure to be read."""
    return replace(
        made, cells={k: "" if k[2] in columns else printed for k, printed in made.cells.items()}
    )


@pytest.mark.parametrize("header", ["上年数", "备注", "同比增减"])
@pytest.mark.parametrize("lost_column", [1, 2])
@pytest.mark.parametrize("seed", range(2))
def test_a_column_of_the_pages_own_does_not_take_the_place_of_a_lost_one(
    lost_column: int, header: str, seed: int
) -> None:
    def edit(t: Tables) -> None:
        for row in t[0][1:4]:
            del row[lost_column]
        t[0][1].append((header, 1, 1))
        for row in t[0][2:4]:
            row.append(("8888", 1, 1))
        t[1][2] = [cell for cell in t[1][2] if cell[0] != "科研机构"]
        t[1][1][1] = ("法人或其他组织", 1, 4)
        t[1][0][1] = ("申请人情况", 1, 6)
        t[1][0].append((header, 3, 1))
        for row in t[1][3:]:
            del row[-5]
            row.append(("8888", 1, 1))

    made = without(
        make_report(seed), "research_institution", ("issued", "repealed")[lost_column - 1]
    )
    report = read_document(as_document(page(make_report(seed), edit)))
    assert lost(made, report) == 25 + 2


def test_a_column_of_last_year_is_not_the_one_whose_place_it_stands_in() -> None:
    def edit(t: Tables) -> None:
        t[0][1][3] = ("上年数", 1, 1)

    report = read_document(as_document(page(make_report(1), edit)))
    assert lost(without(make_report(1), "in_force"), report) == 2


@pytest.mark.parametrize("layout", [bare_line_text, spaced_text])
def test_in_running_text_nothing_tells_where_a_column_of_last_year_stands(
    layout: Callable[[MadeReport], str],
) -> None:
    """Of 行政强制 the figure is blank, so that last year's stands behind its label alone."""
    made = make_report(1)
    key = ("proactive", "administrative_compulsion", "decisions")
    made.cells[key] = ""
    text = layout(made)
    header, row = "本年处理决定数量", "行政强制"
    assert text.count(row) == 1
    text = text.replace(header, header + "\n上年数").replace(row, row + "\n14")
    report = read_document(as_document(text))
    assert lost(made, report) >= 1
    assert "cells_do_not_fit" in {issue.kind for issue in report.issues}


@pytest.mark.parametrize("seed", range(4))
def test_a_column_named_twice_decides_nothing(seed: int) -> None:
    def edit(t: Tables) -> None:
        t[0][1].append(("现行有效件数", 1, 1))
        for row in t[0][2:4]:
            row.append(("8888", 1, 1))

    made = half_blank(seed)
    lost(made, read_document(as_document(page(made, edit))))


def laid_out(rows: list[Row]) -> list[list[str]]:
    """Every row as wide as the table, what a merged cell covers left empty."""
    printed: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            while (number, column) in printed:
                column += 1
            for below in range(number, number + down):
                printed |= {(below, column + beside): "" for beside in range(across)}
            printed[number, column] = text
    width = 1 + max(column for _, column in printed)
    return [
        [printed.get((number, column), "") for column in range(width)]
        for number in range(len(rows))
    ]


@pytest.mark.parametrize("line", ["{}", "| {} |"])
@pytest.mark.parametrize("seed", range(8))
def test_rows_of_equal_width_begin_their_figures_in_the_same_cell(line: str, seed: int) -> None:
    made = half_blank(seed)
    made = replace(made, cells=made.cells | _sparse("carried_out", seed, made))
    text = "\n".join(
        "\n".join([heading, *(line.format(" | ".join(row)) for row in laid_out(rows))])
        for heading, rows in zip(HEADINGS, tables(made), strict=True)
    )
    blank = sum(not printed for printed in made.cells.values())
    assert lost(made, read_document(as_document(text))) <= blank + 6


def _sparse(item: str, position: int, made: MadeReport) -> dict[tuple[str, str, str], str]:
    """A row of table three with one figure."""
    keys = [key for key in made.cells if key[1] == item]
    return {key: "27" if number == position % 7 else "" for number, key in enumerate(keys)}


@pytest.mark.parametrize(
    ("header", "unit", "printed", "amount"),
    [
        ("本年收费金额（单位：元）", "元", "251000", "25.1"),
        ("本年收费金额(元)", "元", "251000", "25.1"),
        ("本年收费金额（单位：千元）", "千元", "251", "25.1"),
        ("本年收费金额（单位：元）", "元", "25.1万元", "25.1"),
        ("本年收费金额（单位：万元）", None, "25.1", "25.1"),
        ("本年收费金额（万元）", None, "251000元", "25.1"),
        ("本年收费金额", None, "25.1", "25.1"),
    ],
)
def test_an_amount_is_in_the_unit_that_its_header_states(
    header: str, unit: str | None, printed: str, amount: str
) -> None:
    made = make_report(1)
    made.cells["proactive", "administrative_fees", "amount_10k_cny"] = printed
    body = page(made, list).replace("本年收费金额（单位：万元）", header)
    report = read_document(as_document(body))
    fee = next(cell for cell in report.cells if cell.column == "amount_10k_cny")
    assert (fee.value, fee.printed) == (Decimal(amount), printed)
    said = [issue.message for issue in report.issues if issue.kind == "unit_of_header"]
    assert len(said) == (unit is not None)
    assert all(f"states {unit};" in message for message in said)


@pytest.mark.parametrize("layout", [bare_line_text, spaced_text])
def test_a_header_in_another_order_decides_in_running_text_too(
    layout: Callable[[MadeReport], str],
) -> None:
    made = make_report(1)
    text = layout(made)
    swapped = "法律服务机构{0}社会公益组织"
    for between in ("\n", " "):
        text = text.replace(f"社会公益组织{between}法律服务机构", swapped.format(between))
    assert swapped.split("{0}", maxsplit=1)[0] in text
    report = read_document(as_document(text))
    lost(made, report)
    assert {cell.value for cell in report.cells if cell.table == "applications"} == {None}


@pytest.mark.parametrize("seed", range(4))
def test_rows_that_do_not_stand_under_their_header_go_by_position(seed: int) -> None:
    """As converters leave them that fill a row up behind its last cell."""

    def edit(t: Tables) -> None:
        t[1][3:] = [[row[-8], *row[-7:], ("", 1, 1), ("", 1, 1)] for row in t[1][3:]]

    made = half_blank(seed)
    lost(made, read_document(as_document(page(made, edit))))


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_another_width_say_nothing_of_padding(seed: int) -> None:
    made = half_blank(seed)
    made = replace(made, cells=made.cells | _sparse("carried_in", 6, made))
    rows = [
        [text for cell in row for text in (cell[0], *[""] * (cell[2] - 1))] + [""]
        for row in tables(made)[1]
    ]
    lost(made, read_document(as_document("\n".join("| " + " | ".join(row) + " |" for row in rows))))


def without_a_column(seed: int) -> tuple[MadeReport, list[Row]]:
    """A report and its table three without one of its columns; no figure there is right."""
    made = make_report(seed)
    rows = tables(made)[1]
    made.cells.update({key: "-1" for key in made.cells if key[2] == "public_interest_org"})
    for row in rows[3:]:
        del row[-4]
    del rows[2][2]
    rows[:2] = [
        [(rows[0][0][0], 3, 3), ("申请人情况", 1, 6)],
        [rows[1][0], ("法人或其他组织", 1, 4), rows[1][2]],
    ]
    return made, rows


def filled(rows: list[Row]) -> list[list[str]]:
    """Every row as wide as the table, what is merged printed in each cell it covers."""
    spread_out = [
        [(text, down, 1) for text, down, across in row for _ in range(across)] for row in rows
    ]
    printed: dict[tuple[int, int], str] = {}
    for number, row in enumerate(spread_out):
        column = 0
        for text, down, _ in row:
            while (number, column) in printed:
                column += 1
            printed |= {(below, column): text for below in range(number, number + down)}
    width = 1 + max(column for _, column in printed)
    return [[printed.get((n, column), "") for column in range(width)] for n in range(len(rows))]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("fill", [laid_out, filled])
def test_a_header_of_two_rows_in_another_order_rules_in_piped_text(
    fill: Callable[[list[Row]], list[list[str]]], seed: int
) -> None:
    made = make_report(seed)
    rows = [list(row) for row in tables(made)[1]]
    rows[2].reverse()
    for row in rows[3:]:
        row[-6:-1] = reversed(row[-6:-1])
    lines = ["| " + " | ".join(row) + " |" for row in fill(rows)]
    report = read_document(as_document("\n".join([HEADINGS[1], *lines])))
    lost(made, report)
    assert {c.state for c in report.cells if c.table == "applications"} == {"number"}


@pytest.mark.parametrize("fill", [laid_out, filled])
@pytest.mark.parametrize("seed", range(4))
def test_a_lost_column_and_an_empty_one_behind_shift_nothing(
    fill: Callable[[list[Row]], list[list[str]]], seed: int
) -> None:
    made, rows = without_a_column(seed)
    lines = ["| " + " | ".join([*row, ""]) + " |" for row in fill(rows)]
    lost(made, read_document(as_document("\n".join([HEADINGS[1], *lines]))))


@pytest.mark.parametrize("line", ["{}", "| {} |"])
@pytest.mark.parametrize("has_header", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_a_lost_column_shifts_nothing_where_labels_leave_empty_cells(
    has_header: bool, line: str, seed: int
) -> None:
    """（一）予以公开 is as wide as two labels: with the empty cell behind it six figures make seven cells."""
    made, rows = without_a_column(seed)
    lines = [line.format(" | ".join(row)) for row in laid_out(rows)[0 if has_header else 3 :]]
    lost(made, read_document(as_document("\n".join([HEADINGS[1], *lines]))))


@pytest.mark.parametrize(
    ("before", "is_sure"),
    [
        (("自然人", "总计"), True),
        (("总 自然", ""), False),  # 总计 and 自然人 beside each other in one cell
        (("法律 社会\n商业 科研", ""), False),
    ],
)
def test_names_of_columns_that_run_together_leave_their_order_open(before, is_sure) -> None:
    made = make_report(1)
    first, last = before
    rows = [
        [(first, 1, 1), ("商业企业", 1, 1), ("科研机构", 1, 1), ("其他", 1, 1), (last, 1, 1)],
        *tables(made)[1][3:],
    ]
    report = read_document(as_document(HEADINGS[1] + html_table(rows)))
    states = {cell.state for cell in report.cells if cell.item == "received_new"}
    assert (states == {"number"}) is is_sure


@pytest.mark.parametrize("seed", range(2))
def test_a_header_repeated_in_another_order_is_not_believed(seed: int) -> None:
    def edit(t: Tables) -> None:
        again = [list(row) for row in t[1][:3]]
        again[2].reverse()
        t[1][-1:-1] = again

    made = half_blank(seed)
    report = read_document(as_document(page(made, edit)))
    lost(made, report)
    below = {cell.state for cell in report.cells if cell.item == "carried_out"}
    above = {cell.state for cell in report.cells if cell.item == "processed_total"}
    assert below == {"ambiguous"} and above <= {"number", "blank"}


@pytest.mark.parametrize("seed", range(4))
def test_a_lost_cell_shifts_nothing_where_a_tab_stands_behind_every_cell(seed: int) -> None:
    made = make_report(seed)
    lines = tabbed_text(made).splitlines()
    row = next(n for n, line in enumerate(lines) if line.count("\t") == 15 and line[0].isdigit())
    lines[row] = lines[row].replace("\t", "", 1)
    assert all(line.endswith("\t") for line in lines if "\t" in line)
    assert lost(made, read_document(as_document("\n".join(lines)))) == 15


def test_a_row_that_was_moved_as_a_whole_is_not_read_by_its_header() -> None:
    """As where a cell over many rows is printed a second time, beside rows that are spaced out."""

    def edit(t: Tables) -> None:
        for row in t[1][3:]:
            row.insert(0, ("", 1, 1))
            row[-1] = ("", 1, 1)
        at = next(n for n, row in enumerate(t[1]) if len(row) > 9 and row[-2][0] and row[-8][0])
        t[1][at][-2:-2] = [("", 1, 1)] * 4

    made = half_blank(3)
    made.cells.update(dict.fromkeys((key for key in made.cells if key[2] == "total"), ""))
    assert lost(made, read_document(as_document(page(made, edit)))) > 0


@pytest.mark.parametrize("seed", range(4))
def test_a_figure_too_many_in_one_row_costs_that_row_alone(seed: int) -> None:
    """Behind the last column, in a row that begins with a blank cell."""

    def edit(t: Tables) -> None:
        for row in t[1][3:]:
            row.append(("", 1, 1))
        t[1][8][-1] = ("9", 1, 1)

    made = half_blank(seed)
    of = "applications", "denied_law_prohibited"
    assert tables(made)[1][8][0][0].startswith("2.其他法律行政法规")
    made.cells[*of, "natural_person"] = ""
    made.cells.update({key: "5" for key in made.cells if key[1] == "received_new"})
    report = read_document(as_document(page(made, edit)))
    lost(made, report)
    assert {c[:2] for c in report.cells if c.state == "ambiguous"} == {of}


@pytest.mark.parametrize("seed", range(4))
def test_columns_in_another_order_keep_it_where_the_table_goes_on_in_another(seed: int) -> None:
    """As overleaf, where no header is printed again."""
    made = make_report(seed)
    rows = [list(row) for row in tables(made)[1]]
    for row in rows[1:2] + rows[3:]:
        row.insert(len(row) - (3 if row is rows[1] else 7), row.pop())  # 总计 first
    cut = HEADINGS[1] + html_table(rows[:6]) + html_table(rows[6:])
    report = read_document(as_document(cut))
    lost(made, report)
    assert {c.state for c in report.cells if c.table == "applications"} == {"number"}


@pytest.mark.parametrize("position", range(7))
@pytest.mark.parametrize("has_tail", [False, True])
@pytest.mark.parametrize("extra", [1, -1])
def test_a_row_with_blanks_and_a_cell_more_or_fewer_than_the_others_is_not_believed(
    extra: int, has_tail: bool, position: int
) -> None:
    """One cell is put into a row or taken out of it, in a table whose rows may all have a blank one behind them."""

    def edit(t: Tables) -> None:
        rows = t[1][3:]
        if has_tail:
            for row in rows:
                row.append(("", 1, 1))
        row = t[1][9]
        at = len(row) - has_tail - 7 + position
        row[at : at + (extra < 0)] = [("", 1, 1)] if extra > 0 else []

    made = half_blank(3)
    key = "denied_security_stability"
    figures = dict.fromkeys([k for k in made.cells if k[1] == key], "")
    made = replace(
        made, cells=made.cells | figures | {("applications", key, "research_institution"): "17"}
    )
    report = read_document(as_document(page(made, edit)))
    lost(made, report)
    assert {c.value for c in report.cells if c.item == key} == {None}


def test_where_half_of_the_rows_lost_a_cell_no_row_with_blanks_is_believed() -> None:
    def edit(t: Tables) -> None:
        for number, row in enumerate(t[1][3:]):
            row.append(("", 1, 1))
            if number % 2 == 0:
                del row[-3]

    report = read_document(as_document(page(half_blank(3), edit)))
    lost(half_blank(3), report)


def padded_markdown(made: MadeReport, edit: Callable[[Tables], object]) -> str:
    """Every row as wide as its table, as programs write Markdown."""
    edited = [[list(row) for row in table] for table in tables(made)]
    edit(edited)
    parts = []
    for heading, rows in zip(HEADINGS, edited, strict=True):
        lines = laid_out(rows)
        rule = "|".join("---" for _ in lines[0])
        parts += [f"## {heading}", *(f"| {' | '.join(line)} |" for line in lines)]
        parts.insert(-len(lines) + 1, f"|{rule}|")
    return "\n".join(parts)


@pytest.mark.parametrize("column", range(6))
def test_a_cell_lost_and_a_blank_one_behind_is_seen_by_a_figure_that_is_the_others_sum(
    column: int,
) -> None:
    made = make_report(3)
    rows = {key[1] for key in made.cells if key[0] == "applications"}
    for item in rows:
        figures = ["0", "0", "0", "0", "0", "0", "0"]
        figures[(column + 1) % 6] = figures[6] = "4"
        keys = [key for key in made.cells if key[1] == item]
        made.cells.update(zip(keys, figures, strict=True))

    def lose_a_cell_of_each_row(t: Tables) -> None:
        for row in t[1][3:]:
            del row[len(row) - 7 + column]

    text = padded_markdown(made, lose_a_cell_of_each_row)
    report = read_document(as_document(text))
    assert {c.value for c in report.cells if c.table == "applications"} == {None}
    assert "cells_do_not_fit" in {issue.kind for issue in report.issues}


def test_a_lost_cell_of_table_four_is_seen_by_the_sums_behind_it() -> None:
    made = make_report(3)
    figures = ["1", "0", "0", "0", "1", "5", "0", "0", "2", "7", "0", "3", "0", "0", "3"]
    made.cells.update(
        zip([key for key in made.cells if key[0] == "disputes"], figures, strict=True)
    )

    def lose_a_cell(t: Tables) -> None:
        del t[2][-1][1]

    report = read_document(as_document(padded_markdown(made, lose_a_cell)))
    assert {c.value for c in report.cells if c.table == "disputes"} == {None}


def test_beside_a_column_of_another_year_a_lost_cell_moves_nothing_either() -> None:
    """Behind last year's figure stands a blank cell, so that the row that lost one is as wide as its header."""

    def edit(t: Tables) -> None:
        t[1][0].append(("上年数", 3, 1))
        for row in t[1][3:]:
            row += [("8888", 1, 1), ("", 1, 1)]
        del t[1][9][-4]

    made = make_report(3)
    report = read_document(as_document(page(made, edit)))
    of_row = [key for key in made.cells if key[1] == "denied_security_stability"]
    made.cells.update(dict.fromkeys(of_row, "-1"))
    lost(made, report)
