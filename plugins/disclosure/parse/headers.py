"""A table's header: which column of the form stands where, from left to right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from disclosure.form import APPLICANT_TYPES, TEMPLATES, Template
from disclosure.parse.labels import is_of_another_year, mark, normalise
from disclosure.records import GridCell

# A column's code; in table four, where one row holds several channels, the pair of channel and column.
Name = str | tuple[str, str]
HeaderRows = Sequence[Sequence[GridCell]]


ANOTHER_YEAR = ""


class Leaf(NamedTuple):
    """A lowest header cell: the column it names (None where unknown, and so perhaps one of the form that was overwritten;
    ANOTHER_YEAR where surely none of the form) and the grid columns it stands over."""

    code: Name | None
    start: int
    end: int


class Header(NamedTuple):
    """A header's leaves from left to right. `is_exact` says that their order and number are as printed; where columns
    were lost over several header rows, only the names are sure. `has_columns` says that the leaves stand over the very
    columns of the grid's rows; then `channels` are table four's channels that they stand under. `unit` is
    what amounts are in, where it is none that the form asks for. `problem` says why no figure can be placed under it."""

    leaves: tuple[Leaf, ...]
    is_exact: bool
    problem: str = ""
    has_columns: bool = False
    channels: tuple[str | None, ...] = ()
    unit: str = ""

    @property
    def codes(self) -> tuple[Name | None, ...]:
        return _codes(self.leaves)


@lru_cache(maxsize=1_000)
def _codes(leaves: tuple[Leaf, ...]) -> tuple[Name | None, ...]:
    return tuple(leaf.code for leaf in leaves)


NO_HEADER = Header((), False)


def read_header(rows: HeaderRows, table: str, template: Template, has_geometry: bool) -> Header:
    """Given the header rows of a part of a table, return its leaves from left to right."""
    if _is_of_another_form(rows, template):
        return Header((), False, "its header is of another form")
    header = _by_geometry(rows, table, template) if has_geometry else None
    if header is None:
        header = _by_names(rows, table, template, has_geometry)
    is_whole = table != "applications" or len(set(header.codes) - {None}) == len(APPLICANT_TYPES)
    if not is_whole and any(_is_jumbled(cell.text) for row in rows for cell in row):
        return Header((), False, "names of its header run together, so their order is not sure")
    unit = _UNIT.search("".join("".join(cell.text.split()) for row in rows for cell in row))
    return header._replace(unit=unit[1]) if unit else header


_UNIT = re.compile(r"(?:单位[:：]?(?:人民币)?|[（(])(千元|亿元|元)[）)]?")


def as_before(header: Header, before: tuple[Name | None, ...]) -> Header:
    """A header that is printed again, with the columns of the one before; in another order, neither is sure below it."""
    if header.codes == before or set(header.codes) != set(before):
        return header
    return Header((), False, "its header repeats the columns in another order than the one before")


def _is_of_another_form(rows: HeaderRows, template: Template) -> bool:
    return names_another_form("".join(cell.text for row in rows for cell in row), template)


def names_another_form(text: str, template: Template) -> bool:
    """Whether a header has labels that only another template prints."""
    text = "".join(text.split())
    others = [each for each in TEMPLATES.values() if each is not template]
    return any(re.search(each.telling, text) for each in others)


def column_code(text: str, table: str, template: Template) -> str | None:
    """The column that a header cell names; None for the names of several in one cell."""
    codes = [code for of, code in mark(text, template).columns if of == table]
    return codes[0] if len(codes) == 1 else None


# --- with true columns ---------------------------------------------------------------------------


def _by_geometry(rows: HeaderRows, table: str, template: Template) -> Header | None:
    """The lowest cells over each column; None where the rows do not fit together, as with a stray cell in one."""
    cells = [cell for row in rows for cell in row if cell.text.strip()]
    named = [cell for cell in cells if column_code(cell.text, table, template)]
    if not named:
        return NO_HEADER
    first = min(cell.column for cell in named)
    leaves = [
        _any_leaf(cell, table, template)
        for cell in cells
        if cell.column >= first and not _has_below(cell, cells)
    ]
    leaves.sort(key=lambda leaf: leaf.start)
    if not leaves or any(left.end > right.start for left, right in pairwise(leaves)):
        return None
    if _is_ragged(rows, range(leaves[0].start, leaves[-1].end)):
        return None
    channels = tuple(_channel_over(leaf, cells, template) for leaf in leaves)
    return Header(tuple(leaves), is_exact=True, has_columns=True, channels=channels)


def _channel_over(leaf: Leaf, cells: Sequence[GridCell], template: Template) -> str | None:
    """The channel of table four that a header cell above a leaf names; None where none or several do."""
    over = {
        item
        for cell in cells
        if cell.column < leaf.end and leaf.start < cell.column + cell.colspan
        for of, item in mark(cell.text, template).items
        if of == "disputes"
    }
    return over.pop() if len(over) == 1 else None


def _is_ragged(rows: HeaderRows, over: range) -> bool:
    """Whether the rows, spans from above included, do not all cover the same columns: a cell is lost or too many.

    Only columns that leaves stand over count: a heading above them all is often left as wide as the form has it.
    """
    cells = [cell for row in rows for cell in row]
    covered = [
        {
            column
            for cell in cells
            if cell.row <= number < cell.row + cell.rowspan
            for column in range(
                max(cell.column, over.start), min(cell.column + cell.colspan, over.stop)
            )
        }
        for number in sorted({cell.row for cell in cells})
    ]
    return any(columns != covered[0] for columns in covered)


def _has_below(cell: GridCell, cells: Sequence[GridCell]) -> bool:
    """Whether another header cell stands below; a cell that itself reaches that far down is a lowest one."""
    end, bottom = cell.column + cell.colspan, cell.row + cell.rowspan
    return any(
        other.row >= bottom and other.column < end and cell.column < other.column + other.colspan
        for other in cells
    )


# --- by names alone ------------------------------------------------------------------------------


def _by_names(rows: HeaderRows, table: str, template: Template, has_geometry: bool) -> Header:
    leaves = [[leaf for cell in row if (leaf := _leaf(cell, table, template))] for row in rows]
    with_names = [(row, of_row) for row, of_row in zip(rows, leaves, strict=True) if of_row]
    named = [of_row for _, of_row in with_names]
    whole = _whole_row(*with_names[0], table, template) if len(named) == 1 else None
    unplaced = [row for row in rows if not (whole and row is with_names[0][0])]
    if any(is_of_another_year(cell.text, template) for row in unplaced for cell in row):
        return Header((), False, "its header names a column of another year, and not where")
    if whole:
        return Header(whole, is_exact=True, has_columns=has_geometry)
    composed = None if table != "applications" or has_geometry else _of_two_rows(with_names)
    if composed:
        return Header(composed, is_exact=True)
    codes = [[leaf.code for leaf in row] for row in named]
    follows = all(
        _follows_the_form(row, table, template) for row in [*codes, _in_one(codes, table)]
    )
    if not follows or _ran_together_in_another_order(rows, table):
        return Header((), False, "its header names the columns in an order that cannot be followed")
    return Header(tuple(leaf for row in named for leaf in row), is_exact=False)


def _is_jumbled(text: str) -> bool:
    """Whether one cell holds the beginnings of several columns' names, in another order than the form's or in several lines,
    as where names of two lines each stand beside each other."""
    lines = [
        [at for word in line.split() if (at := _COLUMN_BEGINNING.get(word)) is not None]
        for line in text.splitlines()
        if " " in text
    ]
    found = [line for line in lines if line]
    return sum(map(len, found)) > 1 and (len(found) > 1 or found[0] != sorted(found[0]))


_COLUMN_BEGINNING = {
    column.label[:end]: at
    for at, column in enumerate(APPLICANT_TYPES)
    for end in range(1, len(column.label))
}
"""What a column's name may begin with where it is broken over lines → its place in the form."""


