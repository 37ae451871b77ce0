"""Lines become stretches: the lines of one table, from a heading or a header that begins it to the next.

A stretch is handed on with its shape (shapes.py), so that its rows are worked out once for all stretches of that shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from disclosure.form import Table, Template
from disclosure.parse.headers import names_another_form, names_out_of_order
from disclosure.parse.labels import Mark, is_of_another_year, mark
from disclosure.parse.lines import Line
from disclosure.parse.shapes import FIGURE, line_shape
from disclosure.records import Grid, GridCell, LineShape

LEAST_RUN = (
    5  # characters: fewer in all, below table four's header, are a page number and not its row
)
LONGEST_STRAY = 2  # characters: so few behind a label of many columns are no row of figures


class Shape(NamedTuple):
    """The shape of a stretch by its lines' shapes. `grids` numbers the grids that they are of; None for running text."""

    lines: tuple[LineShape, ...]
    grids: tuple[int | None, ...]


class Stretch(NamedTuple):
    table: Table
    shape: Shape
    lines: list[Line]


def read_stretches(lines: Iterable[Line], template: Template) -> Iterator[Stretch]:
    """Given a document's lines, yield the stretches of its tables, without the lines that say nothing."""
    tables = {table.code: table for table in template.tables}
    table: Table | None = None
    gathered: list[Line] = []
    for line in lines:
        begins, is_heading, is_idle = sign_of(line.shape, template)
        if is_heading or (begins and (table is None or begins != table.code)):
            if table and gathered:
                yield _stretch(table, gathered)
            table, gathered = tables.get(begins or ""), []
        if table and not is_heading and not is_idle:
            gathered.append(line)
    if table and gathered:
        yield _stretch(table, gathered)


def _stretch(table: Table, gathered: list[Line]) -> Stretch:
    numbers: dict[int, int] = {}
    of_grids = [
        None if line.grid is None else numbers.setdefault(id(line.grid), len(numbers))
        for line in gathered
    ]
    longest, of_any = _SIZES[table.code], table.code == "disputes"
    shapes = [
        _sized(line, longest) if longest > 1 and (of_any or line.grid is None) else line.shape
        for line in gathered
    ]
    return Stretch(table, Shape(tuple(shapes), tuple(of_grids)), gathered)


def _sized(line: Line, longest: int) -> LineShape:
    """The shape of a line in which it matters how long its figures are: whether they are a row or stray."""
    shape = line.shape
    is_whole = _is_whole if shape.comes_again else _is_whole.__wrapped__
    if is_whole(shape):
        return shape
    return _with_sizes(shape, tuple([min(len(cell[0]), longest) for cell in line.cells]))


@lru_cache(maxsize=20_000)
def _is_whole(shape: LineShape) -> bool:
    """Whether a line's last cells are figures, as many as make a row of their own."""
    return tuple([text for text in shape.texts if text][-LEAST_RUN:]) == (FIGURE,) * LEAST_RUN


@lru_cache(maxsize=20_000)
def _with_sizes(shape: LineShape, sizes: tuple[int, ...]) -> LineShape:
    pairs = zip(shape.texts, sizes, strict=True)
    sized = [FIGURE * size if text == FIGURE else text for text, size in pairs]
    return line_shape(tuple(sized), shape.spans, shape.has_geometry)


_SIZES = {"proactive": 1, "applications": LONGEST_STRAY + 1, "disputes": LEAST_RUN}


def lines_of(shape: Shape) -> list[Line]:
    """Lines of that shape, as good as any other."""
    grids = {
        number: Grid((), "", line.has_geometry)
        for line, number in zip(*shape, strict=True)
        if number is not None
    }
    return [
        Line(
            tuple(
                GridCell(text, *(spans if line.has_geometry else (0, *spans)))  # type: ignore[arg-type]
                for text, spans in zip(line.texts, line.spans, strict=True)
            ),
            "",
            line,
            None if grid is None else grids[grid],
        )
        for line, grid in zip(*shape, strict=True)
    ]


# --- what a line says of its table ---------------------------------------------------------------


class Sign(NamedTuple):
    """What a line says of the table it is in. `begins` is the table that it begins, "" for a section without one."""

    begins: str | None
    is_heading: bool
    is_idle: bool  # neither a word of the form nor a figure


def sign_of(shape: LineShape, template: Template) -> Sign:
    return (_sign_of if shape.comes_again else _sign_of.__wrapped__)(shape, template)


@lru_cache(maxsize=20_000)
def _sign_of(shape: LineShape, template: Template) -> Sign:
    texts = shape.texts
    known = [each for each in marks_of(texts, template) if each and each.is_known]
    section = next((each.section for each in known if each.section), None)
    if section:
        return Sign(section.table or "", True, False)
    has_words = any(text and text != FIGURE for text in texts)
    is_idle = not known and FIGURE not in texts and has_words
    return Sign(_begun(known), False, is_idle and not _tells_of_columns(texts, template))


def _tells_of_columns(texts: tuple[str, ...], template: Template) -> bool:
    """Whether a line of running text is a header cell that the form does not have, such as 上年数 or one of another
    template, since figures stand below it too; or a header whose names are not in the form's order."""
    if len(texts) != 1:
        return False
    text = texts[0]
    if names_out_of_order(text):
        return True
    if len(text) > _LONGEST:
        return False
    if names_another_form(text, template):
        return True
    return is_of_another_year(text, template) and not _OF_PROSE.search(text)


_LONGEST = 40  # characters of a header's names together; what is longer is prose
_OF_PROSE = re.compile(r"[\d，,。；;]")


def marks_of(texts: Iterable[str], template: Template) -> list[Mark | None]:
    """What each cell can be. Every label has Chinese characters: most cells are figures, and told by that."""
    return [None if text.isascii() else mark(text, template) for text in texts]


def _begun(marks: list[Mark]) -> str | None:
    """The table whose header or beginning a line shows."""
    hint = next((each.hint for each in marks if each.hint), None)
    if hint:
        return hint
    with_columns = [each for each in marks if each.columns]
    if len(with_columns) > 1:
        columns = {column for each in with_columns for column in each.columns}
        for table, telling in _TELLING_COLUMNS.items():
            if len({code for of, code in columns if of == table and code in telling}) >= 2:
                return table
    if any(("applications", "received_new") in each.items for each in marks):
        return "applications"
    return None


# Columns that no other table prints; 其他 and 总计 stand in several.
_TELLING_COLUMNS = {
    "proactive": {"issued", "repealed", "in_force", "newly_made", "newly_disclosed"}
    | {"disclosed_total", "prior_year_items", "items_change", "projects"},
    "applications": {"natural_person", "commercial_enterprise", "research_institution"}
    | {"public_interest_org", "legal_service_org"},
    "disputes": {"upheld", "corrected", "pending"},
}
