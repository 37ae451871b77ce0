"""Lines become stretches: the lines of one table, from a heading or a header that begins it to the next.

A stretch is handed on with its shape. Where a figure belongs depends on labels, on spans and on what kind of thing stands
in each cell, never on how great a figure is; a shape says just that. Most pages of the country are laid out alike, so
that a shape is worked out once and stands for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from disclosure.form import Table, Template
from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.labels import Mark, mark
from disclosure.parse.layout import Line
from disclosure.records import Grid, GridCell

Texts = tuple[str, ...]

FIGURE = "0"  # what stands for any figure in a shape
LEAST_RUN = (
    5  # characters: fewer in all, below table four's header, are a page number and not its row
)
LONGEST_STRAY = 2  # characters: so few behind a label of many columns are no row of figures


class LineShape(NamedTuple):
    """A line as far as a row depends on it. `grid` numbers the grids of a stretch; None for running text. `spans` are
    each cell's row, column, rowspan and colspan; without the row where columns were lost."""

    texts: Texts
    spans: tuple[tuple[object, ...], ...]
    grid: int | None
    has_geometry: bool


Shape = tuple[LineShape, ...]


class Stretch(NamedTuple):
    table: Table
    shape: Shape
    lines: list[Line]


def read_stretches(lines: Iterable[Line], template: Template) -> Iterator[Stretch]:
    """Given a document's lines, yield the stretches of its tables, without the lines that say nothing."""
    tables = {table.code: table for table in template.tables}
    table: Table | None = None
    gathered: list[tuple[Line, Texts]] = []
    for line in lines:
        texts = kinds_of(line.cells)
        sign = sign_of(texts, template)
        if sign.is_heading or (sign.begins and (table is None or sign.begins != table.code)):
            if table and gathered:
                yield _stretch(table, gathered)
            table, gathered = tables.get(sign.begins or ""), []
        if table and not sign.is_heading and not sign.is_idle:
            gathered.append((line, texts))
    if table and gathered:
        yield _stretch(table, gathered)


def _stretch(table: Table, gathered: list[tuple[Line, Texts]]) -> Stretch:
    numbers: dict[int, int] = {}
    shape = []
    for line, texts in gathered:
        grid = line.grid
        number = None if grid is None else numbers.setdefault(id(grid), len(numbers))
        if grid is None or table.code == "disputes":
            texts = _sized(line, texts, table)
        has_geometry = grid is not None and grid.has_geometry
        spans = tuple(map(_PLACE if has_geometry else _PLACE_IN_ROW, line.cells))
        shape.append(LineShape(texts, spans, number, has_geometry))
    return Stretch(table, tuple(shape), [line for line, _ in gathered])


_PLACE = itemgetter(slice(1, 5))  # row, column, rowspan and colspan
_PLACE_IN_ROW = itemgetter(slice(2, 5))


def _sized(line: Line, texts: Texts, table: Table) -> Texts:
    """The texts of a line in which it matters how long its figures are: whether they are a row or stray."""
    longest = _SIZES[table.code]
    if tuple([text for text in texts if text][-LEAST_RUN:]) == (FIGURE,) * LEAST_RUN:
        return texts
    return tuple(
        [
            FIGURE * min(len(cell.text), longest) if text == FIGURE else text
            for cell, text in zip(line.cells, texts, strict=True)
        ]
    )


_SIZES = {"proactive": 1, "applications": LONGEST_STRAY + 1, "disputes": LEAST_RUN}


def lines_of(shape: Shape) -> list[Line]:
    """Lines of that shape, as good as any other."""
    grids = {each.grid: Grid((), "", each.has_geometry) for each in shape if each.grid is not None}
    return [
        Line(
            tuple(
                GridCell(text, *(spans if each.has_geometry else (0, *spans)))  # type: ignore[arg-type]
                for text, spans in zip(each.texts, each.spans, strict=True)
            ),
            "",
            None if each.grid is None else grids[each.grid],
        )
        for each in shape
    ]


# --- what a cell and a line are ------------------------------------------------------------------

_SHORT = 100  # characters of a text that may come again


def kinds_of(cells: Iterable[GridCell]) -> Texts:
    """The cells' texts as far as a row depends on them: FIGURE for all figures, "" for a blank, a word as it stands."""
    return tuple(
        [
            _kind_of(text) if len(text) <= _SHORT else _kind_of.__wrapped__(text)
            for text, _, _, _, _, _ in cells
        ]
    )


@lru_cache(maxsize=20_000)
def _kind_of(text: str) -> str:
    if not text.strip():
        return ""
    return FIGURE if looks_like_a_figure(text) else text


class Sign(NamedTuple):
    """What a line says of the table it is in. `begins` is the table that it begins, "" for a section without one."""

    begins: str | None
    is_heading: bool
    is_idle: bool  # neither a word of the form nor a figure


def sign_of(texts: Texts, template: Template) -> Sign:
    is_short = len("".join(texts)) <= 3 * _SHORT
    return _sign_of(texts, template) if is_short else _sign_of.__wrapped__(texts, template)


@lru_cache(maxsize=20_000)
def _sign_of(texts: Texts, template: Template) -> Sign:
    known = [each for each in marks_of(texts, template) if each and each.is_known]
    section = next((each.section for each in known if each.section), None)
    if section:
        return Sign(section.table or "", True, False)
    has_words = any(text and text != FIGURE for text in texts)
    return Sign(_begun(known), False, not known and FIGURE not in texts and has_words)


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
