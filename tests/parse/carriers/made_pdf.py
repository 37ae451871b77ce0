"""PDFs written by hand, operator by operator: the form's tables set as printers set them, with lines or without.

The text needs no font file: readers know the characters of a standard Chinese font by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from parse.made_reports import HEADINGS, MadeReport, Row, closing, opening, tables

A4 = (595.0, 842.0)
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 880"
    b"/Descent -120/ItalicAngle 0/CapHeight 880/StemV 80/FontBBox[0 -120 1000 880]>>>>]>>"
)


@dataclass
class Sheet:
    """A page to draw on, in points from its top left corner."""

    size: tuple[float, float] = A4
    drawn: list[str] = field(default_factory=list)

    def text(self, text: str, x: float, y: float, size: float = 9, turn: str = "1 0 0 1") -> None:
        """A line of text whose box begins at x, y."""
        hexed = text.encode("utf-16-be").hex()
        base = self.size[1] - y - 0.88 * size
        self.drawn.append(f"BT /F {size} Tf {turn} {x:.2f} {base:.2f} Tm <{hexed}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, style: str = "") -> None:
        high = self.size[1]
        self.drawn.append(
            f"q {style} 0.5 w {x0:.2f} {high - y0:.2f} m {x1:.2f} {high - y1:.2f} l S Q"
        )

    def box(self, x: float, y: float, wide: float, high: float, paint: str = "S") -> None:
        self.drawn.append(
            f"q 0.9 g 0.5 w {x:.2f} {self.size[1] - y - high:.2f} {wide:.2f} {high:.2f} re {paint} Q"
        )


def pdf(sheets: Sequence[Sheet], page: str = "", font: bytes = FONT, around: str = "{}") -> bytes:
    """A PDF of the sheets. `page` adds entries to each page, `around` is set around each page's operators."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(sheets)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>".encode())
    objects.append(font)
    for at, sheet in enumerate(sheets):
        wide, high = sheet.size
        stream = around.format("\n".join(sheet.drawn)).encode()
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide} {high}]/Contents {5 + 2 * at} 0 R"
            f"/Resources<</Font<</F 3 0 R>>>>{page}>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )


# --- the form's tables ---------------------------------------------------------------------------

Borders = Callable[[Sheet, float, float, float, float], None]
"""What is drawn around a cell: sheet, left, top, right, bottom."""


def solid(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    sheet.box(left, top, right - left, bottom - top)


def none(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    pass


@dataclass(frozen=True)
class Style:
    """How tables are set. `pad` is the room around a cell's text; `align` 0 is left, 0.5 centre, 1 right; `valign` likewise
    from the top; `label` is the share of the width that labels take."""

    size: float = 9
    pad: float = 3
    align: float = 0.5
    valign: float = 0.5
    label: float = 0.4
    leading: float = 1.3
    borders: Borders = solid
    page: tuple[float, float] = A4
    margin: float = 40
    splits_rows: bool = False


def width_of(text: str, size: float) -> float:
    return sum(size * (0.5 if character.isascii() else 1) for character in text)


def wrapped(text: str, wide: float, size: float) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and width_of(lines[-1] + character, size) > wide + 0.01:
            lines.append("")
        lines[-1] += character
    return lines


@dataclass
class _Cell:
    text: list[str]
    row: int
    column: int
    down: int
    across: int


class Press:
    """Sets lines of prose and tables one below the other, on as many pages as they need."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.sheets = [Sheet(style.page)]
        self.y = style.margin

    def prose(self, text: str) -> None:
        style = self.style
        for line in wrapped(text, style.page[0] - 2 * style.margin, 10):
            self._make_room(16)
            self.sheets[-1].text(line, style.margin, self.y, 10)
            self.y += 16

    def _make_room(self, high: float) -> None:
        if self.y + high > self.style.page[1] - self.style.margin:
            self.sheets.append(Sheet(self.style.page))
            self.y = self.style.margin

    def table(self, rows: Sequence[Row], widths: Sequence[float]) -> None:
        """Rows of (text, rows down, columns across) under columns of the given widths."""
        style = self.style
        xs = [style.margin, *accumulate(widths, initial=style.margin)][1:]
        cells = list(_placed(rows, xs, style))
        heights = _heights(cells, len(rows), style)
        at = 0
        while at < len(rows):
            if self.y + heights[at] > style.page[1] - style.margin:
                self._make_room(style.page[1])
            ends = at + 1
            room = style.page[1] - style.margin - self.y - heights[at]
            while ends < len(rows) and room >= heights[ends]:
                room -= heights[ends]
                ends += 1
            self._rows(cells, heights, xs, at, ends)
            at = ends

    def _rows(
        self,
        cells: Iterable[_Cell],
        heights: Sequence[float],
        xs: Sequence[float],
        at: int,
        ends: int,
    ) -> None:
        """The rows of one page; a cell that reaches over its end is cut there, its text on the first of its pages."""
        style, sheet = self.style, self.sheets[-1]
        ys = dict(enumerate(accumulate(heights[at:ends], initial=self.y), at))
        for cell in cells:
            first, last = max(cell.row, at), min(cell.row + cell.down, ends)
            if first >= last:
                continue
            left, right = xs[cell.column], xs[cell.column + cell.across]
            top, bottom = ys[first], ys[last]
            style.borders(sheet, left, top, right, bottom)
            if cell.row < at:
                continue
            step = style.leading * style.size
            y = (
                top
                + style.pad
                + style.valign * (bottom - top - 2 * style.pad - len(cell.text) * step)
            )
            for number, line in enumerate(cell.text):
                room = right - left - 2 * style.pad - width_of(line, style.size)
                x = left + style.pad + style.align * room
                sheet.text(line, x, y + number * step + (step - style.size) / 2, style.size)
        self.y = ys[ends]


def _placed(rows: Sequence[Row], xs: Sequence[float], style: Style) -> Iterable[_Cell]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + d, column + a) for d in range(down) for a in range(across)}
            wide = xs[column + across] - xs[column] - 2 * style.pad
            yield _Cell(wrapped(text, wide, style.size), number, column, down, across)
            column += across


def _heights(cells: Iterable[_Cell], rows: int, style: Style) -> list[float]:
    step = style.leading * style.size
    heights = [step + 2 * style.pad] * rows
    for cell in sorted(cells, key=lambda cell: cell.down):
        wanted = len(cell.text) * step + 2 * style.pad
        last = cell.row + cell.down
        heights[last - 1] += max(wanted - sum(heights[cell.row : last]), 0)
    return heights


def form_pdf(made: MadeReport, style: Style = Style(), **how: str) -> bytes:
    return pdf(form_sheets(made, style), **how)


def form_sheets(made: MadeReport, style: Style) -> list[Sheet]:
    press = Press(style)
    wide = style.page[0] - 2 * style.margin
    first, third, fourth = tables(made)
    count = sum(across for _, _, across in first[0])
    figure = wide * (1 - style.label)
    widths = (
        [wide * style.label, *[figure / (count - 1)] * (count - 1)],
        [wide * style.label * share for share in (0.17, 0.23, 0.6)] + [figure / 7] * 7,
        [wide / 15] * 15,
    )
    for text in opening(made):
        press.prose(text)
    for heading, rows, columns in zip(HEADINGS, (first, third, fourth), widths, strict=True):
        press.prose(heading)
        press.table(rows, columns)
    for text in closing(made):
        press.prose(text)
    return press.sheets
