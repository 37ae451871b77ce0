"""A PDF with a text layer becomes blocks: ruled tables with true spans, everything else as pdf_texts.py finds it.

Running heads and page numbers are left out, by where they stand and how they repeat. Form fields and annotations are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from disclosure.errors import ReportError
from disclosure.parse.pdf_halves import halves, named
from disclosure.parse.pdf_joins import join_overleaf
from disclosure.parse.pdf_known import as_one_page, find_known
from disclosure.parse.pdf_known_disputes import find_disputes
from disclosure.parse.pdf_known_grid import disputes_grid, grid_of
from disclosure.parse.pdf_lines import Line, lines_of
from disclosure.parse.pdf_page import Page, read_pages
from disclosure.parse.pdf_rules import Ruled, find_tables
from disclosure.parse.pdf_running import running_text
from disclosure.parse.pdf_shapes import Box
from disclosure.parse.pdf_table import ReadTable, read_ruled
from disclosure.parse.pdf_texts import Texts
from disclosure.records import Content, Grid, Issue, Text

_LARGE = 0.03  # of the page's area: a picture, not a seal's corner or a bullet


class _Layout(NamedTuple):
    """What stands on a page: its tables, and the lines outside of them."""

    page: Page
    tables: list[Ruled]
    lines: list[Line]


def read_pdf(body: bytes) -> Content:
    """Given a PDF's bytes, return its blocks.

    Raises ReportError: encrypted, damaged, unsupported_format, tables_are_images where no page has text, or undecodable
    where its fonts do not say which characters they print.
    """
    layouts: list[_Layout] = []
    names: list[str] = []
    for sheet in read_pages(body):
        for page, name in halves(sheet):
            names.append(name)
            layouts.append(_layout(replace(page, number=len(names))))
    pictures = sum(_large_pictures(layout.page) for layout in layouts)
    if not any(layout.page.glyphs for layout in layouts):
        raise _no_text(pictures)
    if sum(page.unknown for page, *_ in layouts) * 2 > sum(
        len(page.glyphs) for page, *_ in layouts
    ):
        message = "the PDF's fonts do not say which characters they print; ask for the Word file"
        raise ReportError("undecodable", message)
    furniture = running_text([(layout.page, layout.lines) for layout in layouts])
    pages: list[list[Text | Grid | ReadTable]] = []
    issues = [issue for layout in layouts for issue in _left_out(layout.page)]
    texts = Texts(issues)
    tables = 0
    lines = [_without(layout.lines, furniture) for layout in layouts]
    known, lines = _known(layouts, lines)
    for layout, own, overleaf in zip(layouts, lines, [*lines[1:], []], strict=True):
        blocks = _page_blocks(layout, own, tables, texts, overleaf)
        placed = sorted([*blocks, *known[layout.page.number - 1]], key=itemgetter(0))
        pages.append([block for _, block in placed])
        tables += len(layout.tables)
    content = Content(tuple(join_overleaf(pages)), "pdf", {}, tuple(issues), pictures)
    return content if names[-1] == f"page {len(names)}" else named(content, names)


def _no_text(pictures: int) -> ReportError:
    if pictures:
        message = "its pages are pictures; type the tables in or ask the agency for a text version"
        return ReportError("tables_are_images", message)
    return ReportError("empty", "the PDF has neither text nor pictures")


def _left_out(page: Page) -> Iterator[Issue]:
    """What of a page's text is not read."""
    place = f"page {page.number}"
    if page.slanted:
        message = (
            f"text that stands slanted, such as a watermark, is left out: {page.slanted[:40]!r}"
        )
        yield Issue("slanted_text", place, message)
    if page.unknown:
        message = (
            f"the font does not say what {page.unknown} characters are; none is taken for a figure"
        )
        yield Issue("unknown_characters", place, message)


def _layout(page: Page) -> _Layout:
    tables = find_tables(page.drawn.rules, page.glyphs, page.drawn.shades)
    outside = [
        glyph
        for glyph in page.glyphs
        if not any(
            _is_in((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2, table.box)
            for table in tables
        )
    ]
    if page.sight:
        for cell in (cell for table in tables for cell in table.cells):
            cell.is_marked = page.sight.is_marked(cell.box)
    return _Layout(replace(page, sight=None), tables, lines_of(outside))


def _is_in(across: float, down: float, box: Box) -> bool:
    return box.left <= across < box.right and box.top <= down < box.bottom


def _large_pictures(page: Page) -> int:
    area = page.width * page.height
    return sum(
        (b.right - b.left) * (b.bottom - b.top) >= _LARGE * area for b in page.drawn.pictures
    )


def _known(
    layouts: Sequence[_Layout], lines: Sequence[Sequence[Line]]
) -> tuple[list[list[tuple[float, Grid]]], list[list[Line]]]:
    """For each page, tables three and four where their words say what stands in them, with their tops, and the lines that are
    left."""
    found: list[list[tuple[float, Grid]]] = [[] for _ in layouts]
    taken: set[int] = set()
    boxes = [[table.box for table in layout.tables] for layout in layouts]
    pieces = as_one_page(lines)
    for table in find_known(pieces):
        first = table.rows[0].label.pieces[0]
        found[first.page].append((first.line.box.top, grid_of(table, boxes)))
        heads = (piece for word in table.headings for piece in word.pieces)
        taken |= {id(glyph) for piece in (*table.pieces, *heads) for glyph in piece.line.glyphs}
    for row in find_disputes(pieces):
        own = [piece for stack in row.figures for piece in stack]
        found[own[0].page].append((own[0].line.box.top, disputes_grid(row, boxes)))
        taken |= {id(glyph) for piece in own for glyph in piece.line.glyphs}
    return found, [_without(page, taken) for page in lines]


def _without(lines: Sequence[Line], taken: Set[int]) -> list[Line]:
    """The lines without some glyphs."""
    left = [tuple(glyph for glyph in line.glyphs if id(glyph) not in taken) for line in lines]
    return [Line(glyphs) for glyphs in left if glyphs]


# --- blocks --------------------------------------------------------------------------------------


def _page_blocks(
    layout: _Layout, lines: Sequence[Line], tables: int, texts: Texts, overleaf: Sequence[Line]
) -> list[tuple[float, Text | Grid | ReadTable]]:
    """What stands on a page, each block with its top."""
    page = layout.page
    placed: list[tuple[float, Text | Grid | ReadTable]] = []
    for number, table in enumerate(layout.tables, tables + 1):
        place = f"page {page.number}, table {number}"
        if not table.is_whole:
            message = "a line is missing in it, so that a cell has no four corners"
            texts.issues.append(Issue("lines_incomplete", place, message))
        beside = [
            glyph
            for glyph in page.glyphs
            if table.box.top <= (glyph.top + glyph.bottom) / 2 < table.box.bottom
        ]
        placed.append((table.box.top, read_ruled(table, beside, place, page.number)))
    taken = [table.box for table in layout.tables]
    levels = [(rule.at, rule.start, rule.end) for rule in page.drawn.rules if rule.is_level]
    for top, text in texts.read(lines, levels, page.number, taken, overleaf):
        placed.append((top, text))
    return placed
