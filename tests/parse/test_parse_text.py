"""Text that programs made of a page: whole pages joined into a line, tables drawn with strokes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from made_reports import (
    HEADINGS,
    LAYOUTS,
    MadeReport,
    as_document,
    bare_line_text,
    lost,
    make_report,
    plain_html,
    run_together_text,
    spaced_text,
    tables,
)

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


def test_markdown_may_escape_the_point_of_a_number() -> None:
    made = make_report(3)
    text = LAYOUTS["bare_line_text"](made).replace(".", "\\.").replace("-", "\\-")
    assert lost(made, read_document(as_document(text))) == 0


def test_where_labels_and_figures_stand_in_blocks_nothing_behind_a_label_is_believed() -> None:
    """As columns of a PDF come out: 34 and 0 are another row's, though they stand right behind a label."""
    text = """甲县医疗保障局2019年政府信息公开工作年度报告
二、主动公开政府信息情况
信息内容
规章
规范性文件
本年新制作数量
本年新公开数量
对外公开总数量
1
2
3
4
5
6
信息内容
政府集中采购
34
0
采购项目数量
采购总金额
53
1893.58
"""
    report = read_document(as_document(text))
    assert {cell.value for cell in report.cells} == {None}
    assert "cells_do_not_fit" in {issue.kind for issue in report.issues}


@pytest.mark.parametrize(
    "printed",
    ["12·5", "12\\5", "12'5", "12~15", "12^5", "12=5", "12..5", "12)", "12）", "12.", "12\ufffd"],
)
def test_a_number_that_goes_on_behind_a_sign_is_not_cut_there(printed: str) -> None:
    made = make_report(3)
    made.cells["proactive", "administrative_fees", "amount_10k_cny"] = printed
    report = read_document(as_document(LAYOUTS["bare_line_text"](made)))
    (fee,) = (cell for cell in report.cells if cell.item == "administrative_fees")
    assert fee.value is None


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_where_each_cell_has_a_line_two_figures_in_one_are_a_space_within(between: str) -> None:
    made = make_report(3)
    keys = [("applications", "granted_full", "total"), ("proactive", "rules", "issued")]
    made.cells.update(dict.fromkeys(keys, "1 00"))
    made.cells["applications", "granted_full", "natural_person"] = ""
    text = "\n".join(
        "\n".join([heading, between.join(c[0] for row in rows for c in row if c[0])])
        for heading, rows in zip(HEADINGS, tables(made), strict=True)
    )
    for key in keys:
        made.cells[key] = "-1"
    report = read_document(as_document(text))
    unread = {cell[1:3] for cell in report.cells if cell.value is None}
    assert lost(made, report) == 8
    assert {item for item, _ in unread} == {"granted_full", "rules"} and keys[1][1:] in unread


@pytest.mark.parametrize("layout", [spaced_text, bare_line_text])
def test_a_note_with_spaces_in_it_is_part_of_its_figure(
    layout: Callable[[MadeReport], str],
) -> None:
    made = make_report(3)
    noted = [("applications", "granted_full", "total"), ("proactive", "rules", "issued")]
    plain = dict(made.cells)
    made.cells.update({key: f"{made.cells[key]}（其中修订 1 件）" for key in noted})
    text = layout(made)
    made.cells.update(plain)
    assert lost(made, read_document(as_document(text))) == 0


def test_a_note_with_spaces_in_it_does_not_fill_the_places_of_lost_blanks() -> None:
    made = make_report(3)
    columns = ["legal_service_org", "other_org"]
    made.cells.update({("applications", "granted_full", each): "" for each in columns})
    key = ("applications", "granted_full", "total")
    made.cells[key] = f"{made.cells[key]}（其中修订 1 件）"
    text = re.sub(" +", " ", spaced_text(made))
    made.cells.update({each: "-1" for each in made.cells if each[1] == "granted_full"})
    assert lost(made, read_document(as_document(text))) >= 7


@pytest.mark.parametrize("layout", [run_together_text, bare_line_text, spaced_text])
@pytest.mark.parametrize("other_at", range(4))
def test_a_column_of_others_that_is_not_the_last_is_seen_in_running_text(
    other_at: int, layout: Callable[[MadeReport], str]
) -> None:
    made = make_report(1)
    names = ["商业企业", "科研机构", "社会公益组织", "法律服务机构"]
    for between in ("", "\n", " "):
        printed, swapped = [*names, "其他"], [*names[:other_at], "其他", *names[other_at:]]
        text = layout(made).replace(between.join(printed), between.join(swapped))
        if text != layout(made):
            break
    report = read_document(as_document(text))
    assert {cell.value for cell in report.cells if cell.table == "applications"} == {None}
    assert {cell.state for cell in report.cells} <= {"number", "ambiguous"}


APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
# Persons behind 法人或其他组织, as the columns of a table can be moved.
MOVED_HEADER = [
    "||（本列数据的勾稽关系为：）",
    "||法人或其他组织|||||自然人|总计",
    "||" + "|".join(APPLICANTS[1:6]) + "||",
]


def test_a_header_of_two_rows_is_put_together_in_the_order_of_its_upper_row() -> None:
    made = make_report(1)
    rows = [
        "||".join([label, "|".join([*figures[1:6], figures[0], figures[6]])])
        for label, figures in figures_of_applications(made)
    ]
    text = "\n".join(["三、收到和处理政府信息公开申请情况", *MOVED_HEADER, *rows])
    report = read_document(as_document(text))
    assert lost(made, report) == len(report.cells) - 25 * 7


def figures_of_applications(made: MadeReport) -> list[tuple[str, list[str]]]:
    rows = [[text for text, _, _ in row] for row in tables(made)[1][3:]]
    return [(row[-8], row[-7:]) for row in rows]


def test_names_that_ran_together_tell_their_order_too() -> None:
    made = make_report(1)
    header = "类别商业企业科研机构社会公益组织法律服务机构其他自然人总计"
    rows = [label + " ".join(figures) for label, figures in figures_of_applications(made)]
    text = "\n".join(["三、收到和处理政府信息公开申请情况", header, *rows])
    report = read_document(as_document(text))
    assert {cell.value for cell in report.cells} == {None}


def test_a_header_that_comes_again_without_its_first_name_is_no_surer() -> None:
    """总计 first; where the table goes on, a lone 总计 is no header's beginning."""
    made = make_report(1)
    header = "\n".join((APPLICANTS[6], *APPLICANTS[:6]))
    rows = [
        "\n".join([label, figures[6], *figures[:6]])
        for label, figures in figures_of_applications(made)
    ]
    rows.insert(9, header)
    text = "\n".join(["三、收到和处理政府信息公开申请情况", header, *rows])
    report = read_document(as_document(text))
    assert {cell.value for cell in report.cells} == {None}


@pytest.mark.parametrize("layout", [spaced_text, bare_line_text])
@pytest.mark.parametrize(
    ("printed", "state"),
    [
        *[(f"7{mark}", "number") for mark in ("①", "²", "件", "条", "人次", " 件", "项*", "[1]")],
        ("100+", "unreadable"),
        *[(sign, "not_applicable") for sign in ("/", "-", "--", "—", "——", "无", "不适用")],
    ],
)
def test_what_one_figure_has_beside_it_costs_no_other(
    printed: str, state: str, layout: Callable[[MadeReport], str]
) -> None:
    made = make_report(3)
    odd = [
        ("applications", "denied_state_secret", "research_institution"),
        ("applications", "processed_total", "natural_person"),
        ("applications", "carried_out", "total"),
        ("proactive", "administrative_penalty", "decisions"),
        ("proactive", "rules", "repealed"),
    ]
    made.cells.update(dict.fromkeys(odd, printed))
    text = layout(made)
    made.cells.update(dict.fromkeys(odd, "7"))
    report = read_document(as_document(text))
    assert {cell[:3] for cell in report.cells if cell.state == state} >= set(odd)
    assert lost(made, report) == (0 if state == "number" else len(odd))


@pytest.mark.parametrize(
    "sentence", ["行政处罚 17 件，行政强制 2 件。", "行政处罚 17 条，", "行政处罚 无，"]
)
def test_a_sentence_that_begins_with_a_label_is_no_row(sentence: str) -> None:
    made = make_report(3)
    key = ("proactive", "administrative_penalty", "decisions")
    made.cells[key] = ""
    text = bare_line_text(made).replace(HEADINGS[1], f"{sentence}\n{HEADINGS[1]}", 1)
    report = read_document(as_document(text))
    assert next(cell.value for cell in report.cells if cell[:3] == key) is None


@pytest.mark.parametrize("printed", ["若干", "约30", "〇", "--253", "1/2", "1 00"])
def test_where_each_cell_has_a_line_what_is_no_figure_costs_itself_alone(printed: str) -> None:
    made = make_report(3)
    odd = [
        ("applications", "denied_state_secret", "research_institution"),
        ("applications", "processed_total", "natural_person"),
        ("applications", "carried_out", "other_org"),
    ]
    made.cells.update(dict.fromkeys(odd, printed))
    text = bare_line_text(made)
    made.cells.update(dict.fromkeys(odd, "-1"))
    assert lost(made, read_document(as_document(text))) == len(odd)


@pytest.mark.parametrize("between", ["\n", " "])
def test_a_channel_whose_label_has_its_heading_before_it(between: str) -> None:
    made = make_report(3)
    labels = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    figures = [cell for key, cell in made.cells.items() if key[0] == "disputes"]
    rows = [["类别", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]]
    rows += [[label, *figures[n : n + 5]] for label, n in zip(labels, (0, 5, 10), strict=True)]
    body = [between.join(row) for row in rows]
    text = "\n".join([bare_line_text(made).partition(HEADINGS[2])[0], HEADINGS[2], *body])
    assert lost(made, read_document(as_document(text))) == 0


