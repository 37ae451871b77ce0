"""Tables three and four without lines, found by the words that the form prints in them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from made_pdf import A4, Style, form_pdf, none
from test_carriers_pdf import glyphs

from disclosure.parse.pdf_known import as_one_page, find_known
from disclosure.parse.pdf_known_disputes import find_disputes
from disclosure.parse.pdf_known_grid import disputes_grid, grid_of
from disclosure.parse.pdf_lines import lines_of
from disclosure.parse.pdf_shapes import UNSURE, Box
from disclosure.reading import read_any
from parse.carriers.test_carriers_round_trip import differences
from parse.made_reports import as_document, make_report

TYPES = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
LEFTS = [200 + 40 * at for at in range(7)]
SECRET, LAW, SAFETY = "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"
Placed = tuple[str, float, float]  # a text, its left and its top


def figures(texts: str, top: float) -> list[Placed]:
    """Seven cells, in columns; _ is a blank one."""
    return [(t, x, top) for t, x in zip(texts.split(), LEFTS, strict=True) if t != "_"]


HEADER = [(t, x, 0.0) for t, x in zip(TYPES, LEFTS, strict=True)]
ROWS = [
    *HEADER,
    (SECRET, 50, 20), *figures("1 2 3 4 5 6 21", 20),
    (LAW, 50, 40), *figures("0 _ 0 0 0 0 0", 40),
    (SAFETY, 50, 60), *figures("7 0 0 0 0 0 7", 60),
]  # fmt: skip


def tables(*pages: Sequence[Placed], taken: Sequence[Box] = ()) -> list[list[str]]:
    """The rows of the tables on the pages: each as its label and its cells, ? for one that is not sure."""
    lines = [lines_of([g for each in page for g in glyphs(*each)]) for page in pages]
    return [
        ["?" if UNSURE in cell.text else cell.text for cell in row]
        for table in find_known(as_one_page(lines))
        for row in grid_of(table, [taken] * len(pages)).rows
    ]


def row(label: str, cells: str) -> list[str]:
    return [label, *("" if each == "_" else each for each in cells.split())]


HEAD = ["", *TYPES]
WHOLE = [HEAD, row(SECRET, "1 2 3 4 5 6 21"), row(LAW, "0 _ 0 0 0 0 0"), row(SAFETY, "7 0 0 0 0 0 7")]  # fmt: skip


def changed(old: Placed, *new: Placed) -> list[Placed]:
    assert old in ROWS
    return [part for each in ROWS for part in (new if each == old else (each,))]


READ = {
    "as printed": ([ROWS], WHOLE),
    "a label on two lines, its figures between them": (
        [changed((LAW, 50, 40), ("2.其他法律", 50, 34), ("行政法规禁止公开", 50, 46))], WHOLE,
    ),
    "a label that begins above its figures": (
        [changed((LAW, 50, 40), ("2.其他法律", 50, 40), ("行政法规禁止公开", 50, 49.5))], WHOLE,
    ),
    "the name of a group touches a label": (
        [changed((LAW, 50, 40), ("不予公开2.其他法律行政法规禁止公开", 30, 40))], WHOLE,
    ),
    "the name of a group beside labels": ([[*ROWS, ("（三）不", 20, 32), ("予公开", 20, 44)]], WHOLE),
    "a heading on two lines": (
        [changed(("社会公益组织", 320, 0.0), ("社会公", 320, -6.0), ("益组织", 320, 6.0))], WHOLE,
    ),
    "headings that touch": (
        [[*ROWS[:2], ("科研机构社会公益组织", 282.5, 0.0), *ROWS[4:]]], WHOLE,
    ),
    "headings that touch, no figure between them": (
        [[*ROWS[:2], ("科研机构社会公益组织", 280, 0.0), *ROWS[4:]]], WHOLE,
    ),
    "figures before their headings": (
        [[(text, left - 10 if top and left >= 200 else left, top) for text, left, top in ROWS]], WHOLE,
    ),
    "a word among the figures": (
        [changed(("2", 240, 20), ("若干", 240, 20))],
        [HEAD, row(SECRET, "1 若干 3 4 5 6 21"), *WHOLE[2:]],
    ),
    "a figure on two lines that fills its column": (
        [changed(("21", 440, 20), ("21", 440, 15), ("3", 440, 26))],
        [HEAD, row(SECRET, "1 2 3 4 5 6 213"), *WHOLE[2:]],
    ),
    "two figures in a cell": (
        [changed(("6", 400, 20), ("6", 400, 15), ("1", 400, 26))],
        [HEAD, row(SECRET, "1 2 3 4 5 ? 21"), *WHOLE[2:]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_stands_beside_a_label_is_of_its_row(name):
    pages, wanted = READ[name]
    assert tables(*pages) == wanted


UNCERTAIN = {
    "figures between two labels": [*ROWS, *figures("8 8 8 8 8 8 8", 29.9)],
    "a label that the form does not know": changed((SAFETY, 50, 60), ("3.危及安全", 50, 60)),
    "more text behind a label": [
        *ROWS, ("办理", 130, 40),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 50, 10), *figures("0 0 0 0 0 0 0", 10),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", UNCERTAIN)
def test_rows_near_what_belongs_to_none_have_no_figures(name):
    page = [*UNCERTAIN[name], *_more_rows()]
    read = {label: cells for label, *cells in tables(page)[1:]}
    assert set(read[LAW]) == {"?"}
    assert set(read["5.属于三类内部事务信息"]) == {"0"}


def _more_rows() -> list[Placed]:
    labels = [
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
    ]
    return [
        part
        for at, label in enumerate(labels)
        for part in ((label, 50.0, 90.0 + 20 * at), *figures("0 0 0 0 0 0 0", 90 + 20 * at))
    ]


def test_a_row_that_a_page_break_cuts_is_one():
    first = [*ROWS[:8], *ROWS[8:15], ("2.其他法律", 50, 40), *figures("0 _ 0 0 0 0 0", 40)]
    rest = [("行政法规禁止公开", 50, 5), (SAFETY, 50, 25), *figures("7 0 0 0 0 0 7", 25)]
    assert tables(first, rest) == WHOLE


def test_a_header_that_is_printed_again_is_no_row():
    again = [*HEADER, *((text, left, top - 30) for text, left, top in ROWS if top == 60)]
    assert tables([each for each in ROWS if each[2] != 60], again) == WHOLE


def test_a_column_that_is_blank_is_known_by_its_heading():
    page = [each for each in ROWS if each[1] != LEFTS[2] or each[2] == 0]
    blank = [[*cells[:3], "", *cells[4:]] for cells in WHOLE[1:]]
    assert tables(page) == [HEAD, *blank]


def test_columns_without_headings_are_sure_where_rows_fill_two_beside_each_other():
    bare = [each for each in ROWS if each[2] > 0]
    assert tables(bare) == WHOLE[1:]
    without_one = [each for each in bare if each[1] != LEFTS[2]]
    assert tables(without_one) == []


def test_a_row_whose_figures_a_ruled_table_took_has_none():
    read = tables(ROWS, taken=[Box(300, 35, 400, 55)])
    assert [set(cells) == {"?"} for _, *cells in read[1:]] == [False, True, False]


# --- table four ----------------------------------------------------------------------------------

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
DISPUTES = [(text, 40.0 * at, 0.0) for at, text in enumerate(RESULTS * 3)]


def disputes(placed: Sequence[Placed], taken: Sequence[Box] = ()) -> list[list[str]]:
    lines = lines_of([g for each in placed for g in glyphs(*each)])
    return [
        ["?" if UNSURE in cell.text else cell.text for cell in disputes_grid(row, [taken]).rows[0]]
        for row in find_disputes(as_one_page([lines]))
    ]


def fifteen(texts: str, top: float) -> list[Placed]:
    lefts = (40.0 * at for at in range(15))
    return [(t, x, top) for t, x in zip(texts.split(), lefts, strict=True) if t != "_"]


BROKEN = "1234 0 0 0 0 0 0 0 0 0 0 0 0 0 1234"
DISPUTES_READ = {
    "all": (fifteen("1 0 0 2 3 0 0 0 0 0 0 4 0 0 4", 15), "1 0 0 2 3 0 0 0 0 0 0 4 0 0 4"),
    "blanks": (fifteen("1 _ 0 2 3 0 _ _ 0 0 0 4 0 0 _", 15), "1 _ 0 2 3 0 _ _ 0 0 0 4 0 0 _"),
    "broken figures, the others at their middle": (
        [(t, x, 15.0 if len(t) > 1 else 20.0) for t, x, _ in fifteen(BROKEN, 0)] + [("5", 0, 25), ("6", 560, 25)],
        "12345 0 0 0 0 0 0 0 0 0 0 0 0 0 12346",
    ),
    "two rows, one of last year": ([*fifteen("12 " + "0 " * 14, 15), *fifteen("34 " + "0 " * 14, 25)], "? " * 15),
    "a figure below no heading": ([*fifteen("1 _ 0 2 _ 0 0 0 0 0 0 4 0 0 4", 15), ("7", 67, 15)], None),
    "prose below the headings": ([("本年无", 0, 15)], None),
}  # fmt: skip


@pytest.mark.parametrize("name", DISPUTES_READ)
def test_what_stands_below_the_headings_of_table_four_is_its_row(name):
    row, wanted = DISPUTES_READ[name]
    page = [*DISPUTES, *row, ("五、存在的主要问题及改进情况", 0.0, 60.0)]
    expected = [] if wanted is None else [["" if t == "_" else t for t in wanted.split()]]
    assert disputes(page) == expected


def test_other_headings_are_not_table_four():
    assert disputes([*DISPUTES[:14], *fifteen("0 " * 15, 15)]) == []
    assert disputes([("总计", 0, 0), *DISPUTES[1:], *fifteen("0 " * 15, 15)]) == []


# --- whole reports -------------------------------------------------------------------------------

NARROW = {
    "small": Style(borders=none, size=6, pad=0.5, label=0.15),
    "wide lines": Style(borders=none, size=7, pad=1, label=0.25, leading=1.6, align=1, valign=0),
    "to the right": Style(borders=none, size=8, pad=1, label=0.25, align=1, valign=1),
    "large": Style(borders=none, size=10.5, pad=1, label=0.45, page=A4[::-1]),
}


@pytest.mark.parametrize("template", ["2021-30", "2019-60"])
@pytest.mark.parametrize("name", NARROW)
def test_narrow_columns_without_lines_are_read(name, template):
    made = make_report(40, template, blanks=0.1)
    report = read_any(as_document(form_pdf(made, NARROW[name])))
    wrong = [each for each in differences(report, made) if "table='applications'" in each]
    assert wrong == []
