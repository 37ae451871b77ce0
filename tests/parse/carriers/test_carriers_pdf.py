"""What a PDF shows: lines that make cells, figures that cross them, pages on their side, page numbers, pictures."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pytest
from made_word import LANDSCAPE, word_report

from disclosure.errors import ReportError
from disclosure.parse import pdf
from disclosure.parse.pdf import read_pdf
from disclosure.parse.pdf_columns import cut_figures, read_part
from disclosure.parse.pdf_joins import join_overleaf
from disclosure.parse.pdf_lines import Line, lines_of, text_of
from disclosure.parse.pdf_page import Page
from disclosure.parse.pdf_rows import cut, parts_of
from disclosure.parse.pdf_rules import find_tables
from disclosure.parse.pdf_shapes import Glyph, Rule
from disclosure.parse.pdf_table import ReadTable, read_ruled
from disclosure.reading import read_any
from disclosure.records import Text
from parse.made_reports import as_document, make_report


def glyphs(text: str, left: float, top: float, size: float = 10.0) -> list[Glyph]:
    """A text's glyphs beside each other, half as wide as high; a space leaves room."""
    width = size / 2
    places = enumerate(text)
    return [
        Glyph(c, left + at * width, top, left + (at + 1) * width, top + size)
        for at, c in places
        if c != " "
    ]


def lattice(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    return [Rule(True, y, xs[0], xs[-1]) for y in ys] + [Rule(False, x, ys[0], ys[-1]) for x in xs]


def read(rules: list[Rule], text: list[Glyph]) -> list[list[str]]:
    (table,) = find_tables(rules)
    grid = read_ruled(table, text, "table", 1).grid
    return [[cell.text for cell in row] for row in grid.rows]


# --- lines of text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (glyphs("1234", 0, 0), "1234"),
        (glyphs("1 00", 0, 0), "1 00"),
        (glyphs("12", 0, 0) + glyphs("1", 10, 0, 6), "12[1]"),
        (glyphs("12", 0, 0) + glyphs("10", 10, 0, 6), "12[10]"),
        (glyphs("12", 0, 0) + glyphs("1", 10, 0, 8.5), "12[1]"),
        (glyphs("12", 0, 0) + glyphs("1", 10, 4, 6), "12\ufffd1"),
        (glyphs("1", 0, 4, 6) + glyphs("12", 3, 0), "1\ufffd12"),
        (glyphs("12", 0, 0) + glyphs("3", 10, 3), "12\ufffd3"),
        (
            sorted(glyphs("12", 0, 0) + glyphs("34", 3, 0), key=lambda each: each.left),
            "1\ufffd3\ufffd2\ufffd4",
        ),
    ],
)
def test_a_line_of_text(printed, text):
    assert text_of(printed) == text


def test_glyphs_in_any_order_make_lines():
    printed = glyphs("下", 0, 12) + glyphs("上", 0, 0)
    assert [line.text for line in lines_of(printed)] == ["上", "下"]


# --- ruled cells ---------------------------------------------------------------------------------


def test_cells_are_what_lines_enclose():
    text = glyphs("a", 2, 2) + glyphs("b", 52, 2) + glyphs("c", 2, 22)
    assert read(lattice((0, 50, 100), (0, 20, 40)), text) == [["a", "b"], ["c", ""]]


def test_a_missing_line_merges_cells():
    rules = [
        *(Rule(True, y, 0, 100) for y in (0, 20, 40)),
        *(Rule(False, x, 0, 40) for x in (0, 100)),
        Rule(False, 50, 20, 40),
    ]
    (table,) = find_tables(rules)
    assert table.is_whole
    assert [(c.row, c.column, c.rowspan, c.colspan) for c in table.cells] == [
        (0, 0, 1, 2),
        (1, 0, 1, 1),
        (1, 1, 1, 1),
    ]


def test_lines_drawn_in_pieces_and_twice():
    rules = lattice((0, 50, 100), (0, 20, 40))
    pieces = [
        Rule(rule.is_level, rule.at + shift, start, start + 10)
        for rule in rules
        for shift in (0, 0.8)
        for start in range(int(rule.start), int(rule.end), 10)
    ]
    assert read(pieces, glyphs("a", 2, 2)) == [["a", ""], ["", ""]]


