"""The pages of a PDF as what stands on them: glyphs, ruling lines and pictures.

With pdf_glyphs.py, pdf_drawn.py and pdf_sight.py the only door to pypdfium2. Positions are points from the top left corner of the page
as it is read, rotation undone. PDFium is not for several threads at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2

from disclosure.errors import ReportError
from disclosure.parse.pdf_drawn import NOTHING, Drawn, read_drawn
from disclosure.parse.pdf_glyphs import quarter_turns, read_characters, visible
from disclosure.parse.pdf_shapes import Glyph, Turn
from disclosure.parse.pdf_sight import Sight, check_pictures, look

MOST_PAGES = 400
MOST_CHARACTERS = 50_000  # a report has 5,000 to 20,000


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    drawn: Drawn = NOTHING
    unknown: int = 0  # characters that their font does not explain
    slanted: str = ""  # text that stands slanted, left out
    sight: Sight | None = None  # kept while the page is read, not longer: it is large


def read_pages(body: bytes) -> Iterator[Page]:
    """Given a PDF's bytes, yield its pages.

    Raises ReportError: encrypted, damaged, or unsupported_format where it is longer than any report.
    """
    document = _open(body)
    try:
        count = len(document)
        if count == 0:
            raise ReportError("damaged", "the PDF has no pages; fetch it again")
        if count > MOST_PAGES:
            raise ReportError("unsupported_format", f"a PDF of {count} pages is no yearly report")
        characters = pictured = 0
        for number in range(count):
            page = _read_page(document, number)
            characters += len(page.glyphs)
            pictured += page.sight.pictured if page.sight else 0
            check_pictures(pictured)
            if characters > MOST_CHARACTERS:
                message = f"a PDF of more than {MOST_CHARACTERS} characters is no yearly report"
                raise ReportError("unsupported_format", message)
            yield page
    finally:
        document.close()


def _open(body: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            message = "the PDF asks for a password; save it without one"
            raise ReportError("encrypted", message) from error
        message = "the PDF cannot be opened; fetch it again, or print it anew"
        raise ReportError("damaged", message) from error


def _read_page(document: Any, number: int) -> Page:
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise ReportError("damaged", f"page {number + 1} of the PDF cannot be opened") from error
    text = page.get_textpage()
    try:
        turns, turn, width, height = _turning(page, quarter_turns(text))
        printed = read_characters(text, turn, turns)
        heights = [each.glyph.bottom - each.glyph.top for each in printed.characters]
        sight = look(page, turns, (width, height), heights)
        glyphs = visible(printed, sight)
        shown = tuple(each for each in glyphs if _is_within(each, width, height))
        drawn = read_drawn(page, turn, width * height)
    finally:
        text.close()
        page.close()
    return Page(number + 1, width, height, shown, drawn, printed.unknown, printed.slanted, sight)


def _is_within(glyph: Glyph, width: float, height: float) -> bool:
    """Whether a glyph is on the page or just beside it: a figure cut by the page's edge must not lose digits."""
    return -width < glyph.left < 2 * width and -height < glyph.top < 2 * height


# --- rotation ------------------------------------------------------------------------------------


def _turning(page: Any, quarters: int | None) -> tuple[int, Turn, float, float]:
    """The quarter turns, clockwise, by which the page is laid to be read, how a point of the file becomes a point of the
    page as it then lies, and its width and height."""
    left, bottom, right, top = page.get_bbox()
    wide, high = right - left, top - bottom
    # Text says how it wants to be read; a page's own rotation may lay it on its side.
    turned = (page.get_rotation() // 90) % 4 if quarters is None else quarters
    turns: tuple[Turn, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    return turned, turns[turned], *((wide, high) if turned % 2 == 0 else (high, wide))
