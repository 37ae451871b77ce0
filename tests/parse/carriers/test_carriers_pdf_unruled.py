"""The form in a PDF whose tables have no lines, or only some: what geometry decides is read, the rest is null."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from made_pdf import A4, Sheet, Style, form_pdf, none

from disclosure.errors import ReportError
from disclosure.parse.pdf_labels import WAYS, Line, find_labels
from disclosure.parse.pdf_rows import cut
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
