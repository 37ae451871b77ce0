"""What pages do to the form, one oddity a row: how many cells are lost, and what is said. None is ever wrong."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest
from made_reports import (
    MadeReport,
    Row,
    as_document,
    bare_line_text,
    html_page,
    html_table,
    lost,
    make_report,
    piped_text,
    plain_html,
    run_together_text,
    spaced_text,
    split_html,
    tables,
)

from disclosure.parse.read import read_document

Tables = list[list[Row]]
SEEDS = range(6)
PARAGRAPH_ONE = ("issued", "repealed", "in_force")


def edited(made: MadeReport, edit: Callable[[Tables], object]) -> str:
    rows = [[list(row) for row in table] for table in tables(made)]
    edit(rows)
    return html_page(made, (html_table(table) for table in rows))


def cell(text: str, rowspan: int = 1, colspan: int = 1) -> tuple[str, int, int]:
    return (text, rowspan, colspan)


# Edits of the three tables. Table three's rows begin at 3; every row ends in its seven figures.


def drop_a_cell(t: Tables) -> None:
    del t[1][9][-4]


def add_a_figure(t: Tables) -> None:
    t[1][9].insert(-3, cell("9"))


def add_trailing_blanks(t: Tables) -> None:
    for row in t[1][3:]:
        row.append(cell(""))


def shuffle_columns(t: Tables) -> None:
    order = [3, 0, 4, 1, 2]
    t[1][2] = [t[1][2][position] for position in order]
    for row in t[1][3:]:
        row[-6:-1] = [row[-6:-1][position] for position in order]


def total_first(t: Tables) -> None:
    t[1][1] = [t[1][1][2], t[1][1][0], t[1][1][1]]
    for row in t[1][3:]:
        row[-7:] = [row[-1], *row[-7:-1]]


def lose_a_column(t: Tables) -> None:
    t[1][0][1], t[1][1][1] = cell("申请人情况", 1, 6), cell("法人或其他组织", 1, 4)
    del t[1][2][2]
    for row in t[1][3:]:
        del row[-4]


def lose_headers(t: Tables) -> None:
    del t[1][:3], t[2][:3]


def overwrite_a_header(t: Tables) -> None:
    t[1][2][1] = cell("0")


def lose_a_row(t: Tables) -> None:
    del t[1][9]


def lose_a_label(t: Tables) -> None:
    t[1][9][-8] = cell("")


def merge_down(t: Tables) -> None:
    t[1][9][-2] = cell(t[1][9][-2][0], 2)
    del t[1][10][-2]


def merge_across(t: Tables) -> None:
    t[1][9][-3] = cell(t[1][9][-3][0], 1, 2)
    del t[1][9][-2]


def add_a_column(t: Tables) -> None:
    t[1][0].append(cell("备注", 3))
    for number, row in enumerate(t[1][3:]):
        row.append(cell(str(number)))


def add_serial_numbers(t: Tables) -> None:
    t[1][0][0] = cell(t[1][0][0][0], 3, 4)
    for number, row in enumerate(t[1][3:]):
        row.insert(0, cell(str(number + 1)))


def add_a_row(t: Tables) -> None:
    t[1].insert(9, [cell("9.其他不予公开情形"), *[cell("7")] * 7])


def add_a_subtotal(t: Tables) -> None:
    t[1].insert(7, [cell("（三）不予公开小计", 1, 2), *[cell("7")] * 7])


def disputes_as_rows(t: Tables) -> None:
    results = [cell(""), *t[2][2][:5]]
    labels = ("行政复议", "未经复议直接起诉", "复议后起诉")
    rows = [[cell(label), *t[2][3][5 * n : 5 * n + 5]] for n, label in enumerate(labels)]
    t[2][:] = [results, *rows]


def add_a_spacer_to_the_header(t: Tables) -> None:
    t[1][2].insert(0, cell(""))


@pytest.mark.parametrize(
    ("edit", "cells_lost", "issue"),
    [
        (drop_a_cell, 7, "cells_do_not_fit"),
        (add_a_figure, 7, "cells_do_not_fit"),
        (add_trailing_blanks, 0, None),
        (shuffle_columns, 0, None),
        (total_first, 0, None),
        (lose_a_column, 25, None),
        (lose_headers, 0, None),
        (overwrite_a_header, 0, None),
        (lose_a_row, 7, None),
        (lose_a_label, 0, None),
        (merge_down, 2, "cells_do_not_fit"),
        (merge_across, 2, "cells_do_not_fit"),
        (add_a_column, 0, "unknown_column"),
        (add_serial_numbers, 0, None),
        (add_a_row, 0, "unknown_label"),
        (add_a_subtotal, 0, "unknown_label"),
        (disputes_as_rows, 0, None),
        (add_a_spacer_to_the_header, 0, None),
    ],
)
@pytest.mark.parametrize("seed", SEEDS)
def test_an_edited_table(
    edit: Callable[[Tables], object], cells_lost: int, issue: str | None, seed: int
) -> None:
    made = make_report(seed)
    report = read_document(as_document(edited(made, edit)))
    assert lost(made, report) == cells_lost
    assert {each.kind for each in report.issues} == ({issue} if issue else set())


def test_a_lost_column_is_absent_and_nothing_shifts() -> None:
    made = make_report(1)
    report = read_document(as_document(edited(made, lose_a_column)))
    states = {each.column: each.state for each in report.cells if each.item == "received_new"}
    assert states["public_interest_org"] == "absent"
    assert states["legal_service_org"] == "number"


def repeat_body(page: str) -> str:
    body = page.split("<body>")[1].split("</body>", maxsplit=1)[0]
    return f"<html><body>{body}{body}</body></html>"


@pytest.mark.parametrize(
    "change",
    [
        repeat_body,
        lambda page: page.replace("医疗", "醫(yī)療(liáo)"),
        lambda page: page.replace("医疗", "<ruby>医<rt>yī</rt>疗<rt>liáo</rt></ruby>"),
        lambda page: page.replace("三、本年度办理结果", "<br>".join("三、本年度办理结果")),
        lambda page: page.replace("（三）不予公开", "<p>（</p><p>三）不</p><p>予公开</p>"),
        lambda page: page.replace("总计", "合计"),
        lambda page: page.replace(
            "<table", "<p>全年行政许可 3 件，行政处罚 5 件。</p><p>12</p><table"
        ),
        lambda page: page.replace(
            "<body>", "<body><table><tr><td>行政许可</td><td>99</td></tr></table>"
        ),
        lambda page: page.replace(
            "<p>五、", "<table><tr><td>1</td><td>行政处罚</td><td>77</td></tr></table><p>五、"
        ),
        lambda page: page.replace("<td", "<!--[if gte mso 9]>9<![endif]--><td"),
        lambda page: page.replace("<p>", "<p><script>行政许可 5</script>"),
    ],
    ids=[
        "body twice",
        "pinyin notes",
        "ruby",
        "one character a line",
        "a label in three paragraphs",
        "another word for total",
        "prose with figures before the tables",
        "a table in the menu",
        "a table below the report",
        "conditional comments",
        "scripts",
    ],
)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_surrounds_the_tables_changes_nothing(change: Callable[[str], str], seed: int) -> None:
    made = make_report(seed)
    assert lost(made, read_document(as_document(change(plain_html(made))))) == 0


@pytest.mark.parametrize("after", [1, 2, 5, 20, 24])
def test_a_table_in_two_with_its_header_repeated(after: int) -> None:
    made = make_report(3)
    assert lost(made, read_document(as_document(split_html(made, after)))) == 0


def test_when_the_copies_differ_neither_is_believed() -> None:
    made = make_report(4)
    page = plain_html(made)
    first = made.cells["applications", "received_new", "total"]
    row = page.index("本年新收")
    copy = page[:row] + page[row:].replace(f">{first}<", f">{int(first) + 1}<", 1)
    body = copy.split("<body>")[1].split("</body>")[0]
    report = read_document(as_document(page.replace("</body>", f"{body}</body>")))
    doubted = [each for each in report.cells if each.state == "ambiguous"]
    assert [issue.kind for issue in report.issues] == ["copies_differ"] * len(doubted)
    assert 1 <= len(doubted) <= 2
    assert doubted[0].value is None


def test_a_row_printed_twice_shows_both_as_they_stand() -> None:
    """The first has lost a cell, so that none of its figures has a place."""

    def with_a_torn_row_above(t: Tables) -> None:
        row = t[1][9]
        t[1].insert(9, row[:-4] + row[-3:])

    made = make_report(4)
    report = read_document(as_document(edited(made, with_a_torn_row_above)))
    sources = [issue.where for issue in report.issues if issue.kind == "row_repeated"]
    assert len(sources) == 7
    assert all(where.startswith("table 2, row 10; table 2, row 11, column") for where in sources)


def test_one_row_of_another_form_does_not_make_a_report_of_it() -> None:
    made = make_report(5, "2019-60")

    def add_a_row(t: Tables) -> None:
        label = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
        t[1].insert(-2, [cell(label, 1, 2), *[cell("9")] * 7])
        t[1][5][0] = cell(t[1][5][0][0], t[1][5][0][1] + 1)

    report = read_document(as_document(edited(made, add_a_row)))
    assert (report.template, lost(made, report)) == ("2019-60", 0)
    assert {issue.kind for issue in report.issues} == {"mixed_headers", "unknown_label"}


@pytest.mark.parametrize(
    "layout", [plain_html, piped_text, bare_line_text, spaced_text, run_together_text]
)
def test_headers_of_another_form_give_no_figures(layout: Callable[[MadeReport], str]) -> None:
    made = make_report(5)
    page = layout(made)
    for ours, theirs in (
        ("本年制发件数", "本年新制作数量"),
        ("本年废止件数", "本年新公开数量"),
        ("现行有效件数", "对外公开总数量"),
    ):
        page = page.replace(ours, theirs)
    report = read_document(as_document(page))
    assert report.template == "2021-30"
    assert lost(made, report) >= 6
    assert {cell.value for cell in report.cells if cell.column in PARAGRAPH_ONE} == {None}
    assert "mixed_headers" in {issue.kind for issue in report.issues}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "", "nonsense"])
def test_the_declared_charset_is_a_hint(encoding: str, declared: str) -> None:
    from opencc import OpenCC

    made = make_report(6)
    page = html_page(made, (html_table(rows) for rows in tables(made)), declared)
    if encoding == "big5":
        page = OpenCC("s2t").convert(page)
    body = page.encode(encoding, errors="xmlcharrefreplace")
    assert lost(made, read_document(as_document(body))) == 0


def test_a_cell_framed_by_a_table_of_its_own() -> None:
    made = make_report(7)

    def framed(text: str) -> str:
        return f"<div><table><tr><td>{escape(text)}</td></tr></table></div>"

    page = html_page(made, (html_table(rows, framed) for rows in tables(made)))
    assert lost(made, read_document(as_document(page))) == 0


def test_a_lost_column_under_a_heading_as_wide_as_the_form_has_it() -> None:
    made = make_report(8)
    rows = [list(row) for row in tables(made)[1]]
    rows[1] = [(text, down, across - (across == 5)) for text, down, across in rows[1]]
    rows[2] = [cell for cell in rows[2] if cell[0] != "科研机构"]
    rows[3:] = [row[:-5] + row[-4:] for row in rows[3:]]
    proactive, _, disputes = tables(made)
    page = html_page(made, (html_table(each) for each in (proactive, rows, disputes)))
    report = read_document(as_document(page))
    absent = {cell.column for cell in report.cells if cell.state == "absent"}
    assert (lost(made, report), absent) == (len(rows) - 3, {"research_institution"})


def test_a_word_of_its_own_before_the_fifteen_figures_of_table_four() -> None:
    made = make_report(9)
    proactive, applications, disputes = (list(map(list, rows)) for rows in tables(made))
    disputes[-1].insert(0, ("件数", 1, 1))
    page = html_page(made, map(html_table, (proactive, applications, disputes)))
    assert lost(made, read_document(as_document(page))) == 0


def test_a_word_among_the_figures_of_table_four_loses_its_own_cell_alone() -> None:
    made = make_report(9)
    made.cells["disputes", "litigation_direct", "upheld"] = "若干"
    report = read_document(as_document(html_page(made, map(html_table, tables(made)))))
    unread = [(cell.item, cell.column, cell.state) for cell in report.cells if cell.value is None]
    assert unread == [("litigation_direct", "upheld", "unreadable")]
