"""What nobody sees of a PDF's page is not read; what is seen and cannot be told for sure is no figure, and no blank."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from made_pdf import A4, Borders, Style, form_sheets, none, pdf, solid

from disclosure.parse import pdf_sight
from disclosure.parse.pdf_glyphs import Character, Printed, visible
from disclosure.parse.pdf_shapes import Box, Glyph
from disclosure.parse.pdf_sight import Sight
from disclosure.reading import read_any
from disclosure.records import Report
from parse.carriers.test_carriers_round_trip import differences
from parse.made_reports import MadeReport, as_document, make_report

_TEXT = re.compile(r"BT /F (\S+) Tf 1 0 0 1 (\S+) (\S+) Tm <([0-9a-f]+)> Tj ET")
Change = Callable[[str, float, float, float], Iterable[str]]
"""What is drawn in place of a figure: its text, left, base line and size."""


def show(text: str, x: float, y: float, size: float, turn: str = "1 0 0 1") -> str:
    hexed = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {turn} {x:.2f} {y:.2f} Tm <{hexed}> Tj ET"


def patch(text: str, x: float, y: float, size: float, grey: int) -> str:
    return f"q {grey} g {x - 0.5:.2f} {y - 2:.2f} {len(text) * size / 2 + 1:.2f} {size + 1} re f Q"


def printed(made: MadeReport, change: Change, borders: Borders) -> Report:
    """The report with every figure of a table drawn as told."""
    sheets = form_sheets(made, Style(borders=borders, page=A4[::-1]))
    for sheet in sheets:
        sheet.drawn = [each for drawn in sheet.drawn for each in _changed(drawn, change)]
    return read_any(as_document(pdf(sheets)))


def _changed(drawn: str, change: Change) -> Iterator[str]:
    match = _TEXT.fullmatch(drawn)
    text = bytes.fromhex(match[4]).decode("utf-16-be") if match else ""
    if match and re.fullmatch(r"-?[\d.]+", text):
        yield from change(text, float(match[2]), float(match[3]), float(match[1]))
    else:
        yield drawn


SAME: dict[str, Change] = {
    "white figures before it": lambda t, x, y, s: ["1 g " + show("12", x - s, y, s) + " 0 g", show(t, x, y, s)],
    "figures cut away before it": lambda t, x, y, s: ["q 0 0 1 1 re W n " + show("12", x - s, y, s) + " Q", show(t, x, y, s)],
    "figures that paint nothing before it": lambda t, x, y, s: ["q 7 Tr " + show("12", x - s, y, s) + " Q", show(t, x, y, s)],
    "figures under a white patch before it": lambda t, x, y, s: [show("12", x - s, y, s), patch("12", x - s, y, s, 1), show(t, x, y, s)],
    "printed twice, a little aside": lambda t, x, y, s: [show(t, x, y, s), show(t, x + 0.4, y, s)],
    "with a shadow": lambda t, x, y, s: ["0.7 g " + show(t, x + 1.5, y - 1.5, s) + " 0 g", show(t, x, y, s)],
    "with a note's mark little smaller": lambda t, x, y, s: [show(t, x, y, s), show("1", x + len(t) * s / 2, y + 0.3 * s, 0.85 * s)],
    "underlined": lambda t, x, y, s: [show(t, x, y, s), f"0.5 w {x:.2f} {y - 1.2:.2f} m {x + len(t) * s / 2:.2f} {y - 1.2:.2f} l S"],
    "digit by digit": lambda t, x, y, s: [show(c, x + at * s / 2, y, s) for at, c in enumerate(t)],
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_a_figure_is_what_is_seen_of_it(name):
    made = make_report(31, blanks=0.1)
    assert differences(printed(made, SAME[name], solid), made) == []


DOUBTFUL: dict[str, Change] = {
    "under a black patch": lambda t, x, y, s: [show(t, x, y, s), patch(t, x, y, s, 0)],
    "struck out": lambda t, x, y, s: [show(t, x, y, s), f"0.6 w {x:.2f} {y + 0.35 * s:.2f} m {x + len(t) * s / 2:.2f} {y + 0.35 * s:.2f} l S"],
    "on its side": lambda t, x, y, s: [show(t, x + s / 2, y, s / 2, "0 1 -1 0")],
    "another figure over it": lambda t, x, y, s: [show("8888", x - 1.2, y, s), show(t, x, y, s)],
    "a lowered digit behind it": lambda t, x, y, s: [show(t, x, y, s), show("1", x + len(t) * s / 2, y - 0.2 * s, 0.85 * s)],
    "a small digit before it": lambda t, x, y, s: [show("1", x - s / 4, y, s / 2), show(t, x, y, s)],
    "a digit raised, of its own size": lambda t, x, y, s: [show(t, x, y, s), show("1", x + len(t) * s / 2, y + 0.3 * s, s)],
    "drawn, not printed": lambda t, x, y, s: [patch(t, x + 0.3 * s, y + 0.3 * s, s / 3, 0)],
}  # fmt: skip


# Where nothing encloses a cell, nothing says what is drawn in it.
PLACES = [
    (name, b)
    for name in DOUBTFUL
    for b in (solid, none)
    if name != "drawn, not printed" or b is solid
]


@pytest.mark.parametrize(("name", "borders"), PLACES)
def test_a_figure_that_is_not_sure_is_none(name, borders):
    """Nor is it a blank, nor do its neighbours move into its place."""
    chance, hit = random.Random(1), set()

    def change(text: str, x: float, y: float, size: float) -> Iterable[str]:
        if len(text) > 2 and chance.random() < 0.5:
            hit.add(text)
            return DOUBTFUL[name](text, x, y, size)
        return [show(text, x, y, size)]

    made = make_report(32)
    report = printed(made, change, borders)
    assert len(hit) > 10
    for cell in report.cells:
        wanted = made.cells[cell.table, cell.item, cell.column]
        assert cell.value is None or str(cell.value) == wanted, cell
        assert cell.state not in ("blank", "not_applicable"), cell
    if borders is solid:
        lost = {made.cells[c.table, c.item, c.column] for c in report.cells if c.value is None}
        assert lost and lost <= hit


def test_a_page_that_takes_too_long_to_draw_is_read_all_the_same(monkeypatch):
    monkeypatch.setattr(pdf_sight, "_MOST_OBJECTS", 10)
    made = make_report(33)
    report = printed(made, lambda text, x, y, size: [show(text, x, y, size)], solid)
    assert differences(report, made) == []


def seen(*dark: Box) -> Sight:
    """A white page of 40 by 30 points, a pixel each, with text that is black in these boxes."""
    page = bytearray(b"\xff" * 1200)
    for box in dark:
        for row in range(int(box.top), int(box.bottom)):
            page[40 * row + int(box.left) : 40 * row + int(box.right)] = bytes(
                int(box.right - box.left)
            )
    return Sight(40, 30, 1.0, 8.0, bytes(page), b"\xff" * 1200)


@pytest.mark.parametrize(
    ("told", "is_found"),
    [
        ([Box(4, 4, 8, 12)], True),
        ([Box(4, 4, 8, 12), Box(24, 12, 28, 20)], False),
        ([Box(4, 4, 8, 12), Box(26, 14, 30, 22)], False),
        ([Box(4, 4, 8, 12), Box(30, 20, 34, 28)], True),
    ],
)
def test_text_that_is_seen_and_not_told_is_found(told, is_found):
    found = seen(Box(4, 4, 8, 12), Box(24, 12, 28, 20)).untold(told)
    assert bool(found) == is_found
    assert all(24 <= box.left < 28 and 12 <= box.top < 20 for box in found)


@pytest.mark.parametrize(
    ("shade", "slanted", "is_sure"),
    [
        (225, [Box(0, 0, 60, 20)], True),
        (225, [], False),
        (20, [Box(0, 0, 60, 20)], False),
    ],
)
def test_a_pale_watermark_beside_a_digit_is_no_digit_that_is_not_told(shade, slanted, is_sure):
    page = bytearray(b"\xff" * 60 * 20)
    for row in range(6, 14):
        page[row * 60 + 20 : row * 60 + 25] = bytes([0] * 5)
        page[row * 60 + 25 : row * 60 + 30] = bytes([shade] * 5)
    sight = Sight(60, 20, 1.0, 10.0, bytes(page), b"\xff" * 60 * 20)
    digit = Character(Glyph("7", 20, 5, 25, 15), None, is_embedded=True)
    first, *_ = visible(Printed([digit], 0, "", slanted), sight)
    assert (first.text == "7") is is_sure