def test_a_table_without_lines_at_its_sides():
    rules = [*(Rule(True, y, 0, 100) for y in (0, 20, 40)), Rule(False, 50, 0, 40)]
    assert read(rules, glyphs("a", 2, 2) + glyphs("1", 60, 22)) == [["a", ""], ["", "1"]]


def test_an_underline_is_no_table():
    assert find_tables([Rule(True, 10, 0, 50)]) == []


def test_a_figure_across_a_line_is_unreadable():
    (row,) = read(lattice((0, 50, 100), (0, 20)), glyphs("12345", 38, 2))
    assert all("\ufffd" in text for text in row)


def test_a_figure_that_hangs_out_of_the_table_is_unreadable():
    (row,) = read(lattice((0, 50, 100), (0, 20)), glyphs("12345", 82, 2))
    assert row[0] == ""
    assert "\ufffd" in row[1]


def test_a_digit_that_a_line_crosses_may_be_the_last_of_the_figure_before_it():
    (row,) = read(lattice((0, 50, 100), (0, 20)), glyphs("12\ufffd", 38, 2))
    assert all("\ufffd" in text for text in row)


def test_figures_that_touch_across_a_line_are_unreadable():
    (row,) = read(lattice((0, 50, 100), (0, 20)), glyphs("12", 40, 2) + glyphs("34", 50, 2))
    assert all("\ufffd" in text for text in row)


def test_a_figure_broken_for_want_of_room_is_one():
    text = glyphs("1806", 2, 2) + glyphs("4", 2, 12) + glyphs("1", 32, 2) + glyphs("4", 32, 12)
    assert read(lattice((0, 24, 60), (0, 30)), text) == [["18064", "1\n4"]]


def test_two_figures_set_to_the_right_are_two():
    text = glyphs("11", 48, 2) + glyphs("2", 53, 12)
    assert read(lattice((0, 60), (0, 30, 40)), text) == [["11\n2"], [""]]


def test_a_stroke_through_a_figure_is_no_line_of_the_table():
    text = glyphs("1111111", 5, 12) + glyphs("22", 10, 32)
    rules = [*lattice((0, 50, 100), (0, 30, 50)), Rule(True, 17, 4, 42)]
    (table,) = find_tables(rules, text)
    assert [round(cell.box.bottom) for cell in table.cells] == [30, 30, 50, 50]


# --- columns without lines -----------------------------------------------------------------------


def columns_of(rows: Sequence[str], pitch: float = 20.0) -> int | None:
    lines = [Line(tuple(glyphs(text, 0, at * pitch))) for at, text in enumerate(rows)]
    (part,) = [part for part in parts_of([cut(line) for line in lines]) if part.with_figures]
    found = read_part(part)
    is_certain = bool(found and found.rows) and all(row.is_certain for row in found.rows)
    return len(found.columns) if found and is_certain else None