def _in_one(rows: Sequence[Sequence[Name | None]], table: str) -> list[Name | None]:
    """The names of rows of one name each, as where every cell has a line; 总计 stands beside the upper of two rows. Of a
    name that comes again, as a merged cell does that was spread out, the last one counts."""
    if any(len(row) > 1 for row in rows):
        return []
    if table == "disputes":
        return [code for row in rows for code in row]
    names = [code for row in rows for code in row if code != "total" or row is rows[0]]
    return list(dict.fromkeys(reversed(names)))[::-1]


def _any_leaf(cell: GridCell, table: str, template: Template) -> Leaf:
    """A header cell as a leaf, whatever it names."""
    code = column_code(cell.text, table, template)
    if code is None and is_of_another_year(cell.text, template):
        code = ANOTHER_YEAR
    return Leaf(code, cell.column, cell.column + cell.colspan)


def _leaf(cell: GridCell, table: str, template: Template) -> Leaf | None:
    code = column_code(cell.text, table, template)
    return Leaf(code, cell.column, cell.column + cell.colspan) if code else None


def _whole_row(
    row: Sequence[GridCell], named: Sequence[Leaf], table: str, template: Template
) -> tuple[Leaf, ...] | None:
    """The leaves of a header that is one row, unknown ones among them: at most one label stands before them, and none is
    a heading over several columns."""
    printed = [cell for cell in row if cell.text.strip()]
    leaves = {cell.column: _any_leaf(cell, table, template) for cell in printed}
    behind = [cell for cell in printed if cell.column >= named[0].start]
    if len(printed) - len(behind) > 1 or any(mark(c.text, template).is_group for c in behind):
        return None
    return tuple(leaves[cell.column] for cell in behind)


