"""The form in a PDF whose tables have no lines, or only some: what geometry decides is read, the rest is null."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from made_pdf import A4, Sheet, Style, form_pdf, none

from disclosure.errors import ReportError
from disclosure.parse.pdf_bands import find_bands
from disclosure.parse.pdf_columns import Column
from disclosure.parse.pdf_headings import headings_of
from disclosure.parse.pdf_labels import WAYS, Line, find_labels
from disclosure.parse.pdf_rows import cut, label_edges, parts_of
from disclosure.parse.pdf_shapes import Glyph
from disclosure.reading import read_any
from parse.carriers.test_carriers_round_trip import differences
from parse.made_reports import as_document, make_report


def level(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    sheet.line(left, top, right, top)
    sheet.line(left, bottom, right, bottom)


def upright(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    sheet.line(left, top, left, bottom)
    sheet.line(right, top, right, bottom)


WHOLE = {
    "landscape": Style(borders=none, page=A4[::-1]),
    "landscape, labels above the middle": Style(borders=none, page=A4[::-1], valign=0),
    "level lines only": Style(borders=level, page=A4[::-1]),
    "level lines only, narrow labels at the left": Style(
        borders=level, size=7, pad=1, label=0.25, align=0, valign=0
    ),
    "upright lines only": Style(borders=upright, page=A4[::-1]),
    "portrait, small": Style(borders=none, size=7, pad=2),
    "portrait, labels of many lines": Style(borders=none, size=7, pad=2, label=0.25),
}


@pytest.mark.parametrize("template", ["2021-30", "2019-60"])
@pytest.mark.parametrize("name", WHOLE)
def test_tables_that_geometry_decides_are_read(name, template):
    made = make_report(21, template)
    assert differences(read_any(as_document(form_pdf(made, WHOLE[name]))), made) == []


@pytest.mark.parametrize("seed", range(24))
def test_whatever_is_read_was_printed(seed):
    """Narrow columns, blanks and page breaks leave much undecided; nothing is guessed."""
    chance = random.Random(seed)
    style = replace(
        chance.choice(list(WHOLE.values())),
        size=chance.choice((6, 7, 8, 9, 10.5, 12)),
        pad=chance.choice((0.5, 1, 2, 3)),
        label=chance.choice((0.15, 0.25, 0.35, 0.45)),
        leading=chance.choice((1.0, 1.15, 1.3, 1.6)),
        page=chance.choice((A4, A4[::-1])),
    )
    made = make_report(seed, chance.choice(("2021-30", "2019-60")), chance.choice((0, 0.1, 0.3)))
    try:
        report = read_any(as_document(form_pdf(made, style)))
    except ReportError as error:
        assert error.kind == "not_a_report"
        return
    for cell in report.cells:
        printed = made.cells[cell.table, cell.item, cell.column]
        assert cell.state != "blank" or not printed, cell
        assert cell.value is None or str(cell.value) == printed, cell


def partial(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    """A line below some cells only, which part no rows."""
    if round(left) % 3:
        sheet.line(left, bottom, right, bottom)


@pytest.mark.parametrize("borders", [level, partial])
@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_read_between_level_lines_was_printed(seed, borders):
    made = make_report(300 + seed, ("2021-30", "2019-60")[seed % 2], blanks=0.2)
    style = Style(borders=borders, size=(6, 8, 10.5)[seed % 3], align=seed % 3 / 2, page=A4[::-1])
    for cell in read_any(as_document(form_pdf(made, style))).cells:
        printed = made.cells[cell.table, cell.item, cell.column]
        assert cell.state != "blank" or not printed, cell
        assert cell.value is None or str(cell.value) == printed, cell


# --- rows between level lines --------------------------------------------------------------------


Placed = tuple[str, float, float]  # a text, its left and its top


def between(texts: list[Placed], levels: list[tuple[float, float]]) -> list[str] | None:
    """The labels of the rows that level lines part, each given by its height and where it begins."""
    lines = [Line(tuple(glyph for each in texts if each[2] == top for glyph in line(each[0], top, each[1]).glyphs)) for top in sorted({top for _, _, top in texts})]  # fmt: skip
    rules = [(at, start, 220.0) for at, start in levels]
    found = find_bands([cut(each) for each in lines], rules, (200, 220), dict.fromkeys(WAYS, frozenset()))  # type: ignore[arg-type]  # fmt: skip
    return None if found is None else ["".join(x.text for x in row.label) for row in found]


BANDS = {
    "a label above and below its figures": ([("规", 100, 2), ("12", 200, 9), ("章", 100, 16), ("许可", 100, 32), ("12", 200, 32)], [(0, 0), (30, 0), (60, 0)], ["规章", "许可"]),
    "the name of a group further left": ([("处理", 0, 2), ("规章", 100, 2), ("12", 200, 2), ("结果", 0, 32), ("许可", 100, 32), ("12", 200, 32)], [(0, 0), (30, 90), (60, 0)], ["规章", "许可"]),
    "the last row is not closed": ([("规章", 100, 2), ("12", 200, 2), ("许可", 100, 32), ("12", 200, 32), ("处罚", 100, 62), ("12", 200, 62)], [(0, 0), (30, 0), (60, 0)], ["规章", "许可", ""]),
    "several rows between two lines": ([("规章", 100, 2), ("12", 200, 2), ("许可", 100, 12), ("12", 200, 12), ("处罚", 100, 32), ("12", 200, 32)], [(0, 0), (30, 0), (60, 0)], None),
    "a line below the labels alone": ([("规章", 100, 2), ("12", 200, 2), ("许可", 100, 32), ("12", 200, 32)], [(0, 0), (60, 0)], None),
}  # fmt: skip


@pytest.mark.parametrize("name", BANDS)
def test_what_stands_between_two_lines_is_one_row(name):
    texts, levels, wanted = BANDS[name]
    assert between(texts, levels) == wanted


# --- columns of labels, and headings -------------------------------------------------------------


def test_the_name_of_a_group_that_touches_a_label_is_cut_from_it():
    lines = [line("（三）不予1.秘密", 0), *(line(f"{n}.秘密", 20 * n, 50) for n in (2, 3, 4))]
    assert label_edges(lines) == [50]
    assert [each.text for each in cut(lines[0], [50]).labels] == ["（三）不予", "1.秘密"]
    assert [each.text for each in cut(lines[0], [40]).labels] == ["（三）不予1.秘密"]


@pytest.mark.parametrize(
    ("header", "headings"),
    [
        (["            自然人    总计"], ["自然人", "总计"]),
        (["            法人或    总计", "            其他组织", "            自然人"], ["自然人", "总计"]),
        (["            自      总计", "            然", "            人"], ["自然人", "总计"]),
        (["            总计     自然人"], ["总计", "自然人"]),
        (["            自然     总计"], []),
    ],
)  # fmt: skip
def test_the_headings_of_columns_without_lines(header, headings):
    texts = [*header, "许可          1       2", "处罚          3       4"]
    rows = [cut(_spaced(text, 20.0 * at)) for at, text in enumerate(texts)]
    (part,) = [part for part in parts_of(rows) if part.with_figures]
    columns = [Column(120, 130), Column(200, 210)]
    found = headings_of(part, columns)
    assert ["".join(each.text for each in lines) for lines in found] == headings


def test_what_only_a_header_says_begins_a_table_wherever_it_stands():
    rows = ["许可              12", "信息内容    数量", "处罚              34"]
    parts = list(parts_of([cut(_spaced(text, 20.0 * at)) for at, text in enumerate(rows)]))
    assert [len(part.with_figures) for part in parts] == [1, 1]


def _spaced(text: str, top: float) -> Line:
    return Line(tuple(glyph for glyph in line(text, top).glyphs if glyph.text != " "))


# --- which label is whose ------------------------------------------------------------------------


def line(text: str, top: float, left: float = 0.0) -> Line:
    return Line(
        tuple(
            Glyph(c, left + 10 * at, top, left + 10 * (at + 1), top + 10)
            for at, c in enumerate(text)
        )
    )


def labelled(labels: list[tuple[str, float]], figures: list[float]) -> list[str] | None:
    """The labels of figures that stand at the given heights, "" for one that is uncertain."""
    rows = [cut(line("12", top, 200)) for top in figures]
    lines = [line(text, top) for text, top in labels]
    found = find_labels(rows, lines, [], dict.fromkeys(WAYS, frozenset()))  # type: ignore[arg-type]
    return None if found is None else ["".join(x.text for x in row.label) for row in found]


LABELS = {
    "each beside its figures": ([("规章", 0), ("许可", 20)], [0, 20], ["规章", "许可"]),
    "around their middle": (
        [("申请人无正当理由", 0), ("逾期不补", 12), ("其他", 36)], [6, 36], ["申请人无正当理由逾期不补", "其他"],
    ),
    "from the top": (
        [("申请人无正当理由", 0), ("逾期不补", 12), ("其他", 24)], [0, 24], ["申请人无正当理由逾期不补", "其他"],
    ),
    "to the bottom": (
        [("申请人无正当理由", 0), ("逾期不补", 12), ("其他", 24)], [12, 24], ["申请人无正当理由逾期不补", "其他"],
    ),
    "a short line does not go on": ([("其他", 0), ("申请人无正当理由", 12)], [6], None),
    "a line too many between rows": ([("规章", 0), ("数量", 20), ("许可", 40)], [0, 40], ["", ""]),
    "a heading below is left over": ([("规章", 0), ("许可", 20), ("四、情况", 50)], [0, 20], ["规章", "许可"]),
    "figures without a label": ([("规章", 0)], [0, 20], None),
}  # fmt: skip


@pytest.mark.parametrize("name", LABELS)
def test_which_label_is_whose(name):
    labels, figures, wanted = LABELS[name]
    assert labelled(labels, figures) == wanted