TABLES = {
    "whole rows": (["许可    1    2", "处罚    3    4"], 20.0, 2),
    "a blank under a header": (["名称    甲     乙", "许可    1", "处罚    3     4"], 20.0, 2),
    "a column blank throughout": (["名称    甲     乙", "许可    1", "处罚    3"], 20.0, 2),
    "a blank first column, no labels": (["甲  " * 12, "   " + "1  " * 11], 20.0, 12),
    "a heading over several columns": (
        ["      甲甲甲   乙乙乙", "名称    甲    乙    丙", "许可    1    2", "处罚    3    4"],
        20.0,
        3,
    ),
    "a blank, where another row fills both columns": (["许可    1    2", "处罚    3"], 20.0, 2),
    "a blank in each row": (["许可    1    2    ", "处罚         3    4", "强制    5"], 20.0, 3),
    "a blank without a header": (["许可    1", "处罚         3"], 20.0, None),
    "a first column blank throughout": (
        ["名称    甲    乙    丙", "许可         1    2", "处罚         3    4"],
        20.0,
        3,
    ),
    "figures set left and right": (
        ["名称    甲甲甲    乙", "许可    1", "处罚               3"],
        20.0,
        None,
    ),
    "the rest of a broken figure": (
        ["名称    甲甲    乙乙", "许可    10    1538", "事项          2"],
        11.0,
        None,
    ),
    "the same with room for it": (
        ["名称    甲甲    乙乙", "许可    10    1538", "事项          2"],
        20.0,
        2,
    ),
    "a figure past reading": (
        ["名称    甲    乙", "许可    \ufffd    2", "处罚    3    4"],
        20.0,
        2,
    ),
    "lines too near": (["许可    1    2", "处罚    3    4"], 6.0, None),
    "figures without a label": (["许可    1    2", "        3    4"], 20.0, None),
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_without_lines(name):
    rows, pitch, count = TABLES[name]
    assert columns_of(rows, pitch) == count


@pytest.mark.parametrize(
    ("overleaf", "columns"),
    [
        ("            2", {1}),  # below a figure that fills its column
        ("      2", set()),  # below one that does not
        ("事项    2    4", set()),
        ("            第 2 页", set()),
    ],
)
def test_the_rest_of_a_figure_may_stand_overleaf(overleaf, columns):
    rows = ["名称    甲甲    乙乙", "许可    10    1538", "事项    1     1538"]
    lines = [Line(tuple(glyphs(text, 0, 20.0 * at))) for at, text in enumerate(rows)]
    (part,) = [part for part in parts_of([cut(line) for line in lines]) if part.with_figures]
    found = read_part(part)
    assert found is not None
    assert cut_figures(found, cut(Line(tuple(glyphs(overleaf, 0, 0))))) == columns


# --- tables that go on overleaf ------------------------------------------------------------------


def page_of_table(text: list[list[str]], page: int) -> ReadTable:
    """A table of three columns on a page of its own, each row 20 points high."""
    rules = lattice((0, 100, 130, 160), [20.0 * at for at in range(len(text) + 1)])
    (table,) = find_tables(rules)
    printed = [
        glyph
        for row, cells in enumerate(text)
        for left, cell in zip((2, 102, 132), cells, strict=True)
        for glyph in glyphs(cell, left, 20.0 * row + 2)
    ]
    return read_ruled(table, printed, "table", page)


@pytest.mark.parametrize(
    ("foot", "head", "joined"),
    [
        (["", "1", "2"], ["2.许可", "", ""], [["2.许可", "1", "2"]]),
        (["1.处罚", "1", "2"], ["2.许可", "", ""], [["1.处罚", "1", "2"], ["2.许可", "", ""]]),
        (["", "1", ""], ["2.许可", "", "3"], [["", "1", ""], ["2.许可", "", "3"]]),
    ],
)
def test_a_label_alone_overleaf_belongs_to_figures_without_one(foot, head, joined):
    pages = [[page_of_table([["名称", "甲", "乙"], foot], 1)], [page_of_table([head], 2)]]
    rows = [[cell.text for cell in row] for grid in join_overleaf(pages) for row in grid.rows]
    assert rows == [["名称", "甲", "乙"], *joined]


@pytest.mark.parametrize(
    ("foot", "head", "joined"),
    [
        (["3.危及", "1", "2"], ["“三安全”", "", ""], [["3.危及\n“三安全”", "1", "2"]]),
        (["行政", "1", "2"], ["许可", "", ""], [["行政\n许可", "1", "2"]]),
        (["规章", "", "2"], ["", "1", ""], [["规章", "1", "2"]]),
        (["规章", "", "2"], ["", "1", "3"], [["规章", "", "2"], ["", "1", "3"]]),
        (
            ["行政许可", "1", "2"],
            ["行政处罚", "", ""],
            [["行政许可", "1", "2"], ["行政处罚", "", ""]],
        ),
    ],
)
def test_a_row_cut_by_a_page_break_whatever_notes_stand_between(foot, head, joined):
    note = Text("1 含上年数据", "page 1")
    pages = [
        [page_of_table([["名称", "甲", "乙"], foot], 1), note],
        [page_of_table([head], 2)],
    ]
    blocks = list(join_overleaf(pages))
    rows = [[c.text for c in row] for grid in blocks if grid is not note for row in grid.rows]
    assert rows == [["名称", "甲", "乙"], *joined]
    assert blocks.index(note) == 1


@pytest.mark.parametrize(
    ("printed", "raised", "text"),
    [
        ("3", "12", "3[12]"),
        ("3", "注1", "3[注1]"),
        ("-", "12", "-¹²"),
        ("3件", "1", "3件¹"),
        ("许可", "1", "许可1"),
    ],
)
def test_small_raised_digits_are_a_mark(printed, raised, text):
    low = [Glyph(each, 10.0 * at, 0, 10.0 * at + 10, 10) for at, each in enumerate(printed)]
    end = low[-1].right
    high = [Glyph(e, end + 5.0 * at, 0, end + 5.0 * at + 5, 6) for at, e in enumerate(raised)]
    assert text_of([*low, *high]) == text


# --- page numbers and running heads --------------------------------------------------------------


def blank_page(number: int, *texts: tuple[str, float]) -> Page:
    printed = [glyph for text, top in texts for glyph in glyphs(text, 50, top)]
    return Page(number, 600, 800, tuple(printed))


def shown(pages: list[Page], monkeypatch) -> list[str]:
    monkeypatch.setattr(pdf, "read_pages", lambda body: iter(pages))
    return [block.text for block in pdf.read_pdf(b"").blocks if isinstance(block, Text)]


def test_page_numbers_and_running_heads_are_left_out(monkeypatch):
    pages = [
        blank_page(n, ("某局年报", 20), (f"第{n}段", 300), (f"- {n} -", 780)) for n in range(1, 4)
    ]
    assert shown(pages, monkeypatch) == ["第1段", "第2段", "第3段"]


def test_a_line_at_the_foot_that_counts_nothing_stays(monkeypatch):
    pages = [blank_page(1, ("一段", 300), ("特此报告", 780)), blank_page(2, ("二段", 300))]
    assert shown(pages, monkeypatch) == ["一段", "特此报告", "二段"]


# --- whole documents -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sideways(office) -> bytes:
    return office({"a.docx": word_report(make_report(5), page=LANDSCAPE)}, "pdf")["a"]


def saved(document: pypdfium2.PdfDocument, tmp_path) -> bytes:
    document.save(tmp_path / "turned.pdf")
    return (tmp_path / "turned.pdf").read_bytes()


def cells(body: bytes) -> list[tuple[object, ...]]:
    return [
        (c.table, c.item, c.column, c.value, c.state) for c in read_any(as_document(body)).cells
    ]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_laid_on_its_side_by_its_rotation(degrees, sideways, tmp_path):
    document = pypdfium2.PdfDocument(sideways)
    for page in document:
        page.set_rotation(degrees)
    assert cells(saved(document, tmp_path)) == cells(sideways)


@pytest.mark.parametrize(
    ("degrees", "matrix"), [(90, (0, 1, -1, 0)), (180, (-1, 0, 0, -1)), (270, (0, -1, 1, 0))]
)
def test_a_page_whose_text_is_set_sideways(degrees, matrix, sideways, tmp_path):
    source, turned = pypdfium2.PdfDocument(sideways), pypdfium2.PdfDocument.new()
    for number, page in enumerate(source):
        width, height = page.get_size()
        drawn = source.page_as_xobject(number, turned)
        drawn = drawn.as_pageobject() if hasattr(drawn, "as_pageobject") else drawn
        shift = {90: (height, 0), 180: (width, height), 270: (0, width)}[degrees]
        drawn.set_matrix(pypdfium2.PdfMatrix(*matrix, *shift))
        new = turned.new_page(*((width, height) if degrees == 180 else (height, width)))
        new.insert_obj(drawn)
        new.gen_content()
    assert cells(saved(turned, tmp_path)) == cells(sideways)


def test_columns_without_lines_are_read_where_they_are_sure(office):
    made = make_report(1)
    body = office({"a.docx": word_report(made, LANDSCAPE, 21, is_lined=False)}, "pdf")["a"]
    read_cells = [cell for cell in read_any(as_document(body)).cells if cell.value is not None]
    assert len(read_cells) > 60
    for cell in read_cells:
        assert str(cell.value) == made.cells[cell.table, cell.item, cell.column]


def test_a_pdf_of_pictures_says_so(tmp_path):
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(200, 200)
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(pypdfium2.PdfBitmap.new_native(10, 10, 4))
    picture.set_matrix(pypdfium2.PdfMatrix(200, 0, 0, 200, 0, 0))
    page.insert_obj(picture)
    page.gen_content()
    with pytest.raises(ReportError) as caught:
        read_pdf(saved(document, tmp_path))
    assert caught.value.kind == "tables_are_images"