def _of_two_rows(
    with_names: Sequence[tuple[Sequence[GridCell], Sequence[Leaf]]],
) -> tuple[Leaf, ...] | None:
    """The leaves of a header whose upper row names 自然人 and 总计, and whose lower row names what stands under 法人或其他组织, or,
    where merged cells were spread out, all of them. None where a name comes twice or beside a word that is none."""
    if len(with_names) < 2 or len(with_names[-1][1]) < _FEWEST_NAMES:
        return None
    ends = {leaf.code: leaf for _, leaves in with_names[:-1] for leaf in leaves}
    lowest, leaves = with_names[-1]
    behind = [cell for cell in lowest if cell.column >= leaves[0].start and cell.text.strip()]
    if set(ends) != {"natural_person", "total"} or len(behind) != len(leaves):
        return None
    if not any(leaf.code in ends for leaf in leaves):
        leaves = _put_between(leaves, ends, [cell for row, _ in with_names[:-1] for cell in row])
    codes = {leaf.code for leaf in leaves}
    return tuple(leaves) if codes >= set(ends) and len(codes) == len(leaves) else None


def _put_between(
    leaves: Sequence[Leaf], ends: Mapping[Name | None, Leaf], upper: Sequence[GridCell]
) -> list[Leaf]:
    """The lower row's leaves in the place of their heading; without one, between those of the upper row."""
    heading = next((cell.column for cell in upper if _heads_others(cell)), None)
    before = [
        leaf
        for code, leaf in ends.items()
        if (code == "natural_person" if heading is None else leaf.start < heading)
    ]
    behind = [leaf for leaf in ends.values() if leaf not in before]
    return [*before, *leaves, *behind]


_TYPES = [
    column.label for column in APPLICANT_TYPES[:-2]
]  # 其他 and 总计 stand in other tables too
_ANY_TYPE = re.compile("|".join((*_TYPES, "总计")))
_FEWEST_TYPES = 3


def names_out_of_order(text: str) -> bool:
    """Whether words that ran together are table three's header with its columns in another order."""
    if any(character.isdigit() for character in text):
        return False
    found = _ANY_TYPE.findall("".join(text.split()))
    types = [_TYPES.index(name) for name in found if name != "总计"]
    return len(types) >= _FEWEST_TYPES and (found[0] == "总计" or types != sorted(types))


def _heads_others(cell: GridCell) -> bool:
    return normalise(cell.text).startswith(("法人或其他组织", "法人或者其他组织"))


def _ran_together_in_another_order(rows: HeaderRows, table: str) -> bool:
    cells = (cell for row in rows for cell in row)
    return table == "applications" and any(names_out_of_order(cell.text) for cell in cells)


_FEWEST_NAMES = 3


def _follows_the_form(codes: Sequence[Name | None], table: str, template: Template) -> bool:
    """Whether a header row's names come in the form's order. Table four prints the same ones for each channel."""
    printed = next(each for each in template.tables if each.code == table)
    order: list[Name] = [column.code for part in printed.parts for column in part.columns]
    places = [order.index(code) for code in codes if code]
    runs: list[list[int]] = [[]]
    for place in places:
        if runs[-1] and place <= runs[-1][-1]:
            runs.append([])
        runs[-1].append(place)
    if table != "disputes":
        return len(runs) == 1
    # A new channel repeats names of the one before, or comes after its total; else names changed places.
    return (len(runs) == 1 or len(runs[0]) > 1 or order[runs[0][0]] != "total") and all(
        set(a) & set(b) or order[a[-1]] == "total" for a, b in pairwise(runs)
    )
