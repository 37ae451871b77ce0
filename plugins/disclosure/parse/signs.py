"""What a line shows of itself, by its cells and what each of them can be: a label's place, a header, a stray figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from disclosure.form import APPLICATION_GROUPS, Table
from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.labels import Mark, normalise
from disclosure.parse.lines import Line
from disclosure.parse.stretches import LONGEST_STRAY
from disclosure.records import GridCell

_ROW_GROUP = re.compile(APPLICATION_GROUPS)


def is_stray(line: Line, values: tuple[GridCell, ...], table: Table, item: str) -> bool:
    """A page number or a displaced figure behind a label in running text."""
    return (
        line.is_loose
        and len(values) == 1
        and len(values[0].text) <= LONGEST_STRAY < len(table.part(item).columns) - 2
    )


def item_position(table: str, line: Line, marks: list[Mark | None]) -> int | None:
    """Where the row's label stands: the last one of this table, unless the line is a header, or, as in a table of the
    agency's own, names several rows in cells beside one another."""
    if table == "applications" and not line.is_loose and _names_several(table, marks):
        return None
    columns = {code for each in marks if each for of, code in each.columns if of == table}
    if len(columns) > 1:
        return None
    return max(
        (p for p, each in enumerate(marks) if each and any(of == table for of, _ in each.items)),
        default=None,
    )


def _names_several(table: str, marks: list[Mark | None]) -> bool:
    items = [
        {code for of, code in each.items if of == table} - {"other_undifferentiated"}
        for each in marks
        if each and each.items
    ]
    named = [each for each in items if each]
    return len(named) > 1 and not set.intersection(*named)


def is_header(each: Mark, table: str) -> bool:
    return bool(each.hint or each.is_group or any(of == table for of, _ in each.columns))


def is_lone_column(marks: list[Mark | None], table: str) -> bool:
    """Whether a line names nothing but 其他 or 总计: below rows, that is a row of the agency's own and no new header."""
    known = [each for each in marks if each and each.is_known]
    columns = {code for each in known for of, code in each.columns if of == table}
    return (
        len(known) == 1
        and columns <= {"other_org", "total"}
        and not known[0].hint
        and not known[0].is_group
    )


def groups_rows(line: Line, marks: list[Mark | None]) -> bool:
    """Whether a line is （三）不予公开 and the like alone: it stands among the rows, and is no header of theirs."""
    known = [text for text, each in zip(line.cells, marks, strict=True) if each and each.is_known]
    return all(_ROW_GROUP.match(normalise(cell.text)) for cell in known)


# Common words: as the form's own rows they stand at the end of table three, or have its ordinal.
AT_THE_END = {
    "other_other": re.compile(r"\s*3\s*[.．、]|.*其他处理"),
    "processed_total": re.compile(r"\s*[（(]\s*七"),
}


def stands_at_the_end(item: str, labels: tuple[GridCell, ...]) -> bool:
    """Whether the labels of a row, its own the last of them, are those of that row of the form."""
    printed = " ".join(unicodedata.normalize("NFKC", cell.text) for cell in labels)
    return bool(AT_THE_END[item].match(printed) or AT_THE_END[item].match(labels[-1].text))


def has_digits(cells: list[GridCell]) -> bool:
    return any(character.isdigit() for cell in cells for character in cell.text)


def after_a_label(values: tuple[GridCell, ...], count: int) -> tuple[GridCell, ...]:
    """The figures alone where a word of the agency's own, such as 件数, stands before all of them."""
    has_label = len(values) == count + 1 and not looks_like_a_figure(values[0].text)
    return values[1:] if has_label else values


def last_item(marks: list[Mark | None]) -> int:
    return max(position for position, each in enumerate(marks) if each and each.items)


def is_blank(cells: Iterable[GridCell]) -> bool:
    return not any(cell.text.strip() for cell in cells)