@pytest.mark.parametrize("layout", [bare_line_text, spaced_text])
@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("4.无正当理由大量反复申请", "4.无正当理由、大量反复申请"),
        ("5.属于三类内部事务信息", "５.属于三类内部事务信息"),
        ("1.信访举报投诉类申请", "①信访、举报、投诉类申请"),
    ],
)
def test_a_label_in_other_words_is_one_in_running_text_too(
    label: str, words: str, layout: Callable[[MadeReport], str]
) -> None:
    made = make_report(3)
    text = layout(made)
    assert label in text
    assert lost(made, read_document(as_document(text.replace(label, words)))) == 0


@pytest.mark.parametrize("number", ["3 / 7", "— 3 —", "- 3 -"])
def test_a_page_number_below_a_row_of_cell_lines_is_no_figure(number: str) -> None:
    made = make_report(3)
    label = "7.属于行政执法案卷"
    text = bare_line_text(made).replace(label, f"{number}\n{label}")
    assert lost(made, read_document(as_document(text))) == 0


@pytest.mark.parametrize("sign", ["/", "—", "无"])
def test_a_sign_that_ran_into_the_next_label_is_a_cell_of_its_own(sign: str) -> None:
    made = make_report(1, "2019-60")
    row = ("proactive", "other_external_services")
    figures = {(*row, "prior_year_items"): "20", (*row, "items_change"): "3"}
    made.cells.update(figures | {(*row, "decisions"): sign})
    text = run_together_text(made).replace(f"203{sign}\n", f"203{sign}")
    assert f"203{sign}第" in text
    made.cells[*row, "decisions"] = "-1"
    lost(made, read_document(as_document(text)))


def test_a_word_behind_six_figures_is_no_seventh() -> None:
    made = make_report(3)
    of_row = {key: "-1" for key in made.cells if key[1] == "denied_enforcement_file"}
    lines = bare_line_text(made).split("\n")
    lines[lines.index("7.属于行政执法案卷") + 7] = "类别"
    made.cells.update(of_row)
    report = read_document(as_document("\n".join(lines)))
    lost(made, report)
    assert {cell.value for cell in report.cells if cell[:3] in of_row} == {None}


def test_the_ordinal_of_the_next_row_is_no_cell_of_the_one_before() -> None:
    made = make_report(3)
    text = bare_line_text(made)
    label = "8.属于行政查询事项"
    figures = [str(11 * n) for n in range(1, 7)]
    before, _, rest = text.partition(label)
    behind = rest.split("\n")[8:]
    torn = "\n".join([before + label, *figures, "9.其他", *figures, "7", *behind])
    report = read_document(as_document(torn))
    of_row = [c for c in report.cells if c.item == "denied_administrative_query"]
    assert {cell.value for cell in of_row} == {None}


def test_figures_below_the_labels_of_two_rows_are_not_the_second_s() -> None:
    """规章 and 行政处罚 have the figures, whose lines stand below the labels of both rows; the other's are blank."""
    made = make_report(3)
    made.cells["proactive", "rules", "issued"] = ""
    text = bare_line_text(made)
    for first, second, figures in (
        ("规章", "行政规范性文件", ["17", "2", "88"]),
        ("行政处罚", "行政强制", ["35159"]),
    ):
        before, rest = text.split(f"\n{first}\n", 1)
        after = rest.split(f"\n{second}\n", 1)[1].split("\n")
        text = "\n".join([before, first, second, *figures, *after[len(figures) :]])
    report = read_document(as_document(text))
    read = {cell.item: cell.value for cell in report.cells if cell.table == "proactive"}
    assert read["normative_documents"] is read["administrative_compulsion"] is None


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize("seed", range(6))
def test_full_width_digits_that_ran_together_are_split_as_others_are(seed: int) -> None:
    made = make_report(seed)
    full = replace(made, cells={k: v.translate(FULL_WIDTH) for k, v in made.cells.items()})
    reports = [read_document(as_document(run_together_text(each))) for each in (made, full)]
    assert lost(made, reports[0]) == lost(made, reports[1])


def test_full_width_digits_among_others_begin_figures_too() -> None:
    made = make_report(1)
    row = [key for key in made.cells if key[1] == "normative_documents"]
    made.cells.update(zip(row, ("22", "６７９６７", "5"), strict=True))
    report = read_document(as_document(run_together_text(made)))
    assert [c.value for c in report.cells if c[:3] in row] == [None] * 3


def test_a_page_in_one_line_with_commas_is_no_sheet() -> None:
    made = make_report(1)
    text = run_together_text(made).replace("，", ",").replace("\n", "")
    lost(made, read_document(as_document(text)))
