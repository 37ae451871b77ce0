"""Tables that go on overleaf: a row that a page break cut in two becomes one again.

It does so only where nothing else is possible: the tables are as wide, every cell is blank in one of the halves, and all
text of the second half stands in cells whose text filled its line at the foot of the first page, or makes a label of the
form whole, or is figures below a label and blank cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from disclosure.form import TEMPLATES
from disclosure.parse.labels import mark
from disclosure.parse.pdf_table import ONLY_FIGURE, ReadTable
from disclosure.records import Block, Grid, GridCell, Text

_NEAR = 4.0  # points
_ORDINAL = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]")


def join_overleaf(pages: Sequence[list[Text | Grid | ReadTable]]) -> Iterator[Block]:
    """Given each page's blocks, yield them all, with rows that were cut by a page break put together."""
    head: tuple[tuple[str, ...], ...] = ()  # the first rows of the table that goes on
    held: ReadTable | None = None  # the last table so far
    behind: list[Block] = []  # what stands behind it: notes, a running head
    for blocks in pages:
        may_go_on = held is not None
        for block in blocks:
            if not isinstance(block, ReadTable):
                behind.append(block)
                continue
            if may_go_on and held is not None and _are_as_wide(held, block):
                held, block = _joined(held, block, _repeated(head, block))
            else:
                head = tuple(_texts(row) for row in block.grid.rows[:4])
            yield from (*_grid(held), *behind)
            held, behind, may_go_on = block, [], False
    yield from (*_grid(held), *behind)


def _grid(table: ReadTable | None) -> Iterator[Block]:
    if table is not None and table.grid.rows:
        yield table.grid


def _texts(row: Sequence[GridCell]) -> tuple[str, ...]:
    return tuple("".join(cell.text.split()) for cell in row)


def _repeated(head: tuple[tuple[str, ...], ...], table: ReadTable) -> int:
    """How many of the table's first rows are those of the table before, printed again as its header."""
    count = 0
    for before, row in zip(head, table.grid.rows, strict=False):
        if before != _texts(row) or not any(before):
            break
        count += 1
    return count


def _are_as_wide(one: ReadTable, other: ReadTable) -> bool:
    """Whether both tables reach from the same left to the same right; a cell that goes on overleaf may be open at its left."""
    starts = {left for left, _ in one.sides.values()}
    left = min(left for left, _ in other.sides.values())
    rights = [max(right for _, right in table.sides.values()) for table in (one, other)]
    return any(abs(left - each) < _NEAR for each in starts) and abs(rights[0] - rights[1]) < _NEAR


def _joined(first: ReadTable, second: ReadTable, header: int) -> tuple[ReadTable, ReadTable]:
    """Both tables, the second without its first row after the header where that is the rest of the first's last row."""
    if len(second.grid.rows) <= header or not first.grid.rows:
        return first, second
    cells = [cell for row in first.grid.rows for cell in row]
    end = max(cell.row + cell.rowspan for cell in cells)
    foot = [cell for cell in cells if cell.row + cell.rowspan == end]
    rest = second.grid.rows[header]
    pairs = [(_above(cell, second, foot, first), cell) for cell in rest]
    if not _is_rest(pairs, first):
        return first, second
    texts = {id(cell): _one_text(cell.text, low.text) for cell, low in pairs if cell}
    rows = tuple(
        tuple(cell._replace(text=texts.get(id(cell), cell.text)) for cell in row)
        for row in first.grid.rows
    )
    left = second.grid.rows[:header] + second.grid.rows[header + 1 :]
    return (
        replace(first, grid=replace(first.grid, rows=rows)),
        replace(second, grid=replace(second.grid, rows=left if len(left) > header else ())),
    )


def _one_text(above: str, rest: str) -> str:
    """Both halves of a cell. A figure that was broken because it filled its cell is one again."""
    is_broken = ONLY_FIGURE.fullmatch(above) and ONLY_FIGURE.fullmatch(rest)
    return f"{above}{rest}" if is_broken else f"{above}\n{rest}".strip()


def _above(
    cell: GridCell, second: ReadTable, foot: Sequence[GridCell], first: ReadTable
) -> GridCell | None:
    """The cell at the foot of the first table that has the same left and right."""
    left, right = second.sides[cell.row, cell.column]
    for other in foot:
        sides = first.sides[other.row, other.column]
        if abs(sides[0] - left) < _NEAR and abs(sides[1] - right) < _NEAR:
            return other
    return None


def _is_rest(pairs: Sequence[tuple[GridCell | None, GridCell]], first: ReadTable) -> bool:
    if _makes_a_label(pairs) or _is_below_blanks(pairs):
        return True
    goes_on = is_label_alone = _is_label_alone(pairs)
    for above, rest in pairs:
        if not rest.text.strip():
            continue
        if above is None or (_ORDINAL.match(rest.text) and not is_label_alone):
            return False
        if above.text.strip():
            if _is_figure(above) != _is_figure(rest):
                return False
            if (above.row, above.column) not in first.full:
                return False
            goes_on = True
    return goes_on


def _is_label_alone(pairs: Sequence[tuple[GridCell | None, GridCell]]) -> bool:
    """Whether the figures stand at the foot of the page without a label, and their label overleaf without figures."""
    printed = [(above, rest) for above, rest in pairs if rest.text.strip()]
    # The name of a group is merged over its rows, and stands where the first of them is.
    feet = [a for a, _ in pairs if a and a.text.strip() and a.rowspan == 1]
    return (
        len(printed) == 1
        and printed[0][0] is not None
        and not printed[0][0].text.strip()
        and len(feet) > 1
        and all(_is_figure(above) for above in feet)
    )


def _makes_a_label(pairs: Sequence[tuple[GridCell | None, GridCell]]) -> bool:
    """Whether what stands overleaf is the end of a label, which names a row of the form only as a whole; the name of the
    group beside it may end there too."""
    printed = [(above, rest) for above, rest in pairs if rest.text.strip()]
    labels = [(above, rest) for above, rest in printed if above is None or above.rowspan == 1]
    if len(labels) != 1 or labels[0][0] is None or _ORDINAL.match(labels[0][1].text):
        return False
    above, rest = labels[0][0].text, labels[0][1].text
    whole = _items(above + rest)
    figures = [a for a, _ in pairs if a and a.rowspan == 1 and _is_figure(a)]
    is_blank = not any(_is_figure(cell) for _, cell in printed)
    return (
        bool(figures and is_blank)
        and len(whole) == 1
        and _items(above) <= whole
        and _items(rest) <= whole
    )


def _items(label: str) -> frozenset[tuple[str, str]]:
    """The rows that a label names in some form."""
    return frozenset().union(*(mark(label, template).items for template in TEMPLATES.values()))


def _is_below_blanks(pairs: Sequence[tuple[GridCell | None, GridCell]]) -> bool:
    """Whether all that stands overleaf is figures, each below a blank cell of a row that has its label."""
    printed = [(above, rest) for above, rest in pairs if rest.text.strip()]
    label = next((a for a, _ in pairs if a and a.text.strip() and not _is_figure(a)), None)
    return (
        bool(printed)
        and label is not None
        and bool(_items(label.text) if label.rowspan == 1 else ())
        and all(a and not a.text.strip() and _is_figure(rest) for a, rest in printed)
    )


def _is_figure(cell: GridCell) -> bool:
    return bool(ONLY_FIGURE.fullmatch("".join(cell.text.split())))
